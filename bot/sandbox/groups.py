"""Groups of the practice Telegram: who is in them, what the bot may do there, and how they become supergroups.

It answers for the membership updates and service messages. Refuses with `ValueError` what cannot be done.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.sandbox.render import bot_user, user
from bot.sandbox.state import State
from bot.sandbox.values import Chat, JsonObject, Message, Status

FIRST_GROUP = -4_000_000_000
FIRST_SUPERGROUP = -1_002_000_000_000
"""New groups count down from here; both lie beyond 32 bits, as real ones do."""

TOPIC_COLOUR = 0x6FB9F0
INSIDE: frozenset[Status | None] = frozenset({"creator", "administrator", "member"})


class Groups:
    """Every change names the person `by` whom it is made; that person must be in the group."""

    def __init__(self, state: State) -> None:
        """Act on this state."""
        self._state = state

    def create(
        self, title: str, members: Sequence[int], *, supergroup: bool = False, topics: bool = False, group_id: int = 0
    ) -> Chat:
        """Create a group without the bot; the first member is its creator. Topics need a supergroup. Id 0 picks one."""
        if not members or not title.strip():
            raise ValueError("A group needs a title and at least one member.")
        if topics and not supergroup:
            raise ValueError("Only a supergroup has topics.")
        people: dict[int, Status] = {self._state.person(person_id).id: "member" for person_id in members}
        chosen = group_id or self._next_id(supergroup=supergroup)
        if chosen in self._state.records.chats:
            raise ValueError(f"There is a chat {chosen} already.")
        chat = self._state.records.put_chat(
            Chat(
                chosen,
                "supergroup" if supergroup else "group",
                title,
                is_forum=topics,
                bot_status="left",
                members=people | {members[0]: "creator"},
            )
        )
        created = "supergroup_chat_created" if supergroup else "group_chat_created"
        self._announce(chat, members[0], {created: True})
        return chat

    def add_bot(self, chat_id: int, by: int, *, administrator: bool = False) -> Chat:
        """Bring the bot in, or change its rank; it gets `my_chat_member` and, when new, a service message."""
        chat = self._group(chat_id, by)
        changed = self._state.set_bot_status(chat, "administrator" if administrator else "member", by)
        if chat.bot_status not in INSIDE:
            newcomer = bot_user(self._state.account)
            self._announce(changed, by, {"new_chat_members": [newcomer]})
        return changed

    def remove_bot(self, chat_id: int, by: int) -> Chat:
        """Throw the bot out (`kicked`); it gets `my_chat_member` and can no longer write there."""
        changed = self._state.set_bot_status(self._group(chat_id, by), "kicked", by)
        self._announce(changed, by, {"left_chat_member": bot_user(self._state.account)})
        return changed

    def mute_bot(self, chat_id: int, muted: bool) -> Chat:
        """Take from the bot the right to write, or give it back."""
        return self._keep(replace(self._state.chat(chat_id), muted=muted))

    def add_member(self, chat_id: int, person_id: int, by: int) -> Chat:
        """Bring a person in, with the service message."""
        chat, person = self._group(chat_id, by), self._state.person(person_id)
        changed = self._keep(replace(chat, members=chat.members | {person_id: "member"}))
        self._announce(changed, by, {"new_chat_members": [user(person)]})
        return changed

    def remove_member(self, chat_id: int, person_id: int, by: int) -> Chat:
        """Let a person go (`by` themselves: they left), with the service message."""
        chat, person = self._group(chat_id, by), self._state.person(person_id)
        changed = self._keep(replace(chat, members=chat.members | {person_id: "left" if by == person_id else "kicked"}))
        self._announce(changed, by, {"left_chat_member": user(person)})
        return changed

    def promote(self, chat_id: int, person_id: int, *, administrator: bool = True) -> Chat:
        """Make a member an administrator, or an ordinary member again."""
        chat = self._group(chat_id, person_id)
        if chat.members[person_id] == "creator":
            raise ValueError(f"{person_id} created {chat.title} and stays what they are.")
        return self._keep(
            replace(chat, members=chat.members | {person_id: "administrator" if administrator else "member"})
        )

    def add_topic(self, chat_id: int, by: int, name: str) -> int:
        """Open a topic in a forum and return its thread id."""
        chat = self._group(chat_id, by)
        if not chat.is_forum:
            raise ValueError(f"{chat.title} has no topics.")
        opened = self._announce(chat, by, {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}})
        self._keep(replace(chat, topics=chat.topics | {opened.id: name}))
        return opened.id

    def upgrade(self, chat_id: int, by: int) -> Chat:
        """Turn a group into a supergroup: service messages in both; the old id is dead. Returns the supergroup."""
        old = self._group(chat_id, by)
        if old.type != "group":
            raise ValueError(f"{old.title} is a supergroup already.")
        new = self._keep(replace(old, id=self._next_id(supergroup=True), type="supergroup"))
        self._announce(old, by, {"migrate_to_chat_id": new.id})
        self._announce(new, by, {"migrate_from_chat_id": old.id})
        self._keep(replace(old, migrated_to=new.id))
        return new

    def _group(self, chat_id: int, by: int) -> Chat:
        chat = self._state.chat(chat_id)
        if chat.type == "private":
            raise ValueError(f"{chat_id} is a private chat, not a group.")
        if chat.migrated_to is not None:
            raise ValueError(f"{chat.title} has become the supergroup {chat.migrated_to}.")
        if chat.members.get(by) not in INSIDE:
            raise ValueError(f"{by} is not in {chat.title} ({chat_id}).")
        return chat

    def _next_id(self, *, supergroup: bool) -> int:
        first, name = (FIRST_SUPERGROUP, "supergroups") if supergroup else (FIRST_GROUP, "groups")
        return first - self._state.records.next_number(name)

    def _keep(self, chat: Chat) -> Chat:
        self._state.records.put_chat(chat)
        self._state.feed.bump()
        return chat

    def _announce(self, chat: Chat, by: int, service: JsonObject) -> Message:
        return self._state.post(chat, by, "service", service=service)
