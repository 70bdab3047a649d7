"""Who and what exists: persons, chats, messages, taps and the counters behind their ids, written through.

It answers for finding and keeping; it decides nothing and tells nobody.
"""

from pydantic import TypeAdapter

from bot.sandbox.store import Store
from bot.sandbox.values import Chat, Message, Person, Tap

PERSON = TypeAdapter(Person)
CHAT = TypeAdapter(Chat)
MESSAGE = TypeAdapter(Message)
TAP = TypeAdapter(Tap)
COUNTER = TypeAdapter(tuple[str, int])

KEPT_TAPS = 5000
"""Taps remembered at most; older ones can no longer be answered anyway."""


class Records:
    """All persons, chats, messages and recent taps of one world."""

    def __init__(self, store: Store) -> None:
        """Read back what the store holds."""
        self._store = store
        self.persons = {person.id: person for person in map(PERSON.validate_json, store.all("person"))}
        self.chats = {chat.id: chat for chat in map(CHAT.validate_json, store.all("chat"))}
        self.taps = {tap.id: tap for tap in map(TAP.validate_json, store.all("tap"))}
        self._counters = dict(map(COUNTER.validate_json, store.all("counter")))
        self._messages: dict[int, dict[int, Message]] = {}
        for message in map(MESSAGE.validate_json, store.all("message")):
            self._messages.setdefault(message.chat_id, {})[message.id] = message

    def put_person(self, person: Person) -> Person:
        """Keep a person."""
        self.persons[person.id] = person
        self._store.put("person", str(person.id), lambda: PERSON.dump_json(person))
        return person

    def put_chat(self, chat: Chat) -> Chat:
        """Keep a chat."""
        self.chats[chat.id] = chat
        self._store.put("chat", str(chat.id), lambda: CHAT.dump_json(chat))
        return chat

    def put_message(self, message: Message) -> Message:
        """Keep a message, new or changed."""
        self._messages.setdefault(message.chat_id, {})[message.id] = message
        self._store.put("message", f"{message.chat_id}/{message.id}", lambda: MESSAGE.dump_json(message))
        return message

    def drop_message(self, message: Message) -> None:
        """Delete a message; its id is never used again."""
        del self._messages[message.chat_id][message.id]
        self._store.drop("message", f"{message.chat_id}/{message.id}")

    def put_tap(self, tap: Tap) -> Tap:
        """Keep a tap, new or answered, and forget the oldest beyond `KEPT_TAPS`."""
        self.taps[tap.id] = tap
        self._store.put("tap", tap.id, lambda: TAP.dump_json(tap))
        while len(self.taps) > KEPT_TAPS:
            oldest = next(iter(self.taps))
            del self.taps[oldest]
            self._store.drop("tap", oldest)
        return tap

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """One message, if it exists (any more)."""
        return self._messages.get(chat_id, {}).get(message_id)

    def messages(self, chat_id: int) -> list[Message]:
        """The messages of a chat, oldest first."""
        return list(self._messages.get(chat_id, {}).values())

    def next_number(self, name: str) -> int:
        """The next number of a counter: 1, 2, 3 …"""
        number = self._counters.get(name, 0) + 1
        self._counters[name] = number
        self._store.put("counter", name, lambda: COUNTER.dump_json((name, number)))
        return number

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups number their own messages; private chats and groups share the bot account's sequence."""
        return self.next_number(f"messages of {chat.id}" if chat.type == "supergroup" else "messages of the account")
