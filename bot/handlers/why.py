"""/why: why a unit has the score it has."""

from __future__ import annotations

from bot.buttons.why import ListWhy, ShowWhy
from bot.screens import why as screens
from bot.visit import Visit
from core.actions import explaining


async def ask_why(visit: Visit) -> None:
    """/why [unit]: the one unit that it can be, else the units to choose from."""
    _, _, name = visit.visitor.text.partition(" ")
    await ask_about(visit, name)


async def ask_about(visit: Visit, name: str) -> None:
    """The one unit that a name can mean; without a name, of those that the person may ask about."""
    units = await visit.act(explaining.askable, visit.actor, name.strip(), visit.at)
    if len(units) == 1:
        await show_why(visit, ShowWhy(units[0].unit_id, 0))
    else:
        visit.show(screens.choice_screen(visit.phrases, visit.language, units, 0))


async def list_units(visit: Visit, button: ListWhy) -> None:
    """A page of the units to choose from."""
    units = await visit.act(explaining.askable, visit.actor, "", visit.at)
    visit.show(screens.choice_screen(visit.phrases, visit.language, units, button.page))


async def show_why(visit: Visit, button: ShowWhy) -> None:
    """A page of what a unit lost points for."""
    found = await visit.act(explaining.why, visit.actor, button.unit, visit.at)
    visit.show(screens.why_screen(visit.phrases, visit.language, found, button.page))
