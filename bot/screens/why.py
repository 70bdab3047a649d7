"""/why: a unit's score, its categories, and what was lost where, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.buttons.why import ListWhy, ShowWhy
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from core.reasons import Why
from core.snapshots import UnitLine


def choice_screen(phrases: Phrases, language: str, units: Sequence[UnitLine], number: int) -> Screen:
    """The units that can be asked about; each opens."""
    page = page_of(units, number)
    text = phrases.say(language, "why.choose", count=len(units), page=page.number + 1, pages=page.last + 1)
    rows = [(Key(unit.name, ShowWhy(unit.unit_id, 0)),) for unit in page.lines]
    return Screen(text, (*rows, *page.turns(phrases, language, ListWhy)))


def why_screen(phrases: Phrases, language: str, found: Why, number: int) -> Screen:
    """One page of a unit's explanation."""
    page = page_of(found.losses, number)
    text = phrases.say(
        language,
        "why.unit",
        found=found,
        components=[(phrases.say_plain(language, f"components.{name}"), part) for name, part in found.components],
        losses=page.lines,
        page=page.number + 1,
        pages=page.last + 1,
    )
    return Screen(text, page.turns(phrases, language, partial(ShowWhy, found.unit_id)))
