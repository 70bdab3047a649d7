"""Annex 2 as one table: which departments are printed, and what a table that comes back does to each of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from district import NOON, District, moment, shipped_rules
from townships import departments

from core.actions import forms, marking, skipping, submitting
from core.actions.door import Moment
from core.errors import (
    FormChanged,
    MarksOfSkipped,
    NoOpenSheet,
    NoSuchSheet,
    NotYourSheet,
    RoundClosed,
    SheetSkipped,
    SheetSubmitted,
)
from core.form_plan import FormPlan
from core.form_reading import FormEntry, SheetEntries
from core.sheet import SheetState

RUBRIC = shipped_rules("department").rubric
LATE = moment("2013-06-29 12:00")


def column(sheet_id: int, *marks: tuple[int, int], skipped: bool = False) -> SheetEntries:
    """A column with these marks."""
    entries = (FormEntry(item, points, False, None, "评分表", f"C{item + 4}") for item, points in marks)
    return SheetEntries(sheet_id, tuple(entries), skipped)


def plan(district: District, read: Sequence[SheetEntries], at: Moment = NOON) -> FormPlan:
    """What 仙庾镇's officer is shown."""
    return district.act(forms.plan_form, district.liu, read, RUBRIC.hash, at)


def apply(district: District, read: Sequence[SheetEntries], confirmed: str) -> FormPlan:
    """What the officer confirmed is done."""
    return district.act(forms.apply_form, district.liu, read, RUBRIC.hash, confirmed, NOON)


def hand_in(district: District, sheet_id: int) -> None:
    """Full marks for a department, and handed in."""
    district.act(marking.fill_rest, district.liu, sheet_id, NOON)
    district.act(submitting.submit, district.liu, sheet_id, NOON)


def state(district: District, sheet_id: int) -> SheetState:
    """How the officer finds a sheet."""
    return district.sees(sheet_id, rater="liu").sheet.state


def test_a_table_has_the_departments_that_can_still_be_filled_in(district: District) -> None:
    first, second, third, _ = departments(district, "甲局", "乙局", "丙局")
    district.act(skipping.skip, district.liu, second, NOON)
    hand_in(district, third)
    printed = district.act(forms.matrix_of, district.liu, first, NOON)
    assert [view.sheet.id for view in printed] == [first, second]
    hand_in(district, first)
    district.act(skipping.resume, district.liu, second, NOON)
    hand_in(district, second)
    with pytest.raises(NoOpenSheet):
        district.act(forms.matrix_of, district.liu, first, NOON)


def test_an_assessors_sheet_and_another_townships_are_in_no_table(district: District) -> None:
    *_, foreign = departments(district, "甲局")
    with pytest.raises(NotYourSheet):
        district.act(forms.matrix_of, district.liu, foreign, NOON)
    with pytest.raises(NoSuchSheet):
        district.act(forms.matrix_of, district.zhou, district.hand_out(), NOON)


def test_all_columns_are_applied_at_once_and_audited_like_taps(district: District) -> None:
    first, second, third, _ = departments(district, "甲局", "乙局", "丙局")
    read = [column(first, (1, 900), (2, 1500)), column(second, (1, 1000)), column(third, skipped=True)]
    shown = plan(district, read)
    assert (shown.count, shown.skipped, shown.refused) == (3, 1, ())
    assert [(sheet.unit, sheet.skips) for sheet in shown.sheets] == [("甲局", False), ("乙局", False), ("丙局", True)]
    done = apply(district, read, shown.digest[:10])
    assert done.digest == shown.digest
    assert [district.acts(each) for each in (first, second, third)] == [["mark", "mark"], ["mark"], ["skip"]]
    assert state(district, third) is SheetState.SKIPPED
    # The same table once more asks for nothing; what it says of the skipped department stands in nobody's way.
    again = plan(district, read)
    assert (again.count, again.skipped, again.refused) == (0, 0, ())
    assert again.sheets[2].is_skipped
    apply(district, read, again.digest)
    assert district.acts(third) == ["skip"]


def test_a_department_that_was_handed_in_is_in_the_way_only_of_other_marks(district: District) -> None:
    first, second, _ = departments(district, "甲局", "乙局")
    hand_in(district, first)
    same = [column(first, (1, RUBRIC.item(1).max_points)), column(second, (1, 900))]
    shown = plan(district, same)
    assert (shown.count, shown.refused) == (1, ())
    apply(district, same, shown.digest)
    other = [column(first, (1, 0)), column(second, (1, 850))]
    shown = plan(district, other)
    assert [type(sheet.refused) for sheet in shown.refused] == [SheetSubmitted]
    with pytest.raises(SheetSubmitted):
        apply(district, other, shown.digest)
    assert district.sees(second, rater="liu").sheet.marks[1].points == 900


def test_what_nobody_may_have_is_in_the_way_of_everything(district: District) -> None:
    first, second, foreign = departments(district, "甲局", "乙局")
    for read, refused in (
        ([column(first, (1, 900)), column(foreign, (1, 900))], NotYourSheet),
        ([column(first, (1, 900)), column(foreign, skipped=True)], NotYourSheet),
        ([column(first, (1, 900)), column(9_999, (1, 900))], NoSuchSheet),
        ([column(first, (1, 900)), column(second, (1, 900), skipped=True)], MarksOfSkipped),
    ):
        shown = plan(district, read)
        assert [type(sheet.refused) for sheet in shown.refused] == [refused]
        with pytest.raises(refused):
            apply(district, read, shown.digest)
    assert district.sees(first, rater="liu").sheet.marks == {}
    # An empty column of a sheet that is not theirs asks for nothing.
    assert plan(district, [column(first, (1, 900)), column(foreign)]).refused == ()


def test_a_skipped_department_is_scored_only_after_it_was_taken_up_again(district: District) -> None:
    first, second, _ = departments(district, "甲局", "乙局")
    district.act(skipping.skip, district.liu, first, NOON)
    read = [column(first, (1, 900)), column(second, (1, 900))]
    shown = plan(district, read)
    assert [type(sheet.refused) for sheet in shown.refused] == [SheetSkipped]
    district.act(skipping.resume, district.liu, first, NOON)
    with pytest.raises(FormChanged):
        apply(district, read, shown.digest)
    apply(district, read, plan(district, read).digest)
    assert district.sees(first, rater="liu").sheet.marks[1].points == 900


def test_nothing_of_a_table_is_taken_after_the_closing(district: District) -> None:
    first, second, _ = departments(district, "甲局", "乙局")
    shown = plan(district, [column(first), column(second)], LATE)
    assert [type(sheet.refused) for sheet in shown.refused] == [RoundClosed, RoundClosed]


def test_the_rubrics_of_forms_are_all_that_were_ever_in_force(district: District) -> None:
    departments(district, "甲局")
    known = district.act(forms.printed_rubrics, district.liu, NOON)
    assert set(known) == {RUBRIC.hash, shipped_rules().rubric.hash}
    assert known[RUBRIC.hash] == RUBRIC
