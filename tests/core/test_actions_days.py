"""The office's notice of holidays: read, previewed, entered once, and asked for in words or as a file."""

from __future__ import annotations

from datetime import date

import pytest
from district import NOON, District
from notice_office import OF_2027, acts, enters, question, told
from test_actions_filing import asks
from test_holiday_notice import OF_2013

from core.actions import days, deciding, uploading
from core.actions.typing import Said, take_text
from core.calendar import Duty
from core.errors import FileTooBig, NoSuchNotice, NotAllowed, NoticeChanged, NoticeFileRefused, TextMissing
from core.holiday_entry import DayChange, NoticePreview, NoticeRefused
from core.snapshots import Question
from core.store import calendar_days, prompts, uploads
from core.store.evidence import Piece
from core.workdays import DayKind, Source


def test_entering_a_notice_makes_its_year_known(either_office: District) -> None:
    office = either_office
    assert office.act(days.year_of_days, office.tang, 2027).source is Source.UNKNOWN
    seen = told(office, OF_2027)
    assert (seen.year, seen.before, seen.after) == (2027, Source.UNKNOWN, Source.OFFICE)
    assert seen.changes[0] == DayChange(date(2027, 1, 1), date(2027, 1, 3), DayKind.UNKNOWN, DayKind.DAY_OFF)
    assert office.act(days.preview, office.tang, seen.prompt_id) == seen
    assert office.act(calendar_days.overrides, office.id) == {}
    done = office.act(days.enter, office.tang, seen.prompt_id, seen.digest[:10], NOON)
    assert (done.again, done.found.source) == (False, Source.OFFICE)
    assert office.act(days.year_of_days, office.tang, 2027) == done.found
    # Twice is once.
    assert office.act(days.enter, office.tang, seen.prompt_id, seen.digest[:10], NOON).again
    assert len(acts(office)) == 1


def test_a_notice_entered_anew_takes_the_place_of_the_one_before(either_office: District) -> None:
    office = either_office
    assert enters(office, OF_2027)
    corrected = OF_2027.replace("1日（周五）至3日（周日）放假，共3天", "1日放假1天")
    seen = told(office, corrected)
    # 2 and 3 January are a weekend: they stay off.
    changed = [each for each in seen.changes if each.before is not each.after]
    assert changed == []
    assert enters(office, corrected)
    entered = office.act(calendar_days.overrides, office.id)
    assert date(2027, 1, 1) in entered
    assert date(2027, 1, 2) not in entered
    assert "2027-01-02 2027-01-03" in str(acts(office)[1])
    # A notice on a few days more takes nothing back.
    assert enters(office, "2027年补充安排：9月3日放假1天。")
    assert date(2027, 1, 1) in office.act(calendar_days.overrides, office.id)


def test_a_notice_may_contradict_what_is_known_and_counts(office: District) -> None:
    seen = told(office, OF_2013.replace("6月8日（星期六）、6月9日（星期日）上班", "6月8日（星期六）上班"))
    assert seen.before is Source.PACKAGE
    assert all(each.before is each.after for each in seen.changes)
    off = told(office, "2013年补充安排：6月9日放假，共1天。")
    assert off.changes == (DayChange(date(2013, 6, 9), date(2013, 6, 9), DayKind.WORKDAY, DayKind.DAY_OFF),)
    assert off.after is Source.PACKAGE


def test_what_is_wrong_is_told_and_nothing_is_kept(office: District) -> None:
    asked = question(office)
    taken = office.act(days.take_notice, office.tang, asked, OF_2027.replace("共3天", "共4天"), NOON)
    assert isinstance(taken, NoticeRefused)
    assert [each.code for each in taken.problems] == ["other_count", "other_count"]
    with pytest.raises(NoSuchNotice):
        office.act(days.preview, office.tang, asked.prompt_id)
    assert (taken.asked, taken.year) == (2027, 2027)
    # The question still waits: whatever comes next answers it.
    said = Said(880001, OF_2027, None, NOON.now)
    assert isinstance(office.act(take_text, office.tang, said, NOON), NoticePreview)
    with pytest.raises(TextMissing):
        office.act(days.take_notice, office.tang, asked, " ", NOON)


def test_a_notice_that_names_no_year_is_told_the_one_that_was_asked_for(office: District) -> None:
    asked = question(office)
    for _ in range(2):
        taken = office.act(days.take_notice, office.tang, asked, "元旦：1月1日放假，共1天。", NOON)
        assert isinstance(taken, NoticeRefused)
        assert (taken.asked, taken.year) == (2027, None)
        told(office, OF_2027, asked)
        # Since then the question holds the notice that was taken.
        again = office.act(prompts.question, office.tang.person_id, asked.prompt_id)
        assert again is not None
        asked = again


def test_a_preview_that_was_overtaken_enters_nothing(office: District) -> None:
    asked = question(office)
    first = told(office, OF_2027, asked)
    second = told(office, OF_2027.replace("1日（周五）至3日（周日）放假，共3天", "1日放假1天"), asked)
    with pytest.raises(NoticeChanged):
        office.act(days.enter, office.tang, first.prompt_id, first.digest[:10], NOON)
    office.act(days.enter, office.tang, second.prompt_id, second.digest[:10], NOON)


def test_only_the_office_enters_days_and_only_by_its_own_questions(office: District) -> None:
    seen = told(office, OF_2027)
    for act in (
        lambda db: days.year_of_days(db, office.liu, 2027),
        lambda db: days.ask_notice(db, office.liu, 2027, NOON),
        lambda db: days.preview(db, office.liu, seen.prompt_id),
        lambda db: days.enter(db, office.liu, seen.prompt_id, "", NOON),
        lambda db: days.take_notice(db, office.liu, Question(seen.prompt_id, days.KIND, "2027"), OF_2027, NOON),
    ):
        with pytest.raises(NotAllowed):
            office.act(act)
    filed = asks(office, "report")
    for prompt_id in (2**40, filed.prompt_id):
        with pytest.raises(NoSuchNotice):
            office.act(days.preview, office.tang, prompt_id)
        with pytest.raises(NoSuchNotice):
            office.act(days.take_notice_file, office.tang, prompt_id, OF_2027, NOON)


def test_which_question_a_file_answers(office: District) -> None:
    assert office.act(days.question_for_file, office.liu, None) is None
    assert office.act(days.question_for_file, office.tang, None) is None
    asked = question(office)
    office.act(prompts.set_message, asked.prompt_id, 71)
    assert office.act(days.question_for_file, office.tang, None) == asked
    told(office, OF_2027, asked)
    # Answered: only a reply still means it.
    assert office.act(days.question_for_file, office.tang, None) is None
    replied = office.act(days.question_for_file, office.tang, 71)
    assert replied is not None
    assert replied.prompt_id == asked.prompt_id
    assert office.act(days.question_for_file, office.tang, 72) is None
    other = deciding_question(office)
    office.act(prompts.set_message, other, 73)
    assert office.act(days.question_for_file, office.tang, 73) is None


def deciding_question(office: District) -> int:
    """Another question to the office."""
    unit = office.units["仙庾镇"]
    return office.act(deciding.ask_excuse, office.tang, unit, Duty.MONTHLY_REPORT, "2013-06", NOON).prompt_id


def test_a_file_is_owed_its_reading_once(office: District) -> None:
    asked = question(office)
    told_by_file = office.act(days.take_notice_file, office.tang, asked.prompt_id, OF_2027, NOON)
    assert told_by_file == told(office, OF_2027, asked)
    piece = Piece("file", "u1", "f1", "通知.docx", 1000)

    def sends(what: Piece) -> None:
        office.act(uploading.receive_notice, office.tang, asked.prompt_id, 880001, 90, what, NOON)

    sends(piece)
    sends(piece)
    record = office.act(uploads.next_due, NOON.now)
    assert record is not None
    assert (record.notice_for, record.kind, record.state) == (asked.prompt_id, "notice", "owed")
    for name in ("通知.pdf", "通知", None):
        with pytest.raises(NoticeFileRefused):
            sends(Piece("file", "u2", "f2", name, 10))
    with pytest.raises(FileTooBig):
        sends(Piece("file", "u3", "f3", "通知.TXT", 3 * 1024 * 1024))
