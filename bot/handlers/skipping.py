"""不了解: a township skips a department, or scores it after all."""

from __future__ import annotations

from bot.buttons.columns import AskSkip, Resume, Skip
from bot.screens.contents import contents_screen
from bot.screens.review import ask_skip_screen
from bot.visit import Visit
from core.actions import door, skipping


async def ask_skip(visit: Visit, button: AskSkip) -> None:
    """Ask before marks that are there stop counting; without any, skip at once."""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    if not view.sheet.marks:
        await skip(visit, Skip(button.sheet))
        return
    visit.show_sheet(ask_skip_screen(visit.phrases, visit.language, view), button.sheet, 0)


async def skip(visit: Visit, button: Skip) -> None:
    """Skip the department."""
    view = await visit.act(skipping.skip, visit.actor, button.sheet, visit.at)
    visit.show_sheet(contents_screen(visit.phrases, visit.language, view), button.sheet, 0)


async def resume(visit: Visit, button: Resume) -> None:
    """Score the department after all."""
    view = await visit.act(skipping.resume, visit.actor, button.sheet, visit.at)
    visit.show_sheet(contents_screen(visit.phrases, visit.language, view), button.sheet, 0)
