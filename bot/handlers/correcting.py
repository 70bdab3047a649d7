"""更正: correcting a sealed sheet, and publishing what follows from it."""

from __future__ import annotations

from bot.buttons.objections import AskCorrection, PublishCorrections, ShowCorrections
from bot.screens import correcting as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import correcting
from core.corrections import Corrected


async def ask(visit: Visit, button: AskCorrection) -> None:
    """What is to be corrected?"""
    asked = await visit.act(correcting.ask, visit.actor, button.sheet, button.objection, visit.at)
    visit.post(Screen(screens.correction_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def show_waiting(visit: Visit, button: ShowCorrections) -> None:
    """What waits to be published."""
    found = await visit.act(correcting.waiting_in_round, visit.actor, button.round, visit.at)
    visit.show(screens.waiting_screen(visit.phrases, visit.language, found))


async def publish(visit: Visit, button: PublishCorrections) -> None:
    """公布更正."""
    found = await visit.act(correcting.publish_waiting, visit.actor, button.round, visit.at)
    visit.leaves_work = True
    visit.show(screens.waiting_screen(visit.phrases, visit.language, found))


def show_corrected(visit: Visit, corrected: Corrected) -> None:
    """The sheet was corrected."""
    visit.leaves_work = True
    visit.post(screens.corrected_screen(visit.phrases, visit.language, corrected))
