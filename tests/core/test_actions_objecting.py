"""异议: raised in time by who acts for the unit, kept as it was said, answered by the office, followed by a version."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from district import District, moment
from quarter import AFTER, COMPUTED, DURING, FIRST, Quarter, assessed, four_townships, letters, question

from core.actions import correcting, deciding, objecting, objection_desk
from core.actions.door import Moment
from core.actions.objection_views import known_view
from core.actions.questions import question_for_file, take_file, take_words
from core.actions.todo import todo
from core.errors import (
    FileTooBig,
    ItemNotInFocus,
    NoSuchItem,
    NoSuchObjection,
    NoSuchRanking,
    NotAllowed,
    NothingCorrected,
    NotProvisional,
    NotYourUnit,
    ObjectionDecided,
    ObjectionsOver,
    Refusal,
    TextMissing,
    TextTooLong,
)
from core.filing_views import FileKept
from core.objections import LONGEST_OBJECTION, Objected, ObjectionAnswered, choice_of, items_of
from core.snapshots import Question
from core.store import filing_files, rankings, rounds
from core.store.evidence import Piece

PHOTO = Piece("photo", "one", "file-1", None, 1000)


@pytest.fixture
def quarter(district: District) -> Quarter:
    """The first quarter, ranked and open to objections."""
    found = assessed(four_townships(district), FIRST)
    found.publish(COMPUTED)
    return found


def asks(quarter: Quarter, items: tuple[int, ...] = (4,), at: Moment = DURING) -> Question:
    """刘芳 of 仙庾镇 is asked what she objects."""
    unit = quarter.district.units["仙庾镇"]
    asked = quarter.district.act(objecting.ask, quarter.district.liu, quarter.newest().id, unit, items, at)
    about = f"{asked.standing.ranking_id}:{unit}:{','.join(map(str, asked.items))}"
    return question(asked.prompt_id, "objection", about)


def objects(
    quarter: Quarter, text: str = "会议记录齐全", items: tuple[int, ...] = (4,), at: Moment = DURING
) -> Objected:
    """刘芳 objects."""
    asked = asks(quarter, items, at)
    taken = quarter.district.act(take_words, quarter.district.liu, asked, text, at.now, at)
    assert isinstance(taken, Objected)
    return taken


def corrects(quarter: Quarter, text: str, objection: int = 0, at: Moment = DURING) -> None:
    """唐文静 corrects 仙庾镇's sheet."""
    sheet, tang = quarter.sheets["仙庾镇"], quarter.district.tang
    asked = quarter.district.act(correcting.ask, tang, sheet, objection, at)
    about = question(asked.prompt_id, "correction", f"{sheet}:{objection}")
    quarter.district.act(take_words, tang, about, text, at.now, at)


def answers(quarter: Quarter, number: int, text: str, *, upholds: bool, at: Moment = DURING) -> ObjectionAnswered:
    """唐文静 answers an objection."""
    tang = quarter.district.tang
    asked = quarter.district.act(objection_desk.ask, tang, number, at, upholds=upholds)
    kind = "uphold" if upholds else "reject_objection"
    taken = quarter.district.act(take_words, tang, question(asked.prompt_id, kind, str(number)), text, at.now, at)
    assert isinstance(taken, ObjectionAnswered)
    return taken


def refuses(quarter: Quarter, refusal: type[Refusal], act: Callable[[], object]) -> None:
    """An act is refused, and changes nothing."""
    before = quarter.acts()
    with pytest.raises(refusal):
        act()
    assert quarter.acts() == before


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


def test_the_time_at_which_it_was_sent_counts(quarter: Quarter) -> None:
    district, liu, asked = quarter.district, quarter.district.liu, asks(quarter)
    until = quarter.newest().objections_until
    assert until is not None
    assert quarter.finalises(AFTER) == "final"
    refuses(quarter, ObjectionsOver, lambda: district.act(take_words, liu, asked, "晚了", until, AFTER))
    taken = district.act(take_words, liu, asked, "没有网络时写的", until - timedelta(seconds=1), AFTER)
    assert isinstance(taken, Objected)
    # It is final by then, and an upheld objection corrects that.
    corrects(quarter, "4 2 已核实", taken.objection.objection_id, AFTER)
    done = answers(quarter, taken.objection.objection_id, "属实", upholds=True, at=AFTER)
    assert (done.published, quarter.newest().state) == (2, "final")
    refuses(quarter, NotProvisional, lambda: asks(quarter, at=AFTER))
    refuses(quarter, NotProvisional, lambda: asks(quarter, at=DURING))


def test_what_is_refused(quarter: Quarter) -> None:
    district, liu, ranking = quarter.district, quarter.district.liu, quarter.newest().id
    mine, other = district.units["仙庾镇"], district.units["月塘街道"]

    def asking(number: int, unit: int, items: tuple[int, ...] = (), at: Moment = DURING) -> Callable[[], object]:
        return lambda: district.act(objecting.ask, liu, number, unit, items, at)

    refuses(quarter, NoSuchRanking, asking(99_999, mine))
    refuses(quarter, NotYourUnit, asking(ranking, other))
    refuses(quarter, NoSuchItem, asking(ranking, mine, (41,)))
    refuses(quarter, ObjectionsOver, asking(ranking, mine, (4,), AFTER))
    refuses(quarter, NotAllowed, lambda: district.act(objecting.choices, district.zhou, DURING))
    refuses(quarter, NotYourUnit, lambda: district.act(objecting.of_ranking, district.people["deng"], ranking, DURING))
    refuses(quarter, ObjectionsOver, lambda: district.act(objecting.of_ranking, liu, ranking, AFTER))
    refuses(quarter, TextMissing, lambda: objects(quarter, "  "))
    refuses(quarter, TextTooLong, lambda: objects(quarter, "长" * (LONGEST_OBJECTION + 1)))
    elsewhere = replace(liu, district_id=district.id + 1)
    refuses(quarter, NoSuchRanking, lambda: district.act(objecting.ask, elsewhere, ranking, mine, (), DURING))
    number = objects(quarter).objection.objection_id
    refuses(quarter, NoSuchObjection, lambda: district.act(objecting.own, district.people["chen"], number, DURING))
    refuses(quarter, NoSuchObjection, lambda: district.act(objecting.own, liu, 99_999, DURING))
    refuses(quarter, NotAllowed, lambda: district.act(objection_desk.look, liu, number, DURING))
    refuses(quarter, NoSuchObjection, lambda: district.act(objection_desk.look, district.tang, 99_999, DURING))
    refuses(quarter, NotAllowed, lambda: district.act(objecting.mine, district.zhou, DURING))
    refuses(quarter, NotAllowed, lambda: district.act(objection_desk.waiting, district.zhou, DURING))


def test_only_items_that_counted_can_be_named(quarter: Quarter) -> None:
    district = quarter.district
    record = district.act(rounds.known, quarter.round_id)
    district.act(rounds.set_focus, record, "4,5")
    refuses(quarter, ItemNotInFocus, lambda: asks(quarter, (6,)))
    unit = district.units["仙庾镇"]
    found = district.act(objecting.choosing, district.liu, quarter.newest().id, unit, (), DURING)
    assert [item.number for item in found.items] == [4, 5]


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
    quarter = assessed(four_townships(either_district), FIRST)
    quarter.publish(COMPUTED)
    number = objects(quarter).objection.objection_id
    corrects(quarter, "4 2 已核实\n5 不适用 没有这项工作", number)
    assert answers(quarter, number, "属实", upholds=True).published == 2
    assert quarter.finalises(AFTER) == "final"
    assert either_district.act(todo, either_district.tang, AFTER).objections == 0
