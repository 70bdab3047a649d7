"""The database thread: every transaction of the bot runs on it, one after the other.

`core` is synchronous; this is where the bot's coroutines meet it. A batch of updates holds
one transaction over several hops, everything else is one hop with a commit at its end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from core.store.batch import Batch
from core.store.engine import Database, DatabaseError, Db

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Read:
    """What somebody wants to read, and where the answer goes."""

    action: Callable[[Db], Any]
    answer: asyncio.Future[Any]


class OpenBatch:
    """The running batch as coroutines see it: each call is one hop to the database thread."""

    def __init__(self, batch: Batch, thread: ThreadPoolExecutor) -> None:
        self._batch = batch
        self._thread = thread

    async def act(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action of the current update inside its savepoint."""
        return await _hop(self._thread, lambda: self._batch.act(action, *args, **kwargs))

    async def outside(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that belongs to the batch, not to one update."""
        return await _hop(self._thread, lambda: self._batch.outside(action, *args, **kwargs))

    def settle(self) -> None:
        """The current update is done and stays."""
        self._batch.settle()

    async def undo(self) -> None:
        """Take back everything the current update did."""
        await _hop(self._thread, self._batch.undo)

    async def commit(self) -> None:
        """Make the batch last."""
        await _hop(self._thread, self._batch.commit)


class Transactions:
    """Gives out transactions on the database, never two at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._turn = asyncio.Lock()
        self._reads: list[_Read] = []
        self._reading: set[asyncio.Task[None]] = set()

    async def once(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one action in a transaction of its own and commit."""

        def run() -> T:
            with self._database.transaction() as db:
                return action(db, *args, **kwargs)

        async with self._turn:
            return await _hop(self._thread, run)

    async def read(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action that only reads, in one transaction with what others want to read at the same time."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._reads.append(_Read(lambda db: action(db, *args, **kwargs), answer))
        if len(self._reads) == 1:
            task = asyncio.get_running_loop().create_task(self._read_all())
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)
        return await answer

    async def _read_all(self) -> None:
        async with self._turn:
            reads, self._reads = self._reads, []
            answers = await _hop(self._thread, lambda: self._answers(reads))
        for each, (found, error) in zip(reads, answers, strict=True):
            if each.answer.cancelled():
                continue
            if error is None:
                each.answer.set_result(found)
            else:
                each.answer.set_exception(error)

    def _answers(self, reads: list[_Read]) -> list[tuple[Any, Exception | None]]:
        try:
            with self._database.transaction() as db:
                return [_one_answer(db, each) for each in reads]
        except DatabaseError as error:
            return [(None, error)] * len(reads)

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[OpenBatch]:
        """A transaction that stays open until `commit`; without it nothing remains."""
        async with self._turn:
            batch = Batch(self._database)
            try:
                await _hop(self._thread, batch.begin)
                yield OpenBatch(batch, self._thread)
            finally:
                await _hop(self._thread, batch.abandon)

    def close(self) -> None:
        """Wait for what is running and end the thread."""
        self._thread.shutdown(wait=True)


def _one_answer(db: Db, read: _Read) -> tuple[Any, Exception | None]:
    # In a savepoint: after an error PostgreSQL answers nothing more in a transaction, and the others asked for more.
    try:
        with db.begin_nested():
            return read.action(db), None
    except Exception as error:  # noqa: BLE001  # raised where it was asked for
        return None, error


async def _hop(thread: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    # Shielded: an action that was begun is finished even when the program is told to stop meanwhile.
    return await asyncio.shield(asyncio.get_running_loop().run_in_executor(thread, call))
