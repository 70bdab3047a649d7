"""The sheet: legal marks and reasons, where the rater stands, what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MarkNotAStep, MarkOutOfRange, ReasonMissing, ReasonTooLong, SheetIncomplete
from core.rubric import Category, Item, Rubric
from core.sheet import (
    LONGEST_REASON,
    Mark,
    Sheet,
    SheetState,
    check_points,
    check_reason,
    check_submittable,
    legal_points,
    next_stop,
)

STEP = 50
SIX_POINTS = Item(number=3, text="样板社工部", max_points=600, methods=("现场查看",), category="重大任务")


def rubric(*maxima: int) -> Rubric:
    """One category with an item per maximum (hundredths)."""
    items = tuple(Item(n, f"第{n}条", maximum, (), "重大任务") for n, maximum in enumerate(maxima, start=1))
    category = Category("重大任务", sum(maxima), items)
    return Rubric("t", 1, "细则", "township", STEP, (category,), "hash")


def sheet(*marks: Mark, maxima: tuple[int, ...] = (200, 300, 600)) -> Sheet:
    """An open sheet where a mark below 80 % owes a reason."""
    return Sheet(1, rubric(*maxima), {mark.item: mark for mark in marks}, SheetState.OPEN, 80)


def test_a_mark_has_points_exactly_when_the_item_is_applicable() -> None:
    assert Mark(1, 0).points == 0
    assert Mark(1, None, not_applicable=True).not_applicable
    with pytest.raises(ValueError, match="item 1"):
        Mark(1, None)
    with pytest.raises(ValueError, match="item 1"):
        Mark(1, 0, not_applicable=True)


def test_a_new_sheet_starts_at_its_first_item() -> None:
    new = sheet()
    assert (new.cursor, new.marked_count, new.without_mark) == (1, 0, (1, 2, 3))
    assert new.reasons_owed == ()
    assert not new.is_complete


def test_zero_points_and_not_applicable_are_marks() -> None:
    zeros = sheet(Mark(1, 0, reason="未上报"), Mark(2, None, not_applicable=True, reason="无此任务"))
    assert (zeros.cursor, zeros.marked_count, zeros.reasons_owed) == (3, 2, ())


def test_the_cursor_is_the_first_gap_even_behind_later_marks() -> None:
    assert sheet(Mark(3, 600), Mark(1, 200)).cursor == 2


@pytest.mark.parametrize(
    ("mark", "owed"),
    [
        (Mark(3, 600), ()),
        (Mark(3, 480), ()),  # exactly 80 %: nothing is owed
        (Mark(3, 450), (3,)),
        (Mark(3, 450, reason=""), (3,)),
        (Mark(3, 450, reason="台账缺两个月"), ()),
        (Mark(3, None, not_applicable=True), (3,)),
        (Mark(3, None, not_applicable=True, reason="无社工部"), ()),
    ],
)
def test_a_reason_is_owed_below_the_policy_share_and_for_not_applicable(mark: Mark, owed: tuple[int, ...]) -> None:
    assert sheet(mark).reasons_owed == owed


def test_a_policy_of_zero_percent_asks_reasons_only_for_not_applicable() -> None:
    marks = {1: Mark(1, 0), 2: Mark(2, None, not_applicable=True)}
    assert Sheet(1, rubric(200, 300), marks, SheetState.OPEN, 0).reasons_owed == (2,)


def test_only_a_complete_sheet_can_be_submitted() -> None:
    with pytest.raises(SheetIncomplete) as refusal:
        check_submittable(sheet(Mark(2, 0), Mark(3, 600)))
    assert (refusal.value.without_mark, refusal.value.without_reason) == ((1,), (2,))
    with pytest.raises(SheetIncomplete) as refusal:
        check_submittable(sheet(Mark(1, 200), Mark(2, 0), Mark(3, 600)))
    assert (refusal.value.without_mark, refusal.value.without_reason) == ((), (2,))
    check_submittable(sheet(Mark(1, 200), Mark(2, 0, reason="没有方案"), Mark(3, 600)))


def test_the_next_stop_goes_forward_then_round_to_the_first_gap() -> None:
    gaps = sheet(Mark(2, 300), maxima=(200, 300, 600, 100))
    assert [next_stop(gaps, after) for after in (1, 2, 3, 4)] == [3, 3, 4, 1]
    assert next_stop(sheet(Mark(1, 200), Mark(2, 300), Mark(3, 600)), 2) is None


@pytest.mark.parametrize("points", [-50, -1, 601, 650, 10**30])
def test_points_outside_the_item_are_refused(points: int) -> None:
    with pytest.raises(MarkOutOfRange) as refusal:
        check_points(SIX_POINTS, points, STEP)
    assert refusal.value == MarkOutOfRange(item=3, points=points, max_points=600)


@pytest.mark.parametrize("points", [1, 49, 125, 599])
def test_points_between_two_steps_are_refused(points: int) -> None:
    with pytest.raises(MarkNotAStep) as refusal:
        check_points(SIX_POINTS, points, STEP)
    assert refusal.value == MarkNotAStep(item=3, points=points, step=STEP)


@given(st.integers(-100, 700), st.sampled_from([25, 50, 100, 200]))
def test_legal_points_are_those_that_are_not_refused(points: int, step: int) -> None:
    try:
        check_points(SIX_POINTS, points, step)
    except (MarkOutOfRange, MarkNotAStep):
        assert points not in legal_points(SIX_POINTS, step)
    else:
        assert points in legal_points(SIX_POINTS, step)


def test_legal_points_run_from_zero_to_the_maximum() -> None:
    assert legal_points(Item(1, "", 200, (), ""), STEP) == (0, 50, 100, 150, 200)


def test_a_reason_is_kept_without_the_blanks_around_it() -> None:
    assert check_reason(SIX_POINTS, " \n台账 缺两个月　") == "台账 缺两个月"


@pytest.mark.parametrize("text", ["", "  ", "\n\t　"])
def test_a_blank_reason_is_missing(text: str) -> None:
    with pytest.raises(ReasonMissing) as refusal:
        check_reason(SIX_POINTS, text)
    assert refusal.value.item == 3


def test_a_reason_has_a_longest_length() -> None:
    assert check_reason(SIX_POINTS, "缺" * LONGEST_REASON + "  ") == "缺" * LONGEST_REASON
    with pytest.raises(ReasonTooLong) as refusal:
        check_reason(SIX_POINTS, "缺" * (LONGEST_REASON + 1))
    assert refusal.value == ReasonTooLong(item=3, length=501, longest=500)


@given(st.dictionaries(st.integers(1, 6), st.sampled_from([0, 50, 100, None])))
def test_the_derived_values_agree_for_any_marks(given_points: dict[int, int | None]) -> None:
    marks = {item: Mark(item, points, not_applicable=points is None) for item, points in given_points.items()}
    filled = Sheet(1, rubric(*[100] * 6), marks, SheetState.OPEN, 80)
    assert filled.marked_count == len(given_points)
    assert set(filled.without_mark) == set(range(1, 7)) - set(given_points)
    assert filled.cursor == min(filled.without_mark, default=None)
    assert set(filled.reasons_owed) == {item for item, points in given_points.items() if points != 100}
    assert filled.is_complete == all(given_points.get(item) == 100 for item in range(1, 7))
