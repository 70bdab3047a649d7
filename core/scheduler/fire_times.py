"""When schedules fire: the policy's lines as moments, moved off days that nobody works where a line says so.

Pure but for `closing_in`. A firing keeps the day that its schedule names, whatever day it fires on: its key and its
period follow from that day. Where it is unknown whether a day is worked, the date stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from types import MappingProxyType

from apscheduler.triggers.cron import CronTrigger

from core.actions.firing import Firing
from core.actions.round_desk import latest_closing
from core.periods import Period
from core.policy import Policy
from core.policy_schedules import Nudge, Schedule, rhythm_of
from core.store import calendar_days
from core.store.engine import Db
from core.workdays import Overrides, nearest_workday

NOTHING_ENTERED: Overrides = MappingProxyType({})
"""The office's table of days while it is empty."""

# A firing lies no further than this from its named day: `core.workdays` looks no further for a working day.
_REACH = timedelta(days=32)
_STEPS: Mapping[str, int] = MappingProxyType({"none": 0, "next_workday": 1, "previous_workday": -1})


def fire_times(
    schedule: Schedule, zone: tzinfo, after: datetime, until: datetime, overrides: Overrides = NOTHING_ENTERED
) -> Iterator[datetime]:
    """The moments (UTC) in (after, until] at which the schedule fires, the earliest first."""
    return (firing.fire_at for firing in firings(schedule, zone, after, until, overrides))


def firings(
    schedule: Schedule, zone: tzinfo, after: datetime, until: datetime, overrides: Overrides = NOTHING_ENTERED
) -> Iterator[Firing]:
    """The firings of a schedule in (after, until], the earliest first; of two at one moment the earlier named day."""
    if schedule.shift == "none":
        yield from (_firing(schedule, zone, moment, overrides) for moment in _named(schedule, zone, after, until))
        return
    around = (
        _firing(schedule, zone, each, overrides) for each in _named(schedule, zone, after - _REACH, until + _REACH)
    )
    yield from sorted((each for each in around if after < each.fire_at <= until), key=lambda each: each.fire_at)


def firings_ahead(
    schedule: Schedule, zone: tzinfo, since: datetime, now: datetime, overrides: Overrides
) -> list[Firing]:
    """What became due after `since`, the earliest first: also what is due *earlier* than the day it is named after,
    because that day was entered as a day off when it was too late to fire in time.
    """
    found = {each.key: each for each in firings(schedule, zone, since, now, overrides)}
    if schedule.shift == "previous_workday":
        named = (_firing(schedule, zone, each, overrides) for each in _named(schedule, zone, since, now + _REACH))
        found |= {each.key: each for each in named if each.fire_at <= now}
    return sorted(found.values(), key=lambda each: each.fire_at)


def firing_on(schedule: Schedule, zone: tzinfo, day: date, overrides: Overrides = NOTHING_ENTERED) -> Firing | None:
    """The firing that a schedule names after this day; None when it names none."""
    moment = named_at(schedule, zone, day)
    before = moment - timedelta(minutes=1)
    return next((_firing(schedule, zone, each, overrides) for each in _named(schedule, zone, before, moment)), None)


def named_at(schedule: Schedule, zone: tzinfo, day: date) -> datetime:
    """The moment (UTC) that a schedule names on a day, before any shift."""
    return datetime.combine(day, schedule.time, tzinfo=zone).astimezone(UTC)


def nudge_times(nudge: Nudge, zone: tzinfo, closes_at: datetime) -> list[datetime]:
    """When the raters of a round are reminded (UTC), the earliest first; its last day is the one it ends with."""
    last = last_day(zone, closes_at)
    days = sorted(last - timedelta(days=before) for before in nudge.days_before)
    return [datetime.combine(day, nudge.time, tzinfo=zone).astimezone(UTC) for day in days]


def nudge_firings(nudge: Nudge, zone: tzinfo, round_id: int, closes_at: datetime) -> list[Firing]:
    """The reminders of a round to its raters, the earliest first."""
    found = []
    for moment in nudge_times(nudge, zone, closes_at):
        day = moment.astimezone(zone).date()
        found.append(Firing(nudge.id, day, moment, f"{round_id}:{day.isoformat()}"))
    return found


def last_day(zone: tzinfo, closes_at: datetime) -> date:
    """The last day of a round: one that closes at 00:00 has the day before."""
    return (closes_at - timedelta(microseconds=1)).astimezone(zone).date()


def closing_of(
    policy: Policy, period: Period, zone: tzinfo, after: datetime, overrides: Overrides = NOTHING_ENTERED
) -> datetime:
    """When a round of this period that opens at `after` closes (UTC): the next time that its rhythm's rounds do.

    A policy that never closes the rounds of a rhythm leaves them open as long as any may be.
    """
    latest = latest_closing(period, zone)
    rhythm = rhythm_of(period.kind)
    closing = [each for each in policy.schedules if each.kind == "close_round" and each.rhythm == rhythm]
    return min(
        (moment for each in closing for moment in islice(fire_times(each, zone, after, latest, overrides), 1)),
        default=latest,
    )


def closing_in(db: Db, district_id: int, policy: Policy, period: Period, zone: tzinfo, after: datetime) -> datetime:
    """`closing_of` by a district's own table of days."""
    return closing_of(policy, period, zone, after, calendar_days.overrides(db, district_id))


def _named(schedule: Schedule, zone: tzinfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The moments in (after, until] that a schedule names, on the district's clock."""
    trigger = CronTrigger(**schedule.cron(), timezone=zone)
    previous = after.astimezone(zone)
    while True:
        moment = trigger.get_next_fire_time(previous, previous)
        if moment is None or moment > until:
            return
        yield moment
        previous = moment


def _firing(schedule: Schedule, zone: tzinfo, named: datetime, overrides: Overrides) -> Firing:
    day = named.date()
    fires_on = _shifted(schedule, day, overrides)
    fire_at = named.astimezone(UTC) if fires_on == day else named_at(schedule, zone, fires_on)
    # A ranking is claimed under its period: a round that was extended waits for its end under this name.
    return Firing(schedule.id, day, fire_at, str(schedule.about(day)) if schedule.kind == "compute_ranking" else None)


def _shifted(schedule: Schedule, day: date, overrides: Overrides) -> date:
    step = _STEPS[schedule.shift]
    return day if step == 0 else nearest_workday(day, overrides, step) or day
