"""The world's values as the Bot API's JSON objects: User, Chat, Message, ChatMember, File.

It answers for the shapes only; which of them the bot may see is decided where updates are made.
"""

from bot.sandbox.records import Records
from bot.sandbox.seeds import number_from
from bot.sandbox.values import BotAccount, Chat, JsonObject, Message, Person, Status, StoredFile, Tap

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def user(person: Person) -> JsonObject:
    """A User."""
    shown: JsonObject = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    if person.username:
        shown["username"] = person.username
    if person.language_code:
        shown["language_code"] = person.language_code
    return shown


def bot_user(account: BotAccount) -> JsonObject:
    """The bot as a User, the way messages name it."""
    return {"id": account.id, "is_bot": True, "first_name": account.first_name, "username": account.username}


def photo_size(file: StoredFile) -> JsonObject:
    """A PhotoSize."""
    ids: JsonObject = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return ids | {"width": file.width, "height": file.height}


def media_object(file: StoredFile) -> JsonObject:
    """The field of a Message that holds a photo or document."""
    if file.kind == "photo":
        return {"photo": [photo_size(size) for size in (file.thumbnail, file) if size is not None]}
    named = {"file_name": file.name, "mime_type": file.mime_type}
    size: JsonObject = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return {"document": size | {name: value for name, value in named.items() if value}}


class Render:
    """Renders what needs to look other things up."""

    def __init__(self, records: Records, account: BotAccount, seed: str) -> None:
        """Look things up in `records`."""
        self._records = records
        self._account = account
        self._seed = seed

    def anyone(self, user_id: int) -> JsonObject:
        """The User with this id, person or bot."""
        return bot_user(self._account) if user_id == self._account.id else user(self._records.persons[user_id])

    def chat(self, chat: Chat) -> JsonObject:
        """A Chat."""
        if chat.type == "private":
            shown = user(self._records.persons[chat.id])
            names: JsonObject = {name: shown[name] for name in ("first_name", "username") if name in shown}
            return {"id": chat.id, "type": "private", **names}
        forum = {"is_forum": True} if chat.is_forum else {}
        return {"id": chat.id, "type": chat.type, "title": chat.title, **forum}

    def message(self, message: Message, *, with_reply: bool = True) -> JsonObject:
        """A Message, with the message it replies to, one level deep."""
        shown: JsonObject = {
            "message_id": message.id,
            "from": self.anyone(message.sender_id),
            "chat": self.chat(self._records.chats[message.chat_id]),
            "date": message.date,
        }
        if message.thread_id is not None:
            shown |= {"message_thread_id": message.thread_id, "is_topic_message": True}
        if with_reply and message.reply_to is not None:
            replied = self._records.message(message.chat_id, message.reply_to)
            if replied is not None:
                shown["reply_to_message"] = self.message(replied, with_reply=False)
        if message.edit_date is not None:
            shown["edit_date"] = message.edit_date
        if message.album is not None:
            shown["media_group_id"] = message.album
        shown |= self._content(message)
        if message.keyboard:
            shown["reply_markup"] = message.markup
        return shown

    def _content(self, message: Message) -> JsonObject:
        if message.service is not None:
            return message.service
        if message.location is not None:
            return {"location": {"latitude": message.location.latitude, "longitude": message.location.longitude}}
        entities = [dict(entity) for entity in message.entities]
        if message.file is None:
            return {"text": message.text} | ({"entities": entities} if entities else {})
        shown = media_object(message.file)
        if message.text:
            shown["caption"] = message.text
        if entities:
            shown["caption_entities"] = entities
        return shown

    def tap(self, tap: Tap, message: Message) -> JsonObject:
        """A CallbackQuery."""
        return {
            "id": tap.id,
            "from": self.anyone(tap.person_id),
            "message": self.message(message),
            "chat_instance": str(number_from(self._seed, f"chat instance {tap.chat_id}", 2**62)),
            "data": tap.data,
        }

    def member(self, user_id: int, status: Status) -> JsonObject:
        """A ChatMember."""
        shown: JsonObject = {"status": status, "user": self.anyone(user_id)}
        if status == "creator":
            shown["is_anonymous"] = False
        elif status == "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(ADMINISTRATOR_RIGHTS, True)}
        elif status == "kicked":
            shown["until_date"] = 0
        return shown

    def membership(self, chat: Chat, by: int, date: int, old: Status) -> JsonObject:
        """The ChatMemberUpdated that tells the bot its status went from `old` to what it is now."""
        return {
            "chat": self.chat(chat),
            "from": self.anyone(by),
            "date": date,
            "old_chat_member": self.member(self._account.id, old),
            "new_chat_member": self.member(self._account.id, chat.bot_status),
        }
