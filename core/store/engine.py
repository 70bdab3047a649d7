"""Opening the database, and the one place that begins and commits transactions.

SQLite runs in WAL with `synchronous=FULL` (NORMAL may lose the last commit on power
loss) and takes the write lock at BEGIN: the driver's own default lost 138 of 200
concurrent read-modify-writes when measured. One process owns an SQLite file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import filelock
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
)

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


class NoDatabase(Exception):
    """There is no database of ours at this URL that could be read."""


@dataclass(frozen=True)
class Database:
    """An opened database; `close` gives it back."""

    engine: Engine
    lock: filelock.FileLock | None

    @property
    def is_ours_alone(self) -> bool:
        """Whether no other process can be on it: an SQLite file that this one owns."""
        return self.lock is not None

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


@contextmanager
def reading(url: str) -> Iterator[Db]:
    """The database as it is at this moment, to be read and never written, beside whoever owns it.

    Takes no lock: an SQLite file is opened read only, so that a copy that nobody may write to will do, and a bot goes
    on writing meanwhile. Raises NoDatabase where there is none.
    """
    parsed = make_url(url)
    engine = _reader(parsed) if parsed.get_backend_name() == "sqlite" else _snapshot(parsed)
    try:
        with engine.connect() as db:
            yield db
    except DBAPIError as error:
        raise NoDatabase(str(error.orig)) from error
    finally:
        engine.dispose()


def is_transient(error: BaseException) -> bool:
    """Whether a database error says something of the database (gone, full, locked), not of the statement."""
    return isinstance(error, DBAPIError) and not isinstance(error, DataError | IntegrityError | ProgrammingError)


def _reader(url: URL) -> Engine:
    path = Path(url.database or "hongqi.db").absolute()
    # Without a folder to write to SQLite cannot join the others who read; where nobody writes it need not.
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    name = f"file:{quote(str(path))}?mode=ro{'&immutable=1' if alone else ''}"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(name, uri=True, isolation_level=None), poolclass=NullPool
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _snapshot(url: URL) -> Engine:
    options = {"postgresql_readonly": True}
    return create_engine(url, isolation_level="REPEATABLE READ", poolclass=NullPool).execution_options(**options)


def _lock_file(url: URL) -> filelock.FileLock:
    path = Path(url.database or "hongqi.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise DatabaseInUse(path) from None
    return lock


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: it does so only before writes, which loses updates.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
