"""The words of the calendar file: a year of the clock's plan as events. Plain text; `core.export` gives it its form."""

from __future__ import annotations

from bot.phrases import Phrases
from bot.screens.schedule import name_of
from core.export.calendar_file import CalendarEvent, CalendarFile
from core.schedule_views import FiringLine, YearPlan


def calendar_paper(phrases: Phrases, language: str, found: YearPlan) -> CalendarFile:
    """A calendar year: moved firings at their new time, skipped ones cancelled."""
    name = phrases.say_plain(language, "papers.calendar.title", district=found.district, year=found.year)
    events = [_event(phrases, language, found.district_id, line) for line in found.lines]
    return CalendarFile(name, found.made_at, events)


def _event(phrases: Phrases, language: str, district_id: int, line: FiringLine) -> CalendarEvent:
    summary = name_of(phrases, language, line.subject)
    description = phrases.say_plain(language, f"schedule.readers.{line.subject.kind}")
    if line.is_skipped or line.is_moved:
        key = "papers.calendar.skipped" if line.is_skipped else "papers.calendar.moved"
        told = {"at": line.planned_at, "earlier": line.is_earlier, "by": line.changed_by, "reason": line.reason}
        description = f"{phrases.say_plain(language, key, **told)}\n{description}"
    uid = f"{line.schedule}-{line.key.replace(':', '-')}-{district_id}@hongqi"
    return CalendarEvent(uid, line.fire_at, summary, description, "CANCELLED" if line.is_skipped else "CONFIRMED")
