"""The clock's hand: which firings are due, and a heartbeat that asks.

Schedules are data. Nothing is remembered in APScheduler: its triggers only tell the fire
times since the moment that was last read, so that a bot that was down catches up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.actions.announcing import Firing, rank_month
from core.actions.door import Moment
from core.policy import Policy
from core.policy_schedules import Schedule
from core.store import occurrences, units
from core.store.engine import Db
from core.store.units import DistrictView

HEARTBEAT_SECONDS = 15


def fire_times(schedule: Schedule, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The moments (UTC) in (after, until] at which the schedule fires."""
    trigger = CronTrigger(**schedule.cron(), timezone=zone)
    previous = after.astimezone(zone)
    while True:
        moment = trigger.get_next_fire_time(previous, previous)
        if moment is None or moment > until:
            return
        yield moment.astimezone(UTC)
        previous = moment


def carry_out_due(db: Db, policy: Policy, zone: ZoneInfo, at: Moment) -> None:
    """Carry out everything that fell due since the last time, in every district."""
    for district in units.districts(db):
        for schedule in policy.schedules:
            if schedule.kind == "compute_ranking" and schedule.rhythm == "monthly":
                _carry_out(db, district, schedule, zone, at)


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


def _carry_out(db: Db, district: DistrictView, schedule: Schedule, zone: ZoneInfo, at: Moment) -> None:
    since = occurrences.read_until(db, district.id, schedule.id)
    # A schedule that was never read starts now: a new installation owes nothing for the past.
    if since is not None:
        for moment in fire_times(schedule, zone, since, at.now):
            rank_month(db, district, Firing(schedule.id, moment.astimezone(zone).date(), moment), at)
    if since is None or since < at.now:
        occurrences.set_read_until(db, district.id, schedule.id, at.now)
