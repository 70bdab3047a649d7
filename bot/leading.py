"""What only one process of a bot may do: poll, and what follows from updates. The others wait and take over.

Telegram gives its updates to one poller. On PostgreSQL several processes may run; the one that leads does these works,
makes sure every few seconds that it still leads, and stops them as soon as it does not. All of them beat and send.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from core.store.leadership import Leadership

_log = logging.getLogger(__name__)

T = TypeVar("T")

Works = Callable[[], Sequence[Coroutine[Any, Any, None]]]
"""Begins the works that take a leader."""

_LOOK_SECONDS = 2.0
_ANSWER_SECONDS = 10.0
"""A database that does not answer for so long may have given the seat to another."""


class Leading:
    """This process's part among its like. `counted` hears how many there are, whenever it was looked."""

    def __init__(
        self,
        leadership: Leadership,
        counted: Callable[[int], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._leadership = leadership
        self._counted = counted
        self._sleep = sleep
        # Of its own: a database that hangs must not stop the thread that everything else waits for.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="leading")
        self.leads = False

    async def run(self, works: Works) -> None:
        """Do the works whenever this process leads; ends only by cancellation, or when one of them fails."""
        waited = False
        while True:
            if await self._ask(self._leadership.gain):
                _log.info("this process polls")
                await self._lead(works)
                _log.error("another process may poll by now: this one stopped")
            elif not waited:
                _log.info("another process polls; this one beats and sends, and takes over when that one is gone")
            waited = True
            await self._count()
            await self._sleep(_LOOK_SECONDS)

    async def close(self) -> None:
        """Leave, so that another takes over at once."""
        self.leads = False
        await self._ask(self._leave)
        self._thread.shutdown(wait=False)

    async def _lead(self, works: Works) -> None:
        tasks = [asyncio.create_task(work) for work in works()]
        watching = asyncio.create_task(self._watch())
        self.leads = True
        try:
            done, _ = await asyncio.wait([watching, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            self.leads = False
        finally:
            for task in (watching, *tasks):
                task.cancel()
            await asyncio.gather(watching, *tasks, return_exceptions=True)

    async def _watch(self) -> None:
        """Ends when this process leads no more."""
        while await self._ask(self._leadership.holds):
            await self._count()
            await self._sleep(_LOOK_SECONDS)

    async def _count(self) -> None:
        found = await self._ask(self._leadership.present)
        self._counted(found or 1)

    async def _ask(self, question: Callable[[], T]) -> T | None:
        """None when the database does not answer in time."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._thread, question)
        except TimeoutError:
            _log.critical("the database does not say who leads")
            return None

    def _leave(self) -> bool:
        self._leadership.resign()
        return True
