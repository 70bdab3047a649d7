"""`World`: one practice Telegram, joined from its parts.

It answers for the state that a bot, a phone page and a test share: who exists, what was said, what the bot has
not yet fetched, and what time it is. With a directory everything is written through and a restart goes on where
it stopped; the ledger and the faults are not kept. It belongs to one event loop and speaks no HTTP; `server.py`
does.

    world.people   what people do: join, start, say, tap, send_photo, …           people.py
    world.groups   groups and who is in them: create, add_bot, upgrade, …         groups.py
    world.clock    now, jump, age, and the bot's progress: seen, acted            clock.py
"""

import time
from datetime import datetime
from pathlib import Path

from bot.sandbox.clock import Clock, Ticks
from bot.sandbox.feed import Feed
from bot.sandbox.groups import Groups
from bot.sandbox.people import People
from bot.sandbox.values import BotAccount, Chat, Message, Person, StoredFile


class World:
    """A practice Telegram with one bot."""

    people: People
    groups: Groups
    clock: Clock
    account: BotAccount

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
        self.feed = Feed()
        self.account = account or BotAccount()
        self.clock = Clock(start, ticks, self.feed)

    @property
    def version(self) -> int:
        """Grows with every change that a person could see."""
        return self.feed.version

    async def changed(self, after: int, within: float | None = None) -> int:
        """Wait until the version is above `after` and return it; after `within` seconds, or at closing, as it stands."""
        return await self.feed.changed(after, within)

    async def drained(self, within: float) -> bool:
        """Wait until the bot has acknowledged every update, at most `within` seconds, and say whether it has."""
        raise NotImplementedError

    def persons(self) -> list[Person]:
        """Everybody, in the order they joined."""
        raise NotImplementedError

    def person(self, person_id: int) -> Person:
        """One person. Raises `ValueError` when unknown."""
        raise NotImplementedError

    def chats(self) -> list[Chat]:
        """All chats, private ones included, in the order they began."""
        raise NotImplementedError

    def chat(self, chat_id: int) -> Chat:
        """One chat; a private chat exists once the person has started the bot. Raises `ValueError` when unknown."""
        raise NotImplementedError

    def messages(self, chat_id: int, after: int = 0) -> list[Message]:
        """The messages of a chat with ids above `after`, oldest first. Empty when nothing was said yet."""
        raise NotImplementedError

    def message(self, chat_id: int, message_id: int) -> Message:
        """One message. Raises `ValueError` when there is none (any more)."""
        raise NotImplementedError

    def html(self, message: Message) -> str:
        """The text or caption with its entities as Telegram HTML, everything else escaped: safe to put in a page."""
        raise NotImplementedError

    def file_content(self, file: StoredFile) -> bytes:
        """The bytes of a file."""
        raise NotImplementedError

    def command_menu(self, person_id: int, chat_id: int | None = None) -> list[tuple[str, str]]:
        """The bot's commands with descriptions, as this person's phone offers them in this chat."""
        raise NotImplementedError

    def close(self) -> None:
        """End every wait and close the file. Nothing may be done afterwards."""
        self.feed.close()
