"""/schedule: the firings to come day by day, one of them with what can be done, the last that came, what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from bot.buttons.days import ShowHolidays
from bot.buttons.schedule import (
    AskFireNow,
    AskMoveFiring,
    AskSkipFiring,
    FiringButton,
    ListFired,
    PrintCalendar,
    RestoreFiring,
    ShowFiring,
    ShowSchedule,
)
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from core.schedule_views import Agenda, AskedChange, Fired, FiringLine, LastFired, Plan, Subject

_STATES = ("sent", "pending", "sending", "failed", "unknown")


def agenda_screen(phrases: Phrases, language: str, found: Agenda, number: int, year: int) -> Screen:
    """A page of the next days; the digests of every morning are one remark."""
    page = page_of(found.lines, number)
    days = [
        {
            "on": _shown(phrases, lines[0].fire_at),
            "kind": lines[0].day_kind.value,
            "lines": _told(phrases, language, lines),
        }
        for lines in _by_day(phrases, page.lines)
    ]
    digests = [f"{each:%H:%M}" for each in found.digests]
    told = {"days": days, "digests": digests, "page": page.number + 1, "pages": page.last + 1}
    rows = [
        (Key(phrases.say_plain(language, "keys.schedule.firing", **line), deed),)
        for line, deed in ((_line(phrases, language, each), _deed(each, ShowFiring)) for each in page.lines)
    ]
    last = Key(phrases.say_plain(language, "keys.schedule.last"), ListFired())
    calendar = Key(phrases.say_plain(language, "keys.schedule.calendar", year=year), PrintCalendar(year))
    holidays = Key(phrases.say_plain(language, "keys.schedule.holidays"), ShowHolidays(0))
    turns = page.turns(phrases, language, ShowSchedule)
    return Screen(phrases.say(language, "schedule.agenda", **told), (*rows, *turns, (last, holidays), (calendar,)))


def firing_screen(phrases: Phrases, language: str, line: FiringLine, now: datetime) -> Screen:
    """One firing: what, when, for whom, what an outage does to it; a key for everything that can be done about it."""
    text = phrases.say(language, "schedule.one", **_details(phrases, language, line))
    rows: list[tuple[Key, ...]] = []
    if line.is_changeable:
        skip = Key(phrases.say_plain(language, "keys.schedule.skip"), _deed(line, AskSkipFiring))
        move = Key(phrases.say_plain(language, "keys.schedule.move"), _deed(line, AskMoveFiring))
        fire = Key(phrases.say_plain(language, "keys.schedule.fire"), _deed(line, AskFireNow))
        rows.append((move, fire) if line.is_skipped else (skip, move, fire))
        if line.plan is not Plan.PLANNED and line.planned_at > now:
            rows.append((Key(phrases.say_plain(language, "keys.schedule.restore"), _deed(line, RestoreFiring)),))
    return Screen(text, (*rows, (_back(phrases, language),)))


def changed_screen(phrases: Phrases, language: str, kind: str, line: FiringLine, now: datetime) -> Screen:
    """The office's word was taken, and how the firing stands now."""
    screen = firing_screen(phrases, language, line, now)
    note = phrases.say(language, f"schedule.taken.{kind}")
    return Screen(f"{note}\n\n{screen.text}", screen.rows)


def change_prompt(phrases: Phrases, language: str, asked: AskedChange) -> str:
    """Asks why a firing is skipped or fired now; or when it is to come instead, and why."""
    line = _line(phrases, language, asked.line)
    example = _shown(phrases, asked.line.fire_at + timedelta(days=1))
    return phrases.say(language, f"schedule.prompts.{asked.kind}", example=example, **line)


def last_screen(phrases: Phrases, language: str, found: LastFired) -> Screen:
    """What came last, the newest first, and what became of its messages."""
    fired = [_fired(phrases, language, each) for each in found.fired]
    digest = None if found.digest is None else _fired(phrases, language, found.digest)
    return Screen(phrases.say(language, "schedule.last", fired=fired, digest=digest), ((_back(phrases, language),),))


def name_of(phrases: Phrases, language: str, subject: Subject) -> str:
    """What a firing is, in words."""
    told = {"period": subject.period, "units": subject.unit_kinds}
    return phrases.say_plain(language, f"schedule.kinds.{subject.kind}", **told)


def _fired(phrases: Phrases, language: str, each: Fired) -> Mapping[str, Any]:
    name = each.schedule if each.subject is None else name_of(phrases, language, each.subject)
    messages = [(state, each.messages[state]) for state in _STATES if state in each.messages]
    return {"name": name, "fired": each, "messages": messages}


def _by_day(phrases: Phrases, lines: Sequence[FiringLine]) -> list[list[FiringLine]]:
    return [list(day) for _, day in groupby(lines, key=lambda each: _shown(phrases, each.fire_at)["date"])]


def _told(phrases: Phrases, language: str, lines: Sequence[FiringLine]) -> list[Mapping[str, Any]]:
    return [_line(phrases, language, each) for each in lines]


def _line(phrases: Phrases, language: str, line: FiringLine) -> dict[str, Any]:
    return {
        "name": name_of(phrases, language, line.subject),
        "line": line,
        "at": _shown(phrases, line.fire_at),
        "planned": _shown(phrases, line.planned_at),
    }


def _details(phrases: Phrases, language: str, line: FiringLine) -> dict[str, Any]:
    to = phrases.say_plain(language, f"schedule.readers.{line.subject.kind}")
    return {"to": to, **_line(phrases, language, line)}


def _shown(phrases: Phrases, moment: datetime) -> Mapping[str, Any]:
    """A moment on the district's clock: a midnight is the 24:00 of the day that it ends."""
    local = moment.astimezone(phrases.zone)
    is_midnight = f"{local:%H:%M}" == "00:00"
    day = (local - timedelta(days=1) if is_midnight else local).date()
    return {"date": day, "weekday": day.weekday(), "time": "24:00" if is_midnight else f"{local:%H:%M}"}


def _deed(line: FiringLine, kind: type[FiringButton]) -> FiringButton:
    number = line.number
    return kind(number.schedule, number.day, number.round)


def _back(phrases: Phrases, language: str) -> Key:
    return Key(phrases.say_plain(language, "keys.schedule.back"), ShowSchedule(0))
