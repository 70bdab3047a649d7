"""What the clock tells people, worded when it is sent: reminders of duties, and what the office hears of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.buttons.days import ShowHolidays
from bot.phrases import Phrases
from bot.screens.filing import duty_key
from bot.screens.screen import Key, Screen
from core.filing_views import OwedDuty

View = Mapping[str, Any]

_MOST_LINES = 30


def reminder_screen(phrases: Phrases, language: str, view: View, owed: OwedDuty | None) -> Screen:
    """A duty is due; None: it was filed, or excused, before this went out."""
    kind = view["kind"]
    if owed is None:
        return Screen(phrases.say(language, "reminders.done", told=view))
    text = phrases.say(language, f"reminders.{kind}", owed=owed, day=view["day"], today=view.get("is_today", True))
    return Screen(text, ((duty_key(phrases, language, owed),),))


def holidays_unknown_letter(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    """Nobody knows yet which days of the next year are worked."""
    key = Key(phrases.say_plain(language, "keys.days.open", year=view["year"]), ShowHolidays(view["year"]))
    return Screen(phrases.say(language, "reminders.holidays_unknown", year=view["year"]), ((key,),))


def reminders_missed_letter(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    """Reminders that an outage made too late."""
    lines = [
        {"kind": phrases.say_plain(language, f"reminders.kinds.{kind}"), "at": datetime.fromisoformat(moment)}
        for kind, moment in view["missed"]
    ]
    return Screen(phrases.say(language, "reminders.missed", lines=lines[:_MOST_LINES], more=len(lines[_MOST_LINES:])))


def reminders_late_letter(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    """Reminders that could not be sent in their time."""
    return Screen(phrases.say(language, "reminders.late", count=view["count"]))


def talk_asked_letter(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    """The flag's winner is asked to tell how they did it."""
    return Screen(phrases.say(language, "reminders.talk", told=view))
