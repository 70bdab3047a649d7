"""Periods, days and due dates as the numbers that buttons carry. What comes back from a phone is untrusted."""

from __future__ import annotations

from datetime import date, timedelta

from core.calendar import Duty, week_key
from core.errors import NoSuchDutyDay
from core.periods import Period

DUTIES = tuple(Duty)
"""A button names a duty by its place."""


def month_number(month: Period) -> int:
    """The number of a month."""
    return month.year * 12 + month.number - 1


def month_of(number: int) -> Period:
    """The month of a number. Raises BadPeriod."""
    year, place = divmod(number, 12)
    return Period.parse(f"{year:04d}-{place + 1:02d}")


def year_of(number: int) -> int:
    """The year of a number. Raises BadPeriod."""
    return Period.parse(f"{number:04d}").year


def day_of(number: int) -> date:
    """The day of a number. Raises NoSuchDutyDay."""
    try:
        return date.fromordinal(number)
    except (ValueError, OverflowError):
        raise NoSuchDutyDay(day="") from None


def due_number(duty: Duty, key: str) -> int:
    """The number of a due date: a month's, or that of the day, which for a week is its Monday."""
    if duty is Duty.MONTHLY_REPORT:
        return month_number(Period.parse(key))
    if duty is Duty.WORKDAY:
        return date.fromisoformat(key).toordinal()
    year, _, week = key.partition("-W")
    return date.fromisocalendar(int(year), int(week), 1).toordinal()


def due_key(place: int, number: int) -> tuple[Duty, str]:
    """The duty and the key of a due date. Raises BadPeriod or NoSuchDutyDay."""
    duty = DUTIES[min(place, len(DUTIES) - 1)]
    if duty is Duty.MONTHLY_REPORT:
        return duty, str(month_of(number))
    day = day_of(number)
    if duty is Duty.WORKDAY:
        return duty, day.isoformat()
    if day > date.max - timedelta(days=7):
        raise NoSuchDutyDay(day="")
    return duty, week_key(day)
