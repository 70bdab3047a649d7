"""/rounds: the list, one round with what can be done about it, its closing time, its focus, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.buttons.rounds import (
    AskCloseEarly,
    AskClosing,
    AskOpenRound,
    ChooseNewRound,
    CloseEarly,
    FocusOff,
    FocusOn,
    OpenRound,
    SetClosing,
    ShowFocus,
    ShowRound,
    ShowRounds,
    SupplySheets,
)
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.screens.sheets import ITEMS_PER_ROW, in_rows
from core.periods import Period
from core.rubric import UnitKind
from core.snapshots import RoundView

ROUNDS_PER_PAGE = 8
MOST_UNASSESSED = 12
"""Units without a sheet that are named; the rest is counted."""
KINDS: tuple[UnitKind, ...] = ("township", "department")
"""Kinds of unit; a button names one by its place."""

Proposal = tuple[Period, UnitKind]


def rounds_screen(phrases: Phrases, language: str, views: Sequence[RoundView], page: int) -> Screen:
    """One page of the rounds (from 0, the nearest there is), in the order they are given in."""
    last = max(0, (len(views) - 1) // ROUNDS_PER_PAGE)
    page = min(page, last)
    here = views[page * ROUNDS_PER_PAGE : (page + 1) * ROUNDS_PER_PAGE]
    text = phrases.say(language, "rounds.list", rounds=here, page=page + 1, pages=last + 1)
    rows = [(Key(_name(phrases, language, view), ShowRound(view.round_id)),) for view in here]
    turns = []
    if page > 0:
        turns.append(Key(phrases.say_plain(language, "keys.back"), ShowRounds(page - 1)))
    if page < last:
        turns.append(Key(phrases.say_plain(language, "keys.forward"), ShowRounds(page + 1)))
    new = Key(phrases.say_plain(language, "keys.rounds.new"), ChooseNewRound())
    return Screen(text, (*rows, *((tuple(turns),) if turns else ()), (new,)))


def round_screen(phrases: Phrases, language: str, view: RoundView) -> Screen:
    """One round; a key for everything that can be done about it now, and for nothing else."""
    text = phrases.say(language, "rounds.round", round=view)
    text += unassessed_line(phrases, language, view.unit_kind, view.unassessed, is_open=view.is_open)
    number = view.round_id
    rows: list[tuple[Key, ...]] = []
    if view.is_open:
        closing = Key(phrases.say_plain(language, "keys.rounds.extend"), AskClosing(number))
        rows.append((closing, Key(phrases.say_plain(language, "keys.rounds.close"), AskCloseEarly(number))))
        supply = Key(phrases.say_plain(language, "keys.rounds.supply"), SupplySheets(number))
        rows.append((Key(phrases.say_plain(language, "keys.rounds.focus"), ShowFocus(number)), supply))
    elif not view.is_final:
        rows.append((Key(phrases.say_plain(language, "keys.rounds.reopen"), AskClosing(number)),))
    return Screen(text, (*rows, (_to_list(phrases, language),)))


def unassessed_line(phrases: Phrases, language: str, kind: UnitKind, units: Sequence[str], *, is_open: bool) -> str:
    """Another line of a text about a round: the units that nobody has a sheet for. Nothing where there are none."""
    if not units:
        return ""
    named, more = units[:MOST_UNASSESSED], len(units[MOST_UNASSESSED:])
    said = phrases.say(language, "rounds.unassessed", units=named, more=more, kind=kind, is_open=is_open)
    return f"\n{said}"


def closing_screen(phrases: Phrases, language: str, view: RoundView) -> Screen:
    """Until when? Each choice names the time that it sets."""
    text = phrases.say(language, "rounds.closing", round=view)
    rows = [
        (Key(phrases.say_plain(language, "keys.rounds.until", at=at), SetClosing(view.round_id, _minute(at))),)
        for at in view.closings
    ]
    return Screen(text, (*rows, (_to_round(phrases, language, view),)))


def close_early_screen(phrases: Phrases, language: str, view: RoundView) -> Screen:
    """Asks whether the round is to be closed now."""
    text = phrases.say(language, "rounds.close_early", round=view)
    confirm = Key(phrases.say_plain(language, "keys.rounds.confirm_close"), CloseEarly(view.round_id))
    return Screen(text, ((confirm,), (_to_round(phrases, language, view),)))


def focus_screen(phrases: Phrases, language: str, view: RoundView) -> Screen:
    """The items, those that count ticked when not all do. Once it is fixed it can be looked at."""
    changeable = view.is_open and not view.focus_fixed
    text = phrases.say(language, "rounds.focus", round=view, changeable=changeable)
    back = (_to_round(phrases, language, view),)
    if not changeable:
        return Screen(text, (back,))
    keys = [_focus_key(view, item.number) for item in view.rubric.items]
    every = Key(phrases.say_plain(language, "keys.rounds.all_items"), FocusOn(view.round_id, 0))
    return Screen(text, (*in_rows(keys, ITEMS_PER_ROW), (every,), back))


def new_round_screen(phrases: Phrases, language: str, proposals: Sequence[Proposal]) -> Screen:
    """Which round is to be opened?"""
    rows = [
        (Key(phrases.say_plain(language, "keys.rounds.proposal", period=str(period), kind=kind), _ask(period, kind)),)
        for period, kind in proposals
    ]
    return Screen(phrases.say(language, "rounds.new", any=bool(rows)), (*rows, (_to_list(phrases, language),)))


def open_round_screen(phrases: Phrases, language: str, period: Period, kind: UnitKind, closes_at: datetime) -> Screen:
    """Asks whether this round is to be opened now."""
    text = phrases.say(language, "rounds.confirm_open", period=str(period), kind=kind, closes_at=closes_at)
    deed = OpenRound(period.kind.value, period.year, period.number, KINDS.index(kind))
    confirm = Key(phrases.say_plain(language, "keys.rounds.confirm_open"), deed)
    return Screen(text, ((confirm,), (_to_list(phrases, language),)))


def _name(phrases: Phrases, language: str, view: RoundView) -> str:
    key = "keys.rounds.open_round" if view.is_open else "keys.rounds.closed_round"
    return phrases.say_plain(language, key, round=view)


def _focus_key(view: RoundView, item: int) -> Key:
    if view.focus is not None and item in view.focus:
        return Key(f"✓{item}", FocusOff(view.round_id, item))
    return Key(str(item), FocusOn(view.round_id, item))


def _ask(period: Period, kind: UnitKind) -> AskOpenRound:
    return AskOpenRound(period.kind.value, period.year, period.number, KINDS.index(kind))


def _to_round(phrases: Phrases, language: str, view: RoundView) -> Key:
    return Key(phrases.say_plain(language, "keys.rounds.to_round"), ShowRound(view.round_id))


def _to_list(phrases: Phrases, language: str) -> Key:
    return Key(phrases.say_plain(language, "keys.rounds.to_list"), ShowRounds(0))


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
