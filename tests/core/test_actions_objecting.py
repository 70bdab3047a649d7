"""异议: raised in time by who acts for the unit, kept as it was said, answered by the office, followed by a version."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from district import District, moment
from objecting_quarter import PHOTO, answers, asks, corrects, objects, open_to_objections, refuses
from quarter import AFTER, COMPUTED, DURING, FIRST, Quarter, assessed, four_townships, letters, question

from core.actions import deciding, objecting, objection_desk
from core.actions.door import Moment
from core.actions.objection_views import known_view
from core.actions.questions import question_for_file, take_file, take_words
from core.actions.todo import todo
from core.errors import FileTooBig, NothingCorrected, ObjectionDecided, ObjectionsOver
from core.filing_views import FileKept
from core.objections import Objected, choice_of, items_of
from core.store import filing_files, rankings
from core.store.evidence import Piece


@pytest.fixture
def quarter(district: District) -> Quarter:
    return open_to_objections(district)


def test_a_choice_of_items_travels_as_one_number() -> None:
    assert choice_of((4, 1, 23, 4)) == 0b1 | 0b1000 | 1 << 22
    assert items_of(choice_of((4, 1, 23))) == (1, 4, 23)
    assert items_of(0) == ()


def test_who_acts_for_a_unit_sees_where_it_stands_and_what_it_lost(quarter: Quarter) -> None:
    district, unit = quarter.district, quarter.district.units["仙庾镇"]
    (standing,) = district.act(objecting.choices, district.liu, DURING)
    assert (standing.unit, standing.rank, standing.period) == ("仙庾镇", 4, "2013-Q1")
    # Three working days after 1 April; the 4th to the 6th are 清明, and the 7th is worked for it.
    assert standing.until == moment("2013-04-08 00:00").now
    found = district.act(objecting.choosing, district.liu, standing.ranking_id, unit, (4,), DURING)
    assert len(found.items) == 23
    assert {item: (loss.lost, loss.reasons) for item, loss in found.losses.items()} == {
        number: (Fraction(found.items[number - 1].max_points), ("台账缺页",)) for number in (4, 5)
    }
    assert district.act(objecting.of_ranking, district.liu, standing.ranking_id, DURING) == (standing,)
    assert district.act(objecting.choices, district.liu, AFTER) == ()
    assert district.act(objecting.choices, district.people["deng"], DURING) == ()


def test_an_objection_is_kept_told_and_answered(quarter: Quarter) -> None:
    district = quarter.district
    taken = objects(quarter, " 会议记录齐全，请复核 ", (5, 4))
    view = taken.objection
    assert (view.items, view.text, view.state, view.version) == ((4, 5), "会议记录齐全，请复核", "open", 1)
    assert letters(district, "objection_raised") == [district.tang.telegram_id]
    assert quarter.acts()[-1] == "object"
    assert district.act(objecting.mine, district.liu, DURING) == (view,)
    assert district.act(known_view, view.objection_id, DURING) == view
    assert district.act(objection_desk.waiting, district.tang, DURING) == (view,)
    assert district.act(todo, district.tang, DURING).objections == 1
    assert district.act(todo, district.liu, DURING).objections == 0
    case = district.act(objection_desk.look, district.tang, view.objection_id, DURING)
    (sheet,) = case.sheets
    assert sheet.rater == "周建国"
    assert [(item.number, mark.points) for item, mark in sheet.marks if mark] == [(4, 0), (5, 0)]

    # Nothing is final while it is open, whatever the calendar says.
    assert quarter.finalises(AFTER) == "provisional"
    done = answers(quarter, view.objection_id, "现场核查属实", upholds=False, at=AFTER)
    assert (done.objection.state, done.objection.decision, done.published) == ("rejected", "现场核查属实", None)
    assert letters(district, "objection_decided") == [district.liu.telegram_id]
    assert quarter.acts()[-1] == "reject_objection"
    own = district.act(objecting.own, district.liu, view.objection_id, AFTER)
    assert (own.decided_by, own.decided_at) == ("唐文静", AFTER.now)
    assert quarter.finalises(AFTER) == "final"
    assert quarter.newest().version == 1
    refuses(quarter, ObjectionDecided, lambda: answers(quarter, view.objection_id, "再答", upholds=False))


def test_an_upheld_objection_makes_the_next_version(quarter: Quarter) -> None:
    district = quarter.district
    number = objects(quarter, items=(4, 5)).objection.objection_id
    refuses(quarter, NothingCorrected, lambda: answers(quarter, number, "属实", upholds=True))
    corrects(quarter, "4 2 会议记录已核实", number)
    case = district.act(objection_desk.look, district.tang, number, DURING)
    assert [(each.item, each.before, each.after, each.objection) for each in case.sheets[0].waiting] == [
        (4, 0, 200, number)
    ]
    done = answers(quarter, number, "会议记录已核实", upholds=True)
    assert (done.objection.state, done.published) == ("upheld", 2)
    assert quarter.acts()[-2:] == ["uphold", "rank"]
    newest = quarter.newest()
    assert (newest.version, newest.state) == (2, "provisional")
    assert newest.objections_until == moment("2013-04-08 00:00").now
    scores = {row["unit"]: row["score"] for row in json.loads(newest.body)["rows"]}
    before = district.act(rankings.of_version, newest, 1)
    assert before is not None
    assert before.state == "superseded"
    old = {row["unit"]: row["score"] for row in json.loads(before.body)["rows"]}
    assert {unit for unit in scores if scores[unit] != old[unit]} == {"仙庾镇"}
    assert quarter.finalises(AFTER) == "final"


def test_what_was_corrected_for_one_objection_answers_another(quarter: Quarter) -> None:
    first = objects(quarter, "第四条有误").objection.objection_id
    second = objects(quarter, "另有照片为证").objection.objection_id
    corrects(quarter, "4 2 已核实", first)
    assert answers(quarter, first, "属实", upholds=True).published == 2
    assert answers(quarter, second, "同上", upholds=True).published is None
    assert quarter.newest().version == 2


def test_the_same_words_twice_are_one_objection_and_others_are_another(quarter: Quarter) -> None:
    asked = asks(quarter)
    district, liu = quarter.district, quarter.district.liu

    def says(text: str) -> Objected:
        taken = district.act(take_words, liu, asked, text, DURING.now, DURING)
        assert isinstance(taken, Objected)
        return taken

    first, again, other = says("有误"), says(" 有误 "), says("有误，附照片")
    assert (first.again, again.again, other.again) == (False, True, False)
    assert again.objection == first.objection
    assert len(district.act(objecting.mine, liu, DURING)) == 2
    corrects(quarter, "4 2 已核实", first.objection.objection_id)
    answers(quarter, first.objection.objection_id, "属实", upholds=True)
    # The other one was raised to the version before, and is still the same objection.
    taken = objects(quarter, "有误，附照片")
    assert (taken.again, taken.objection.objection_id) == (True, other.objection.objection_id)
    # What was answered can be objected to again.
    assert not objects(quarter, "有误").again
    # Other items are another objection too; all of them are the ranking as a whole.
    assert objects(quarter, "有误，附照片", tuple(range(1, 24))).objection.items == ()


def test_files_hang_on_the_question(quarter: Quarter) -> None:
    district, liu, asked = quarter.district, quarter.district.liu, asks(quarter)

    def sends(piece: Piece, text: str = "", at: Moment = DURING) -> object:
        return district.act(take_file, liu, asked, piece, text, at.now, at)

    assert district.act(question_for_file, liu, None, None, DURING, goes_with=True) == asked
    refuses(quarter, FileTooBig, lambda: sends(replace(PHOTO, size=10**9)))
    assert sends(PHOTO) == FileKept("objection", 1)
    said = sends(replace(PHOTO, source_key="two"), "照片为证")
    assert isinstance(said, Objected)
    assert (said.added_file, said.objection.text, said.objection.files) == (True, "照片为证", 2)
    more, again = sends(replace(PHOTO, source_key="three"), at=AFTER), sends(replace(PHOTO, source_key="three"))
    assert isinstance(more, Objected)
    assert isinstance(again, Objected)
    assert (more.again, again.again, more.objection.files) == (False, True, 3)
    assert quarter.acts().count("attach") == 1
    number = said.objection.objection_id
    files = district.act(objection_desk.files_of, district.tang, number)
    district.act(filing_files.set_stored, files[0].file_id, "ab" * 32, 5)
    assert district.act(deciding.one_file, district.tang, files[0].file_id, DURING).sha256 == "ab" * 32
    answers(quarter, number, "照片看不清", upholds=False)
    # Once it is answered, a file is a file to an objection that there can be no more.
    refuses(quarter, ObjectionsOver, lambda: sends(replace(PHOTO, source_key="four"), at=AFTER))


def test_a_department_has_nobody_but_its_liaison_and_hears_no_single_townships_marks(quarter: Quarter) -> None:
    district = quarter.district
    department = district.units["区民政局"]

    row = {"unit_id": department, "unit": "区民政局", "rank": None, "tied": False, "score": None}
    rest: dict[str, object] = {"categories": [], "tie_line": None, "sheets": 0}
    first = quarter.newest()
    body = json.dumps({**json.loads(first.body), "rows": [{**row, **rest}]})
    ranking = district.act(rankings.add, replace(first, unit_kind="department", body=body)).id
    found = district.act(objecting.choosing, district.people["deng"], ranking, department, (), DURING)
    # There was no round of departments: nothing can be named, and the whole can be objected to.
    assert (found.items, found.losses) == ((), {})
    asked = district.act(objecting.ask, district.people["deng"], ranking, department, (), DURING)
    about = question(asked.prompt_id, "objection", f"{ranking}:{department}:")
    taken = district.act(take_words, district.people["deng"], about, "没有通知我单位", DURING.now, DURING)
    assert isinstance(taken, Objected)
    assert (taken.objection.items, taken.objection.unit) == ((), "区民政局")
    number = taken.objection.objection_id
    assert district.act(objection_desk.look, district.tang, number, DURING).sheets == ()


def test_a_unit_without_a_result_can_name_items_all_the_same(district: District) -> None:
    quarter = assessed(four_townships(district), FIRST, {"月塘街道": {}})
    ranking, unit = quarter.publish(COMPUTED).id, district.units["仙庾镇"]
    found = district.act(objecting.choosing, district.liu, ranking, unit, (4,), DURING)
    assert (len(found.items), found.losses, found.standing.rank) == (23, {}, None)


def test_the_time_is_open_while_the_holidays_are_unknown(quarter: Quarter) -> None:
    district = quarter.district
    district.act(lambda db: db.exec_driver_sql("UPDATE ranking SET objections_until = NULL"))
    (standing,) = district.act(objecting.choices, district.liu, AFTER)
    assert standing.until is None
    assert objects(quarter, at=AFTER).objection.until is None


def test_both_databases_keep_objections_alike(either_district: District) -> None:
    quarter = open_to_objections(either_district)
    number = objects(quarter).objection.objection_id
    corrects(quarter, "4 2 已核实\n5 不适用 没有这项工作", number)
    assert answers(quarter, number, "属实", upholds=True).published == 2
    assert quarter.finalises(AFTER) == "final"
    assert either_district.act(todo, either_district.tang, AFTER).objections == 0
