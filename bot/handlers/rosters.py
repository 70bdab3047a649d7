"""The roster as a workbook: the template, what is there, and the copy in which problems are marked."""

from __future__ import annotations

from bot.buttons.people import PrintRoster
from bot.buttons.uploads import MarkedCopy
from bot.visit import Visit
from core.actions import roster

PAPERS = ("roster_template", "roster", "roster_links")
"""The kinds of paper that a button names by their place."""


async def print_roster(visit: Visit, button: PrintRoster) -> None:
    """A workbook of the roster, which comes when it is written."""
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.roster_coming"))
    visit.paper(PAPERS[min(button.kind, len(PAPERS) - 1)], visit.actor.district_id)


async def marked_copy(visit: Visit, button: MarkedCopy) -> None:
    """The workbook that could not be taken, with its problems marked."""
    await visit.act(roster.refused_workbook, visit.actor, button.upload)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.marked_coming"))
    visit.paper("marked_roster", button.upload)
