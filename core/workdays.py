"""Working days (工作日): the office's own table, else the package that knows the State Council's notices, else unknown.

Answers for one day, for counting in working days, and for what stands out in a year. A year that nobody has entered is
unknown and stays so: the notice for a year comes out in the November before it, and a guess would move somebody's due
date. The office has entered a year when it has entered its 1 January, which every year's notice names; the days that
such a notice does not name are off on weekends and worked otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types

_STEP = timedelta(days=1)
_SATURDAY = 5
# No holiday is longer than this, not even with the weekends around it.
_LONGEST_SEARCH = 31


class DayKind(StrEnum):
    """What a day is. `UNKNOWN`: neither the office nor the package knows its year."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """From where the days of a year are known: a notice that the office entered, the package, or not at all."""

    OFFICE = "office"
    PACKAGE = "package"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row that are alike, both ends included; `entered`: by the office."""

    first: date
    last: date
    kind: DayKind
    entered: bool


Overrides = Mapping[date, bool]
"""The office's own table: days that are worked (True) or off (False), whatever else is said of them."""


def kind_of(day: date, overrides: Overrides) -> DayKind:
    """Whether a day is worked."""
    worked = overrides.get(day)
    if worked is None:
        worked = _known(day)
    if worked is None and _is_entered(day.year, overrides):
        worked = day.weekday() < _SATURDAY
    if worked is None:
        return DayKind.UNKNOWN
    return DayKind.WORKDAY if worked else DayKind.DAY_OFF


def source_of(year: int, overrides: Overrides) -> Source:
    """From where a year is known. Single days that the office entered besides make no year known."""
    if _is_entered(year, overrides):
        return Source.OFFICE
    return Source.UNKNOWN if _known(date(year, 1, 1)) is None else Source.PACKAGE


def is_known(year: int, overrides: Overrides) -> bool:
    """Whether the holidays of a year are there: in the package, or entered by the office."""
    return source_of(year, overrides) is not Source.UNKNOWN


def standing_out(year: int, overrides: Overrides) -> tuple[Span, ...]:
    """What of a year is no plain week: holidays, weekends that are worked, and whatever the office entered."""
    first = date(year, 1, 1)
    days = [first + number * _STEP for number in range((date(year, 12, 31) - first).days + 1)]

    def look(day: date) -> tuple[DayKind, bool, bool]:
        kind, entered = kind_of(day, overrides), day in overrides
        return kind, entered, entered or (kind is DayKind.WORKDAY and _is_weekend(day))

    found: list[Span] = []
    for (kind, entered, stands_out), run in groupby(days, look):
        alike = list(run)
        if stands_out or (kind is DayKind.DAY_OFF and not all(map(_is_weekend, alike))):
            found.append(Span(alike[0], alike[-1], kind, entered))
    return tuple(found)


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


def _is_entered(year: int, overrides: Overrides) -> bool:
    return date(year, 1, 1) in overrides


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _known(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
