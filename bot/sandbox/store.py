"""Where a practice Telegram is kept: one SQLite file of JSON documents, or nowhere.

It answers for writing every change through, so that a killed sandbox goes on where it stopped; it knows nothing of
what the documents mean. A power cut may cost the last changes, which is right for practice and spares an fsync each.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

SCHEMA = "CREATE TABLE IF NOT EXISTS document (kind TEXT, key TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, key))"
UPSERT = "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"


class Store:
    """Documents by kind and key, in the order they were first put."""

    def __init__(self, directory: Path | None) -> None:
        """Open `sandbox.db` in the directory, which is created; without one nothing is kept."""
        self._database: sqlite3.Connection | None = None
        self._stamp: Callable[[], bytes] = bytes
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(directory / "sandbox.db", isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(SCHEMA)

    def stamp_with(self, stamp: Callable[[], bytes]) -> None:
        """Put `stamp()` as the document `clock` beside every change: time goes on from the last change."""
        self._stamp = stamp

    def put(self, kind: str, key: str, body: Callable[[], bytes]) -> None:
        """Write one document; `body` is only called when there is somewhere to write."""
        if self._database is not None:
            self._database.executemany(UPSERT, [(kind, key, body()), ("clock", "", self._stamp())])

    def drop(self, kind: str, key: str) -> None:
        """Forget one document."""
        if self._database is not None:
            self._database.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> list[bytes]:
        """Every document of a kind."""
        if self._database is None:
            return []
        rows = self._database.execute("SELECT body FROM document WHERE kind = ? ORDER BY rowid", (kind,))
        return [body for (body,) in rows]

    def close(self) -> None:
        """Close the file, with the clock as it is now."""
        if self._database is not None:
            self._database.execute(UPSERT, ("clock", "", self._stamp()))
            self._database.close()
            self._database = None
