"""The clock that everybody in a test lives by, moved by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kit.sandbox import Sandbox

ZONE = ZoneInfo("Asia/Shanghai")
TEN_O_CLOCK = datetime(2013, 6, 24, 10, 0, tzinfo=ZONE)
"""When the demo begins: a Monday, two days before the monthly reports fall due."""


class Clock:
    """Moves only forward. What a bot owes at the new time it has sent when a move returns."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def moves_to(self, moment: str) -> None:
        """Move to a local time such as `2013-07-01 09:00`, and wait until the bot has acted on it."""
        await self._acted(await self.is_moved_to(moment))

    async def passes(self, seconds: float) -> None:
        """Let some time go by, and wait until the bot has acted on it."""
        by = timedelta(seconds=seconds)
        await self._acted(await self._sandbox.do(lambda world: world.clock.jump(world.clock.now() + by)))

    async def is_moved_to(self, moment: str) -> int:
        """Move and wait for nobody, as when the bot is down; the clock's revision."""
        to = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        return await self._sandbox.do(lambda world: world.clock.jump(to))

    async def _acted(self, revision: int) -> None:
        await self._sandbox.until(lambda world: world.clock.acted_on >= revision, "the bot acts on the clock")
