"""/progress: how far a round is, and reminding those who are not finished."""

from __future__ import annotations

from bot.buttons.progress import Nudge, PrintProgress, ShowProgress
from bot.screens.progress import progress_screen
from bot.visit import Visit
from core.actions import progress


async def list_progress(visit: Visit) -> None:
    """/progress: the round that closes next."""
    await show_progress(visit, ShowProgress(0, 0, 0))


async def show_progress(visit: Visit, button: ShowProgress) -> None:
    """A page of a round's sheets."""
    view = await visit.act(progress.progress, visit.actor, button.round, visit.at)
    visit.show(progress_screen(visit.phrases, visit.language, view, button.filter, button.page))


async def nudge(visit: Visit, button: Nudge) -> None:
    """提醒."""
    told = await visit.act(progress.nudge, visit.actor, button.round, button.sheet, visit.at)
    visit.leaves_work = True
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.nudged", told=told), alert=True)


async def print_progress(visit: Visit, button: PrintProgress) -> None:
    """The list as a workbook, which comes when it is written."""
    await visit.act(progress.progress, visit.actor, button.round, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.progress_coming"))
    visit.paper("progress", button.round)
