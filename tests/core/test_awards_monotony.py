"""From the mark to the money: a higher mark never costs a unit a rank, the flag, a prize or its eligibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pytest
from award_finals import RULE
from hypothesis import example, given
from hypothesis import strategies as st

from core.awards import last_place, red_flag
from core.awards.rewards import rewards
from core.metrics import TOTAL, Metric, Metrics, Results, Source
from core.ranking import Standing
from core.rubric import Category, Item, Rubric
from core.scoring import RoundScore, SheetScore, round_score, sheet_score
from core.sheet import Mark

NAMES = ("组织管理", "宣传工作", "重大任务")
ITEMS = range(1, 6)
RUBRIC = Rubric(
    "t",
    1,
    "细则",
    "township",
    50,
    tuple(
        Category(name, 100 * len(numbers), tuple(Item(n, f"第{n}条", 100, (), name) for n in numbers))
        for name, numbers in zip(NAMES, ((1,), (2, 3), (4, 5)), strict=True)
    ),
    "hash",
)
# Another order than the rubric's, as in the policy.
PRECEDENCE = (2, 0, 1)
METRICS = Metrics((TOTAL, *(Metric(Source.CATEGORY, NAMES[place]) for place in PRECEDENCE)), ())

Points = Mapping[int, int | None]
"""A sheet's marks by item; None is not applicable."""
POINTS = st.fixed_dictionaries({item: st.sampled_from([0, 50, None]) for item in ITEMS})
SHEETS = st.lists(POINTS, min_size=1, max_size=6)


def scored(sheets: Sequence[Points], trim: int, precedence: Sequence[int] = PRECEDENCE) -> RoundScore | None:
    """A unit's round."""
    scores = [
        sheet_score(RUBRIC, {item: Mark(item, each, not_applicable=each is None) for item, each in points.items()})
        for points in sheets
    ]
    return round_score([score for score in scores if score is not None], trim, 5, precedence)


def ranked(units: Mapping[int, Sequence[Points]], trim: int) -> tuple[Standing, ...]:
    """The standings of units with these sheets."""
    rounds = {unit_id: scored(sheets, trim) for unit_id, sheets in units.items()}
    results = {
        unit_id: Results(None)
        if found is None
        else Results(found.score, dict(zip(NAMES, found.categories, strict=True)))
        for unit_id, found in rounds.items()
    }
    return METRICS.order(results).standings


@dataclass(frozen=True)
class Raised:
    """Unit 1 before and after one of its marks was raised; the others as they are."""

    before: Mapping[int, Sequence[Points]]
    after: Mapping[int, Sequence[Points]]


@st.composite
def _raised(draw: st.DrawFn) -> Raised:
    own = [*draw(SHEETS)]
    place, item = draw(st.integers(0, len(own) - 1)), draw(st.sampled_from(ITEMS))
    own[place] = {**own[place], item: draw(st.sampled_from([0, 50]))}
    better = [*own]
    better[place] = {**own[place], item: (own[place][item] or 0) + 50}
    # Units that resemble the first, so that ties are common.
    others = {2: own, 3: draw(SHEETS), 4: better, 5: draw(SHEETS)}
    return Raised({1: own, **others}, {1: better, **others})


@given(_raised(), st.integers(0, 2), st.sampled_from(["split", "duplicate"]))
def test_a_higher_mark_never_costs_anything(raised: Raised, trim: int, tie: Literal["split", "duplicate"]) -> None:
    before, after = ranked(raised.before, trim), ranked(raised.after, trim)
    assert rank_of_first(after) <= rank_of_first(before)
    assert (1 in red_flag(after)) >= (1 in red_flag(before))
    assert (1 in last_place(after, 2)) <= (1 in last_place(before, 2))
    prizes = RULE.rewards.prizes
    assert rewards(after, prizes, tie).shares.get(1, 0) >= rewards(before, prizes, tie).shares.get(1, 0)


def rank_of_first(standings: Sequence[Standing]) -> int:
    """The rank of unit 1, which has one: an item that was marked higher is applicable."""
    (rank,) = (each.rank for each in standings if each.unit_id == 1)
    assert rank is not None
    return rank


SHEET_POINTS = st.integers(0, 3).map(Fraction)
SHEET_SCORES = st.tuples(SHEET_POINTS, SHEET_POINTS, SHEET_POINTS).map(
    lambda parts: SheetScore(sum(parts, start=Fraction(0)), parts)
)


def worth(sheets: Sequence[SheetScore], precedence: Sequence[int]) -> tuple[Fraction, ...]:
    """What a unit is compared by: its score, then the categories as the policy asks them."""
    found = round_score(sheets, 1, 5, precedence)
    assert found is not None
    return (found.score, *(found.categories[place] for place in PRECEDENCE))


def sheet(*parts: int) -> SheetScore:
    """A sheet with whole points."""
    return SheetScore(Fraction(sum(parts)), tuple(map(Fraction, parts)))


@given(st.lists(SHEET_SCORES, min_size=5, max_size=6), st.integers(0, 4), st.integers(0, 2))
@example([sheet(3, 0, 0), sheet(0, 0, 4), sheet(2, 2, 2), sheet(2, 2, 2), sheet(3, 3, 3)], 0, 0)
def test_a_better_sheet_never_lowers_what_a_unit_is_compared_by(
    sheets: list[SheetScore], place: int, category: int
) -> None:
    """Also where it changes which sheet is dropped: with the first one better, it or the second is the lowest."""
    parts = [*sheets[place].categories]
    parts[category] += 1
    better = [*sheets[:place], SheetScore(sheets[place].total + 1, tuple(parts)), *sheets[place + 1 :]]
    assert worth(better, PRECEDENCE) >= worth(sheets, PRECEDENCE)


@pytest.mark.parametrize(("precedence", "kept"), [((), False), (PRECEDENCE, True)])
def test_dropping_by_the_rubrics_order_would_cost_a_unit_a_tie(precedence: tuple[int, ...], kept: bool) -> None:
    """Why `round_score` asks for the order in which ties are broken."""
    others = [sheet(0, 0, 4), sheet(2, 2, 2), sheet(2, 2, 2), sheet(3, 3, 3)]
    before, after = worth([sheet(3, 0, 0), *others], precedence), worth([sheet(4, 0, 0), *others], precedence)
    assert (after >= before) == kept
