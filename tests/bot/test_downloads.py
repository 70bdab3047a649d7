"""Fetching evidence goes on, whatever becomes of one file and of the words about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from rooms import PATIENCE, START, Call, Rows, ScriptedApi, demo_rows, transactions_on
from telegram.error import BadRequest, Forbidden

from bot.downloads import Downloads
from core.store.evidence import Lost
from core.store.file_store import FileStore

_OWED = """INSERT INTO evidence (sheet_id, item, kind, source_key, telegram_file_id, state, attempts, next_try_at,
person_id, received_at) SELECT s.id, 1, 'photo', 'k', 'f', 'owed', 0, ?, s.rater_person_id, ? FROM sheet s
WHERE s.rater_person_id IS NOT NULL LIMIT 1"""


class _Telegram(ScriptedApi):
    async def fetch(self, file_path: str) -> bytes:
        return file_path.encode()


class _Rounds:
    """A clock that stands still and notes how often it was asked."""

    def __init__(self, awaited: int) -> None:
        self._left = awaited
        self.enough = asyncio.Event()

    def __call__(self) -> datetime:
        self._left -= 1
        if self._left <= 0:
            self.enough.set()
        return START


async def _goes_on(
    rows: Rows, api: ScriptedApi, store: FileStore, tell: Callable[[Lost], Awaitable[None]], *, asked: int
) -> None:
    """Let the fetching go on until it has `asked` the clock so often; raises what ended it before."""
    rows.change(_OWED, "2013-06-01 00:00:00", "2013-06-01 00:00:00")
    with transactions_on(rows.database) as transactions:
        clock = _Rounds(asked)
        running = asyncio.create_task(Downloads(api, transactions, store, clock, tell).run())
        looking = asyncio.create_task(clock.enough.wait())
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait([running, looking], return_when=asyncio.FIRST_COMPLETED)
        looking.cancel()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


async def test_a_person_who_blocked_the_bot_does_not_end_the_fetching(tmp_path: Path) -> None:
    def gone(_call: Call) -> None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")

    async def blocked(_lost: Lost) -> None:
        raise Forbidden("bot was blocked by the user")

    with demo_rows(tmp_path) as rows:
        await _goes_on(rows, _Telegram(gone), FileStore(tmp_path / "evidence"), blocked, asked=2)
        assert rows.all("SELECT state, attempts FROM evidence WHERE source_key = 'k'") == [("failed", 1)]


async def test_a_file_that_the_disk_does_not_take_is_fetched_again_later(tmp_path: Path) -> None:
    async def nobody(lost: Lost) -> None:
        raise AssertionError(lost)

    (tmp_path / "evidence").write_text("no folder can be made here")
    with demo_rows(tmp_path) as rows:
        api = _Telegram(lambda _call: {"file_path": "p"})
        # Once to look, once for the time of the next try, once to look again.
        await _goes_on(rows, api, FileStore(tmp_path / "evidence"), nobody, asked=3)
        assert rows.all("SELECT state, attempts FROM evidence WHERE source_key = 'k'") == [("owed", 1)]
