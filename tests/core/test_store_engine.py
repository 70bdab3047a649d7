"""Opening the database, keeping a second process out of it, and telling its trouble from a statement's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from databases import opened
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, ProgrammingError

from core.store import engine
from core.store.engine import Database, DatabaseInUse, Db, is_supported, is_transient, open_database


def pragma(db: Db, name: str) -> object:
    """A pragma's present value."""
    return db.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_sqlite_runs_as_measured(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        assert pragma(db, "journal_mode") == "wal"
        assert pragma(db, "synchronous") == 2
        assert pragma(db, "busy_timeout") == 15_000
        assert pragma(db, "foreign_keys") == 1


def test_a_transaction_takes_the_write_lock_at_once(sqlite: Database) -> None:
    with sqlite.transaction(), sqlite.engine.connect() as other:
        driver = other.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA busy_timeout=0")
        with pytest.raises(OperationalError, match="locked") as refused:
            other.begin()
        assert is_transient(refused.value)


def test_a_transaction_that_fails_leaves_nothing(either: Database) -> None:
    def add_and_fail() -> None:
        with either.transaction() as db:
            db.exec_driver_sql("INSERT INTO district (name, timezone, group_language) VALUES ('a', 'UTC', 'zh')")
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        add_and_fail()
    with either.transaction() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM district").scalar_one() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO unit (district_id, code, kind, category) VALUES (404, 'a', 'township', 'town')",
        "INSERT INTO person (district_id, name, language) VALUES (404, 'a', 'zh')",
    ],
)
def test_rows_point_somewhere(either: Database, statement: str) -> None:
    with pytest.raises(IntegrityError), either.transaction() as db:
        db.exec_driver_sql(statement)


def test_a_second_process_is_kept_out_of_the_file(sqlite: Database) -> None:
    path = sqlite.engine.url.database
    assert path is not None
    script = (
        "import sys\n"
        "from core.store.engine import DatabaseInUse, open_database\n"
        "try:\n"
        "    open_database(sys.argv[1])\n"
        "except DatabaseInUse as error:\n"
        "    print(error.path)\n"
    )
    command = [sys.executable, "-c", script, f"sqlite:///{path}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.strip() == path


def test_the_file_is_free_again_after_closing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'hongqi.db'}"
    with opened(url), pytest.raises(DatabaseInUse):
        open_database(url)
    with opened(url):
        assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize(
    ("url", "supported"),
    [
        ("sqlite:///data/hongqi.db", True),
        ("postgresql+psycopg://u:p@h/n", True),
        ("postgresql://u:p@h/n", False),
        ("sqlite+aiosqlite:///x", False),
        ("mysql://h/n", False),
        ("data/hongqi.db", False),
        ("", False),
    ],
)
def test_it_runs_on_two_databases_and_says_so(url: str, supported: bool) -> None:
    assert is_supported(url) is supported


@pytest.mark.parametrize(
    ("kind", "transient"),
    [(OperationalError, True), (DataError, False), (IntegrityError, False), (ProgrammingError, False)],
)
def test_trouble_of_the_database_is_no_trouble_of_a_statement(
    kind: type[engine.DatabaseError], transient: bool
) -> None:
    assert is_transient(kind("SELECT 1", {}, Exception("said no"))) is transient
    assert not is_transient(ValueError("no database"))
