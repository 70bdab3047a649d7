"""The practice Telegram, served from a thread of its own so that tests of any event loop share it.

All looks and deeds run in the sandbox's own loop, where nothing else happens meanwhile; waits
end with the change that was waited for, never with a sleep.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from datetime import datetime
from typing import Any, TypeVar

from bot.sandbox.faults import Fault
from bot.sandbox.server import serve
from bot.sandbox.world import World

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which a wait has failed. Generous: it is only ever used up by a defect."""

_GLANCE = 1.0


class Sandbox:
    """A world on a random port of this machine. `watch` is asked during waits and raises when waiting is vain."""

    def __init__(self, start: datetime) -> None:
        """A new world at the virtual moment `start`; `open` serves it."""
        self.world = World(start)
        self.watch: Callable[[], None] = lambda: None
        self.base = ""
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="practice Telegram")
        self._ready: Future[tuple[asyncio.AbstractEventLoop, int]] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._serving: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Serve until `close`."""
        self._thread.start()
        self._loop, port = self._ready.result(PATIENCE)
        self.base = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        """End every wait and the thread."""
        if self._loop is not None and self._serving is not None:
            self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join(PATIENCE)
        self.world.close()

    async def do(self, deed: Callable[[World], T]) -> T:
        """Do or look at something in the world."""

        async def doing() -> T:
            return deed(self.world)

        return await self._there(doing())

    async def until(self, look: Callable[[World], T], what: str) -> T:
        """Wait until `look` gives something true and return that. Raises AssertionError with `what` was waited for."""
        for _ in range(int(PATIENCE / _GLANCE)):
            found = await self._there(self._glance(look))
            if found:
                return found
            self.watch()
        raise AssertionError(f"not within {PATIENCE} s: {what}")

    async def drained(self) -> None:
        """Wait until the bot has acknowledged every update."""
        for _ in range(int(PATIENCE / _GLANCE)):
            if await self._there(self.world.drained(_GLANCE)):
                return
            self.watch()
        raise AssertionError("the bot left updates unacknowledged")

    async def goes_wrong(self, fault: Fault) -> None:
        """Put a fault in force."""
        await self.do(lambda world: world.faults.add(fault))

    async def _glance(self, look: Callable[[World], T]) -> T:
        await self.world.feed.until(lambda: bool(look(self.world)), _GLANCE)
        return look(self.world)

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            raise RuntimeError("the practice Telegram is not open")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._serving = asyncio.current_task()
        with contextlib.suppress(asyncio.CancelledError):
            await serve(self.world, "127.0.0.1", 0, lambda port: self._ready.set_result((loop, port)))
