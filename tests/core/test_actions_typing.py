"""What people type: answers to prompts before shorthand, and shorthand that says which sheet it means."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clock_office import REMINDER
from district import CHAT, JUNE, NOON, District, later, moment, shipped_rules

from core.actions import marking, overview, rounds
from core.actions.typing import Answered, Said, Typed, take_caption, take_text, type_marks
from core.errors import (
    AmbiguousUnit,
    MarkMissing,
    MarkOutOfRange,
    NoOpenSheet,
    ReasonMissing,
    ReplyWanted,
    UnknownUnit,
    UnreadableMark,
)
from core.people import Actor
from core.schedule_views import FIRE, SKIP, ForTheClock
from core.scheduler import desk
from core.sheet import Mark
from core.store import prompts
from core.store.evidence import Piece

HERE = CHAT.chat_id


def types(
    district: District, text: str, reply_to: int | None = None, actor: Actor | None = None
) -> Answered | Typed | None:
    """The assessor sends a text."""
    taken = district.act(take_text, actor or district.zhou, Said(HERE, text, reply_to, NOON.now), NOON)
    assert taken is None or isinstance(taken, Answered | Typed)
    return taken


def asked(district: District, sheet_id: int, item: int, message_id: int) -> None:
    """A tap that lost points, whose question stands in this message."""
    marked = district.tap(sheet_id, item, 0)
    assert marked.prompt_id is not None
    district.act(prompts.set_message, marked.prompt_id, message_id)


def marks(district: District, sheet_id: int) -> dict[int, tuple[int | None, str | None]]:
    """Points and reason by item."""
    return {mark.item: (mark.points, mark.reason) for mark in district.sees(sheet_id).sheet.marks.values()}


def test_a_text_answers_the_only_open_question(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    asked(either_district, sheet_id, 4, 501)
    answered = types(either_district, "月报迟了两天")
    assert isinstance(answered, Answered)
    assert (answered.prompt.sheet_id, answered.prompt.item, answered.prompt.kind) == (sheet_id, 4, "reason")
    assert marks(either_district, sheet_id) == {4: (0, "月报迟了两天")}


def test_a_question_that_nobody_remembers_wants_a_reply(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    in_time, late = later(NOON, hours=12), later(NOON, hours=13)
    said = Said(HERE, "月报迟了两天", None, late.now)
    with pytest.raises(ReplyWanted):
        district.act(take_text, district.zhou, said, late)
    assert marks(district, sheet_id) == {4: (0, None)}
    # Marks are still read, and a reply is an answer at any time.
    assert isinstance(district.act(take_text, district.zhou, replace(said, text="7 5"), late), Typed)
    assert isinstance(district.act(take_text, district.zhou, replace(said, sent_at=in_time.now), in_time), Answered)
    assert isinstance(district.act(take_text, district.zhou, replace(said, reply_to=501), late), Answered)


def test_only_a_reply_answers_what_cannot_be_taken_back(running: District) -> None:
    asked = running.act(desk.ask, running.tang, FIRE, REMINDER, NOON)
    running.act(prompts.set_message, asked.prompt_id, 601)
    # The second reads like a mark, which who has no sheet cannot mean.
    for text in ("检修", "6月27日 10:00 检修"):
        with pytest.raises(ReplyWanted):
            running.act(take_text, running.tang, Said(HERE, text, None, NOON.now), NOON)
    taken = running.act(take_text, running.tang, Said(HERE, "检修", 601, NOON.now), NOON)
    about = f"{REMINDER.schedule}:{REMINDER.day}:0"
    assert taken == ForTheClock(asked.prompt_id, FIRE, about, "检修")
    # What was skipped can be put back.
    asked = running.act(desk.ask, running.tang, SKIP, REMINDER, NOON)
    running.act(prompts.close, taken.prompt_id, NOON.now)
    taken = running.act(take_text, running.tang, Said(HERE, "检修", None, NOON.now), NOON)
    assert taken == ForTheClock(asked.prompt_id, SKIP, about, "检修")


def test_a_reply_says_which_question_it_answers(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    asked(either_district, sheet_id, 4, 501)
    asked(either_district, sheet_id, 5, 502)
    assert isinstance(types(either_district, "台账缺页", reply_to=501), Answered)
    assert isinstance(types(either_district, "没有走访", reply_to=502), Answered)
    assert marks(either_district, sheet_id) == {4: (0, "台账缺页"), 5: (0, "没有走访")}


def test_a_second_reply_corrects_the_first(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    types(district, "台账缺页", reply_to=501)
    types(district, "台账缺两页", reply_to=501)
    assert marks(district, sheet_id) == {4: (0, "台账缺两页")}


def test_a_reply_may_even_look_like_shorthand(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    assert isinstance(types(district, "5:2", reply_to=501), Answered)
    assert marks(district, sheet_id) == {4: (0, "5:2")}


def test_a_reply_to_any_other_message_is_just_a_text(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    assert isinstance(types(district, "迟报", reply_to=999), Answered)
    assert marks(district, sheet_id) == {4: (0, "迟报")}


def test_nobody_answers_another_persons_question(district: District) -> None:
    sheet_id = district.hand_out(rater="zhou")
    district.hand_out("月塘街道", rater="luo")
    asked(district, sheet_id, 4, 501)
    assert types(district, "迟报", reply_to=501, actor=district.luo) is None
    assert marks(district, sheet_id) == {4: (0, None)}


def test_with_several_questions_open_a_bare_text_answers_none(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    asked(district, sheet_id, 5, 502)
    assert types(district, "迟报") is None
    assert marks(district, sheet_id) == {4: (0, None), 5: (0, None)}


def test_asking_again_about_an_item_leaves_one_question(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    asked(district, sheet_id, 4, 502)
    assert isinstance(types(district, "迟报"), Answered)


def test_cancel_closes_every_question(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    asked(district, sheet_id, 5, 502)
    assert district.act(overview.close_prompts, district.zhou, NOON)
    assert not district.act(overview.close_prompts, district.zhou, NOON)
    assert types(district, "迟报") is None


def test_a_question_about_not_applicable_takes_its_answer_as_that(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(marking.ask, district.zhou, sheet_id, 15, "not_applicable", NOON)
    types(district, "没有值班任务")
    assert district.sees(sheet_id).sheet.marks[15] == Mark(15, None, not_applicable=True, reason="没有值班任务")


@pytest.mark.parametrize("text", ["5:2", "第5条：2", "仙庾镇 5 2", "仙庾镇5：2", "5 2"])
def test_plain_shorthand_goes_before_an_open_question(district: District, text: str) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    assert isinstance(types(district, text), Typed)
    assert marks(district, sheet_id) == {4: (0, None), 5: (200, None)}


@pytest.mark.parametrize("text", ["5 9", "99 1", "仙庾镇政府迟报", "5 迟报", "3 3月4月都没报"])
def test_what_may_be_a_reason_answers_the_open_question(district: District, text: str) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    assert isinstance(types(district, text), Answered)
    assert marks(district, sheet_id) == {4: (0, text)}


def test_lines_fill_the_sheet_and_tell_what_still_owes_a_reason(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    typed = types(either_district, "仙庾镇\n4 1.5 迟报一天\n5：０．５\n3 不适用 没有干部\n4 1。5 迟报两天")
    assert isinstance(typed, Typed)
    assert (typed.items, typed.owing, typed.attached) == ((4, 5, 3), (5,), None)
    assert marks(either_district, sheet_id) == {4: (150, "迟报两天"), 5: (50, None), 3: (None, "没有干部")}


def test_a_line_without_a_mark_gives_the_reason(district: District) -> None:
    sheet_id = district.hand_out()
    district.tap(sheet_id, 4, 200)
    typed = types(district, "4 样板做得好")
    assert isinstance(typed, Typed)
    assert typed.items == ()
    assert marks(district, sheet_id) == {4: (200, "样板做得好")}
    with pytest.raises(MarkMissing):
        types(district, "5 样板做得好")


def test_all_entries_hold_or_none_does(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    with pytest.raises(MarkOutOfRange):
        types(either_district, "4:2 5:9")
    with pytest.raises(ReasonMissing):
        types(either_district, "4:2 5:不适用")
    assert marks(either_district, sheet_id) == {}
    assert either_district.chain(sheet_id) == []


@pytest.mark.parametrize("text", ["", "你好", "4", "第4条"])
def test_what_says_nothing_means_nothing(district: District, text: str) -> None:
    district.hand_out()
    assert types(district, text) is None


def test_a_mark_that_cannot_be_read_is_refused(district: District) -> None:
    district.hand_out()
    with pytest.raises(UnreadableMark):
        types(district, "4:1.5.5")


def test_what_cannot_be_read_answers_an_open_question(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    assert isinstance(types(district, "4:1.5.5"), Answered)
    assert marks(district, sheet_id) == {4: (0, "4:1.5.5")}


def test_the_sheet_is_the_one_named_else_the_one_on_screen(district: District) -> None:
    here, there = district.hand_out("仙庾镇"), district.hand_out("月塘街道")
    with pytest.raises(AmbiguousUnit) as refused:
        types(district, "4:2")
    assert set(refused.value.units) == {"仙庾镇", "月塘街道"}
    district.tap(there, 1, 200)
    types(district, "4:2")
    types(district, "仙庾镇 5:2")
    assert marks(district, there) == {1: (200, None), 4: (200, None)}
    assert marks(district, here) == {5: (200, None)}


def test_a_unit_without_an_open_sheet_is_unknown(district: District) -> None:
    district.hand_out("仙庾镇")
    district.submitted("月塘街道")
    for name in ("月塘街道", "芦淞镇"):
        with pytest.raises(UnknownUnit) as refused:
            types(district, f"{name} 4:2")
        assert refused.value.name == name


def test_without_any_open_sheet_there_is_nothing_to_fill(district: District) -> None:
    with pytest.raises(NoOpenSheet):
        types(district, "4:2")


def test_two_open_rounds_of_one_unit_are_told_apart_by_the_screen(district: District) -> None:
    june = district.hand_out("仙庾镇")
    opens, closes = moment("2013-06-20 00:00").now, moment("2013-07-05 00:00").now
    quarter = district.act(rounds.open_round, district.id, JUNE.next(), "township", shipped_rules(), opens, closes)
    july = district.act(rounds.hand_out, quarter, district.units["仙庾镇"], district.zhou.person_id)
    with pytest.raises(AmbiguousUnit) as refused:
        types(district, "仙庾镇 4:2")
    assert refused.value.units == ("仙庾镇",)
    district.tap(july, 1, 200)
    types(district, "仙庾镇 4:2")
    assert marks(district, june) == {}
    assert marks(district, july) == {1: (200, None), 4: (200, None)}


def test_a_caption_attaches_to_its_item_and_may_set_the_mark(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    photo = Piece("photo", "unique-1", telegram_file_id="file-1", caption="4")
    named = either_district.act(take_caption, either_district.zhou, HERE, "4", photo, NOON)
    assert named is not None
    assert (named.items, named.owing) == ((), ())
    assert named.attached is not None
    assert (named.attached.item, named.attached.count, named.attached.new) == (4, 1, True)
    second = Piece("photo", "unique-2", telegram_file_id="file-2", caption="5:1 缺页")
    marked = either_district.act(take_caption, either_district.zhou, HERE, "5:1 缺页", second, NOON)
    assert marked is not None
    assert (marked.items, marked.owing) == ((5,), ())
    assert marked.view.evidence == {4: 1, 5: 1}
    assert marks(either_district, sheet_id) == {5: (100, "缺页")}


@pytest.mark.parametrize("caption", ["现场照片", "仙庾镇"])
def test_a_caption_that_names_no_item_is_only_a_caption(district: District, caption: str) -> None:
    district.hand_out()
    photo = Piece("photo", "unique-1", telegram_file_id="file-1")
    assert district.act(take_caption, district.zhou, HERE, caption, photo, NOON) is None
    # Who has no sheet names no item by a figure.
    assert district.act(take_caption, district.tang, HERE, "4", photo, NOON) is None


def test_type_marks_reads_shorthand_alone(district: District) -> None:
    sheet_id = district.hand_out()
    asked(district, sheet_id, 4, 501)
    assert district.act(type_marks, district.zhou, HERE, "迟报", NOON) is None
