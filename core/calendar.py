"""Due dates of the duties (办法 附件1 第4、15、22条): pure dates, from the policy's numbers and the working days.

Answers for which days of a period something is due, and until when; and where it is due instead, if that is a day off
and the policy shifts the duty. Never knows who filed what (`core.duties`), and never fires anything (`core.scheduler`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Literal

from core.periods import Period, PeriodKind, period_on
from core.policy import Duties, Policy
from core.policy_schedules import DutyKind, Shift
from core.workdays import DayKind, Overrides, kind_of, nearest_workday

_SUNDAY = 6


class Duty(StrEnum):
    """What units owe all year round."""

    MONTHLY_REPORT = "monthly_report"
    BRIEFING = "briefing"
    WORKDAY = "workday"


@dataclass(frozen=True, slots=True)
class Due:
    """One due date: `key` names it (`2013-06`, `2013-06-08`, `2013-W26`), `day` is the last day that is on time.

    `ends_at` (UTC) is the end of that day; `shifted_from` the day the measures name, where the calendar moved it.
    `unsure`: it would be moved from a day off, but nobody knows whether its day is one, or where to; so it stands.
    """

    duty: Duty
    key: str
    day: date
    ends_at: datetime
    shifted_from: date | None = None
    unsure: bool = False

    @property
    def named(self) -> date:
        """The day that the measures name."""
        return self.shifted_from or self.day


_REMINDERS: Mapping[Duty, DutyKind] = {Duty.MONTHLY_REPORT: "remind_report", Duty.WORKDAY: "remind_workday"}
"""Which schedule's `shift` a duty follows. A week ends on its Sunday whatever day that is."""

_STEPS: Mapping[Shift, int] = {"next_workday": 1, "previous_workday": -1}


@dataclass(frozen=True, slots=True)
class DutyCalendar:
    """Everything that due dates follow from: the policy's numbers, the clock, which duties move, the office's days.

    `shifts` names the duties that are moved at all; without any, `overrides` need not be looked up.
    """

    rules: Duties
    zone: tzinfo
    shifts: Mapping[Duty, Shift] = field(default_factory=dict)
    overrides: Overrides = field(default_factory=dict)

    def due(self, duty: Duty, key: str, named: date) -> Due:
        """The due date of a duty on the day that the measures name."""
        step = _STEPS.get(self.shifts.get(duty, "none"))
        if step is None or kind_of(named, self.overrides) is DayKind.WORKDAY:
            return Due(duty, key, named, end_of_day(named, self.zone))
        moved = nearest_workday(named, self.overrides, step)
        if moved is None:
            return Due(duty, key, named, end_of_day(named, self.zone), unsure=True)
        return Due(duty, key, moved, end_of_day(moved, self.zone), shifted_from=named)


def shifts_of(policy: Policy) -> Mapping[Duty, Shift]:
    """The duties that a policy moves from a day off, and where to."""
    shifts = {duty: policy.shift_of(reminder) for duty, reminder in _REMINDERS.items()}
    return {duty: shift for duty, shift in shifts.items() if shift != "none"}


def dues(duty: Duty, period: Period, calendar: DutyCalendar) -> tuple[Due, ...]:
    """The due dates of a duty in a period, the earliest first.

    A week belongs to the period that its Sunday lies in, and what is moved to the one its day was named in.
    """
    return tuple(calendar.due(duty, key, day) for key, day in _days(duty, period, calendar.rules))


def due_of(duty: Duty, key: str, calendar: DutyCalendar) -> Due:
    """The due date of this key. Raises ValueError for a key that is none of this duty's."""
    if duty is Duty.MONTHLY_REPORT:
        day = day_of(Period.parse(key), calendar.rules.monthly_report.due_day)
    elif duty is Duty.WORKDAY:
        day = date.fromisoformat(key)
    else:
        year, _, week = key.partition("-W")
        day = date.fromisocalendar(int(year), int(week), _SUNDAY + 1)
    return calendar.due(duty, key, day)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """24:00 of a day on the district's clock, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def months_of(period: Period) -> Iterator[Period]:
    """The months of a period."""
    month = period_on(PeriodKind.MONTH, period.first_day)
    for _ in range(period.kind.value):
        yield month
        month = month.next()


def week_key(day: date) -> str:
    """The ISO week of a day, as `2013-W26`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def day_of(month: Period, day: int | Literal["last"]) -> date:
    """A day of a month; one that the month does not have is its last."""
    last = month.last_day
    return last if day == "last" or day > last.day else last.replace(day=day)


def _days(duty: Duty, period: Period, rules: Duties) -> Iterator[tuple[str, date]]:
    if duty is Duty.BRIEFING:
        yield from _weeks(period)
        return
    for month in months_of(period):
        if duty is Duty.MONTHLY_REPORT:
            yield str(month), day_of(month, rules.monthly_report.due_day)
        else:
            for day in sorted({day_of(month, each) for each in rules.workdays.days}):
                yield day.isoformat(), day


def _weeks(period: Period) -> Iterator[tuple[str, date]]:
    first = period.first_day
    sunday = first + timedelta(days=_SUNDAY - first.weekday())
    while sunday <= period.last_day:
        yield week_key(sunday), sunday
        sunday += timedelta(days=7)
