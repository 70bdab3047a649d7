"""Scores: from the marks of a sheet to a sheet's score, from several sheets to a unit's round score.

Answers for the arithmetic of 分值 and for what 不适用 does to it. Never orders units (that is
`core.ranking`), never rounds except for display, and never takes what is missing for zero.
Scores are exact fractions in hundredths of a point: ties decide money.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from core.rubric import Category, Rubric
from core.sheet import Mark


@dataclass(frozen=True, slots=True)
class Subtotal:
    """Points given so far in one category, out of the maximum of its marked, applicable items (hundredths)."""

    category: Category
    points: int
    out_of: int


@dataclass(frozen=True, slots=True)
class SheetScore:
    """A complete sheet's score; `categories` in the rubric's order. Hundredths of a point.

    With an item not applicable the categories need not add up to the total: the total is
    scaled over the whole sheet, each category within itself.
    """

    total: Fraction
    categories: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """Complete sheets of one unit whose applicable items are worth the same, added up, in the rubric's order.

    `points` are the sums over all of them by category; `out_of` is what each single one could get.
    """

    sheets: int
    points: tuple[int, ...]
    out_of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoundScore:
    """A unit's score in one round: means over the `counted` sheets, hundredths of a point.

    `dropped` are the sheets left out by trimming, lowest first, to be printed.
    """

    score: Fraction
    categories: tuple[Fraction, ...]
    counted: int
    dropped: tuple[SheetScore, ...]


def subtotals(rubric: Rubric, marks: Mapping[int, Mark], focus: Collection[int] | None = None) -> tuple[Subtotal, ...]:
    """What each category has so far, also on an unfinished sheet.

    `focus` (督查重点) limits the sheet to these item numbers; None means all items.
    """
    return tuple(_subtotal(category, marks, focus) for category in rubric.categories)


def sheet_score(rubric: Rubric, marks: Mapping[int, Mark], focus: Collection[int] | None = None) -> SheetScore | None:
    """The score of a sheet, scaled to the rubric's full points; None when no item was applicable.

    An item that is not applicable, or outside `focus`, leaves both the points and the maximum.
    A category none of whose items counts takes the rate of the whole sheet: its line in a tie
    then says nothing new about the unit, neither for it nor against it. Zero would punish a
    unit for a task it does not have, full points would reward it.

    Raises ValueError when an item in scope has no mark (an unfinished sheet has no score),
    and NoSuchItem when `focus` names an item the rubric does not have.
    """
    _check_scope(rubric, marks, focus)
    parts = subtotals(rubric, marks, focus)
    return score_of(rubric, [part.points for part in parts], [part.out_of for part in parts])


def score_of(rubric: Rubric, points: Sequence[int], out_of: Sequence[int]) -> SheetScore | None:
    """The score of a sheet from its categories' points and what they are out of; None where nothing was applicable.

    Linear in the points: the points of several sheets that are out of the same give the sum of their scores.
    """
    whole = sum(out_of)
    if not whole:
        return None
    got = sum(points)
    scaled = (
        Fraction(own * category.max_points, most) if most else Fraction(got * category.max_points, whole)
        for category, own, most in zip(rubric.categories, points, out_of, strict=True)
    )
    return SheetScore(Fraction(got * rubric.max_points, whole), tuple(scaled))


def group_score(rubric: Rubric, groups: Iterable[SheetGroup]) -> RoundScore | None:
    """The mean of a unit's sheets, none of them trimmed, from their sums; None when no sheet has a score.

    The same as `round_score` of the single sheets, exactly: a thousand sheets are added up where they lie.
    """
    scored = [
        # As if the sheets were one, that is out of so much more: its score is their mean.
        (group.sheets, score)
        for group in groups
        if (score := score_of(rubric, group.points, [group.sheets * most for most in group.out_of])) is not None
    ]
    counted = sum(sheets for sheets, _ in scored)
    if not counted:
        return None
    if len(scored) == 1:
        return RoundScore(scored[0][1].total, scored[0][1].categories, counted, dropped=())
    columns = zip(*([part * sheets for part in score.categories] for sheets, score in scored), strict=True)
    return RoundScore(
        score=sum((score.total * sheets for sheets, score in scored), start=Fraction(0)) / counted,
        categories=tuple(sum(column, start=Fraction(0)) / counted for column in columns),
        counted=counted,
        dropped=(),
    )


def round_score(
    scores: Sequence[SheetScore], trim: int, trim_from: int = 5, precedence: Sequence[int] = ()
) -> RoundScore | None:
    """The mean of a unit's sheets; None when there is no sheet.

    With at least `trim_from` sheets the `trim` lowest and the `trim` highest totals are dropped,
    from the categories' means too, so that the lines of a tie rest on the same sheets as the score.
    Among equal totals the categories decide which sheet is dropped: by values alone, so the
    result does not depend on the order of the sheets. They are asked in the order of `precedence`
    (places of categories; without it the rubric's order). Give the order that breaks ties between
    units: then a higher mark can never cost a unit a tie by exchanging which sheet is dropped.

    Raises ValueError when trimming would leave no sheet.
    """
    if trim < 0 or trim_from <= 2 * trim:
        raise ValueError(f"dropping {trim} at both ends needs more than {2 * trim} sheets, not {trim_from}")
    if not scores:
        return None
    ordered, cut = _ordered(scores, precedence), _cut(scores, trim, trim_from)
    kept = [scores[place] for place in ordered[cut : len(ordered) - cut]]
    return RoundScore(
        score=_mean([score.total for score in kept]),
        categories=tuple(_mean(column) for column in zip(*(score.categories for score in kept), strict=True)),
        counted=len(kept),
        dropped=tuple(scores[place] for place in ordered[:cut] + ordered[len(ordered) - cut :]),
    )


def counted_sheets(
    scores: Sequence[SheetScore], trim: int, trim_from: int, precedence: Sequence[int] = ()
) -> frozenset[int]:
    """The places in `scores` of the sheets that `round_score` counts."""
    ordered, cut = _ordered(scores, precedence), _cut(scores, trim, trim_from)
    return frozenset(ordered[cut : len(ordered) - cut])


def has_too_few(sheets: int, least: int) -> bool:
    """Whether a unit without a score has sheets, but fewer than it takes; without any it is 未考核.

    Where one sheet is enough, one that gives no score (不适用 throughout) is not too few.
    """
    return sheets > 0 and least > 1


def display(points: Fraction) -> str:
    """Points for people to read: rounded half-up to two decimals, both always printed ("92.50").

    Always two, so that columns line up and 92.5 is not taken for a coarser result than 92.49.
    The order of units never rests on this text.
    """
    hundredths = floor(abs(points) + Fraction(1, 2))
    sign = "-" if points < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def _ordered(scores: Sequence[SheetScore], precedence: Sequence[int]) -> list[int]:
    """Places, the lowest score first."""

    def value(place: int) -> tuple[Fraction, ...]:
        score = scores[place]
        return (score.total, *(score.categories[column] for column in precedence), *score.categories)

    return sorted(range(len(scores)), key=value)


def _cut(scores: Sequence[SheetScore], trim: int, trim_from: int) -> int:
    """How many sheets are dropped at each end."""
    return trim if len(scores) >= trim_from else 0


def _subtotal(category: Category, marks: Mapping[int, Mark], focus: Collection[int] | None) -> Subtotal:
    points = out_of = 0
    for item in category.items:
        mark = marks.get(item.number)
        if mark is None or mark.points is None or (focus is not None and item.number not in focus):
            continue
        points += mark.points
        out_of += item.max_points
    return Subtotal(category, points, out_of)


def _check_scope(rubric: Rubric, marks: Mapping[int, Mark], focus: Collection[int] | None) -> None:
    scope = rubric.items if focus is None else [rubric.item(number) for number in sorted(focus)]
    missing = [item.number for item in scope if item.number not in marks]
    if missing:
        raise ValueError(f"items {missing} have no mark: an unfinished sheet has no score")


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, start=Fraction(0)) / len(values)
