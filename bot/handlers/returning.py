"""退回: looking into a sheet that was handed in, and giving an item of it back."""

from __future__ import annotations

from bot.buttons.returning import AskReturn, ShowEvidence, ShowSubmitted
from bot.screens import returning as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import returning
from core.actions.typing import Returned


async def show_submitted(visit: Visit, button: ShowSubmitted) -> None:
    """A category of the sheet."""
    found = await visit.act(returning.submitted, visit.actor, button.sheet, visit.at)
    visit.show(screens.submitted_screen(visit.phrases, visit.language, found, button.part))


async def ask_return(visit: Visit, button: AskReturn) -> None:
    """Why does the item go back?"""
    asked = await visit.act(returning.ask, visit.actor, button.sheet, button.item, visit.at)
    visit.post(Screen(screens.return_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def show_evidence(visit: Visit, button: ShowEvidence) -> None:
    """A page of an item's evidence: what there is in words, then the files themselves."""
    found, pieces = await visit.act(returning.evidence_of, visit.actor, button.sheet, button.item, visit.at)
    screen, files = screens.evidence_screen(visit.phrases, visit.language, found, button.item, pieces, button.page)
    visit.post(screen)
    for evidence_id in files:
        visit.paper("evidence", evidence_id)


async def show_returned(visit: Visit, returned: Returned) -> None:
    """The reason was taken: the item is with its rater again."""
    visit.leaves_work = True
    visit.post(screens.returned_screen(visit.phrases, visit.language, returned.found, returned.item))
