"""Due dates of the duties (办法 附件1 第4、15、22条): pure dates, from the policy's numbers.

Answers for which days of a period something is due, and until when. Never knows who filed what (`core.duties`), and
never fires anything (`core.scheduler`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Literal

from core.periods import Period, PeriodKind, period_on
from core.policy import Duties

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
    """

    duty: Duty
    key: str
    day: date
    ends_at: datetime
    shifted_from: date | None = None


def dues(duty: Duty, period: Period, rules: Duties, zone: tzinfo) -> tuple[Due, ...]:
    """The due dates of a duty in a period, the earliest first.

    A week belongs to the period that its Sunday lies in, so that everything of a period is due when it is over.
    """
    return tuple(Due(duty, key, day, end_of_day(day, zone)) for key, day in _days(duty, period, rules))


def due_of(duty: Duty, key: str, rules: Duties, zone: tzinfo) -> Due:
    """The due date of this key. Raises ValueError for a key that is none of this duty's."""
    if duty is Duty.MONTHLY_REPORT:
        day = day_of(Period.parse(key), rules.monthly_report.due_day)
    elif duty is Duty.WORKDAY:
        day = date.fromisoformat(key)
    else:
        year, _, week = key.partition("-W")
        day = date.fromisocalendar(int(year), int(week), _SUNDAY + 1)
    return Due(duty, key, day, end_of_day(day, zone))


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
