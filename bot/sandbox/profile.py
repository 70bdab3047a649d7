"""What the bot has told Telegram about itself: its command menus, descriptions, menu button and webhook address.

It answers for keeping these and for choosing the commands a person is offered, narrowest scope first.
"""

from pydantic import BaseModel

from bot.sandbox.store import Store
from bot.sandbox.values import Chat, JsonObject

Commands = list[JsonObject]
"""BotCommand objects."""


class Told(BaseModel):
    """Everything the bot has told. Commands are kept by `scope key + " " + language`."""

    commands: dict[str, Commands] = {}
    descriptions: dict[str, str] = {}
    short_descriptions: dict[str, str] = {}
    menu_button: JsonObject = {"type": "commands"}
    webhook: str = ""
    webhook_connections: int = 40


class Profile:
    """The bot's profile, written through."""

    def __init__(self, store: Store) -> None:
        """Read back what the store holds."""
        self._store = store
        self.told = next(map(Told.model_validate_json, store.all("profile")), Told())

    def save(self) -> None:
        """Keep what was just changed in `told`."""
        self._store.put("profile", "", lambda: self.told.model_dump_json().encode())

    def menu(self, chat: Chat, person_id: int, language: str) -> list[tuple[str, str]]:
        """Command and description pairs, as this person's phone offers them in this chat."""
        short = language.partition("-")[0]
        for scope in _scopes(chat, person_id):
            for spoken in dict.fromkeys((language, short, "")):
                commands = self.told.commands.get(f"{scope} {spoken}")
                if commands:
                    return [(one["command"], one["description"]) for one in commands]
        return []


def scope_key(scope: JsonObject) -> str:
    """One word for a BotCommandScope object."""
    parts = (scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id"))
    return "/".join(str(part) for part in parts if part is not None)


def _scopes(chat: Chat, person_id: int) -> list[str]:
    if chat.type == "private":
        return [f"chat/{chat.id}", "all_private_chats", "default"]
    scopes = [f"chat_member/{chat.id}/{person_id}"]
    administrator = chat.members.get(person_id) in {"creator", "administrator"}
    if administrator:
        scopes.append(f"chat_administrators/{chat.id}")
    scopes.append(f"chat/{chat.id}")
    if administrator:
        scopes.append("all_chat_administrators")
    return [*scopes, "all_group_chats", "default"]
