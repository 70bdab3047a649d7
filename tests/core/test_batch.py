"""The transaction of a batch: what one update takes back is its own and nobody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.store import units
from core.store.batch import Batch
from core.store.engine import Database, Db
from core.store.tables import District, table_of

_DISTRICT = table_of(District)
_NAMES = select(_DISTRICT.c.name).order_by(_DISTRICT.c.id)


def _found(db: Db, name: str) -> int:
    return units.add_district(db, name, "Asia/Shanghai", "zh")


def _names(database: Database) -> list[str]:
    with database.transaction() as db:
        return list(db.scalars(_NAMES))


@pytest.fixture
def batch(either: Database) -> Batch:
    begun = Batch(either)
    begun.begin()
    return begun


def test_a_refusal_that_did_nothing_leaves_the_update_before_it_alone(either: Database, batch: Batch) -> None:
    batch.act(_found, "荷塘区")
    batch.settle()
    # A stranger's tap: refused before it came to act.
    batch.undo()
    batch.settle()
    batch.commit()
    assert _names(either) == ["荷塘区"]


def test_an_update_takes_back_only_its_own_acts(either: Database, batch: Batch) -> None:
    for name, refused in (("荷塘区", False), ("芦淞区", True), ("石峰区", False)):
        batch.act(_found, name)
        if refused:
            batch.undo()
        batch.settle()
    batch.commit()
    assert _names(either) == ["荷塘区", "石峰区"]


def test_a_batch_that_is_abandoned_leaves_nothing(either: Database, batch: Batch) -> None:
    batch.act(_found, "荷塘区")
    batch.settle()
    batch.abandon()
    assert _names(either) == []
