"""Reading together: one transaction for all who ask at once, and each gets an answer or an error of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import Rows, demo_rows, transactions_on

from core.store.engine import DatabaseError, Db


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        yield rows


def _read(db: Db, number: int, seen: list[Db]) -> int:
    seen.append(db)
    if number == 2:
        raise LookupError("nobody")
    return int(db.exec_driver_sql(f"SELECT {number}").scalar_one())


async def test_who_asks_at_once_shares_a_transaction_and_no_error(rows: Rows) -> None:
    seen: list[Db] = []
    with transactions_on(rows.database) as transactions:
        found = await asyncio.gather(
            *(transactions.read(_read, number, seen) for number in (1, 2, 3)), return_exceptions=True
        )
    assert (found[0], type(found[1]), found[2]) == (1, LookupError, 3)
    assert len({id(db) for db in seen}) == 1


async def test_a_database_that_is_gone_is_told_to_all(rows: Rows) -> None:
    seen: list[Db] = []
    with transactions_on(rows.database) as transactions:
        rows.database.engine.dispose()
        rows.path.write_bytes(b"no database any more" * 500)
        found = await asyncio.gather(
            *(transactions.read(_read, number, seen) for number in (1, 3)), return_exceptions=True
        )
    assert all(isinstance(each, DatabaseError) for each in found)
    assert seen == []


async def test_who_asked_and_went_away_is_passed_over(rows: Rows) -> None:
    seen: list[Db] = []
    with transactions_on(rows.database) as transactions:
        gone = asyncio.ensure_future(transactions.read(_read, 1, seen))
        there = asyncio.ensure_future(transactions.read(_read, 3, seen))
        await asyncio.sleep(0)
        gone.cancel()
        assert await there == 3
        assert gone.cancelled()
