"""One transaction for a batch, a savepoint for each update."""

from __future__ import annotations

from pathlib import Path

import pytest
from district import NOON

from core.store import units, updates
from core.store.batch import Batch
from core.store.engine import Database, DatabaseError, Db, open_database
from core.store.updates import Processed


def add(db: Db, name: str) -> int:
    """Something that an update does."""
    return units.add_district(db, name, "UTC", "zh")


def fail(db: Db, name: str) -> None:
    """Something that goes wrong halfway."""
    add(db, name)
    raise ValueError(name)


def names(database: Database) -> list[str]:
    """What lasted."""
    with database.transaction() as db:
        return [each.name for each in units.districts(db)]


def begun(database: Database) -> Batch:
    """A batch that holds the write lock."""
    batch = Batch(database)
    batch.begin()
    return batch


def test_a_failed_update_is_undone_alone(either: Database) -> None:
    batch = begun(either)
    batch.act(add, "first")
    batch.settle()
    batch.act(add, "half")
    with pytest.raises(ValueError, match="second"):
        batch.act(fail, "second")
    batch.undo()
    batch.act(add, "third")
    batch.settle()
    batch.commit()
    assert names(either) == ["first", "third"]


def test_a_statement_the_database_refused_does_not_stop_its_neighbours(either: Database) -> None:
    batch = begun(either)
    batch.act(add, "first")
    batch.settle()
    with pytest.raises(DatabaseError):
        batch.act(updates.remember, [Processed(1, NOON.now, None), Processed(1, NOON.now, None)])
    batch.undo()
    batch.outside(updates.remember, [Processed(2, NOON.now, "owed")])
    batch.commit()
    assert names(either) == ["first"]
    with either.transaction() as db:
        assert updates.seen(db, [1, 2]) == {2}


def test_several_actions_of_one_update_are_undone_together(either: Database) -> None:
    batch = begun(either)
    batch.act(add, "one")
    batch.act(add, "two")
    batch.undo()
    batch.commit()
    assert names(either) == []


def test_what_was_settled_is_not_undone_by_a_later_failure(sqlite: Database) -> None:
    batch = begun(sqlite)
    batch.act(add, "first")
    batch.settle()
    batch.outside(add, "outside")
    # The next update fails before it did anything: there is nothing to take back.
    batch.undo()
    batch.commit()
    assert names(sqlite) == ["first", "outside"]


def test_an_abandoned_batch_leaves_nothing(either: Database) -> None:
    batch = begun(either)
    batch.act(add, "first")
    batch.settle()
    batch.abandon()
    assert names(either) == []
    again = begun(either)
    again.act(add, "again")
    again.commit()
    again.abandon()
    assert names(either) == ["again"]


def test_a_commit_that_is_refused_leaves_nothing_and_stops_nobody(sqlite: Database) -> None:
    def point_nowhere(db: Db) -> None:
        # Foreign keys are then checked at COMMIT, which SQLite refuses and leaves the transaction open.
        db.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        db.exec_driver_sql("INSERT INTO unit (district_id, code, kind, category) VALUES (404, 'a', 'township', 'town')")

    batch = begun(sqlite)
    batch.act(add, "first")
    batch.settle()
    batch.act(point_nowhere)
    batch.settle()
    with pytest.raises(DatabaseError):
        batch.commit()
    batch.abandon()
    again = begun(sqlite)
    again.act(add, "again")
    again.commit()
    assert names(sqlite) == ["again"]


def test_a_batch_that_was_not_begun_does_nothing(sqlite: Database) -> None:
    batch = Batch(sqlite)
    with pytest.raises(RuntimeError, match="not begun"):
        batch.commit()
    with pytest.raises(RuntimeError, match="not begun"):
        batch.act(add, "first")
    batch.undo()
    batch.abandon()
    assert names(sqlite) == []


def test_a_batch_that_cannot_begin_holds_no_connection(tmp_path: Path) -> None:
    (tmp_path / "hongqi.db").write_bytes(b"no database at all" * 100)
    database = open_database(f"sqlite:///{tmp_path / 'hongqi.db'}")
    batch = Batch(database)
    with pytest.raises(DatabaseError):
        batch.begin()
    batch.abandon()
    database.close()


def test_a_batch_whose_begin_is_refused_gives_its_connection_back(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OSError("locked")

    batch = Batch(sqlite)
    with monkeypatch.context() as patched:
        patched.setattr("sqlalchemy.engine.Connection.begin", locked)
        with pytest.raises(OSError, match="locked"):
            batch.begin()
    assert sqlite.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # SQLite's file pool counts them
