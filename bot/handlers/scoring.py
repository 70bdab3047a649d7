"""The item screen: showing items, setting marks, the 目录 and the list of sheets."""

from __future__ import annotations

from bot.buttons.sheets import ChooseHalf, SetMark, ShowContents, ShowItem, ShowSheets
from bot.phrases import Phrases
from bot.screens.contents import contents_screen
from bot.screens.item import half_screen, item_screen
from bot.screens.lists import sheets_screen
from bot.screens.notices import marked_toast, reason_prompt
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import door, marking, overview
from core.errors import NoOpenSheet
from core.sheet import SheetState
from core.snapshots import Marked, Place, SheetView


async def list_sheets(visit: Visit) -> None:
    """/score: the person's sheets; a single open one is opened at once."""
    lines = await visit.act(overview.my_sheets, visit.actor, visit.at)
    if not lines:
        raise NoOpenSheet
    unfinished = [line for line in lines if line.state is SheetState.OPEN]
    if len(unfinished) == 1:
        await open_sheet(visit, unfinished[0].sheet_id, 0)
        return
    visit.show(sheets_screen(visit.phrases, visit.language, lines, 0))


async def show_sheets(visit: Visit, button: ShowSheets) -> None:
    """A page of the list of sheets."""
    lines = await visit.act(overview.my_sheets, visit.actor, visit.at)
    visit.show(sheets_screen(visit.phrases, visit.language, lines, button.page))


async def show_item(visit: Visit, button: ShowItem) -> None:
    """An item of a sheet, or the first one without a mark."""
    await open_sheet(visit, button.sheet, button.item)


async def set_mark(visit: Visit, button: SetMark) -> None:
    """A mark, then the next item; where a reason is owed, the question for it first."""
    place = Place(visit.visitor.chat_id, visit.visitor.message_id)
    marked = await visit.act(marking.set_mark, visit.actor, place, button.sheet, button.item, button.points, visit.at)
    visit.toast(marked_toast(visit.phrases, visit.language, marked))
    visit.show_sheet(screen_after(visit, marked), button.sheet, marked.shows)
    if marked.prompt_id is not None:
        ask_for_reason(visit, marked, marked.prompt_id)


async def choose_half(visit: Visit, button: ChooseHalf) -> None:
    """The whole number of a large item is chosen: .0 or .5?"""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    view.sheet.item(button.item)
    screen = half_screen(visit.phrases, visit.language, view, button.item, button.points)
    visit.show_sheet(screen, button.sheet, button.item)


async def show_contents(visit: Visit, button: ShowContents) -> None:
    """The 目录 of a sheet."""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    await visit.act(overview.shown, visit.visitor.chat_id, button.sheet, 0, visit.visitor.message_id)
    visit.show_sheet(contents_screen(visit.phrases, visit.language, view), button.sheet, 0)


async def open_sheet(visit: Visit, sheet: int, item: int) -> None:
    """Show one item of a sheet (0: the first without a mark), and remember that it stands there."""
    view = await visit.act(door.look, visit.actor, sheet, visit.at)
    item = view.sheet.item(item).number if item else view.sheet.cursor or 0
    place = visit.visitor
    message_id = place.message_id if place.query_id is not None else None
    screen = sheet_screen(visit, view, item)
    await visit.act(overview.shown, place.chat_id, sheet, item, message_id)
    visit.show_sheet(screen, sheet, item)


def screen_after(visit: Visit, marked: Marked) -> Screen:
    """The screen that follows a mark."""
    return sheet_screen(visit, marked.view, marked.shows)


def sheet_screen(visit: Visit, view: SheetView, item: int) -> Screen:
    """An item of the sheet, or its contents for item 0."""
    return screen_of(visit.phrases, visit.language, view, item)


def screen_of(phrases: Phrases, language: str, view: SheetView, item: int) -> Screen:
    """An item of the sheet, or its contents: for item 0, and for one that no longer counts (督查重点)."""
    if item == 0 or (view.sheet.focus is not None and item not in view.sheet.focus):
        return contents_screen(phrases, language, view)
    return item_screen(phrases, language, view, item)


def ask_for_reason(visit: Visit, marked: Marked, prompt_id: int) -> None:
    """Ask for the reason of a mark, in a message to be replied to."""
    visit.post(Screen(reason_prompt(visit.phrases, visit.language, marked)), prompt_id=prompt_id)
