"""The days of a year (节假日): what is known and from where, the question for the notice, what it would change."""

from __future__ import annotations

from functools import partial

from bot.buttons.days import AskNotice, EnterNotice, ListHolidays, ShowHolidays, ShowNotice
from bot.buttons.uploads import check_of
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from core.holiday_entry import AskedNotice, DayChange, Entered, HolidayYear, NoticePreview, NoticeRefused
from core.periods import FIRST_YEAR, LAST_YEAR

_LINES = 30
_MOST_PROBLEMS = 10


def holidays_screen(phrases: Phrases, language: str, found: HolidayYear, number: int) -> Screen:
    """What of a year is known, page by page; other years a key away."""
    page = page_of(found.spans, number, _LINES)
    text = phrases.say(language, "days.year", found=found, lines=page.lines, page=page.number + 1, pages=page.last + 1)
    years = [year for year in (found.year - 1, found.year + 1) if FIRST_YEAR <= year <= LAST_YEAR]
    turns = tuple(Key(phrases.say_plain(language, "keys.days.year", year=year), ShowHolidays(year)) for year in years)
    enter = Key(phrases.say_plain(language, "keys.days.ask"), AskNotice(found.year))
    return Screen(text, (*page.turns(phrases, language, partial(ListHolidays, found.year)), turns, (enter,)))


def notice_prompt(phrases: Phrases, language: str, asked: AskedNotice) -> str:
    """Asks for the notice of a year."""
    return phrases.say(language, "days.ask", year=asked.year)


def taken_screen(phrases: Phrases, language: str, taken: NoticePreview | NoticeRefused) -> Screen:
    """What came of a notice: what it would change, or what is wrong with it."""
    if isinstance(taken, NoticePreview):
        return notice_screen(phrases, language, taken, 0)
    lines = [
        phrases.say_plain(language, f"days.problems.{each.code}", place=each.text, year=taken.asked)
        for each in taken.problems[:_MOST_PROBLEMS]
    ]
    more = len(taken.problems) - len(lines)
    return Screen(phrases.say(language, "days.refused", count=len(taken.problems), lines=lines, more=more))


def notice_screen(phrases: Phrases, language: str, found: NoticePreview, number: int) -> Screen:
    """What entering a notice would change, page by page, and the key that does it."""
    page = page_of(found.changes, number, _LINES)
    text = phrases.say(
        language,
        "days.preview",
        found=found,
        off=sum(_length(each) for each in found.changes if each.after == "day_off"),
        worked=sum(_length(each) for each in found.changes if each.after == "workday"),
        changed=sum(_length(each) for each in found.changes if each.before is not each.after),
        lines=page.lines,
        page=page.number + 1,
        pages=page.last + 1,
    )
    confirm = EnterNotice(found.prompt_id, check_of(found.digest))
    back = Key(phrases.say_plain(language, "keys.days.leave"), ShowHolidays(found.year))
    rows = page.turns(phrases, language, partial(ShowNotice, found.prompt_id))
    return Screen(text, (*rows, (Key(phrases.say_plain(language, "keys.days.confirm"), confirm),), (back,)))


def entered_toast(phrases: Phrases, language: str, done: Entered) -> str:
    """The notice counts."""
    key = "toasts.holidays_entered_before" if done.again else "toasts.holidays_entered"
    return phrases.say_plain(language, key, year=done.found.year)


def _length(change: DayChange) -> int:
    return (change.last - change.first).days + 1
