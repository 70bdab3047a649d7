"""Forms that come back: previewed, then applied through the same actions as taps, all or nothing."""

from __future__ import annotations

import pytest
from district import NOON, District, shipped_rules

from core.actions import door, forms
from core.errors import FormChanged, FormOfOtherRules, NotAllowed, NotYourSheet, SheetSubmitted
from core.form_reading import FormEntry, SheetEntries
from core.workbooks.book import column_letter

RUBRIC = shipped_rules().rubric


def entry(item: int, points: int | None, reason: str | None = None, *, not_applicable: bool = False) -> FormEntry:
    """One row of a form."""
    return FormEntry(item, points, not_applicable, reason, "评分表", f"E{item + 3}")


def test_a_form_is_previewed_and_then_sets_marks_like_taps(district: District) -> None:
    sheet_id = district.hand_out()
    district.tap(sheet_id, 1, 200)
    district.tap(sheet_id, 4, 150)
    read = [
        SheetEntries(
            sheet_id,
            (
                entry(1, 200),
                entry(2, 100, "没有会议记录"),
                entry(4, None, "迟报一天"),
                entry(5, None, "没有这项工作", not_applicable=True),
            ),
        )
    ]
    plan = district.act(forms.plan_form, district.zhou, read, RUBRIC.hash, NOON)
    (sheet,) = plan.sheets
    assert (plan.count, sheet.unchanged, [change.item for change in sheet.changes]) == (3, 1, [2, 4, 5])
    assert (len(sheet.without_mark), sheet.without_reason) == (19, ())
    assert district.acts(sheet_id) == ["mark", "mark"]
    district.act(forms.apply_form, district.zhou, read, RUBRIC.hash, plan.digest, NOON)
    marks = district.sees(sheet_id).sheet.marks
    assert [(marks[item].points, marks[item].reason) for item in (1, 2, 4, 5)] == [
        (200, None),
        (100, "没有会议记录"),
        (150, "迟报一天"),
        (None, "没有这项工作"),
    ]
    assert district.acts(sheet_id) == ["mark"] * 5
    # Once more changes nothing: the plan is empty, and so is what is audited.
    again = district.act(forms.plan_form, district.zhou, read, RUBRIC.hash, NOON)
    assert again.count == 0
    district.act(forms.apply_form, district.zhou, read, RUBRIC.hash, again.digest, NOON)
    assert district.acts(sheet_id) == ["mark"] * 5


def test_what_changed_after_the_preview_is_previewed_again(district: District) -> None:
    sheet_id = district.hand_out()
    read = [SheetEntries(sheet_id, (entry(1, 200), entry(2, 300)))]
    plan = district.act(forms.plan_form, district.zhou, read, RUBRIC.hash, NOON)
    district.tap(sheet_id, 1, 150)
    with pytest.raises(FormChanged):
        district.act(forms.apply_form, district.zhou, read, RUBRIC.hash, plan.digest, NOON)
    assert district.sees(sheet_id).sheet.marks[1].points == 150
    assert 2 not in district.sees(sheet_id).sheet.marks


def test_a_sheet_that_cannot_be_changed_stands_in_the_way(district: District) -> None:
    done, open_sheet = district.submitted("仙庾镇"), district.hand_out("月塘街道")
    read = [SheetEntries(open_sheet, (entry(1, 200),)), SheetEntries(done, (entry(1, 100),))]
    plan = district.act(forms.plan_form, district.zhou, read, RUBRIC.hash, NOON)
    assert [(sheet.sheet_id, type(sheet.refused)) for sheet in plan.refused] == [(done, SheetSubmitted)]
    with pytest.raises(SheetSubmitted):
        district.act(forms.apply_form, district.zhou, read, RUBRIC.hash, plan.digest, NOON)
    assert district.sees(open_sheet).sheet.marks == {}
    (refused,) = district.act(forms.plan_form, district.luo, read[:1], RUBRIC.hash, NOON).refused
    assert isinstance(refused.refused, NotYourSheet)
    (old,) = district.act(forms.plan_form, district.zhou, read[:1], "0" * 64, NOON).refused
    assert isinstance(old.refused, FormOfOtherRules)
    (alone,) = district.act(
        forms.plan_form, district.zhou, [SheetEntries(open_sheet, (entry(3, None, "为什么"),))], RUBRIC.hash, NOON
    ).refused
    assert type(alone.refused).__name__ == "MarkMissing"
    with pytest.raises(NotAllowed):
        district.act(forms.plan_form, district.tang, read, RUBRIC.hash, NOON)


def test_the_form_of_a_sheet_is_for_its_rater(district: District) -> None:
    sheet_id = district.hand_out()
    assert district.act(forms.form_of, district.zhou, sheet_id, NOON) == district.act(
        door.look, district.zhou, sheet_id, NOON
    )
    with pytest.raises(NotYourSheet):
        district.act(forms.form_of, district.luo, sheet_id, NOON)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered(index: int, letters: str) -> None:
    assert column_letter(index) == letters
