"""更正: a sealed sheet gets its next version, nothing is overwritten, and what is not published is nobody's to hear."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from district import CHAT, District, moment, shipped_rules
from quarter import AFTER, COMPUTED, DURING, FIRST, Quarter, appointed, assessed, four_townships, letters, question

from core.actions import correcting, explaining, marking, objecting, returning, rounds, submitting
from core.actions.correcting import publish_waiting, waiting_in_round
from core.actions.door import Moment
from core.actions.questions import take_words
from core.actions.staff import end_person
from core.corrections import Corrected, read_corrections
from core.errors import (
    CorrectionUnreadable,
    ItemNotInFocus,
    MarkNotAStep,
    MarkOutOfRange,
    NoSuchItem,
    NoSuchRound,
    NoSuchSheet,
    NotAllowed,
    NotHandedIn,
    NothingToPublish,
    NotSealed,
    ReasonMissing,
    Refusal,
    UnreadableMark,
)
from core.people import Role
from core.sheet import Mark
from core.store import handing_out, sheets, submissions
from core.store import rounds as round_rows

SEALED = moment("2013-04-01 08:00")
"""After the round is over and before it is ranked."""


@pytest.fixture
def quarter(district: District) -> Quarter:
    """The first quarter, assessed and not ranked yet."""
    return assessed(four_townships(district), FIRST)


def corrects(quarter: Quarter, text: str, at: Moment, unit: str = "仙庾镇", objection: int = 0) -> Corrected:
    """唐文静 corrects a sheet of 周建国's."""
    sheet, tang = quarter.sheets[unit], quarter.district.tang
    asked = quarter.district.act(correcting.ask, tang, sheet, objection, at)
    about = question(asked.prompt_id, "correction", f"{sheet}:{objection}")
    taken = quarter.district.act(take_words, tang, about, text, at.now, at)
    assert isinstance(taken, Corrected)
    return taken


def test_what_the_office_types_is_read_in_any_width() -> None:
    assert read_corrections("４：１．５　会议记录已核实\n7 不适用 没有这项工作") == (
        Mark(4, 150, reason="会议记录已核实"),
        Mark(7, None, not_applicable=True, reason="没有这项工作"),
    )
    for text in ("", "好的", "4", "仙庾镇 4 1.5 理由"):
        with pytest.raises(CorrectionUnreadable):
            read_corrections(text)
    with pytest.raises(ReasonMissing):
        read_corrections("4 1.5")
    with pytest.raises(UnreadableMark):
        read_corrections("4 1 5")


def test_a_correction_is_the_next_version_and_nothing_is_overwritten(quarter: Quarter) -> None:
    district, sheet = quarter.district, quarter.sheets["仙庾镇"]
    before = district.act(sheets.record, district.id, sheet, SEALED.today)
    assert before is not None
    done = corrects(quarter, "4 1.5 会议记录已核实；5：2 不全", SEALED)
    assert (done.version, done.items, done.again) == (2, (4, 5), False)
    # What is still to be ranked needs no publication of its own.
    assert done.waiting == ()
    old, new = (district.act(submissions.marks_of, sheet, version) for version in (1, 2))
    assert old is not None
    assert new is not None
    assert (old[4].points, new[4].points, new[4].reason) == (0, 150, "会议记录已核实")
    assert {item for item in old if old[item] != new[item]} == {4, 5}
    after = district.act(sheets.record, district.id, sheet, SEALED.today)
    assert after is not None
    assert (after.submitted_at, after.state) == (before.submitted_at, "submitted")
    act = district.chain(sheet)[-2]
    assert (act["act"], act["person"]) == ("correct", district.tang.person_id)
    assert json.loads(act["body"]) == {
        "item": 4,
        "old": 0,
        "old_reason": "台账缺页",
        "new": 150,
        "new_reason": "会议记录已核实",
        "objection": None,
        "version": 2,
    }
    assert letters(district, "sheet_corrected") == [district.zhou.telegram_id]
    again = corrects(quarter, "4 1.5 会议记录已核实", SEALED)
    assert (again.again, again.version) == (True, 2)
    assert district.acts(sheet).count("correct") == 2


def test_what_is_not_published_is_seen_by_the_office_and_by_nobody_else(quarter: Quarter) -> None:
    district, unit = quarter.district, quarter.district.units["仙庾镇"]
    assert district.act(waiting_in_round, district.tang, quarter.round_id, SEALED).sheets == ()
    quarter.publish(COMPUTED)
    published = district.act(explaining.why, district.liu, unit, DURING)
    done = corrects(quarter, "4 1 核实一半", DURING)
    corrects(quarter, "4 不适用 没有这项工作", DURING)
    assert [(each.before, each.after) for each in done.waiting] == [(0, 100)]
    told = district.act(explaining.why, district.liu, unit, DURING)
    # Nothing but the word that something waits has changed.
    assert told.reasons is not None
    assert told.reasons.basis == "corrected"
    assert replace(told, reasons=replace(told.reasons, basis="frozen")) == published
    seen = district.act(returning.submitted, district.tang, quarter.sheets["仙庾镇"], DURING)
    assert (seen.can_correct, [(each.before, each.after) for each in seen.waiting]) == (True, [(0, 100), (100, None)])
    waits = district.act(waiting_in_round, district.tang, quarter.round_id, DURING)
    assert [(each.unit, len(each.corrections)) for each in waits.sheets] == [("仙庾镇", 2)]
    out = district.act(publish_waiting, district.tang, quarter.round_id, DURING)
    assert (out.published, out.sheets, quarter.newest().version) == (2, (), 2)
    assert "publish_corrections" in quarter.acts()
    told = district.act(explaining.why, district.liu, unit, DURING)
    assert told.reasons is not None
    assert {loss.item.number for loss in told.reasons.losses} == {5}
    assert district.act(returning.submitted, district.tang, quarter.sheets["仙庾镇"], DURING).waiting == ()
    with pytest.raises(NothingToPublish):
        district.act(publish_waiting, district.tang, quarter.round_id, DURING)


def test_a_late_correction_of_a_final_is_final_at_once(quarter: Quarter) -> None:
    quarter.publish(COMPUTED)
    assert quarter.finalises(AFTER) == "final"
    corrects(quarter, "4 2 会议记录已核实", AFTER)
    district = quarter.district
    assert district.act(publish_waiting, district.tang, quarter.round_id, AFTER).published == 2
    assert quarter.newest().state == "final"


def test_a_ranking_that_kept_no_inputs_is_told_by_time(quarter: Quarter) -> None:
    district = quarter.district
    corrects(quarter, "5 1 排名之前已更正", SEALED)
    quarter.publish(COMPUTED)
    district.act(lambda db: db.exec_driver_sql("UPDATE ranking SET inputs = NULL"))
    done = corrects(quarter, "4 2 会议记录已核实", DURING)
    assert [each.item for each in done.waiting] == [4]
    assert district.act(publish_waiting, district.tang, quarter.round_id, DURING).published == 2


def test_a_round_that_was_reopened_is_ranked_anew_by_itself(quarter: Quarter) -> None:
    quarter.publish(COMPUTED)
    district, again = quarter.district, moment("2013-04-03 00:00")
    record = district.act(round_rows.known, quarter.round_id)
    district.act(round_rows.set_closing, record, again.now)
    assert corrects(quarter, "4 2 会议记录已核实", moment("2013-04-03 08:00")).waiting == ()


def test_a_head_that_no_version_has_shows_the_marks_as_they_are(quarter: Quarter) -> None:
    quarter.publish(COMPUTED)
    corrects(quarter, "4 2 会议记录已核实", DURING)
    district = quarter.district
    district.act(lambda db: db.exec_driver_sql("UPDATE submission SET audit_head = 'none'"))
    told = district.act(explaining.why, district.liu, district.units["仙庾镇"], DURING)
    assert told.reasons is not None
    assert {loss.item.number for loss in told.reasons.losses} == {5}


def test_a_correction_answers_only_an_open_objection_of_its_unit(quarter: Quarter) -> None:
    quarter.publish(COMPUTED)
    district, unit = quarter.district, quarter.district.units["仙庾镇"]
    asked = district.act(objecting.ask, district.liu, quarter.newest().id, unit, (4,), DURING)
    about = question(asked.prompt_id, "objection", f"{quarter.newest().id}:{unit}:4")
    raised = district.act(objecting.take_words, district.liu, about, "有误", DURING.now, DURING)
    number = raised.objection.objection_id
    for named, township, kept in ((number, "仙庾镇", number), (number, "月塘街道", 0), (99_999, "仙庾镇", 0)):
        sheet = quarter.sheets[township]
        answer = district.act(correcting.ask, district.tang, sheet, named, DURING)
        assert answer.objection_id == kept


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("24 1 没有这一条", NoSuchItem),
        ("4 99 太多", MarkOutOfRange),
        ("4 1.25 不成档", MarkNotAStep),
        ("4 1", ReasonMissing),
        ("请改", UnreadableMark),
    ],
)
def test_all_of_it_holds_or_nothing(quarter: Quarter, text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        corrects(quarter, f"5 1 先写一条\n{text}", SEALED)
    assert quarter.district.acts(quarter.sheets["仙庾镇"])[-1] == "submit"


def test_only_what_is_sealed_and_was_handed_in_is_corrected_and_only_by_the_office(quarter: Quarter) -> None:
    district, sheet = quarter.district, quarter.sheets["仙庾镇"]
    with pytest.raises(NotAllowed):
        district.act(correcting.ask, district.zhou, sheet, 0, SEALED)
    with pytest.raises(NotSealed):
        district.act(correcting.ask, district.tang, sheet, 0, moment("2013-03-30 10:00"))
    with pytest.raises(NoSuchSheet):
        district.act(correcting.ask, district.tang, 99_999, 0, SEALED)
    draft = replace(district, round_id=quarter.round_id).hand_out("月塘街道", "luo")
    with pytest.raises(NotHandedIn):
        district.act(correcting.ask, district.tang, draft, 0, SEALED)
    for number in (99_999, 2**40):
        with pytest.raises(NoSuchRound):
            district.act(waiting_in_round, district.tang, number, SEALED)
    with pytest.raises(NotAllowed):
        district.act(waiting_in_round, district.zhou, quarter.round_id, SEALED)
    record = district.act(round_rows.known, quarter.round_id)
    district.act(round_rows.set_focus, record, "4,5")
    with pytest.raises(ItemNotInFocus):
        corrects(quarter, "6 1 不在重点里", SEALED)


def test_who_left_is_not_told_and_of_a_townships_sheet_its_officers_are(quarter: Quarter) -> None:
    district = quarter.district
    district.act(end_person, district.tang, district.zhou.person_id, SEALED)
    corrects(quarter, "4 1 核实一半", SEALED)
    assert letters(district, "sheet_corrected") == []
    other = appointed(district, "李平", 990101, Role.OFFICER, "仙庾镇")
    begin, end = moment("2013-03-20 08:00"), moment("2013-04-01 00:00")
    opened = district.act(
        rounds.open_round, district.id, FIRST, "department", shipped_rules("department"), begin.now, end.now
    )
    department, township = district.units["区民政局"], district.units["仙庾镇"]
    sheet = district.act(rounds.hand_out_to_unit, opened, department, township)
    day = moment("2013-03-25 10:00")
    district.act(marking.set_mark, district.liu, CHAT, sheet, 1, 0, day)
    district.act(marking.fill_rest, district.liu, sheet, day)
    district.act(marking.give_reason, district.liu, sheet, 1, "没有来过", day)
    district.act(submitting.submit, district.liu, sheet, day)
    asked = district.act(correcting.ask, district.tang, sheet, 0, SEALED)
    about = question(asked.prompt_id, "correction", f"{sheet}:0")
    district.act(take_words, district.tang, about, "1 1 来过一次", SEALED.now, SEALED)
    assert letters(district, "sheet_corrected") == [district.liu.telegram_id, other.telegram_id]
    assert district.act(handing_out.raters, opened, SEALED.today) == []
