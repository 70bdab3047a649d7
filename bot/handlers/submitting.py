"""其余满分 and handing in, each confirmed before it is done."""

from __future__ import annotations

from bot.buttons.sheets import AskFillRest, FillRest, ReviewSheet, SubmitSheet
from bot.screens.contents import contents_screen
from bot.screens.review import fill_rest_screen, receipt_text, review_screen
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import door, marking, submitting


async def ask_fill_rest(visit: Visit, button: AskFillRest) -> None:
    """Ask whether the rest is to get full marks."""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    visit.show_sheet(fill_rest_screen(visit.phrases, visit.language, view), button.sheet, 0)


async def fill_rest(visit: Visit, button: FillRest) -> None:
    """Give the rest full marks."""
    view = await visit.act(marking.fill_rest, visit.actor, button.sheet, visit.at)
    visit.show_sheet(contents_screen(visit.phrases, visit.language, view), button.sheet, 0)


async def review(visit: Visit, button: ReviewSheet) -> None:
    """Totals and gaps before handing in."""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    visit.show_sheet(review_screen(visit.phrases, visit.language, view), button.sheet, 0)


async def submit(visit: Visit, button: SubmitSheet) -> None:
    """Hand in; the receipt follows as text and as a paper to keep."""
    view = await visit.act(submitting.submit, visit.actor, button.sheet, visit.at)
    visit.show_sheet(contents_screen(visit.phrases, visit.language, view), button.sheet, 0)
    visit.post(Screen(receipt_text(visit.phrases, visit.language, view)))
    visit.paper("receipt", button.sheet)
