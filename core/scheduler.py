"""The clock's hand: which firings are due, and a heartbeat that asks.

Schedules are data. Nothing is remembered in APScheduler: its triggers only tell the fire
times since the moment that was last read, so that a bot that was down catches up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from itertools import islice

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.actions.announcing import give_up_late
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.publishing import finalise_due, rank_due, rank_what_waits
from core.actions.reminding import nudge_raters, remind, tell_missed
from core.actions.round_desk import latest_closing
from core.actions.rounds import Plan, RuleSet, open_scheduled
from core.actions.telling import after_quiet_hours
from core.catch_up import sort_out
from core.periods import Period
from core.policy import Policy
from core.policy_schedules import Nudge, Schedule, rhythm_of
from core.store import occurrences, rounds, units
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
    give_up_late(db, at)
    policy = rules["township"].policy
    for district in units.districts(db):
        missed: list[tuple[str, Firing]] = []
        for schedule in policy.schedules:
            if schedule.kind == "open_round":
                _carry_out(db, district, schedule, zone, at, partial(_open, db, district, rules, schedule, zone, at))
            elif schedule.kind == "compute_ranking":
                _carry_out(db, district, schedule, zone, at, partial(_rank, db, district, policy, schedule, at))
                rank_what_waits(db, district, policy, schedule, at)
            elif not schedule.is_about_a_round:
                missed += _remind(db, district, policy, schedule, zone, at)
        finalise_due(db, district, policy, at)
        for nudge in policy.nudges:
            _nudge(db, district, nudge, zone, at)
        tell_missed(db, district, missed, at)


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


def _rank(db: Db, district: DistrictView, policy: Policy, schedule: Schedule, at: Moment, firing: Firing) -> None:
    rank_due(db, district, policy, schedule, firing, at)


def _remind(
    db: Db, district: DistrictView, policy: Policy, schedule: Schedule, zone: tzinfo, at: Moment
) -> list[tuple[str, Firing]]:
    """Remind of what is still worth it; gives what it is too late for."""
    since = occurrences.read_until(db, district.id, schedule.id)
    moments = [] if since is None else list(fire_times(schedule, zone, since, at.now))
    arrives_at = after_quiet_hours(db, district.id, at.now) if moments else at.now
    found = sort_out(moments, schedule.catch_up, schedule.within_hours, arrives_at)
    firings = {each: Firing(schedule.id, each.astimezone(zone).date(), each) for each in moments}
    for moment in found.due:
        remind(db, district, policy, schedule, firings[moment], at)
    _set_read(db, district, schedule.id, since, at)
    return [(schedule.kind, firings[moment]) for moment in found.missed]


def _nudge(db: Db, district: DistrictView, nudge: Nudge, zone: tzinfo, at: Moment) -> None:
    """Remind the raters of rounds that end so many days after today, as far as that is not long past."""
    since = occurrences.read_until(db, district.id, nudge.id)
    for record in rounds.open_ones(db, district.id, at.now):
        if rhythm_of(Period.parse(record.period).kind) != nudge.rhythm:
            continue
        times = nudge_times(nudge, zone, record.closes_at)
        moments = [each for each in times if since is not None and since < each <= at.now]
        arrives_at = after_quiet_hours(db, district.id, at.now)
        for moment in sort_out(moments, nudge.catch_up, nudge.within_hours, arrives_at).due:
            firing = Firing(nudge.id, moment.astimezone(zone).date(), moment)
            nudge_raters(db, district, nudge.id, record.id, firing, at)
    _set_read(db, district, nudge.id, since, at)


def nudge_times(nudge: Nudge, zone: tzinfo, closes_at: datetime) -> list[datetime]:
    """When the raters of a round are reminded (UTC), the earliest first; its last day is the one it ends with."""
    last = (closes_at - timedelta(microseconds=1)).astimezone(zone).date()
    days = sorted(last - timedelta(days=before) for before in nudge.days_before)
    return [datetime.combine(day, nudge.time, tzinfo=zone).astimezone(UTC) for day in days]


def _set_read(db: Db, district: DistrictView, schedule: str, since: datetime | None, at: Moment) -> None:
    # A schedule that was never read starts now: a new installation owes nothing for the past.
    if since is None or since < at.now:
        occurrences.set_read_until(db, district.id, schedule, at.now)


def _carry_out(
    db: Db,
    district: DistrictView,
    schedule: Schedule,
    zone: tzinfo,
    at: Moment,
    act: Callable[[Firing], None],
) -> None:
    since = occurrences.read_until(db, district.id, schedule.id)
    if since is not None:
        for moment in fire_times(schedule, zone, since, at.now):
            act(Firing(schedule.id, moment.astimezone(zone).date(), moment))
    _set_read(db, district, schedule.id, since, at)
