"""说明情况: a unit explains its last places, and the office reads it."""

from __future__ import annotations

from bot.buttons.finals import Explain, FetchExplanationFiles, ListExplanations, ShowExplanation
from bot.handlers.ledger import send_files
from bot.period_numbers import period_of
from bot.screens import explanations as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import explanations
from core.explanations import Explained


async def ask(visit: Visit, button: Explain) -> None:
    """The question."""
    quarter = period_of(button.quarter)
    asked = await visit.act(explanations.ask, visit.actor, button.unit, quarter, visit.at)
    visit.post(Screen(screens.explanation_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def list_all(visit: Visit, button: ListExplanations) -> None:
    """What is to be explained, and what was filed."""
    found = await visit.act(explanations.all_of, visit.actor, visit.at)
    visit.show(screens.list_screen(visit.phrases, visit.language, found, button.page))


async def show(visit: Visit, button: ShowExplanation) -> None:
    """What a unit filed."""
    quarter = period_of(button.quarter)
    found = await visit.act(explanations.look, visit.actor, button.unit, quarter, visit.at)
    visit.show(screens.explanation_screen(visit.phrases, visit.language, found))


async def fetch_files(visit: Visit, button: FetchExplanationFiles) -> None:
    """Its photos and files."""
    quarter = period_of(button.quarter)
    send_files(visit, await visit.act(explanations.files_of, visit.actor, button.unit, quarter, visit.at))


def show_receipt(visit: Visit, taken: Explained, counter: str | None = None) -> None:
    """It was received, in time or late."""
    visit.leaves_work = True
    visit.post(Screen(screens.receipt(visit.phrases, visit.language, taken)), counter=counter)
