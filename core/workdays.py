"""Working days (工作日): the office's own table, else the package that knows the State Council's notices, else unknown.

Answers for one day and for counting in working days. A year that nobody has entered is unknown and stays so: the
notice for a year comes out in the November before it, and a guess would move somebody's due date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types

_STEP = timedelta(days=1)
# No holiday is longer than this, not even with the weekends around it.
_LONGEST_SEARCH = 31


class DayKind(StrEnum):
    """What a day is. `UNKNOWN`: neither the office nor the package knows its year."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"
    UNKNOWN = "unknown"


Overrides = Mapping[date, bool]
"""The office's own table: days that are worked (True) or off (False), whatever else is said of them."""


def kind_of(day: date, overrides: Overrides) -> DayKind:
    """Whether a day is worked."""
    worked = overrides.get(day)
    if worked is None:
        worked = _known(day)
    if worked is None:
        return DayKind.UNKNOWN
    return DayKind.WORKDAY if worked else DayKind.DAY_OFF


def is_known(year: int, overrides: Overrides) -> bool:
    """Whether the holidays of a year are there: in the package, or entered by the office."""
    return _known(date(year, 1, 1)) is not None or any(day.year == year for day in overrides)


def nearest_workday(day: date, overrides: Overrides, step: int) -> date | None:
    """The day itself if it is worked, else the next (`step` 1) or previous (-1) working day; None where unknown."""
    for distance in range(_LONGEST_SEARCH):
        found = day + distance * step * _STEP
        kind = kind_of(found, overrides)
        if kind is not DayKind.DAY_OFF:
            return found if kind is DayKind.WORKDAY else None
    return None


def after_workdays(day: date, count: int, overrides: Overrides) -> date | None:
    """The `count`th working day after a day, which itself does not count; None where a day between is unknown."""
    found = day
    for _ in range(count):
        following = nearest_workday(found + _STEP, overrides, 1)
        if following is None:
            return None
        found = following
    return found


def _known(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
