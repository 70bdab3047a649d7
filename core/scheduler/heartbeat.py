"""The heartbeat: asks every few seconds what fell due. Never knows what that is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

HEARTBEAT_SECONDS = 15


def start_heartbeat(beat: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Call `beat` every few seconds until the scheduler is shut down. A slow beat is never run twice at once."""
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    # The first beat comes at once: what fell due while the program was down must not wait.
    scheduler.add_job(beat)
    scheduler.add_job(beat, "interval", seconds=HEARTBEAT_SECONDS)
    scheduler.start()
    return scheduler
