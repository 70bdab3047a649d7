"""督查重点: some items count, the others are neither asked for, nor marked, nor added up."""

from __future__ import annotations

import pytest
from district import FIRST_OF_JULY, JUNE, NOON, District, shipped_rules
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from core.actions import attaching, marking, overview, submitting
from core.actions.computing import compute_monthly
from core.errors import FocusEmpty, ItemNotInFocus, NoSuchItem
from core.focus import read_focus, write_focus
from core.sheet import Mark, Sheet, SheetState
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.tables import Round, table_of

RUBRIC = shipped_rules().rubric
LAST = len(RUBRIC.items)


def focuses(db: Db, written: str) -> None:
    """Let these items count in June."""
    db.execute(update(table_of(Round)).values(focus=written))


@given(st.sets(st.integers(1, LAST), min_size=1))
def test_what_is_written_is_read_again(items: set[int]) -> None:
    read = read_focus(write_focus(RUBRIC, items))
    assert read == (None if len(items) == LAST else items)


def test_a_focus_names_items_there_are() -> None:
    with pytest.raises(FocusEmpty):
        write_focus(RUBRIC, ())
    with pytest.raises(NoSuchItem):
        write_focus(RUBRIC, {LAST + 1})
    assert read_focus(None) is None


def test_only_items_that_count_are_missing_and_owing() -> None:
    marks = {1: Mark(1, 0), 4: Mark(4, 0)}
    sheet = Sheet(1, RUBRIC, marks, SheetState.OPEN, 80, frozenset({4, 10}))
    assert [item.number for item in sheet.items] == [4, 10]
    assert (sheet.marked_count, sheet.without_mark, sheet.reasons_owed, sheet.cursor) == (1, (10,), (4,), 10)
    assert sheet.item(10) is RUBRIC.item(10)
    with pytest.raises(ItemNotInFocus):
        sheet.item(1)
    with pytest.raises(NoSuchItem):
        sheet.item(LAST + 1)


def test_an_item_outside_is_not_marked(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(focuses, "4,10")
    with pytest.raises(ItemNotInFocus) as refused:
        district.tap(sheet_id, 5, 200)
    assert refused.value.item == 5
    for act in (marking.give_reason, marking.set_not_applicable, marking.ask):
        with pytest.raises(ItemNotInFocus):
            district.act(act, district.zhou, sheet_id, 5, "reason", NOON)
    piece = Piece(kind="location", source_key="1", latitude="1", longitude="1")
    with pytest.raises(ItemNotInFocus):
        district.act(attaching.attach, district.zhou, sheet_id, 5, piece, NOON)
    with pytest.raises(ItemNotInFocus):
        district.act(marking.set_mark_with_reason, district.zhou, sheet_id, 5, 200, None, NOON)
    assert district.tap(sheet_id, 4, 200).shows == 10
    assert district.tap(sheet_id, 10, 600).shows == 0


def test_the_list_counts_what_counts_and_the_rest_is_filled_with_it(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    either_district.tap(sheet_id, 1, 200)
    either_district.tap(sheet_id, 4, 200)
    either_district.act(focuses, "4,10,14")
    (line,) = either_district.act(overview.my_sheets, either_district.zhou, NOON)
    assert (line.marked, line.items) == (1, 3)
    view = either_district.act(marking.fill_rest, either_district.zhou, sheet_id, NOON)
    assert set(view.sheet.marks) == {1, 4, 10, 14}
    assert either_district.act(submitting.submit, either_district.zhou, sheet_id, NOON).sheet.is_complete


def test_the_ranking_is_of_the_focus_alone_and_pins_it(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(focuses, "4,10")
    district.act(marking.set_mark_with_reason, district.zhou, sheet_id, 4, 100, "迟报", NOON)
    district.tap(sheet_id, 10, 600)
    district.act(submitting.submit, district.zhou, sheet_id, NOON)
    view = district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY)
    assert view is not None
    # 1 + 6 of 2 + 6 points, scaled to 100.
    assert [row.score for row in view.rows] == [8750, None, None]
