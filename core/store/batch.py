"""One transaction for a batch of updates, a savepoint for each.

Begun, used and committed on the one database thread. An update that fails is undone
alone; a batch that cannot be committed leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import RootTransaction

from core.store.engine import Database, Db

P = ParamSpec("P")
T = TypeVar("T")


class Batch:
    """The transaction of one batch. Call `begin` first and `commit` or `abandon` last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._db: Db | None = None
        self._transaction: RootTransaction | None = None
        self._savepoint = False
        self._settled = False

    def begin(self) -> None:
        """Take the write lock."""
        self._db = self._database.engine.connect()
        try:
            self._transaction = self._db.begin()
        except BaseException:
            self._db.close()
            raise

    def outside(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that belongs to the batch, not to one update."""
        self._release()
        return action(self._connection, *args, **kwargs)

    def act(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action of the current update, inside its savepoint."""
        if self._settled:
            self._release()
        if not self._savepoint:
            self._connection.exec_driver_sql("SAVEPOINT one_update")
            self._savepoint = True
        return action(self._connection, *args, **kwargs)

    def settle(self) -> None:
        """The current update is done; what it did stays. Takes effect with the next call, to save a hop."""
        self._settled = self._savepoint

    def undo(self) -> None:
        """Take back everything the current update did, and nothing that an earlier one settled."""
        if self._settled:
            self._release()
        elif self._savepoint:
            self._connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_update")
            self._release()

    def commit(self) -> None:
        """Make the batch last."""
        if self._transaction is None:
            raise RuntimeError("the batch was not begun")
        self._release()
        try:
            self._transaction.commit()
        except BaseException:
            # SQLite keeps a transaction open whose COMMIT it refused; in the pool it would stop every later batch.
            self._connection.invalidate()
            raise
        self._connection.close()

    def abandon(self) -> None:
        """Leave nothing of the batch behind; harmless after a failure anywhere."""
        if self._db is not None:
            self._db.close()

    def _release(self) -> None:
        if self._savepoint:
            self._connection.exec_driver_sql("RELEASE SAVEPOINT one_update")
        self._savepoint = self._settled = False

    @property
    def _connection(self) -> Db:
        if self._db is None:
            raise RuntimeError("the batch was not begun")
        return self._db
