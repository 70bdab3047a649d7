"""Scores: not applicable leaves the maximum, missing is never zero, trimming is by value alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NoSuchItem
from core.rubric import Category, Item, Rubric
from core.scoring import RoundScore, SheetScore, counted_sheets, display, round_score, sheet_score, subtotals
from core.sheet import Mark

# 10 + 30 + 60 points in hundredths; items 1 · 2 3 · 4 5 6.
MAXIMA = (("组织管理", (1000,)), ("宣传工作", (1000, 2000)), ("重大任务", (1000, 2000, 3000)))


def _rubric() -> Rubric:
    categories = []
    number = 1
    for name, maxima in MAXIMA:
        items = tuple(Item(number + n, f"第{number + n}条", points, (), name) for n, points in enumerate(maxima))
        number += len(maxima)
        categories.append(Category(name, sum(maxima), items))
    return Rubric("t", 1, "细则", "township", 50, tuple(categories), "hash")


RUBRIC = _rubric()
FULL = {item.number: item.max_points for item in RUBRIC.items}


def marks(points: dict[int, int | None]) -> dict[int, Mark]:
    """Marks by item; None for not applicable."""
    return {item: Mark(item, each, not_applicable=each is None) for item, each in points.items()}


def total(points: dict[int, int | None]) -> SheetScore:
    """The score of a sheet that has one."""
    score = sheet_score(RUBRIC, marks(points))
    assert score is not None
    return score


ANY_POINTS = st.fixed_dictionaries(
    {item.number: st.none() | st.integers(0, item.max_points // 50).map(lambda n: n * 50) for item in RUBRIC.items}
)


def test_a_sheet_without_exceptions_is_the_sum_of_its_marks() -> None:
    score = total({1: 500, 2: 1000, 3: 1500, 4: 0, 5: 2000, 6: 3000})
    assert score == SheetScore(Fraction(8000), (Fraction(500), Fraction(2500), Fraction(5000)))


def test_not_applicable_leaves_the_maximum_of_sheet_and_category() -> None:
    score = total({1: 1000, 2: None, 3: 1000, 4: 1000, 5: 2000, 6: 3000})
    assert score.total == Fraction(8000, 9000) * 10000
    assert score.categories == (Fraction(1000), Fraction(1500), Fraction(6000))


def test_a_category_wholly_not_applicable_takes_the_rate_of_the_sheet() -> None:
    score = total({1: None, 2: 500, 3: 1000, 4: 500, 5: 1000, 6: 1500})
    assert score == SheetScore(Fraction(5000), (Fraction(500), Fraction(1500), Fraction(3000)))


def test_a_sheet_wholly_not_applicable_is_not_assessed() -> None:
    assert sheet_score(RUBRIC, marks(dict.fromkeys(FULL))) is None


def test_an_unfinished_sheet_has_subtotals_but_no_score() -> None:
    unfinished = marks({1: 500, 3: None, 4: 0})
    with pytest.raises(ValueError, match=r"\[2, 5, 6\]"):
        sheet_score(RUBRIC, unfinished)
    parts = subtotals(RUBRIC, unfinished)
    assert [(part.category.name, part.points, part.out_of) for part in parts] == [
        ("组织管理", 500, 1000),
        ("宣传工作", 0, 0),
        ("重大任务", 0, 1000),
    ]


def test_a_focus_scores_its_items_alone_on_the_same_scale() -> None:
    """督查重点: what lies outside need not be marked, and counts for nothing when it is."""
    outside = marks({1: 0, 2: 500, 4: 1000, 5: 0})
    score = sheet_score(RUBRIC, outside, focus=(4, 2))
    assert score == SheetScore(Fraction(7500), (Fraction(750), Fraction(1500), Fraction(6000)))
    assert sheet_score(RUBRIC, marks({2: None}), focus={2}) is None


def test_a_focus_must_be_marked_and_must_exist() -> None:
    with pytest.raises(ValueError, match=r"\[4\]"):
        sheet_score(RUBRIC, marks({2: 500}), focus={2, 4})
    with pytest.raises(NoSuchItem):
        sheet_score(RUBRIC, marks(dict(FULL)), focus={2, 7})


@given(ANY_POINTS)
def test_a_score_is_within_bounds_and_full_marks_are_full_points(points: dict[int, int | None]) -> None:
    score = sheet_score(RUBRIC, marks(points))
    applicable = {item: each for item, each in points.items() if each is not None}
    assert (score is None) == (not applicable)
    if score is not None:
        assert 0 <= score.total <= 10000
        full = all(each == FULL[item] for item, each in applicable.items())
        assert (score.total == 10000) == full
        for part, category in zip(score.categories, RUBRIC.categories, strict=True):
            assert 0 <= part <= category.max_points
        if len(applicable) == len(FULL):
            assert sum(score.categories) == score.total


@given(ANY_POINTS, st.sampled_from(sorted(FULL)))
def test_declaring_an_item_not_applicable_is_not_giving_zero(points: dict[int, int | None], item: int) -> None:
    without = sheet_score(RUBRIC, marks(points | {item: None}))
    zero = total(points | {item: 0})
    full = total(points | {item: FULL[item]})
    if without is not None:
        assert zero.total <= without.total <= full.total


def scores(*totals: int) -> list[SheetScore]:
    """Sheets with these totals; a category in proportion."""
    return [SheetScore(Fraction(each), (Fraction(each, 10),)) for each in totals]


def test_a_round_score_is_the_exact_mean() -> None:
    assert round_score(scores(9000, 8000, 8000), trim=0) == RoundScore(
        Fraction(25000, 3), (Fraction(2500, 3),), counted=3, dropped=()
    )


def test_without_a_sheet_there_is_no_score() -> None:
    assert round_score([], trim=1) is None


def test_trimming_starts_at_five_sheets() -> None:
    four = round_score(scores(0, 6000, 6000, 10000), trim=1)
    assert four == RoundScore(Fraction(5500), (Fraction(550),), counted=4, dropped=())
    five = round_score(scores(10000, 6000, 0, 6000, 9000), trim=1)
    assert five is not None
    assert (five.score, five.categories, five.counted) == (Fraction(7000), (Fraction(700),), 3)
    assert five.dropped == tuple(scores(0, 10000))


def test_only_one_of_several_equal_extremes_is_dropped() -> None:
    trimmed = round_score(scores(9000, 9000, 9000, 1000, 1000), trim=1)
    assert trimmed is not None
    assert trimmed.score == Fraction(19000, 3)


def test_among_equal_totals_the_categories_decide_what_is_dropped() -> None:
    sheets = [
        SheetScore(Fraction(5000), tuple(map(Fraction, parts)))
        for parts in ((3000, 2000), (1000, 4000), (2000, 3000), (5000, 0), (2000, 3000))
    ]
    trimmed = round_score(sheets, trim=1)
    assert trimmed is not None
    assert [dropped.categories[0] for dropped in trimmed.dropped] == [1000, 5000]
    assert trimmed.categories == (Fraction(7000, 3), Fraction(8000, 3))


@pytest.mark.parametrize(("trim", "trim_from"), [(-1, 5), (1, 2), (3, 6)])
def test_trimming_must_leave_a_sheet(trim: int, trim_from: int) -> None:
    with pytest.raises(ValueError, match="needs more than"):
        round_score(scores(1, 2, 3, 4, 5, 6), trim, trim_from)


SHEETS = st.lists(st.builds(SheetScore, st.integers(0, 3).map(Fraction), st.tuples(st.integers(0, 3).map(Fraction))))


@given(SHEETS, st.integers(0, 2), st.data())
def test_the_order_of_the_sheets_does_not_matter(sheets: list[SheetScore], trim: int, data: st.DataObject) -> None:
    assert round_score(data.draw(st.permutations(sheets)), trim) == round_score(sheets, trim)


POINTS = st.integers(0, 2).map(Fraction)
TWO_CATEGORIES = st.builds(lambda one, two: SheetScore(one + two, (one, two)), POINTS, POINTS)


@given(st.lists(TWO_CATEGORIES, min_size=1, max_size=6), st.sampled_from([(), (1, 0), (0, 1)]))
def test_the_sheets_named_as_counted_are_those_that_make_the_mean(
    sheets: list[SheetScore], precedence: tuple[int, ...]
) -> None:
    counted = counted_sheets(sheets, 1, 5, precedence)
    result = round_score(sheets, 1, 5, precedence)
    assert result is not None
    assert sum(sheets[place].total for place in counted) == result.score * result.counted
    assert sum(sheets[place].categories[1] for place in counted) == result.categories[1] * result.counted


@given(SHEETS.filter(bool), st.integers(0, 2))
def test_every_sheet_is_counted_or_dropped(sheets: list[SheetScore], trim: int) -> None:
    result = round_score(sheets, trim)
    assert result is not None
    assert result.counted + len(result.dropped) == len(sheets)
    dropped = sum((each.total for each in result.dropped), start=Fraction(0))
    assert result.score * result.counted + dropped == sum(each.total for each in sheets)


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(9250), "92.50"),
        (Fraction(10000), "100.00"),
        (Fraction(0), "0.00"),
        (Fraction(7), "0.07"),
        (Fraction(18501, 2), "92.51"),  # 92.505: half goes up
        (Fraction(18503, 2), "92.52"),  # and up again, not to the even neighbour
        (Fraction(25000, 3), "83.33"),
        (Fraction(-18501, 2), "-92.51"),
        (Fraction(-1, 3), "0.00"),
    ],
)
def test_display_rounds_half_up_to_two_decimals(points: Fraction, text: str) -> None:
    assert display(points) == text
