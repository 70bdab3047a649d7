"""Why a unit has the score it has (/why): means of its counted sheets, and what was lost where. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.rubric import Item, UnitKind
from core.sheet import Mark


@dataclass(frozen=True, slots=True)
class ItemLoss:
    """One item over the counted sheets: the mean of its points and what is lost on the mean (hundredths).

    `reasons` are the raters' own words; for departments there are none, because they would tell who wrote them.
    """

    item: Item
    mean: Fraction
    lost: Fraction
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A unit's score of a round, explained. `rank` None: not ranked, or there is no ranking of the period yet.

    Where the ranking is composed of more than the round, `composed` is its score and `components` what makes it up.
    `counted` of the `sheets` make the score; `losses` are the items that lost points, the largest loss first.
    """

    unit_id: int
    unit: str
    unit_kind: UnitKind
    period: str
    rank: int | None
    score: Fraction
    max_points: int
    sheets: int
    counted: int
    categories: tuple[tuple[str, Fraction, int], ...]
    losses: tuple[ItemLoss, ...]
    composed: Fraction | None = None
    components: tuple[tuple[str, Fraction], ...] = ()


def losses(
    items: Iterable[Item], sheets: Sequence[Mapping[int, Mark]], *, with_reasons: bool, least: int = 1
) -> tuple[ItemLoss, ...]:
    """What each item lost on the mean, the largest first, equal ones by number; what lost nothing is left out.

    So is an item that fewer than `least` sheets found applicable: its mean would tell what one of them gave.
    """
    found = [_loss(item, [sheet[item.number] for sheet in sheets], least, with_reasons=with_reasons) for item in items]
    lost = [each for each in found if each is not None and each.lost]
    return tuple(sorted(lost, key=lambda each: (-each.lost, each.item.number)))


def _loss(item: Item, marks: Sequence[Mark], least: int, *, with_reasons: bool) -> ItemLoss | None:
    points = [mark.points for mark in marks if mark.points is not None]
    if len(points) < least:
        return None
    mean = Fraction(sum(points), len(points))
    told = [mark.reason for mark in marks if with_reasons and mark.reason and mark.points != item.max_points]
    return ItemLoss(item, mean, item.max_points - mean, tuple(dict.fromkeys(told)))
