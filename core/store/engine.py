"""Opening the database, and the one place that begins and commits transactions.

SQLite runs in WAL with `synchronous=FULL` (NORMAL may lose the last commit on power
loss) and takes the write lock at BEGIN: the driver's own default lost 138 of 200
concurrent read-modify-writes when measured. One process owns an SQLite file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, ProgrammingError

Db = Connection
DatabaseError = DBAPIError
"""What the database says no with; `is_transient` tells trouble of the database from trouble of a statement."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
)


class DatabaseInUse(Exception):
    """Another process owns this SQLite file."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class DatabaseMissing(Exception):
    """There is no such SQLite file."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True)
class Database:
    """An opened database; `close` gives it back."""

    engine: Engine
    lock: filelock.FileLock | None

    @contextmanager
    def transaction(self) -> Iterator[Db]:
        """One transaction on a connection of its own: commits at the end, rolls back on any error."""
        with self.engine.begin() as db:
            yield db

    def close(self) -> None:
        """Close all connections and let go of the file."""
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()


def is_supported(url: str) -> bool:
    """Whether this is the URL of a database that Hongqi runs on: SQLite, or PostgreSQL through psycopg."""
    try:
        return make_url(url).drivername in {"sqlite", "postgresql+psycopg"}
    except ArgumentError:
        return False


def open_database(url: str) -> Database:
    """Open the database of this SQLAlchemy URL. Raises DatabaseInUse for an SQLite file that another process owns."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, pool_pre_ping=True), None)
    lock = _lock_file(parsed)
    engine = create_engine(parsed, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return Database(engine, lock)


def open_for_reading(url: str) -> Database:
    """Open a database to look into it, beside whoever owns it; whatever is written through it fails.

    Readers of WAL see what was committed when they begin, and hold nobody up. Raises DatabaseMissing.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, connect_args={"options": "-c default_transaction_read_only=on"}), None)
    path = _file_of(parsed)
    if not path.exists():
        raise DatabaseMissing(path)
    engine = create_engine(parsed, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_for_reading)
    event.listen(engine, "begin", _begin_reading)
    return Database(engine, None)


def is_transient(error: BaseException) -> bool:
    """Whether a database error says something of the database (gone, full, locked), not of the statement."""
    return isinstance(error, DBAPIError) and not isinstance(error, DataError | IntegrityError | ProgrammingError)


def _lock_file(url: URL) -> filelock.FileLock:
    path = _file_of(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise DatabaseInUse(path) from None
    return lock


def _file_of(url: URL) -> Path:
    return Path(url.database or "hongqi.db")


def _prepare_for_reading(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("PRAGMA busy_timeout=15000", "PRAGMA query_only=ON"):
        cursor.execute(pragma)
    cursor.close()


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: it does so only before writes, which loses updates.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
