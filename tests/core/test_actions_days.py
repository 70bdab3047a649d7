"""The office's notice of holidays: read, previewed, entered once; and what follows from the days that it names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from hashlib import sha256

import pytest
from clock_hand import RULES
from district import NOON, District, moment
from inviting_office import letters
from test_actions_filing import asks, says
from test_actions_suggesting import file as filed_before
from test_holiday_notice import OF_2013

from core import audit
from core.actions import days, deciding, filing, reminding, rounds, todo, uploading
from core.actions.components import Ledgers, ledgers_of
from core.actions.door import Moment
from core.actions.filing_desk import rules_of
from core.actions.firing import Firing
from core.actions.typing import Said, take_text
from core.calendar import Duty, shifts_of
from core.duties import DutyState
from core.errors import FileTooBig, NoSuchNotice, NotAllowed, NoticeChanged, NoticeFileRefused, TextMissing
from core.holiday_entry import DayChange, NoticePreview, NoticeRefused
from core.periods import Period
from core.policy import Policy
from core.rubric_files import recall_policy
from core.snapshots import Question
from core.store import audit_log, calendar_days, prompts, units, uploads
from core.store.evidence import Piece
from core.workdays import DayKind, Source

OF_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Made up: the real one comes out in November 2026."""


def question(office: District, year: int = 2027) -> Question:
    """The office is asked for a notice."""
    asked = office.act(days.ask_notice, office.tang, year, NOON)
    return Question(asked.prompt_id, days.KIND, str(year))


def told(office: District, text: str, asked: Question | None = None) -> NoticePreview:
    """The preview of a notice."""
    taken = office.act(days.take_notice, office.tang, asked or question(office), text, NOON)
    assert isinstance(taken, NoticePreview), taken
    return taken


def enters(office: District, text: str) -> bool:
    """The office enters a notice; whether anything changed by it."""
    seen = told(office, text)
    return not office.act(days.enter, office.tang, seen.prompt_id, seen.digest[:10], NOON).again


def acts(office: District) -> list[dict[str, object]]:
    """What was entered, by the district's chain."""
    links = office.act(audit_log.links, f"roster:{office.id}")
    assert audit.verify(links) is None
    return [dict(link.entry) for link in links if dict(link.entry)["act"] == "enter_holidays"]


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
    # The question still waits: whatever comes next answers it.
    said = Said(880001, OF_2027, None, NOON.now)
    assert isinstance(office.act(take_text, office.tang, said, NOON), NoticePreview)
    with pytest.raises(TextMissing):
        office.act(days.take_notice, office.tang, asked, " ", NOON)


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


# What follows from the days.


SEPTEMBER = Period.parse("2026-09")
EVE = moment("2026-09-25 12:00")


@pytest.fixture
def moving_office(office: District) -> District:
    """A district whose policy moves reports and workdays from days off to the next working day."""
    text = RULES["township"].policy_text
    for kind in ("remind_report", "remind_workday"):
        text = re.sub(rf"(kind: {kind}\n(?:.*\n){{2}}    shift: )none", r"\1next_workday", text)
    policy = recall_policy(text, sha256(text.encode()).hexdigest())
    assert len(shifts_of(policy)) == 2
    office.act(rounds.take_policy, office.id, policy, text)
    return office


def in_force(office: District) -> Policy:
    """The policy that the district follows."""
    return office.act(rules_of, office.id)


def fires(office: District, kind: str, day: date, at: Moment) -> list[dict[str, object]]:
    """The letters that a firing on the day that the schedule names brings."""
    policy, before = in_force(office), len(letters(office))
    schedule = next(each for each in policy.schedules if each.kind == kind)
    firing = Firing(schedule.id, day, at.now)
    office.act(lambda db: reminding.remind(db, units.district(db, office.id), policy, schedule, firing, at))
    return letters(office)[before:]


def owed(office: District, at: Moment) -> list[tuple[str, date, bool]]:
    """What an officer owes: names and days, and where nobody knows."""
    return [(each.key, each.due.day, each.due.unsure) for each in office.act(todo.todo, office.liu, at).duties]


def test_without_shifts_the_days_are_not_even_asked_for(office: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_days, "overrides", None)
    sheet_id = office.hand_out()
    filed_before(office, "仙庾镇", Duty.WORKDAY, "2013-06-08", "2013-06-08 18:00")
    assert office.sees(sheet_id).sheet.suggestions


def test_an_officer_owes_and_files_by_the_new_day(moving_office: District) -> None:
    office = moving_office
    assert ("2026-09", date(2026, 9, 28), False) in owed(office, EVE)
    asked = office.act(filing.ask_report, office.liu, office.units["仙庾镇"], None, EVE)
    assert asked.due.shifted_from == date(2026, 9, 26)
    (line, *_) = office.act(deciding.board, office.tang, SEPTEMBER, EVE).lines
    assert [each.state for each in line.entries[Duty.MONTHLY_REPORT]] == [DutyState.SHIFTED]
    sunday = moment("2026-09-27 10:00")
    receipt = says(office, asks(office, "report", sunday), "小结", sunday)
    assert (receipt.filing.is_late, receipt.filing.due.day) == (False, date(2026, 9, 28))
    late = moment("2026-09-29 10:00")
    chen, unit = office.people["chen"], office.units["月塘街道"]
    other = Question(office.act(filing.ask_report, chen, unit, None, late).prompt_id, "report", f"{unit}:2026-09")
    assert office.act(filing.take_words, chen, other, "小结", late.now, late).filing.is_late
    month = office.act(deciding.unit_month, office.tang, unit, SEPTEMBER, late)
    assert [each.state for each in month.line.entries[Duty.MONTHLY_REPORT]] == [DutyState.LATE]


def test_a_moved_workday_is_logged_on_its_new_day(moving_office: District) -> None:
    office = moving_office
    # 8 and 9 August 2026 are a weekend.
    assert [key for key, _, _ in owed(office, moment("2026-08-09 10:00"))][1:3] == ["2026-08-08", "2026-08-09"]
    monday = moment("2026-08-10 10:00")
    found = office.act(filing.open_workdays, office.liu, monday)[:2]
    assert [(each.day.day, each.due.day.day) for each in found] == [(9, 10), (8, 10)]
    assert not says(office, asks(office, "workday", monday), "12 8 5", monday).filing.is_late
    # The reminder of the 8th is about the 8th, whenever the clock rings for it.
    (reminder, *_) = fires(office, "remind_workday", date(2026, 8, 8), monday)
    assert (reminder["key"], reminder["day"]) == ("2026-08-08", DayKind.WORKDAY)


def test_reminders_and_digests_follow(moving_office: District) -> None:
    office = moving_office
    monday = moment("2026-09-28 09:00")
    (reminder, *_) = fires(office, "remind_report", date(2026, 9, 26), monday)
    assert (reminder["key"], reminder["ends_at"]) == ("2026-09", moment("2026-09-29 00:00").now.isoformat())
    unit = office.units["仙庾镇"]
    still = office.act(todo.still_owed, office.id, unit, Duty.MONTHLY_REPORT, "2026-09", monday)
    assert still is not None
    assert still.due.shifted_from == date(2026, 9, 26)
    # 26 and 27 are off: nothing is due on them; on Monday it is.
    assert fires(office, "send_digest", date(2026, 9, 26), moment("2026-09-26 08:30")) == []
    assert fires(office, "send_digest", date(2026, 9, 28), moment("2026-09-28 08:30"))


def test_what_is_moved_into_the_next_month_is_in_its_digest(moving_office: District) -> None:
    office = moving_office
    # A long holiday from 26 January 2013 on, as the office entered it.
    off = {date(2013, 1, 26) + timedelta(days=number): False for number in range(7)}
    office.act(calendar_days.set_days, office.id, off, office.tang.person_id, NOON.now)
    assert fires(office, "send_digest", date(2013, 2, 2), moment("2013-02-02 08:30")) == []
    assert fires(office, "send_digest", date(2013, 2, 4), moment("2013-02-04 08:30"))


def test_an_unknown_year_moves_nothing_until_its_notice_is_entered(moving_office: District) -> None:
    office = moving_office
    june = moment("2027-06-20 10:00")
    assert ("2027-06", date(2027, 6, 26), True) in owed(office, june)
    (reminder, *_) = fires(office, "remind_report", date(2027, 6, 26), moment("2027-06-26 09:00"))
    assert reminder["day"] == DayKind.UNKNOWN
    assert enters(office, OF_2027)
    assert ("2027-06", date(2027, 6, 28), False) in owed(office, june)
    (reminder, *_) = fires(office, "remind_report", date(2027, 7, 26), moment("2027-07-26 09:00"))
    assert reminder["day"] == DayKind.WORKDAY


def test_the_office_is_warned_until_the_notice_is_entered(office: District) -> None:
    first = fires(office, "warn_holidays", date(2026, 11, 1), moment("2026-11-01 09:00"))
    assert [(each["name"], each["year"]) for each in first] == [("holidays_unknown", 2027)]
    assert enters(office, OF_2027)
    assert fires(office, "warn_holidays", date(2026, 11, 15), moment("2026-11-15 09:00")) == []


def test_the_remark_on_a_day_off_is_by_the_offices_days(office: District) -> None:
    assert enters(office, "2013年补充安排：6月26日放假1天。")
    (reminder, *_) = fires(office, "remind_report", date(2013, 6, 26), moment("2013-06-26 09:00"))
    assert reminder["day"] == DayKind.DAY_OFF


def test_a_ranking_pins_what_was_moved(moving_office: District) -> None:
    office = moving_office
    filed_before(office, "仙庾镇", Duty.MONTHLY_REPORT, "2026-09", "2026-09-28 10:00")

    def count(policy: Policy) -> Ledgers:
        at = moment("2026-10-01 09:00").now
        return office.act(ledgers_of, office.id, [office.units["仙庾镇"]], SEPTEMBER, policy, at)

    moved = count(in_force(office))
    assert moved.moved == {"2026-09": date(2026, 9, 28)}
    assert moved.tallies[office.units["仙庾镇"]]["monthly_report"].on_time == 1
    unmoved = count(RULES["township"].policy)
    assert unmoved.moved == {}
    assert unmoved.tallies[office.units["仙庾镇"]]["monthly_report"].late == 1
