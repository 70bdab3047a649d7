"""The letter after an outage: a sheet's screen as it is when it is sent, headed by what happened meanwhile.

It takes the place of the screen that stood in the chat, as a screen does after typed text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.buttons.sheets import ShowSheets
from bot.handlers.scoring import screen_of
from bot.phrases import Phrases
from bot.screens.columns import column_screen
from bot.screens.screen import Key, Screen
from core.actions import columns, door, overview
from core.actions.door import Moment
from core.column_view import ColumnView
from core.errors import Refusal
from core.snapshots import OnScreen, SheetView
from core.store import people
from core.store.engine import Db
from core.store.outbox import Parcel


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a chat, and how it looks now."""

    place: OnScreen
    view: SheetView | ColumnView


def look_again(db: Db, parcel: Parcel, _view: Mapping[str, Any], at: Moment) -> Standing | None:
    """What stands in the chat; None where the sheet is no longer theirs."""
    place = overview.on_screen(db, parcel.chat_id)
    actor = people.actors(db, [parcel.chat_id], at.today).get(parcel.chat_id)
    if place is None or actor is None:
        return None
    try:
        if place.in_column:
            return Standing(place, columns.column(db, actor, place.sheet_id, place.item, at))
        return Standing(place, door.look(db, actor, place.sheet_id, at))
    except Refusal:
        return None


def screen_again(phrases: Phrases, language: str, view: Mapping[str, Any], found: Standing | None) -> Screen:
    """The screen below the note; without a sheet the note alone, with the way to the others."""
    since, until = (datetime.fromisoformat(view[name]) for name in ("since", "until"))
    note = phrases.say(language, "outage.note", since=since, until=until)
    if found is None:
        return Screen(note, ((Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0)),),))
    if isinstance(found.view, ColumnView):
        screen = column_screen(phrases, language, found.view, 0)
    else:
        screen = screen_of(phrases, language, found.view, found.place.item)
    return Screen(f"{note}\n\n{screen.text}", screen.rows)


def place_of(found: Standing | None) -> OnScreen | None:
    """What the letter takes the place of."""
    return None if found is None else found.place
