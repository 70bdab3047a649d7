"""What entering a notice of holidays changes: the office's days before and after it, as values.

A year's notice takes the place of all that the office had entered for that year, so that a mistake is put right by
entering it again; one on a few days more only adds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from core.holiday_notice import Notice, NoticeProblem, kept
from core.workdays import DayKind, Overrides, Source, Span, kind_of

_STEP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """What is known of a year, and from where."""

    year: int
    source: Source
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AskedNotice:
    """The question for the notice of a year."""

    prompt_id: int
    year: int


@dataclass(frozen=True, slots=True)
class DayChange:
    """Days in a row, both ends included, that a notice speaks of, or that it takes back."""

    first: date
    last: date
    before: DayKind
    after: DayKind


@dataclass(frozen=True, slots=True)
class NoticePreview:
    """What entering a notice would do. `digest` (hexadecimal) names its days; `before` and `after` are of its year."""

    prompt_id: int
    year: int
    digest: str
    changes: tuple[DayChange, ...]
    before: Source
    after: Source


@dataclass(frozen=True, slots=True)
class NoticeRefused:
    """What is wrong with a notice; nothing of it was taken. `asked` for is one year, `year` is the one it names."""

    prompt_id: int
    asked: int
    year: int | None
    problems: tuple[NoticeProblem, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A notice was entered; `again`: it stood like this before."""

    found: HolidayYear
    again: bool


def entered(notice: Notice, overrides: Overrides) -> Mapping[date, bool]:
    """The office's days once the notice counts."""
    if notice.is_whole_year:
        overrides = {day: worked for day, worked in overrides.items() if day.year != notice.year}
    return {**overrides, **notice.days}


def changes(notice: Notice, before: Overrides, after: Overrides) -> tuple[DayChange, ...]:
    """Every day that the notice names or takes back, those in a row together."""
    found: list[DayChange] = []
    for day in sorted(notice.days.keys() | (before.keys() - after.keys())):
        change = DayChange(day, day, kind_of(day, before), kind_of(day, after))
        if found and _goes_on(found[-1], change):
            change = DayChange(found.pop().first, day, change.before, change.after)
        found.append(change)
    return tuple(found)


def digest_of(notice: Notice) -> str:
    """What tells this notice's days from any other's, in hexadecimal."""
    return sha256(kept(notice).encode()).hexdigest()


def _goes_on(earlier: DayChange, later: DayChange) -> bool:
    alike = (earlier.before, earlier.after) == (later.before, later.after)
    return alike and later.first - earlier.last == _STEP
