"""/why: why a unit stands where it stands."""

from __future__ import annotations

from bot.buttons.why import ExplainRow, ListWhy, ListWhyOf, ShowLossEvidence, ShowWhy
from bot.screens import why as screens
from bot.visit import Visit
from core.actions import explaining
from core.permissions import Right, may


async def ask_why(visit: Visit) -> None:
    """/why [unit] [period]: the one unit that it can be, else the units to choose from."""
    _, _, words = visit.visitor.text.partition(" ")
    await ask_about(visit, words)


async def ask_about(visit: Visit, words: str) -> None:
    """The one unit that words can mean, with a period or without; else a choice of those they may ask about."""
    choice = await visit.act(explaining.asked, visit.actor, words.strip(), visit.at)
    if len(choice.units) == 1:
        (unit,) = choice.units
        await explain_row(visit, ExplainRow(unit.unit_id, choice.rankings.get(unit.kind, 0), screens.GLANCE, 0))
    else:
        visit.show(screens.choice_screen(visit.phrases, visit.language, choice.units, choice.rankings, 0))


async def list_units(visit: Visit, button: ListWhy) -> None:
    """A page of the units to choose from."""
    units = await visit.act(explaining.askable, visit.actor, "", visit.at)
    visit.show(screens.choice_screen(visit.phrases, visit.language, units, {}, button.page))


async def list_units_of(visit: Visit, button: ListWhyOf) -> None:
    """A page of the units to choose from, for a period."""
    choice = await visit.act(explaining.asked_of, visit.actor, button.ranking, visit.at)
    visit.show(screens.choice_screen(visit.phrases, visit.language, choice.units, choice.rankings, button.page))


async def show_why(visit: Visit, button: ShowWhy) -> None:
    """The newest result, at a glance, or a page of what was lost."""
    await explain_row(visit, ExplainRow(button.unit, 0, screens.LOSSES if button.page else screens.GLANCE, button.page))


async def explain_row(visit: Visit, button: ExplainRow) -> None:
    """A part of the explanation."""
    found = await visit.act(explaining.why, visit.actor, button.unit, visit.at, button.ranking)
    of_office = may(visit.actor, Right.TEST_RANKINGS)
    visit.show(screens.why_screen(visit.phrases, visit.language, found, button.part, button.page, of_office=of_office))


async def show_evidence(visit: Visit, button: ShowLossEvidence) -> None:
    """A page of the evidence to a lost item: what there is in words, then the files themselves."""
    asked = (button.unit, button.ranking, button.item)
    unit, pieces = await visit.act(explaining.evidence_of, visit.actor, *asked, visit.at)
    screen, files = screens.evidence_screen(visit.phrases, visit.language, unit.name, button, pieces)
    visit.post(screen)
    for evidence_id in files:
        visit.paper("loss_evidence", evidence_id)
