"""What raters and the office are told of a round, worded when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.buttons.rounds import ChooseNewRound, ShowRound
from bot.buttons.sheets import ShowSheets
from bot.phrases import Phrases
from bot.screens.rounds import unassessed_line
from bot.screens.screen import Key, Screen

if TYPE_CHECKING:
    # Only the shape: at run time a screen knows no store.
    from core.store.rounds import RoundRecord

MOST_CONFLICTS = 20
"""Lines of names in one letter; the rest is counted."""


def round_opened_screen(phrases: Phrases, language: str, record: RoundRecord) -> Screen:
    """There is something to score, and until when."""
    return Screen(phrases.say(language, "round_letters.opened", round=record), _to_sheets(phrases, language))


def nudge_screen(phrases: Phrases, language: str, record: RoundRecord) -> Screen:
    """The office reminds of sheets that are not finished."""
    return Screen(phrases.say(language, "round_letters.nudge", round=record), _to_sheets(phrases, language))


def round_rescheduled_screen(phrases: Phrases, language: str, record: RoundRecord, *, is_over: bool) -> Screen:
    """There is time until then, or none any more."""
    if is_over:
        return Screen(phrases.say(language, "round_letters.closed", round=record))
    return Screen(phrases.say(language, "round_letters.until", round=record), _to_sheets(phrases, language))


def round_troubles_screen(phrases: Phrases, language: str, record: RoundRecord, view: Mapping[str, Any]) -> Screen:
    """To the office: no sheet was handed out, or some were not, and why; and the units that nobody scores."""
    sheets, kept_away = view["sheets"], view["kept_away"]
    named = kept_away[:MOST_CONFLICTS]
    more = len(kept_away) - len(named)
    text = phrases.say(language, "round_letters.troubles", round=record, sheets=sheets, kept_away=named, more=more)
    if sheets:
        # A letter that was owed before these were told has none; without any sheet it is all of them.
        text += unassessed_line(phrases, language, record.unit_kind, view.get("unassessed", ()), is_open=True)
    return Screen(text, ((Key(phrases.say_plain(language, "keys.rounds.to_round"), ShowRound(record.id)),),))


def round_missed_screen(phrases: Phrases, language: str, view: Mapping[str, Any]) -> Screen:
    """To the office: the program was down for all of a round's time."""
    text = phrases.say(language, "round_letters.missed", period=view["period"], kind=view["kind"])
    return Screen(text, ((Key(phrases.say_plain(language, "keys.rounds.new"), ChooseNewRound()),),))


def _to_sheets(phrases: Phrases, language: str) -> tuple[tuple[Key, ...], ...]:
    return ((Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0)),),)
