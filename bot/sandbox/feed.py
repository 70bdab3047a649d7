"""The one place where coroutines wait for the practice Telegram to change.

It answers for waking every waiter at once on a change and at shutdown; it never says what changed.
"""

import asyncio
from collections.abc import Callable


class Feed:
    """A version that grows by one with every change."""

    def __init__(self) -> None:
        """Begin at version 0, open."""
        self.version = 0
        self.closed = False
        self._changed = asyncio.Event()

    def bump(self) -> None:
        """Count one change and wake all waiters."""
        self.version += 1
        self._wake()

    def close(self) -> None:
        """Wake all waiters for good: every wait now ends at once."""
        self.closed = True
        self._wake()

    async def until(self, true: Callable[[], bool], within: float | None = None) -> bool:
        """Wait until `true()` holds, at most `within` seconds, and say whether it does. Ends early when closed."""
        try:
            async with asyncio.timeout(within):
                while not true() and not self.closed:
                    await self._changed.wait()
        except TimeoutError:
            return true()
        return true()

    async def changed(self, after: int, within: float | None = None) -> int:
        """Return the version as soon as it is above `after`, or as it stands after `within` seconds."""
        await self.until(lambda: self.version > after, within)
        return self.version

    def _wake(self) -> None:
        waited, self._changed = self._changed, asyncio.Event()
        waited.set()
