"""Marks, reasons, 不适用, 其余满分 and handing in, each with its audit chain."""

from __future__ import annotations

import pytest
from district import CHAT, NOON, District, later

from core.actions import marking, overview, submitting
from core.errors import (
    MarkMissing,
    MarkNotAStep,
    MarkOutOfRange,
    NoSuchItem,
    ReasonMissing,
    ReasonTooLong,
    Refusal,
    SheetIncomplete,
    SheetSubmitted,
)
from core.sheet import LONGEST_REASON, Mark, SheetState

# Item 4 of Annex 1: 2 points, so 1.6 are 80 % of it.
ITEM, FULL, MOST, LITTLE = 4, 200, 200, 50


def test_a_full_mark_moves_on_to_the_next_item(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    marked = either_district.tap(sheet_id, ITEM, FULL)
    assert (marked.item, marked.owes_reason, marked.prompt_id, marked.shows) == (ITEM, False, None, 5)
    assert either_district.sees(sheet_id).sheet.marks == {ITEM: Mark(ITEM, FULL)}
    entry = either_district.chain(sheet_id)[0]
    assert (entry["act"], entry["person"], entry["seq"]) == ("mark", either_district.zhou.person_id, 1)
    assert entry["body"] == '{"item":4,"new":200,"new_reason":null,"old":null}'


def test_the_mark_of_the_last_item_leads_to_the_contents(district: District) -> None:
    sheet_id = district.hand_out()
    for item in district.sees(sheet_id).sheet.rubric.items:
        marked = district.tap(sheet_id, item.number, item.max_points)
    assert marked.shows == 0
    on_screen = district.act(overview.on_screen, CHAT.chat_id)
    assert on_screen is not None
    assert (on_screen.sheet_id, on_screen.item, on_screen.message_id) == (sheet_id, 0, CHAT.message_id)


def test_a_lost_mark_asks_for_its_reason_and_stays_on_the_item(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    marked = either_district.tap(sheet_id, ITEM, LITTLE)
    assert marked.owes_reason
    assert marked.shows == ITEM
    assert marked.prompt_id is not None
    told = either_district.act(marking.give_reason, either_district.zhou, sheet_id, ITEM, "  迟报两天\n", NOON)
    assert (told.owes_reason, told.prompt_id, told.shows) == (False, None, 5)
    assert told.view.sheet.marks[ITEM].reason == "迟报两天"
    assert not either_district.act(overview.close_prompts, either_district.zhou, NOON)
    assert either_district.chain(sheet_id)[1]["body"] == (
        '{"item":4,"new":50,"new_reason":"迟报两天","old":50,"old_reason":null}'
    )


def test_doing_it_again_adds_nothing_to_the_chain(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    first = either_district.tap(sheet_id, ITEM, FULL)
    assert either_district.tap(sheet_id, ITEM, FULL, later(NOON, hours=1)).view == first.view
    for _ in range(2):
        either_district.act(marking.give_reason, either_district.zhou, sheet_id, ITEM, "样板", NOON)
    for _ in range(2):
        either_district.act(marking.set_not_applicable, either_district.zhou, sheet_id, 5, "无此项", NOON)
    assert either_district.acts(sheet_id) == ["mark", "mark", "mark"]
    assert either_district.sees(sheet_id).audit_head == either_district.chain_head(sheet_id)


def test_a_reason_stays_while_it_still_explains_a_loss(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(marking.set_mark_with_reason, district.zhou, sheet_id, ITEM, LITTLE, "迟报", NOON)
    assert district.tap(sheet_id, ITEM, 100).view.sheet.marks[ITEM] == Mark(ITEM, 100, reason="迟报")
    assert district.tap(sheet_id, ITEM, FULL).view.sheet.marks[ITEM] == Mark(ITEM, FULL)


def test_a_new_reason_takes_the_place_of_the_old_one(district: District) -> None:
    sheet_id = district.hand_out()
    for reason in ("迟报", "漏报"):
        marked = district.act(marking.set_mark_with_reason, district.zhou, sheet_id, ITEM, LITTLE, reason, NOON)
    assert marked.view.sheet.marks[ITEM].reason == "漏报"


def test_not_applicable_and_points_drop_each_others_reasons(either_district: District) -> None:
    sheet_id, zhou = either_district.hand_out(), either_district.zhou
    either_district.act(marking.set_mark_with_reason, zhou, sheet_id, ITEM, LITTLE, "迟报", NOON)
    marked = either_district.act(marking.set_not_applicable, zhou, sheet_id, ITEM, "没有社工部", NOON)
    assert marked.view.sheet.marks[ITEM] == Mark(ITEM, None, not_applicable=True, reason="没有社工部")
    again = either_district.tap(sheet_id, ITEM, LITTLE)
    assert again.view.sheet.marks[ITEM] == Mark(ITEM, LITTLE)
    assert again.owes_reason
    assert [entry["body"] for entry in either_district.chain(sheet_id)[1:]] == [
        '{"item":4,"new":"n/a","new_reason":"没有社工部","old":50,"old_reason":"迟报"}',
        '{"item":4,"new":50,"new_reason":null,"old":"n/a","old_reason":"没有社工部"}',
    ]


def test_the_rest_is_filled_as_one_act_and_touches_no_mark(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    either_district.act(marking.set_mark_with_reason, either_district.zhou, sheet_id, ITEM, LITTLE, "迟报", NOON)
    view = either_district.act(marking.fill_rest, either_district.zhou, sheet_id, NOON)
    assert view.sheet.is_complete
    assert view.sheet.marks[ITEM] == Mark(ITEM, LITTLE, reason="迟报")
    assert view.sheet.marks[5] == Mark(5, 200, bulk=True)
    assert either_district.sees(sheet_id) == view
    assert either_district.acts(sheet_id) == ["mark", "fill_rest"]
    rest = ",".join(str(number) for number in range(1, 24) if number != ITEM)
    assert either_district.chain(sheet_id)[1]["body"] == f'{{"items":"{rest}"}}'


def test_filling_a_full_sheet_is_no_act(district: District) -> None:
    sheet_id = district.hand_out()
    first = district.act(marking.fill_rest, district.zhou, sheet_id, NOON)
    assert district.act(marking.fill_rest, district.zhou, sheet_id, NOON) == first
    assert district.acts(sheet_id) == ["fill_rest"]


def test_a_tap_on_a_filled_mark_makes_it_the_raters_own(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(marking.fill_rest, district.zhou, sheet_id, NOON)
    assert district.tap(sheet_id, ITEM, FULL).view.sheet.marks[ITEM] == Mark(ITEM, FULL)


def test_a_complete_sheet_is_handed_in_once(either_district: District) -> None:
    sheet_id, zhou = either_district.hand_out(), either_district.zhou
    either_district.act(marking.fill_rest, zhou, sheet_id, NOON)
    view = either_district.act(submitting.submit, zhou, sheet_id, NOON)
    assert view.sheet.state is SheetState.SUBMITTED
    assert view.submitted_at == NOON.now
    assert either_district.sees(sheet_id) == view
    assert either_district.acts(sheet_id) == ["fill_rest", "submit"]
    with pytest.raises(SheetSubmitted):
        either_district.act(submitting.submit, zhou, sheet_id, NOON)


def test_an_incomplete_sheet_is_not_handed_in_and_says_all_that_is_missing(district: District) -> None:
    sheet_id = district.hand_out()
    for item in district.sees(sheet_id).sheet.rubric.items[:-2]:
        district.tap(sheet_id, item.number, 0 if item.number in {3, 7} else item.max_points)
    with pytest.raises(SheetIncomplete) as refused:
        district.act(submitting.submit, district.zhou, sheet_id, NOON)
    assert refused.value == SheetIncomplete(without_mark=(22, 23), without_reason=(3, 7))
    assert district.sees(sheet_id).sheet.state is SheetState.OPEN


@pytest.mark.parametrize(
    ("item", "points", "refusal"),
    [
        (ITEM, 250, MarkOutOfRange(item=ITEM, points=250, max_points=200)),
        (ITEM, -50, MarkOutOfRange(item=ITEM, points=-50, max_points=200)),
        (ITEM, 125, MarkNotAStep(item=ITEM, points=125, step=50)),
        (24, 50, NoSuchItem(item=24, last=23)),
        (0, 50, NoSuchItem(item=0, last=23)),
    ],
)
def test_an_illegal_mark_changes_nothing(district: District, item: int, points: int, refusal: Refusal) -> None:
    sheet_id = district.hand_out()
    with pytest.raises(type(refusal)) as tapped:
        district.tap(sheet_id, item, points)
    with pytest.raises(type(refusal)) as typed:
        district.act(marking.set_mark_with_reason, district.zhou, sheet_id, item, points, "因为", NOON)
    assert tapped.value == typed.value == refusal
    assert district.chain(sheet_id) == []
    assert district.sees(sheet_id).sheet.marks == {}


def test_a_reason_needs_words_and_room_and_a_mark(district: District) -> None:
    sheet_id, zhou = district.hand_out(), district.zhou
    with pytest.raises(MarkMissing):
        district.act(marking.give_reason, zhou, sheet_id, ITEM, "迟报", NOON)
    district.tap(sheet_id, ITEM, LITTLE)
    for act in (marking.give_reason, marking.set_not_applicable):
        with pytest.raises(ReasonMissing):
            district.act(act, zhou, sheet_id, ITEM, " \u3000\n", NOON)
        with pytest.raises(ReasonTooLong):
            district.act(act, zhou, sheet_id, ITEM, "长" * (LONGEST_REASON + 1), NOON)
    assert district.sees(sheet_id).sheet.marks[ITEM] == Mark(ITEM, LITTLE)


def test_asking_opens_a_prompt_and_changes_no_mark(either_district: District) -> None:
    sheet_id, zhou = either_district.hand_out(), either_district.zhou
    with pytest.raises(MarkMissing):
        either_district.act(marking.ask, zhou, sheet_id, ITEM, "reason", NOON)
    asked = either_district.act(marking.ask, zhou, sheet_id, ITEM, "not_applicable", NOON)
    assert (asked.shows, asked.owes_reason) == (ITEM, False)
    assert asked.prompt_id is not None
    either_district.tap(sheet_id, ITEM, LITTLE)
    assert either_district.act(marking.ask, zhou, sheet_id, ITEM, "reason", NOON).owes_reason
    with pytest.raises(NoSuchItem):
        either_district.act(marking.ask, zhou, sheet_id, 24, "not_applicable", NOON)
    assert either_district.acts(sheet_id) == ["mark"]
