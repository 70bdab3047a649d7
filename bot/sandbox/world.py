"""`World`: one practice Telegram, joined from its parts.

It answers for the state that a bot, a phone page and a test share: who exists, what was said, what the bot has
not yet fetched, and what time it is. With a directory everything is written through and a restart goes on where
it stopped; the ledger and the faults are not kept. It belongs to one event loop and speaks no HTTP; `server.py`
does.

    world.people   what people do: join, start, say, tap, send_photo, …           people.py
    world.groups   groups and who is in them: create, add_bot, upgrade, …         groups.py
    world.clock    now, jump, age, and the bot's progress: seen, acted            clock.py
    world.faults   what shall go wrong: add, clear, latency, limits               faults.py
    world.ledger   every call the bot made: entries                               ledger.py
    world.profile  the bot's commands and descriptions                            profile.py
    world.state    all of it, for the Bot API's methods                           state.py
"""

import json
import time
from datetime import datetime
from pathlib import Path

from bot.sandbox.clock import Clock, Ticks
from bot.sandbox.faults import Faults
from bot.sandbox.feed import Feed
from bot.sandbox.files import Files
from bot.sandbox.groups import Groups
from bot.sandbox.ledger import Ledger
from bot.sandbox.markup import to_html
from bot.sandbox.pacing import Pacing
from bot.sandbox.people import People
from bot.sandbox.profile import Profile
from bot.sandbox.records import Records
from bot.sandbox.seeds import number_from
from bot.sandbox.state import State
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates
from bot.sandbox.values import BotAccount, Chat, Message, Person, StoredFile


class World:
    """A practice Telegram with one bot."""

    def __init__(
        self,
        start: datetime,
        *,
        directory: Path | None = None,
        account: BotAccount | None = None,
        answer_window: float = 15.0,
        ticks: Ticks = time.monotonic,
        seed: str = "hongqi",
    ) -> None:
        """Begin at the virtual moment `start` (aware), or go on from what `directory` holds.

        `answer_window`: seconds in which a tap can be answered. `seed` decides ids that look like chance.
        """
        self.account = account or BotAccount()
        self.answer_window = answer_window
        self.feed = Feed()
        store = Store(directory)
        self.clock = Clock(start, ticks, self.feed)
        for saved in store.all("clock"):
            self.clock.restore(json.loads(saved))
        store.stamp_with(lambda: json.dumps(self.clock.saved()).encode())
        records = Records(store)
        self.state = State(
            account=self.account,
            seed=seed,
            clock=self.clock,
            feed=self.feed,
            store=store,
            records=records,
            files=Files(store, records, directory, seed),
            updates=Updates(store, self.clock, number_from(seed, "first update", 2**29)),
        )
        self.people = People(self.state)
        self.groups = Groups(self.state)
        self.profile = Profile(store)
        self.faults = Faults()
        self.pacing = Pacing()
        self.ledger = Ledger()

    @property
    def version(self) -> int:
        """Grows with every change that a person could see."""
        return self.feed.version

    async def changed(self, after: int, within: float | None = None) -> int:
        """Wait until the version is above `after`; return it as it stands then or after `within` seconds.

        Once `feed.closed` holds it returns at once: who waits in a loop looks there first.
        """
        return await self.feed.changed(after, within)

    async def drained(self, within: float) -> bool:
        """Wait until the bot has acknowledged every update, at most `within` seconds, and say whether it has."""
        return await self.state.updates.drained(within)

    def persons(self) -> list[Person]:
        """Everybody, in the order they joined."""
        return list(self.state.records.persons.values())

    def person(self, person_id: int) -> Person:
        """One person. Raises `ValueError` when unknown."""
        return self.state.person(person_id)

    def chats(self) -> list[Chat]:
        """All chats, private ones included, in the order they began."""
        return list(self.state.records.chats.values())

    def chat(self, chat_id: int) -> Chat:
        """One chat; a private chat exists once the person has started the bot. Raises `ValueError` when unknown."""
        return self.state.chat(chat_id)

    def messages(self, chat_id: int, after: int = 0) -> list[Message]:
        """The messages of a chat with ids above `after`, oldest first. Empty when nothing was said yet."""
        return [message for message in self.state.records.messages(chat_id) if message.id > after]

    def message(self, chat_id: int, message_id: int) -> Message:
        """One message. Raises `ValueError` when there is none (any more)."""
        return self.state.message(chat_id, message_id)

    def html(self, message: Message) -> str:
        """The text or caption with its entities as Telegram HTML, everything else escaped: safe to put in a page."""
        return to_html(message.text, message.entities)

    def file_content(self, file: StoredFile) -> bytes:
        """The bytes of a file. Raises `ValueError` when they are gone."""
        content = self.state.files.content(file.path)
        if content is None:
            raise ValueError(f"The content of {file.path} is gone.")
        return content

    def command_menu(self, person_id: int, chat_id: int | None = None) -> list[tuple[str, str]]:
        """The bot's commands with descriptions, as this person's phone offers them in this chat."""
        person = self.person(person_id)
        chat = Chat(person_id, "private") if chat_id is None else self.chat(chat_id)
        return self.profile.menu(chat, person_id, person.language_code)

    def stop_waiting(self) -> None:
        """End every wait, for good: what a server does first when it shuts down."""
        self.feed.close()
        self.state.updates.close()

    def close(self) -> None:
        """End every wait and close the file. Nothing may be done afterwards."""
        self.stop_waiting()
        self.state.store.close()
