"""/people and /units: the office looks at them, ends a person, and hands sheets over."""

from __future__ import annotations

from bot.buttons.people import (
    AskEndPerson,
    ChooseReceiver,
    EndPerson,
    HandOver,
    ShowPeople,
    ShowPerson,
    ShowUnit,
    ShowUnits,
)
from bot.screens import people as screens
from bot.screens import units as unit_screens
from bot.visit import Visit
from core.actions import staff


async def list_people(visit: Visit) -> None:
    """/people: everybody; /people 张: those whose name holds this."""
    _, _, name = visit.visitor.text.partition(" ")
    everybody = await visit.act(staff.everybody, visit.actor, visit.at)
    visit.show(screens.people_screen(visit.phrases, visit.language, everybody, 0, 0, name.strip()))


async def show_people(visit: Visit, button: ShowPeople) -> None:
    """A page of the list."""
    everybody = await visit.act(staff.everybody, visit.actor, visit.at)
    visit.show(screens.people_screen(visit.phrases, visit.language, everybody, button.filter, button.page))


async def show_person(visit: Visit, button: ShowPerson) -> None:
    """One person."""
    card = await visit.act(staff.person, visit.actor, button.person, visit.at)
    visit.show(screens.person_screen(visit.phrases, visit.language, card))


async def ask_end_person(visit: Visit, button: AskEndPerson) -> None:
    """停用: really?"""
    card = await visit.act(staff.person, visit.actor, button.person, visit.at)
    visit.show(screens.end_person_screen(visit.phrases, visit.language, card))


async def end_person(visit: Visit, button: EndPerson) -> None:
    """停用."""
    card = await visit.act(staff.end_person, visit.actor, button.person, visit.at)
    # Those whose updates wait in the same batch are looked up again: rights end at once.
    visit.people_changed = True
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.people.ended", person=card.person))
    visit.show(screens.person_screen(visit.phrases, visit.language, card))


async def choose_receiver(visit: Visit, button: ChooseReceiver) -> None:
    """移交: to whom?"""
    sheet = await visit.act(staff.handover, visit.actor, button.sheet, visit.at)
    visit.show(screens.receivers_screen(visit.phrases, visit.language, sheet, button.page))


async def hand_over(visit: Visit, button: HandOver) -> None:
    """Give the sheet to this person."""
    card = await visit.act(staff.hand_over, visit.actor, button.sheet, button.person, visit.at)
    visit.leaves_work = True
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.people.handed_over"))
    visit.show(screens.person_screen(visit.phrases, visit.language, card))


async def list_units(visit: Visit) -> None:
    """/units: the townships; the departments are a tap away."""
    units = await visit.act(staff.all_units, visit.actor, visit.at)
    visit.show(unit_screens.units_screen(visit.phrases, visit.language, units, 0, 0))


async def show_units(visit: Visit, button: ShowUnits) -> None:
    """A page of the list."""
    units = await visit.act(staff.all_units, visit.actor, visit.at)
    visit.show(unit_screens.units_screen(visit.phrases, visit.language, units, button.kind, button.page))


async def show_unit(visit: Visit, button: ShowUnit) -> None:
    """One unit."""
    card = await visit.act(staff.unit, visit.actor, button.unit, visit.at)
    visit.show(unit_screens.unit_screen(visit.phrases, visit.language, card))
