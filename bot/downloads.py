"""Files that people sent: fetched from Telegram into the file store, however often it takes.

The row that says a file is owed is committed with the update that brought it, so a kill
loses no file. `file_path` is valid for about an hour, so it is asked for at each try.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from types import ModuleType

from telegram.error import BadRequest, TelegramError

from bot.clock import Clock
from bot.telegram_http import TelegramApi
from bot.transaction import Transactions
from core.store import evidence, filing_files
from core.store.evidence import Lost, OwedFile
from core.store.file_store import FileStore

_log = logging.getLogger(__name__)

# Where files are owed: each has owed_files, set_stored, set_retry and set_failed.
_SHELVES: tuple[ModuleType, ...] = (evidence, filing_files)
_AT_ONCE = 4
_LOOK_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)


class Downloads:
    """Fetches owed files. `tell` says to a person that their file could not be had."""

    def __init__(
        self,
        api: TelegramApi,
        transactions: Transactions,
        store: FileStore,
        clock: Clock,
        tell: Callable[[Lost], Awaitable[None]],
    ) -> None:
        self._api = api
        self._transactions = transactions
        self._store = store
        self._clock = clock
        self._tell = tell
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to fetch."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch for ever; ends only by cancellation."""
        while True:
            self._wake.clear()
            found = False
            for shelf in _SHELVES:
                owed = await self._transactions.once(shelf.owed_files, self._clock(), _AT_ONCE)
                await asyncio.gather(*(self._fetch(shelf, file) for file in owed))
                found = found or bool(owed)
            if not found:
                await _wait(self._wake, _LOOK_SECONDS)

    async def _fetch(self, shelf: ModuleType, file: OwedFile) -> None:
        try:
            found = await self._api.ask("getFile", {"file_id": file.telegram_file_id})
            content = await self._api.fetch(str(found["file_path"]))
            digest = await asyncio.to_thread(self._store.put, content)
        except BadRequest as error:
            _log.warning("file %s cannot be had: %s", file.file_id, error)
            await self._give_up(shelf, file)
        except (TelegramError, OSError, KeyError) as error:
            # A full disk, or an answer without a path, passes like a lost connection: one file must not end the rest.
            _log.warning("file %s not fetched yet: %r", file.file_id, error)
            await self._transactions.once(
                shelf.set_retry, file.file_id, file.attempts + 1, self._clock() + _pause(file.attempts)
            )
        else:
            await self._transactions.once(shelf.set_stored, file.file_id, digest, len(content))

    async def _give_up(self, shelf: ModuleType, file: OwedFile) -> None:
        lost = await self._transactions.once(shelf.set_failed, file.file_id, file.attempts + 1)
        try:
            await self._tell(lost)
        except TelegramError as error:
            # The row says that the file is lost; a person who blocked the bot must not end the fetching.
            _log.error("nobody was told that file %s is lost: %s", file.file_id, error)


def _pause(attempts: int) -> timedelta:
    doubled: timedelta = _FIRST_PAUSE * (1 << min(attempts, 12))
    return min(doubled, _LONGEST_PAUSE)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
