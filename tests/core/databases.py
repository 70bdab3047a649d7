"""Migrated databases for the tests: an SQLite file always, a private PostgreSQL where its binaries are.

The server lives in a folder of its own, listens on a socket in it and on no port, and
trusts whoever can open the socket. It forgets safety for speed: nothing of it is kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine

from core.store.engine import Database, open_database
from core.store.migrate import upgrade

_HURRIED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=30"


def newest_postgresql() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running_postgresql(programs: Path) -> Iterator[Server]:
    """A server for a while, with a migrated database to copy."""
    folder = Path(tempfile.mkdtemp(prefix="hongqi-pg-"))
    # initdb refuses root; Debian's package made the user.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data, listening = folder / "data", f"-c listen_addresses='' -c unix_socket_directories='{folder}' {_HURRIED}"

    def program(name: str, *arguments: str) -> None:
        subprocess.run(
            [*user, str(programs / name), "-D", str(data), *arguments],
            cwd=folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    try:
        program("initdb", "-U", "hongqi", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        program("pg_ctl", "-w", "-l", str(folder / "log"), "-o", listening, "start")
        try:
            yield Server(folder)
        finally:
            program("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


class Server:
    """A running server; every database asked of it is new."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = (f"district_{number}" for number in count())
        self._template: str | None = None

    def empty(self) -> str:
        """The URL of a new database without tables."""
        return self._create("template1")

    def migrated(self) -> str:
        """The URL of a new database with today's tables."""
        if self._template is None:
            url = self.empty()
            database = open_database(url)
            upgrade(database)
            database.close()
            self._template = url
        return self._create(self._template.rpartition("@/")[2].partition("?")[0])

    def _create(self, template: str) -> str:
        name = next(self._names)
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as db:
            db.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        engine.dispose()
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://hongqi@/{name}?host={self._folder}"


def migrated_file(path: Path) -> Path:
    """An SQLite file with today's tables, to be copied: migrating takes longer than most tests."""
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database, given back whatever the test does."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()
