"""Filing: reports, briefings and workdays in answer to the bot's questions, with the time that counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from district import JUNE, LONG_AGO, District, moment
from inviting_office import letters
from test_actions_suggesting import file as filed_before

from core import audit
from core.actions import answer_files, filing, filing_desk, questions
from core.actions.door import Moment
from core.actions.typing import Said, Typed, take_text
from core.calendar import Duty
from core.duties import FilingState
from core.errors import (
    FileTooBig,
    NoSuchDutyDay,
    NotAllowed,
    NothingToFileFor,
    NotYourUnit,
    TextMissing,
    TextTooLong,
    WorkdayUnreadable,
)
from core.filing import LONGEST_TEXT
from core.filing_views import AskedFiling, Filed, FileKept
from core.people import Actor, Role
from core.periods import Period
from core.snapshots import Question
from core.store import audit_log, filing_files, filings, people, prompts
from core.store.evidence import Lost, Piece

DUE = moment("2013-06-26 10:00")
REPORT = Piece("file", "a", "tg-a", "6月报表.xlsx", 1000)
PHOTO = Piece("photo", "b", "tg-b", None, 900)


def question(asked: AskedFiling, kind: str, unit: int) -> Question:
    return Question(asked.prompt_id, kind, f"{unit}:{asked.key}")


def asks(office: District, kind: str, at: Moment = DUE, who: Actor | None = None) -> Question:
    """The officer of 仙庾镇 gives a command."""
    unit, actor = office.units["仙庾镇"], who or office.liu
    if kind == "report":
        month = office.act(filing.open_reports, actor, at)[0].month
        return question(office.act(filing.ask_report, actor, unit, month, at), kind, unit)
    if kind == "briefing":
        return question(office.act(filing.ask_briefing, actor, unit, at), kind, unit)
    day = office.act(filing.open_workdays, actor, at)[0].day
    return question(office.act(filing.ask_workday, actor, unit, day, at), kind, unit)


def says(office: District, to: Question, text: str, at: Moment = DUE) -> Filed:
    return office.act(filing.take_words, office.liu, to, text, at.now, at)


def sends(office: District, to: Question, piece: Piece, text: str = "", at: Moment = DUE) -> Filed | FileKept:
    return office.act(filing.take_file, office.liu, to, piece, text, at.now, at)


def chain(office: District) -> list[str]:
    links = office.act(audit_log.links, f"ledger:{office.units['仙庾镇']}")
    assert audit.verify(links) is None
    return [str(link.entry["act"]) for link in links]


def test_a_report_of_files_is_one_filing(either_office: District) -> None:
    office = either_office
    asked = asks(office, "report")
    first = sends(office, asked, REPORT)
    assert isinstance(first, Filed)
    assert (first.filing.key, first.filing.version, first.filing.files, first.filing.is_late) == (
        "2013-06",
        1,
        1,
        False,
    )
    second = sends(office, asked, PHOTO)
    assert isinstance(second, Filed)
    assert (second.filing.filing_id, second.filing.files) == (first.filing.filing_id, 2)
    again = sends(office, asked, PHOTO)
    assert isinstance(again, Filed)
    assert (again.filing.files, again.again) == (2, True)
    worded = says(office, asked, "本月小结")
    assert (worded.filing.filing_id, worded.filing.text) == (first.filing.filing_id, "本月小结")
    corrected = says(office, asked, "本月小结（更正）")
    assert (corrected.filing.version, corrected.filing.files) == (2, 2)
    assert says(office, asked, "本月小结（更正）").again
    assert chain(office) == ["file", "attach", "word", "file"]


def test_a_new_question_is_a_new_version(office: District) -> None:
    says(office, asks(office, "report"), "第一版")
    unit = office.units["仙庾镇"]
    asked = office.act(filing.ask_report, office.liu, unit, JUNE, DUE)
    assert asked.versions == 1
    assert says(office, question(asked, "report", unit), "第二版").filing.version == 2


def test_both_months_can_be_reported_and_what_is_filed_is_told(office: District) -> None:
    def reports(at: Moment) -> list[tuple[str, bool]]:
        return [(str(each.month), each.is_filed) for each in office.act(filing.open_reports, office.liu, at)]

    second = moment("2013-07-02 10:00")
    assert reports(second) == [("2013-06", False), ("2013-07", False)]
    says(office, asks(office, "report", second), "六月小结", second)
    assert reports(second) == [("2013-06", True), ("2013-07", False)]
    assert reports(moment("2013-07-26 10:00")) == [("2013-07", False), ("2013-06", True)]
    with pytest.raises(NotAllowed):
        office.act(filing.open_reports, office.people["deng"], second)


def test_what_counts_is_when_it_was_sent(office: District) -> None:
    asked = asks(office, "report")
    night = moment("2013-06-27 00:20")
    sent = moment("2013-06-26 23:59").now
    taken = office.act(filing.take_words, office.liu, asked, "停机前发的", sent, night)
    assert (taken.filing.filed_at, taken.filing.is_late) == (sent, False)
    late = office.act(filing.take_words, office.liu, asked, "次日更正", night.now, night)
    assert late.filing.is_late


def test_a_briefing_counts_for_the_week_it_was_sent_in_and_waits_for_the_office(office: District) -> None:
    sunday, monday = moment("2013-06-30 23:50"), moment("2013-07-01 08:00")
    asked = asks(office, "briefing", sunday)
    taken = office.act(filing.take_words, office.liu, asked, "调解室启用\n今天启用", sunday.now, monday)
    assert (taken.filing.key, taken.filing.state) == ("2013-W26", FilingState.PENDING)
    assert (taken.filing.title, taken.filing.text) == ("调解室启用", "今天启用")
    told = letters(office)
    assert [(each["name"], each["to"]) for each in told] == [("filing_made", office.tang.telegram_id)]
    corrected = office.act(filing.take_words, office.liu, asked, "调解室今天启用", monday.now, monday)
    first = office.act(filings.find, office.id, taken.filing.filing_id)
    assert first is not None
    assert (first.state, first.decided_by) == (FilingState.REJECTED, office.liu.person_id)
    assert corrected.filing.key == "2013-W27"
    # A correction is like what it corrects: nobody need be told.
    assert corrected.filing.alike is None


def test_a_briefing_that_says_what_another_said_is_pointed_out(office: District) -> None:
    text = "仙庾镇启用社区调解室\n当天调解邻里纠纷三起，群众反映良好。"
    says(office, asks(office, "briefing"), text)
    says(office, asks(office, "briefing"), "月塘街道清理河道\n志愿者清运垃圾两吨。")
    taken = says(office, asks(office, "briefing"), text.replace("三起", "四起"))
    assert (taken.filing.alike, taken.filing.alike_unit) == ("仙庾镇启用社区调解室", "仙庾镇")
    assert taken.filing.alike_percent is not None
    assert taken.filing.alike_percent > 90


def test_pictures_of_a_briefing_wait_for_its_words(office: District) -> None:
    asked = asks(office, "briefing")
    assert sends(office, asked, PHOTO) == FileKept("briefing", 1)
    assert chain(office) == []
    taken = sends(office, asked, replace(PHOTO, source_key="c"), "调解室启用")
    assert isinstance(taken, Filed)
    assert (taken.filing.title, taken.filing.files) == ("调解室启用", 2)


def test_a_workday_is_three_numbers_and_may_be_logged_again(office: District) -> None:
    asked = asks(office, "workday")
    with pytest.raises(WorkdayUnreadable):
        says(office, asked, "十二 8 5")
    taken = says(office, asked, "12 8 5 调解邻里纠纷").filing
    assert (taken.key, taken.received, taken.heard, taken.solved, taken.text) == (
        "2013-06-09",
        12,
        8,
        5,
        "调解邻里纠纷",
    )
    assert says(office, asked, "13 8 5").filing.version == 2
    days = office.act(filing.open_workdays, office.liu, DUE)
    assert [(each.day.isoformat(), each.is_filed) for each in days] == [("2013-06-09", True), ("2013-06-08", False)]


def test_who_may_file_what(office: District) -> None:
    unit = office.units["仙庾镇"]
    for actor in (office.tang, office.zhou):
        with pytest.raises(NotAllowed):
            office.act(filing.ask_briefing, actor, unit, DUE)
    with pytest.raises(NotAllowed):
        office.act(filing.ask_report, office.people["deng"], office.units["区民政局"], JUNE, DUE)
    with pytest.raises(NotYourUnit):
        office.act(filing.ask_report, office.people["chen"], unit, JUNE, DUE)
    with pytest.raises(NothingToFileFor):
        office.act(filing.own_units, replace(office.liu, unit_ids=frozenset()), Duty.BRIEFING, DUE)
    with pytest.raises(NoSuchDutyDay):
        office.act(filing.ask_report, office.liu, unit, Period.parse("2013-03"), DUE)
    with pytest.raises(NoSuchDutyDay):
        office.act(filing.ask_workday, office.liu, unit, LONG_AGO, DUE)
    # A liaison files for the department, and who changed office meanwhile for nobody.
    department = office.units["区民政局"]
    assert office.act(filing.ask_briefing, office.people["deng"], department, DUE).unit == "区民政局"
    asked = asks(office, "report")
    moved = replace(office.liu, unit_ids=frozenset({office.units["月塘街道"]}))
    with pytest.raises(NotYourUnit):
        office.act(filing.take_words, moved, asked, "小结", DUE.now, DUE)


def test_what_cannot_be_filed_is_said(office: District) -> None:
    asked = asks(office, "report")
    with pytest.raises(TextMissing):
        says(office, asked, "  ")
    with pytest.raises(TextTooLong):
        says(office, asked, "长" * (LONGEST_TEXT + 1))
    with pytest.raises(FileTooBig):
        sends(office, asked, replace(REPORT, size=answer_files.LARGEST_FILE + 1))
    assert chain(office) == []


def test_words_that_reply_to_nothing_answer_the_only_question(office: District) -> None:
    asks(office, "workday")
    taken = office.act(take_text, office.liu, Said(1, "12 8 5 调解", None, DUE.now), DUE)
    assert isinstance(taken, Filed)
    # Answered, it waits no longer; what looks like marks is then about no sheet of theirs, and so nothing.
    assert office.act(prompts.open_of, office.liu.person_id) == []


def test_marks_that_name_a_unit_are_marks_although_a_question_waits(office: District) -> None:
    office.hand_out("月塘街道")
    both = replace(office.zhou, roles=office.zhou.roles | {Role.OFFICER}, unit_ids=frozenset({office.units["仙庾镇"]}))
    asks(office, "report", who=both)
    taken = office.act(take_text, both, Said(1, "月塘街道 4:2", None, DUE.now), DUE)
    assert isinstance(taken, Typed)
    odd = office.act(take_text, both, Said(1, "月塘街道 4:99.123", None, DUE.now), DUE)
    assert isinstance(odd, Filed)
    assert odd.filing.text == "月塘街道 4:99.123"


def test_which_question_a_file_answers(office: District) -> None:
    def meant(
        reply_to: int | None = None, album: str | None = None, at: Moment = DUE, *, goes_with: bool = True
    ) -> int | None:
        found = office.act(questions.question_for_file, office.liu, reply_to, album, at, goes_with=goes_with)
        return None if found is None else found.prompt_id

    assert meant() is None
    first = asks(office, "report")
    office.act(prompts.set_message, first.prompt_id, 50)
    assert meant() == first.prompt_id
    assert meant(goes_with=False) == first.prompt_id
    sends(office, first, replace(REPORT, album="x"))
    assert meant() == first.prompt_id
    # A lone workbook is more likely a form than one more file of a report that is there.
    assert meant(goes_with=False) is None
    later = moment("2013-06-26 10:11")
    assert meant(at=later) is None
    assert meant(album="x", at=later) == first.prompt_id
    second = asks(office, "briefing")
    assert meant() == second.prompt_id
    assert meant(reply_to=50) == first.prompt_id
    assert meant(reply_to=51) == second.prompt_id
    sheet_id = office.hand_out("月塘街道")
    office.act(prompts.add, office.liu.person_id, "reason", sheet_id, 4, DUE.now)
    assert meant() is None


def test_files_are_fetched_and_lost_ones_named(office: District) -> None:
    asked = asks(office, "report")
    sends(office, asked, REPORT)
    sends(office, asked, PHOTO)
    first, second = office.act(filing_files.owed_files, DUE.now, 10)
    office.act(filing_files.set_stored, first.file_id, "ab" * 32, 5)
    office.act(filing_files.set_retry, second.file_id, 1, moment("2013-06-26 11:00").now)
    assert office.act(filing_files.owed_files, DUE.now, 10) == []
    assert office.act(filing_files.set_failed, second.file_id, 2) == Lost(office.liu.telegram_id, "zh", None, "")
    assert [each.sha256 for each in office.act(filing_files.of_prompt, asked.prompt_id)] == ["ab" * 32, None]


def test_an_older_filing_without_a_question_has_no_files(office: District) -> None:
    filing_id = filed_before(office, "仙庾镇", Duty.MONTHLY_REPORT, "2013-06", "2013-06-20 18:00")
    record = office.act(filings.find, office.id, filing_id)
    assert record is not None
    assert record.prompt_id is None
    unit = office.units["仙庾镇"]
    assert [
        who.name for at_unit, who in office.act(people.holders, office.id, Role.OFFICER, DUE.today) if at_unit == unit
    ]
    assert office.act(filing.ask_report, office.liu, unit, JUNE, DUE).versions == 1


def test_a_district_without_a_policy_says_so(district: District) -> None:
    with pytest.raises(LookupError, match="no policy"):
        district.act(filing_desk.rules_of, district.id + 1)
