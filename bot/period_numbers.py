"""Periods as the numbers that buttons and papers carry. What comes back from a phone is untrusted."""

from __future__ import annotations

from core.errors import BadPeriod
from core.periods import Period, PeriodKind

LENGTHS = tuple(PeriodKind)
"""A number names a length by its place: month, quarter, half-year, year."""

_A_YEAR, _A_LENGTH, _A_UNIT = 100, 20, 1_000_000


def period_number(period: Period) -> int:
    """The number of a period: its year, its length, and which of the year it is."""
    return period.year * _A_YEAR + LENGTHS.index(period.kind) * _A_LENGTH + period.number


def period_of(number: int) -> Period:
    """The period of a number. Raises BadPeriod."""
    year, rest = divmod(number, _A_YEAR)
    place, which = divmod(rest, _A_LENGTH)
    if place >= len(LENGTHS):
        raise BadPeriod(text=str(number))
    return Period(LENGTHS[place], year, which)


def trend_number(unit: int, year: int, length: PeriodKind) -> int:
    """The number of a year's ranks (走势) by periods of a length: of a unit, or of all (0)."""
    return unit * _A_UNIT + year * _A_YEAR + LENGTHS.index(length)


def trend_of(number: int) -> tuple[int, int, PeriodKind]:
    """The unit, the year and the length of such a number."""
    unit, rest = divmod(number, _A_UNIT)
    year, place = divmod(rest, _A_YEAR)
    return unit, year, LENGTHS[place]
