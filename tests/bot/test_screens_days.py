"""Screens of the days of the year: long lists page, every problem is worded, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, NOON, PHRASES, actor, owing

from bot.buttons.days import AskNotice, EnterNotice, ListHolidays, ShowHolidays, ShowNotice
from bot.screens import days as screens
from bot.screens.filing import filing_prompt
from bot.screens.home import home_screen
from bot.screens.ledger import unit_month_screen
from bot.screens.reminders import holidays_unknown_letter, reminder_screen
from core.calendar import Due, Duty
from core.duties import DutyState, LedgerEntry
from core.filing_views import AskedFiling, BoardLine, OwedDuty, UnitMonth
from core.holiday_entry import DayChange, HolidayYear, NoticePreview, NoticeRefused
from core.holiday_notice import NoticeProblem
from core.people import Role
from core.periods import Period
from core.workdays import DayKind, Source, Span

FIRST = date(2027, 1, 1)
PROBLEMS = (
    "no_year",
    "no_days",
    "no_days_in",
    "no_such_day",
    "unread_day",
    "other_count",
    "other_year",
    "both",
    "holidays_missing",
)


def every_other_day(count: int) -> list[date]:
    """Days with a day between them."""
    return [FIRST + timedelta(days=2 * number) for number in range(count)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", Source)
def test_a_year_pages_and_turns(language: str, source: Source) -> None:
    spans = tuple(Span(day, day, kind, kind is DayKind.WORKDAY) for day in every_other_day(31) for kind in DayKind)
    found = HolidayYear(2027, source, spans)
    first = screens.holidays_screen(PHRASES, language, found, 0)
    assert len(first.text) < 4096
    deeds = [key.deed for row in first.rows for key in row]
    assert deeds == [ListHolidays(2027, 1), ShowHolidays(2026), ShowHolidays(2028), AskNotice(2027)]
    last = screens.holidays_screen(PHRASES, language, HolidayYear(2199, source, ()), 5)
    assert [key.deed for row in last.rows for key in row] == [ShowHolidays(2198), AskNotice(2199)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_says_what_changes_and_for_what_it_cannot_stand(language: str) -> None:
    changes = tuple(DayChange(day, day, DayKind.UNKNOWN, DayKind.DAY_OFF) for day in every_other_day(40))
    digest = "00000000ff" + "0" * 54
    partial = NoticePreview(7, 2027, digest, changes, Source.UNKNOWN, Source.UNKNOWN)
    screen = screens.notice_screen(PHRASES, language, partial, 1)
    assert "40" in screen.text
    assert [key.deed for row in screen.rows for key in row] == [
        ShowNotice(7, 0),
        EnterNotice(7, 255),
        ShowHolidays(2027),
    ]
    whole = NoticePreview(7, 2027, digest, changes[:1], Source.UNKNOWN, Source.OFFICE)
    known = NoticePreview(7, 2027, digest, changes[:1], Source.PACKAGE, Source.OFFICE)
    texts = {screens.taken_screen(PHRASES, language, each).text for each in (partial, whole, known)}
    assert len(texts) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_worded_and_a_flood_of_them_counted(language: str) -> None:
    for code in PROBLEMS:
        text = screens.taken_screen(
            PHRASES, language, NoticeRefused(1, 2027, 2027, (NoticeProblem(code, HOSTILE),))
        ).text
        assert "<b>" not in text
    many = NoticeRefused(1, 2014, None, tuple(NoticeProblem("both", "长" * 500) for _ in range(25)))
    text = screens.taken_screen(PHRASES, language, many).text
    assert "15" in text
    assert len(text) < 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_a_title_is_of_the_year_that_was_asked_for(language: str) -> None:
    refused = NoticeRefused(1, 2014, None, (NoticeProblem("no_year", ""),))
    assert "关于2014年部分节假日安排的通知" in screens.taken_screen(PHRASES, language, refused).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_warning_leads_to_the_year(language: str) -> None:
    letter = holidays_unknown_letter(PHRASES, language, {"year": 2027}, None)
    assert [key.deed for row in letter.rows for key in row] == [ShowHolidays(2027)]


@pytest.mark.parametrize(
    ("day", "shifted_from", "unsure", "words"),
    [
        (date(2013, 6, 28), date(2013, 6, 26), False, {"zh": "顺延自6月26日", "en": "moved from 26 June"}),
        (date(2013, 6, 25), date(2013, 6, 26), False, {"zh": "由6月26日提前", "en": "brought forward from 26 June"}),
        (date(2013, 6, 26), None, True, {"zh": "不明，日期不变", "en": "the date stands"}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moved_due_date_says_from_where(
    language: str, day: date, shifted_from: date | None, unsure: bool, words: dict[str, str]
) -> None:
    due = Due(Duty.MONTHLY_REPORT, "2013-06", day, NOON, shifted_from, unsure)
    entry = LedgerEntry(due, DutyState.SHIFTED)
    line = BoardLine(1, "仙庾镇", dict.fromkeys(Duty, (entry,)))
    month = UnitMonth(Period.parse("2013-06"), line, ())
    owed = OwedDuty(1, "仙庾镇", due, is_over=False)
    told = {"kind": "remind_report", "day": "workday"}
    for text in (
        unit_month_screen(PHRASES, language, month).text,
        reminder_screen(PHRASES, language, told, owed).text,
        home_screen(PHRASES, language, actor(role=Role.OFFICER), owing((), (owed,))).text,
        filing_prompt(PHRASES, language, AskedFiling(1, "仙庾镇", due, 0)),
    ):
        assert words[language] in text
