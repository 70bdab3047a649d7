"""How raters mark (宽严): each one's mean, spread and share of full marks, and what the ranks would be without them.

A report for the office. Nothing follows from it: raw marks are never adjusted by who gave them. Exact fractions in
hundredths of a point; a rater is told by an id and a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.ranking import Standing
from core.rubric import UnitKind


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """A sheet that counts: whose it is, and its total. `full` of its `applicable` items have all their points."""

    rater_id: int
    rater: str
    total: Fraction
    applicable: int
    full: int


@dataclass(frozen=True, slots=True)
class RankChange:
    """A unit's rank as it is, and as it would be without a rater; None: not ranked."""

    unit: str
    rank: int | None
    without: int | None


@dataclass(frozen=True, slots=True)
class Leniency:
    """One rater of a round.

    `spread` is the highest total less the lowest, `deviation` the mean of the totals' distances from `mean`. `changes`:
    whose rank would be another, the best first.
    """

    rater_id: int
    rater: str
    sheets: int
    mean: Fraction
    spread: Fraction
    deviation: Fraction
    applicable: int
    full: int
    changes: tuple[RankChange, ...]

    @property
    def full_share(self) -> Fraction:
        """The share of full marks, as hundredths of a percent."""
        return Fraction(10_000 * self.full, self.applicable)


@dataclass(frozen=True, slots=True)
class Raters:
    """The raters behind a ranking, the most lenient first."""

    ranking: int
    period: str
    unit_kind: UnitKind
    raters: tuple[Leniency, ...]


def leniency(sheets: Iterable[ScoredSheet], changes: Mapping[int, tuple[RankChange, ...]]) -> tuple[Leniency, ...]:
    """Every rater, the most lenient first, equal ones by id; `changes` by the rater who is left out."""
    own: dict[int, list[ScoredSheet]] = defaultdict(list)
    for sheet in sheets:
        own[sheet.rater_id].append(sheet)
    found = [_of(theirs, changes.get(rater_id, ())) for rater_id, theirs in own.items()]
    return tuple(sorted(found, key=lambda each: (-each.mean, each.rater_id)))


def rank_changes(
    standings: Sequence[Standing], without: Sequence[Standing], names: Mapping[int, str]
) -> tuple[RankChange, ...]:
    """Whose rank differs between two orders of the same units, in the order of the first."""
    would = {each.unit_id: each.rank for each in without}
    return tuple(
        RankChange(names[each.unit_id], each.rank, would[each.unit_id])
        for each in standings
        if each.rank != would[each.unit_id]
    )


def _of(sheets: Sequence[ScoredSheet], changes: tuple[RankChange, ...]) -> Leniency:
    totals = [sheet.total for sheet in sheets]
    mean = _mean(totals)
    return Leniency(
        rater_id=sheets[0].rater_id,
        rater=sheets[0].rater,
        sheets=len(sheets),
        mean=mean,
        spread=max(totals) - min(totals),
        deviation=_mean([abs(total - mean) for total in totals]),
        applicable=sum(sheet.applicable for sheet in sheets),
        full=sum(sheet.full for sheet in sheets),
        changes=changes,
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, start=Fraction(0)) / len(values)
