"""The gate: a ranking that is held because something is missing, and the office's word on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.buttons.finals import ExtendHeld, KeepWaiting, LetThrough, ShowHeld
from bot.period_numbers import period_number
from bot.phrases import Phrases
from bot.screens.rounds import KINDS
from bot.screens.screen import Key, Screen
from core.periods import Period
from core.rubric import UnitKind

_MOST_LINES = 20


def ranking_held_letter(phrases: Phrases, language: str, view: Mapping[str, Any], round_id: int | None) -> Screen:
    """To the office: what is missing, by unit and rater, and a key for each choice."""
    lacking = [{"unit": unit, "rater": rater} for unit, rater in view["sheets"]]
    # A letter that an earlier version owed tells these among the units.
    short = [{"unit": unit, "sheets": sheets} for unit, sheets in view.get("short", ())]
    text = phrases.say(
        language,
        "gate.held",
        period=view["period"],
        kind=view["kind"],
        sheets=lacking[:_MOST_LINES],
        more_sheets=len(lacking[_MOST_LINES:]),
        units=view["units"][:_MOST_LINES],
        more_units=len(view["units"][_MOST_LINES:]),
        short=short[:_MOST_LINES],
        more_short=len(short[_MOST_LINES:]),
        least=view.get("least"),
    )
    number, kind = period_number(Period.parse(view["period"])), KINDS.index(view["kind"])
    rows = [(Key(phrases.say_plain(language, "keys.gate.let_through"), LetThrough(number, kind)),)]
    if round_id is not None:
        rows.append((Key(phrases.say_plain(language, "keys.gate.extend"), ExtendHeld(round_id)),))
    rows.append((Key(phrases.say_plain(language, "keys.gate.wait"), KeepWaiting(number, kind)),))
    return Screen(text, tuple(rows))


def held_key(phrases: Phrases, language: str, period: Period, kind: UnitKind) -> Key:
    """The key that shows the choice once more."""
    label = phrases.say_plain(language, "keys.gate.held", period=str(period), kind=kind)
    return Key(label, ShowHeld(period_number(period), KINDS.index(kind)))


def let_through_screen(phrases: Phrases, language: str, period: str, kind: UnitKind) -> Screen:
    """The office let it through."""
    return Screen(phrases.say(language, "gate.let_through", period=period, kind=kind))
