"""Why a unit stands where it stands (/why), as it is told: place, parts, losses, what moved, what follows. Values only.

Everything rests on a frozen ranking, so that the answer explains the number that was published. Points are hundredths
of a point, in exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from core.awards import Step
from core.duties import Tally
from core.frozen_text import Place
from core.reasons import RoundReasons
from core.rubric import UnitKind
from core.snapshots import RankingRow


@dataclass(frozen=True, slots=True)
class Beside:
    """The units of the next rank in one direction, and the difference in score, never negative.

    Where that is nothing, `line` is the category that decided and `by` the difference in it.
    """

    rank: int
    units: tuple[str, ...]
    points: Fraction
    line: str | None
    by: Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """A component of a composed score. `weight` of `weights`; `points` None: missing, or excused altogether.

    `tally`: what the ledger counted for it.
    """

    name: str
    points: Fraction | None
    weight: int
    weights: int
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter that a half-year or year is composed of; `ranking` None: it has no final."""

    period: str
    ranking: int | None
    rank: int | None
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was another number in the period before."""

    name: str
    before: Fraction
    now: Fraction


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that lost more or less than in the period before."""

    number: int
    before: Fraction
    now: Fraction


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved since the period before. `rank` and `score` None: it was not ranked then.

    `entries` are items, the largest change first; there are none where the two were not scored by the same rubric.
    """

    period: str
    rank: int | None
    score: Fraction | None
    components: tuple[Change, ...]
    categories: tuple[Change, ...]
    entries: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the measures that applies, by the name of its sentence (`clauses.<name>`).

    `fen`: money; `count` last places in a row with the `step` that follows, what one more would mean, and the day by
    which a unit explains itself.
    """

    name: str
    fen: int = 0
    count: int = 0
    step: Step | None = None
    next_step: Step | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A unit's row of a frozen ranking, explained.

    `ranked` units are ranked. `before` and `after` are the newest rankings of the periods beside this one, `others` of
    the other rhythms, by period; `objections_until` as long as objections are possible.
    """

    ranking: int
    period: str
    unit_kind: UnitKind
    version: int
    state: str
    objections_until: datetime | None
    row: RankingRow
    ranked: int
    equals: tuple[str, ...]
    above: Beside | None
    below: Beside | None
    parts: tuple[Part, ...]
    absent: tuple[str, ...]
    quarters: tuple[QuarterLine, ...]
    reasons: RoundReasons | None
    moved: Moved | None
    clauses: tuple[Clause, ...]
    before: int | None
    after: int | None
    others: Mapping[str, int]


def beside(place: Place, lines: Sequence[str]) -> tuple[Beside | None, Beside | None]:
    """The neighbours above and below; `lines` are the categories that break ties, most important first."""
    return _beside(place.row, place.above, lines), _beside(place.row, place.below, lines)


def changes(before: Mapping[str, Fraction], now: Mapping[str, Fraction]) -> tuple[Change, ...]:
    """What is another number than before, of what there was both times."""
    both = [name for name in now if name in before and now[name] != before[name]]
    return tuple(Change(name, before[name], now[name]) for name in both)


def item_changes(before: RoundReasons | None, now: RoundReasons | None) -> tuple[ItemChange, ...]:
    """The items that lost another number of points than before, the largest change first."""
    if before is None or now is None or before.rubric_hash != now.rubric_hash:
        return ()
    lost = {each.item.number: each.lost for each in before.items}
    found = [
        ItemChange(each.item.number, lost[each.item.number], each.lost)
        for each in now.items
        if each.lost != lost.get(each.item.number, each.lost)
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.now - each.before), each.number)))


def _beside(row: RankingRow, there: Sequence[RankingRow], lines: Sequence[str]) -> Beside | None:
    if not there or row.score is None or there[0].score is None or there[0].rank is None:
        return None
    # Who shares a rank is equal in everything that was asked, so the first speaks for all.
    other, points = there[0], abs(row.score - there[0].score)
    units = tuple(each.unit for each in there)
    if points:
        return Beside(there[0].rank, units, points, None, Fraction(0))
    pairs = zip(lines, row.categories, other.categories, strict=True)
    line, own, theirs = next(each for each in pairs if each[1] != each[2])
    return Beside(there[0].rank, units, points, line, abs(own - theirs))
