"""Notes: written with the next batch or soon by themselves; a commit that fails loses none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from rooms import START, ZHOU, Rows, cancelled, demo_rows, transactions_on

from bot.notes import Notes
from bot.replies import Post
from bot.screens.screen import Screen
from bot.transaction import Transactions
from core.store import updates
from core.store.updates import Processed

OWED = "SELECT update_id FROM processed_update WHERE owed IS NOT NULL ORDER BY update_id"
SHEET_SCREEN = Post(Screen("第15条"), sheet=1, item=15)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        rows.act(updates.remember, [Processed(number, START, "[1,[]]") for number in (1, 2)])
        yield rows


@pytest.fixture
async def transactions(rows: Rows) -> AsyncIterator[Transactions]:
    with transactions_on(rows.database) as transactions:
        yield transactions


def screen(rows: Rows) -> list[tuple[int, ...]]:
    return rows.all("SELECT sheet_id, item, message_id FROM screen WHERE chat_id = ?", ZHOU)


async def test_what_was_learnt_is_written_soon(rows: Rows, transactions: Transactions) -> None:
    notes = Notes(transactions)
    notes.replied(1)
    notes.sent(ZHOU, SHEET_SCREEN, 77)
    running = asyncio.create_task(notes.run())
    async with asyncio.timeout(20):
        while len(await transactions.once(updates.owed)) > 1:
            # Each look is a hop to the database thread: the notes get their turn meanwhile.
            continue
    await cancelled(running)
    assert rows.all(OWED) == [(2,)]
    assert screen(rows) == [(1, 15, 77)]


async def test_a_failed_commit_loses_none_and_a_later_note_waits_its_turn(
    rows: Rows, transactions: Transactions
) -> None:
    notes = Notes(transactions)
    notes.replied(1)
    notes.sent(ZHOU, SHEET_SCREEN, 77)
    async with transactions.batch() as batch:
        await batch.outside(notes.write)
        # No commit: as when the disk is full.
    assert rows.all(OWED) == [(1,), (2,)]
    async with transactions.batch() as batch:
        await batch.outside(notes.write)
        notes.replied(2)
        await batch.commit()
        notes.written()
    assert rows.all(OWED) == [(2,)]
    assert screen(rows) == [(1, 15, 77)]
    await notes.flush()
    assert rows.all(OWED) == []


async def test_nothing_learnt_is_no_transaction(rows: Rows, transactions: Transactions) -> None:
    notes = Notes(transactions)
    notes.sent(ZHOU, Post(Screen("您好")), 78)
    async with transactions.batch():
        # The batch holds the turn: a flush that wanted one would wait for ever.
        await asyncio.wait_for(notes.flush(), 5)
    assert screen(rows) == []
