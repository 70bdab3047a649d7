"""Column mode: one item across all departments of a township, and handing all of them in."""

from __future__ import annotations

import pytest
from district import CHAT, NOON, District, shipped_rules
from townships import departments

from core.actions import columns, marking, overview, skipping, submitting
from core.column_view import ColumnView
from core.errors import NoSuchSheet, NotAllowed, NotYourSheet
from core.sheet import SheetState

RUBRIC = shipped_rules("department").rubric


def column(district: District, sheet_id: int, item: int = 0) -> ColumnView:
    """What the officer sees."""
    return district.act(columns.column, district.liu, sheet_id, item, NOON)


def mark(district: District, sheet_id: int, item: int, points: int) -> None:
    """A tap of the officer in the column."""
    district.act(columns.mark_in_column, district.liu, CHAT, sheet_id, item, points, NOON)


def test_a_column_shows_every_department_and_where_to_go_on(district: District) -> None:
    first, second, third, foreign = departments(district, "甲局", "乙局", "丙局")
    district.act(skipping.skip, district.liu, third, NOON)
    view = column(district, first)
    assert (view.item.number, view.items, view.rater) == (1, tuple(range(1, 16)), "仙庾镇")
    assert [(line.unit, line.state, line.mark) for line in view.lines] == [
        ("甲局", SheetState.OPEN, None),
        ("乙局", SheetState.OPEN, None),
        ("丙局", SheetState.SKIPPED, None),
    ]
    assert view.line(foreign) is None
    mark(district, first, 1, RUBRIC.item(1).max_points)
    following = column(district, first, 1).after(first)
    assert following is not None
    assert following.sheet_id == second
    mark(district, second, 1, 0)
    view = column(district, first, 1)
    assert [line.owes_reason for line in view.lines] == [False, True, False]
    assert view.after(second) is None
    # The first item with a gap is the next one now.
    assert column(district, first).item.number == 2
    mark(district, second, 2, 0)
    back = column(district, first, 2).after(second)
    assert back is not None
    assert back.sheet_id == first
    assert district.acts(second) == ["mark", "mark"]
    standing = district.act(overview.on_screen, CHAT.chat_id)
    assert standing is not None
    assert (standing.sheet_id, standing.item, standing.in_column) == (second, 2, True)


def test_only_the_townships_officers_have_its_column(district: District) -> None:
    first, _, foreign = departments(district, "甲局", "乙局")
    with pytest.raises(NotYourSheet):
        column(district, foreign)
    with pytest.raises(NotYourSheet):
        district.act(columns.column, district.zhou, first, 1, NOON)
    with pytest.raises(NotAllowed):
        district.act(columns.column, district.tang, first, 1, NOON)
    with pytest.raises(NoSuchSheet):
        district.act(columns.column, district.zhou, district.hand_out(), 1, NOON)


def test_all_that_are_complete_are_handed_in_and_the_others_stay(district: District) -> None:
    first, second, third, _ = departments(district, "甲局", "乙局", "丙局")
    for sheet_id in (first, third):
        district.act(marking.fill_rest, district.liu, sheet_id, NOON)
    mark(district, second, 1, RUBRIC.item(1).max_points)
    found = district.act(columns.ready, district.liu, first, NOON)
    assert (found.complete, found.incomplete) == (("甲局", "丙局"), ("乙局",))
    district.act(submitting.submit, district.liu, third, NOON)
    done = district.act(columns.submit_all, district.liu, first, NOON)
    assert (done.complete, done.incomplete) == (("甲局",), ("乙局",))
    states = [line.state for line in column(district, second).lines]
    assert states == [SheetState.SUBMITTED, SheetState.OPEN, SheetState.SUBMITTED]
    again = district.act(columns.submit_all, district.liu, first, NOON)
    assert again.complete == ()
    assert district.acts(first).count("submit") == 1
    for done_item in range(2, 16):
        mark(district, second, done_item, RUBRIC.item(done_item).max_points)
    assert column(district, second).item.number == 1
