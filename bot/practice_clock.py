"""The practice clock: follows the sandbox's clock instead of the machine's.

Used by the demo and the tests only, never set by a setting. The sandbox is told that a jump
was acted on by the next question, so that a test can wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 20
_RETRY_SECONDS = 1.0


class PracticeClock:
    """Gives the sandbox's present moment, in UTC. `follow` must have answered once before it is asked."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._base = datetime.fromtimestamp(0, UTC)
        self._at = 0.0
        self._seen = 0

    def __call__(self) -> datetime:
        """The present moment."""
        return self._base + timedelta(seconds=time.monotonic() - self._at)

    async def start(self) -> None:
        """Read the clock for the first time."""
        async with aiohttp.ClientSession() as session:
            await self._ask(session)

    async def follow(self, jumped: Callable[[], Awaitable[None]]) -> None:
        """Follow the sandbox's jumps; `jumped` acts on each. Ends only by cancellation."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    if await self._ask(session):
                        await jumped()
                except (aiohttp.ClientError, TimeoutError) as error:
                    _log.warning("the practice clock does not answer: %s", error)
                    await asyncio.sleep(_RETRY_SECONDS)

    async def _ask(self, session: aiohttp.ClientSession) -> bool:
        """Ask for the clock, waiting for a jump; True when there was one."""
        timeout = aiohttp.ClientTimeout(total=_WAIT_SECONDS + 10)
        parameters = {"seen": str(self._seen), "timeout": str(_WAIT_SECONDS)}
        async with session.get(self._url, params=parameters, timeout=timeout) as response:
            response.raise_for_status()
            answer = await response.json()
        revision = int(answer["revision"])
        self._base, self._at = datetime.fromisoformat(answer["now"]), time.monotonic()
        jumped, self._seen = revision > self._seen, revision
        return jumped
