"""/units: the list by kind, and one unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.buttons.people import ShowPerson, ShowUnit, ShowUnits
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from core.rubric import UnitKind
from core.snapshots import UnitCard, UnitLine

KINDS: tuple[UnitKind, ...] = ("township", "department")
"""Kinds of unit; a button names one by its place."""


def units_screen(phrases: Phrases, language: str, units: Sequence[UnitLine], chosen: int, number: int) -> Screen:
    """One page of the units of a kind, those that ended last."""
    chosen = min(chosen, len(KINDS) - 1)
    found = sorted((each for each in units if each.kind == KINDS[chosen]), key=lambda each: each.ended)
    page = page_of(found, number)
    text = phrases.say(
        language, "units.list", kind=KINDS[chosen], count=len(found), page=page.number + 1, pages=page.last + 1
    )
    rows = [
        (Key(phrases.say_plain(language, "keys.units.unit", unit=each), ShowUnit(each.unit_id)),) for each in page.lines
    ]
    turns = page.turns(phrases, language, partial(ShowUnits, chosen))
    other = 1 - chosen
    switch = Key(phrases.say_plain(language, f"keys.units.{KINDS[other]}"), ShowUnits(other, 0))
    return Screen(text, (*rows, *turns, (switch,)))


def unit_screen(phrases: Phrases, language: str, card: UnitCard) -> Screen:
    """One unit; its people open."""
    people = page_of(card.people, 0).lines
    text = phrases.say(language, "units.unit", card=card, unit=card.unit, more=len(card.people) - len(people))
    rows = [(Key(each.name, ShowPerson(each.person_id)),) for each in people]
    back = Key(phrases.say_plain(language, "keys.units.to_list"), ShowUnits(KINDS.index(card.unit.kind), 0))
    return Screen(text, (*rows, (back,)))
