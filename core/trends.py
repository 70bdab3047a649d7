"""The ranks of a year (走势), period by period: values to be drawn.

Answers for who is in it, in which order, and for the gaps: a period that was not ranked, or in which a unit was not
assessed, is a gap, never a rank and never the last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.periods import Period, PeriodKind
from core.rubric import UnitKind
from core.snapshots import RankingRow


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One period of the year as it was ranked."""

    rows: Sequence[RankingRow]
    is_final: bool


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A unit's rank in one period; `is_final` False while the period stands open to objections."""

    rank: int
    tied: bool
    is_final: bool


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One unit, by the name that it bore last; None where it has no rank."""

    unit_id: int
    unit: str
    points: tuple[TrendPoint | None, ...]

    @property
    def last(self) -> TrendPoint | None:
        """The newest rank that the unit has; None when it has none."""
        return next((each for each in reversed(self.points) if each is not None), None)


@dataclass(frozen=True, slots=True)
class Trend:
    """A year's ranks. `lines` are in the order of the newest rank; units that were never ranked come last.

    `ranked` says of how many units each period has a rank; None where it was not ranked at all.
    """

    unit_kind: UnitKind
    periods: tuple[Period, ...]
    lines: tuple[TrendLine, ...]
    ranked: tuple[int | None, ...]

    def of_unit(self, unit_id: int) -> Trend | None:
        """The same of one unit; None where it is not in it."""
        own = tuple(line for line in self.lines if line.unit_id == unit_id)
        return replace(self, lines=own) if own else None


def trend(kind: UnitKind, periods: Sequence[Period], points: Mapping[Period, YearPoint]) -> Trend:
    """The ranks of these periods, the earliest first, as far as they are known."""
    names: dict[int, str] = {}
    ranks: dict[int, dict[Period, TrendPoint]] = {}
    for period in periods:
        if period not in points:
            continue
        for row in points[period].rows:
            names[row.unit_id] = row.unit
            own = ranks.setdefault(row.unit_id, {})
            if row.rank is not None:
                own[period] = TrendPoint(row.rank, row.tied, points[period].is_final)
    lines = [
        TrendLine(unit_id, names[unit_id], tuple(own.get(period) for period in periods))
        for unit_id, own in ranks.items()
    ]
    return Trend(
        kind,
        tuple(periods),
        tuple(sorted(lines, key=_place)),
        tuple(_ranked(points.get(period)) for period in periods),
    )


def drawn_by(length: PeriodKind) -> PeriodKind:
    """The periods by which a year is drawn: months by months, what is longer by quarters."""
    return length if length is PeriodKind.MONTH else PeriodKind.QUARTER


def _place(line: TrendLine) -> tuple[int, int, int]:
    """Newest periods first: of who left the ranking earlier the rank is older news."""
    known = [(place, point.rank) for place, point in enumerate(line.points) if point is not None]
    place, rank = known[-1] if known else (-1, 0)
    return -place, rank, line.unit_id


def _ranked(point: YearPoint | None) -> int | None:
    return None if point is None else sum(row.rank is not None for row in point.rows)
