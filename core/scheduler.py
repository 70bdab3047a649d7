"""The clock's hand: which firings are due, and a heartbeat that asks.

Schedules are data. Nothing is remembered in APScheduler: its triggers only tell the fire
times since the moment that was last read, so that a bot that was down catches up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, tzinfo
from functools import partial
from itertools import islice

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.actions.announcing import rank_month, rank_what_waited
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.round_desk import latest_closing
from core.actions.rounds import Plan, RuleSet, open_scheduled
from core.periods import Period
from core.policy import Policy
from core.policy_schedules import Schedule, rhythm_of
from core.store import occurrences, units
from core.store.engine import Db
from core.store.units import DistrictView

HEARTBEAT_SECONDS = 15


def fire_times(schedule: Schedule, zone: tzinfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The moments (UTC) in (after, until] at which the schedule fires."""
    trigger = CronTrigger(**schedule.cron(), timezone=zone)
    previous = after.astimezone(zone)
    while True:
        moment = trigger.get_next_fire_time(previous, previous)
        if moment is None or moment > until:
            return
        yield moment.astimezone(UTC)
        previous = moment


def carry_out_due(db: Db, rules: RuleSet, zone: tzinfo, at: Moment) -> None:
    """Carry out everything that fell due since the last time, in every district.

    Nothing is to be done when a round closes: its sheets are sealed from that moment on.
    """
    for district in units.districts(db):
        for schedule in rules["township"].policy.schedules:
            if schedule.kind == "open_round":
                _carry_out(db, district, schedule, zone, at, partial(_open, db, district, rules, schedule, zone, at))
            elif schedule.kind == "compute_ranking" and schedule.rhythm == "monthly":
                _carry_out(db, district, schedule, zone, at, partial(_rank, db, district, at))
                rank_what_waited(db, district, schedule.id, at)


def closing_of(policy: Policy, period: Period, zone: tzinfo, after: datetime) -> datetime:
    """When a round of this period that opens at `after` closes (UTC): the next time that its rhythm's rounds do.

    A policy that never closes the rounds of a rhythm leaves them open as long as any may be.
    """
    latest = latest_closing(period, zone)
    rhythm = rhythm_of(period.kind)
    closing = [each for each in policy.schedules if each.kind == "close_round" and each.rhythm == rhythm]
    return min(
        (moment for each in closing for moment in islice(fire_times(each, zone, after, latest), 1)), default=latest
    )


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


def _open(
    db: Db, district: DistrictView, rules: RuleSet, schedule: Schedule, zone: tzinfo, at: Moment, firing: Firing
) -> None:
    period = schedule.about(firing.day)
    policy = rules["township"].policy
    closes_at = closing_of(policy, period, zone, firing.fire_at)
    plans = [Plan(period, kind, closes_at) for kind in policy.rounds.of(rhythm_of(period.kind))]
    open_scheduled(db, district.id, rules, firing, plans, at)


def _rank(db: Db, district: DistrictView, at: Moment, firing: Firing) -> None:
    rank_month(db, district, firing, at)


def _carry_out(
    db: Db,
    district: DistrictView,
    schedule: Schedule,
    zone: tzinfo,
    at: Moment,
    act: Callable[[Firing], None],
) -> None:
    since = occurrences.read_until(db, district.id, schedule.id)
    # A schedule that was never read starts now: a new installation owes nothing for the past.
    if since is not None:
        for moment in fire_times(schedule, zone, since, at.now):
            act(Firing(schedule.id, moment.astimezone(zone).date(), moment))
    if since is None or since < at.now:
        occurrences.set_read_until(db, district.id, schedule.id, at.now)
