"""Evidence files: fetched into the store by their hash, however often it takes; refused ones are told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from rooms import (
    START,
    ZHOU,
    HandClock,
    PracticeTelegram,
    Rows,
    cancelled,
    demo_rows,
    practice_telegram,
    transactions_on,
)

from bot.downloads import Downloads
from bot.sandbox.faults import Fault
from core.store import evidence
from core.store.evidence import Lost, Piece
from core.store.file_store import FileStore


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        yield rows


def owe(rows: Rows, file_id: str, name: str = "台账.pdf") -> None:
    """A file of Zhou's that is recorded and not yet fetched."""
    ((person,),) = rows.all("SELECT id FROM person WHERE telegram_id = ?", ZHOU)
    rows.act(evidence.attach, 1, 4, Piece("file", file_id, file_id, name), person, START)


def sent_file(practice: PracticeTelegram, content: bytes) -> str:
    """A file that Zhou sent; its id."""
    file = practice.world.people.send_document(ZHOU, content, "台账.pdf").file
    assert file is not None
    return file.id


def outcome(rows: Rows) -> list[tuple[Any, ...]]:
    return rows.all("SELECT state, attempts, sha256, size FROM evidence ORDER BY id")


class Fetching:
    """Fetches until the rows look as expected, and ends."""

    def __init__(self, rows: Rows, practice: PracticeTelegram, clock: HandClock, folder: Path) -> None:
        self.rows, self.practice, self.clock = rows, practice, clock
        self.store = FileStore(folder / "evidence")
        self.lost: list[Lost] = []

    async def until(self, *expected: tuple[Any, ...]) -> None:
        """A life of the program that ends as soon as its work is written."""
        with transactions_on(self.rows.database) as transactions:
            work = Downloads(self.practice.api, transactions, self.store, self.clock, self._tell)
            running = asyncio.create_task(work.run())
            async with asyncio.timeout(20):
                while await transactions.once(_outcome) != list(expected):
                    work.wake()
                    await asyncio.sleep(0)
            await cancelled(running)

    async def _tell(self, lost: Lost) -> None:
        self.lost.append(lost)


def _outcome(db: Any) -> list[tuple[Any, ...]]:
    found = db.exec_driver_sql("SELECT state, attempts, sha256, size FROM evidence ORDER BY id")
    return [tuple(row) for row in found]


async def test_a_file_is_stored_under_its_hash(rows: Rows, tmp_path: Path) -> None:
    async with practice_telegram() as practice:
        owe(rows, sent_file(practice, b"%PDF-1"))
        fetching = Fetching(rows, practice, HandClock(), tmp_path)
        digest = sha256(b"%PDF-1").hexdigest()
        await fetching.until(("stored", 0, digest, 6))
        assert fetching.store.path(digest).read_bytes() == b"%PDF-1"


async def test_trouble_on_the_way_is_tried_again_with_growing_pauses_over_restarts(rows: Rows, tmp_path: Path) -> None:
    async with practice_telegram() as practice:
        clock = HandClock()
        fetching = Fetching(rows, practice, clock, tmp_path)
        owe(rows, sent_file(practice, b"%PDF-2"))
        for attempts, pause in ((1, 5), (2, 10), (3, 20)):
            practice.world.faults.add(Fault("500", method="getFile"))
            await fetching.until(("owed", attempts, None, None))
            ((left,),) = rows.all("SELECT next_try_at FROM evidence")
            clock.passes(seconds=pause)
            assert str(left).startswith(clock().strftime("%Y-%m-%d %H:%M:%S"))
        await fetching.until(("stored", 3, sha256(b"%PDF-2").hexdigest(), 6))
        assert fetching.lost == []


async def test_a_pause_never_grows_beyond_an_hour(rows: Rows, tmp_path: Path) -> None:
    async with practice_telegram() as practice:
        owe(rows, sent_file(practice, b"%PDF-3"))
        rows.change("UPDATE evidence SET attempts = 400")
        practice.world.faults.add(Fault("404_html", method="getFile"))
        await Fetching(rows, practice, HandClock(), tmp_path).until(("owed", 401, None, None))
        assert str(rows.all("SELECT next_try_at FROM evidence")[0][0]).startswith("2013-06-24 03:00:00")


async def test_what_telegram_refuses_has_failed_and_is_told(rows: Rows, tmp_path: Path) -> None:
    async with practice_telegram() as practice:
        owe(rows, "no such file")
        owe(rows, sent_file(practice, b"%PDF-4"))
        fetching = Fetching(rows, practice, HandClock(), tmp_path)
        await fetching.until(("failed", 1, None, None), ("stored", 0, sha256(b"%PDF-4").hexdigest(), 6))
        assert fetching.lost == [Lost(ZHOU, "zh", 4, "台账.pdf")]
