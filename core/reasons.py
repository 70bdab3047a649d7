"""Where points were lost (/why): means of the counted sheets, item by item. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from core.rubric import Item
from core.sheet import Mark

Basis = Literal["frozen", "corrected", "present"]
"""What marks an explanation rests on: those that were published, and nothing was changed since; those, although some
were changed since (`corrected`: it is not published yet); or, where the published ones are not kept, `present` ones."""


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
class LeftOut:
    """An item that so many of the counted `sheets` found not applicable (不适用); `reasons` as in `ItemLoss`."""

    item: Item
    sheets: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundReasons:
    """A unit's score of a round from its sheets. `counted` of the `sheets` make the score; trimming left out the rest.

    `categories` with their means and their most; `items` are all that may be told, by number, and so are those
    `left_out`; `pieces` counts the evidence to those that lost points. `scaled`: an item was not applicable on a
    counted sheet, so that total and categories are each scaled over the rest and need not add up.
    """

    score: Fraction
    max_points: int
    sheets: int
    counted: int
    categories: tuple[tuple[str, Fraction, int], ...]
    items: tuple[ItemLoss, ...]
    basis: Basis
    rubric_hash: str
    pieces: Mapping[int, int]
    left_out: tuple[LeftOut, ...]
    scaled: bool

    @property
    def losses(self) -> tuple[ItemLoss, ...]:
        """The items that lost points, the largest loss first, equal ones by number."""
        lost = [each for each in self.items if each.lost]
        return tuple(sorted(lost, key=lambda each: (-each.lost, each.item.number)))


def item_losses(
    items: Iterable[Item], sheets: Sequence[Mapping[int, Mark]], *, with_reasons: bool, least: int = 1
) -> tuple[ItemLoss, ...]:
    """What each item lost on the mean, by number.

    An item that fewer than `least` sheets found applicable is left out: its mean would tell what one of them gave.
    """
    found = (_loss(item, [sheet[item.number] for sheet in sheets], least, with_reasons=with_reasons) for item in items)
    return tuple(each for each in found if each is not None)


def items_left_out(
    items: Iterable[Item], sheets: Sequence[Mapping[int, Mark]], *, with_reasons: bool, least: int = 1
) -> tuple[LeftOut, ...]:
    """The items that at least so many sheets found not applicable, by number; of fewer it would tell one's word."""
    found = ((item, [sheet[item.number] for sheet in sheets if sheet[item.number].not_applicable]) for item in items)
    return tuple(
        LeftOut(item, len(marks), tuple(dict.fromkeys(mark.reason for mark in marks if with_reasons and mark.reason)))
        for item, marks in found
        if len(marks) >= least
    )


def _loss(item: Item, marks: Sequence[Mark], least: int, *, with_reasons: bool) -> ItemLoss | None:
    points = [mark.points for mark in marks if mark.points is not None]
    if len(points) < least:
        return None
    mean = Fraction(sum(points), len(points))
    told = [mark.reason for mark in marks if with_reasons and mark.reason and mark.points != item.max_points]
    return ItemLoss(item, mean, item.max_points - mean, tuple(dict.fromkeys(told)))
