"""What units file (月报表, 信息, 群众工作日): what may be filed when, and what a text says. Values and rules only.

Points of time come in as the district's calendar date; nothing is asked of a clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from core.calendar import Due, Duty, DutyCalendar, dues, week_key
from core.errors import NoSuchDutyDay, TextMissing, TextTooLong, WorkdayUnreadable
from core.filing_views import OpenDue
from core.periods import Period, PeriodKind, period_on
from core.policy import Duties

LONGEST_TEXT, LONGEST_TITLE, LONGEST_REASON = 2500, 100, 500
"""In characters: a briefing must fit one message of the office's together with its keys."""

ALIKE_PERCENT = 75
"""From how alike two texts are on they are pointed out to the office as perhaps the same."""

# A workday may be logged for so many days after it; later it is the office's to excuse.
_DAYS_AFTER = timedelta(days=31)
_NUMBERS = re.compile(r"\s*([0-9]{1,5})[\s,，、/]+([0-9]{1,5})[\s,，、/]+([0-9]{1,5})(?:[\s,，、:：]+(.*))?", re.DOTALL)
_LINK = re.compile(r"https?://[^\s，。；、）)》>\"']+")


@dataclass(frozen=True, slots=True)
class BriefingText:
    """A briefing as it was typed: the first line is its title, the rest its text; `link` is the first one in it."""

    title: str
    text: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class WorkdayText:
    """A workday as it was typed: people received, matters heard, matters solved, and a line of text."""

    received: int
    heard: int
    solved: int
    text: str | None


def report_months(today: date, rules: Duties) -> tuple[Period, ...]:
    """The months a report can be filed for today, the likeliest first.

    The month itself; and the one before, which comes first while this month's report is still far from due.
    """
    this = period_on(PeriodKind.MONTH, today)
    before = this.previous()
    due = rules.monthly_report.due_day
    half = this.last_day.day // 2 if due == "last" else due // 2
    return (before, this) if today.day < half else (this, before)


def check_report(month: Period, months: tuple[Period, ...]) -> str:
    """The key of a report that can be filed. Raises NoSuchDutyDay."""
    if month not in months:
        raise NoSuchDutyDay(day=str(month))
    return str(month)


def workdays_open(today: date, calendar: DutyCalendar) -> tuple[Due, ...]:
    """The workdays that can be logged today, the newest first: today's, and those of the last month.

    One that was moved is held on its new day, and can be logged from then on.
    """
    found: list[Due] = []
    # A month more at either end: a workday may have been moved out of the month that names it.
    month = period_on(PeriodKind.MONTH, today - _DAYS_AFTER).previous()
    while month <= period_on(PeriodKind.MONTH, today).next():
        found += (due for due in dues(Duty.WORKDAY, month, calendar) if today - _DAYS_AFTER <= due.day <= today)
        month = month.next()
    return tuple(sorted(found, key=lambda due: (due.day, due.named), reverse=True))


def check_workday(day: date, today: date, calendar: DutyCalendar) -> Due:
    """The workday that the measures name by this day, if it can be logged today. Raises NoSuchDutyDay."""
    for due in workdays_open(today, calendar):
        if due.named == day:
            return due
    raise NoSuchDutyDay(day=day.isoformat())


def meant_report(reports: Sequence[OpenDue], today: date) -> OpenDue | None:
    """The report that is plainly meant, of those that can be filed, the likeliest first: this month's.

    None while the one before may as well be meant, or another unit's, or one that is filed may be to be corrected.
    """
    likeliest, *others = reports
    is_this_month = likeliest.month == period_on(PeriodKind.MONTH, today)
    is_only_unit = all(each.unit_id == likeliest.unit_id for each in others)
    return likeliest if is_this_month and is_only_unit and not _any_filed(reports) else None


def meant_workday(days: Sequence[OpenDue], today: date) -> OpenDue | None:
    """The workday that is plainly meant, of those that can be logged: today's, or the only one.

    None while one that is logged may be to be corrected.
    """
    here = [each for each in days if each.due.day == today] or days
    return here[0] if len(here) == 1 and not _any_filed(days) else None


def briefing_key(today: date) -> str:
    """The week a briefing filed today counts for."""
    return week_key(today)


def read_workday(text: str) -> WorkdayText:
    """`12 8 5 调解邻里纠纷`. Raises WorkdayUnreadable, also when more was solved than heard, or TextTooLong."""
    found = _NUMBERS.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise WorkdayUnreadable
    received, heard, solved = (int(number) for number in found.groups()[:3])
    if solved > heard:
        raise WorkdayUnreadable
    told = (found[4] or "").strip()
    return WorkdayText(received, heard, solved, check_text(told) if told else None)


def read_briefing(text: str) -> BriefingText:
    """Title, text and link. Raises TextMissing or TextTooLong."""
    checked = check_text(text)
    title, _, rest = checked.partition("\n")
    if len(title) > LONGEST_TITLE:
        raise TextTooLong(length=len(title), longest=LONGEST_TITLE)
    link = _LINK.search(checked)
    return BriefingText(title.strip(), rest.strip() or None, None if link is None else link[0])


def check_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text as it is kept, without blanks around it. Raises TextMissing or TextTooLong."""
    kept = text.strip()
    if not kept:
        raise TextMissing
    if len(kept) > longest:
        raise TextTooLong(length=len(kept), longest=longest)
    return kept


def likeness(one: str, other: str) -> int:
    """How alike two texts are, in whole percent; blanks, width and case say nothing."""
    matcher = SequenceMatcher(None, _bare(one), _bare(other), autojunk=False)
    # Cheap upper bounds first: most pairs are nothing like each other.
    if matcher.real_quick_ratio() * 100 < ALIKE_PERCENT or matcher.quick_ratio() * 100 < ALIKE_PERCENT:
        return 0
    return int(matcher.ratio() * 100)


def _any_filed(found: Sequence[OpenDue]) -> bool:
    return any(each.is_filed for each in found)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text)).lower()
