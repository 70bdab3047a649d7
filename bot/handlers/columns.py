"""Column mode: one item across all departments of a township, and handing all of them in."""

from __future__ import annotations

from bot.buttons.columns import AskSubmitAll, HalfInColumn, MarkInColumn, PickInColumn, ShowColumn, SubmitAll
from bot.handlers.scoring import ask_for_reason
from bot.screens import columns as screens
from bot.screens.notices import marked_toast
from bot.visit import Visit
from core.actions import columns
from core.snapshots import Place


async def show_column(visit: Visit, button: ShowColumn) -> None:
    """An item with all departments."""
    view = await visit.act(columns.column, visit.actor, button.sheet, button.item, visit.at)
    await visit.act(columns.stands_in_column, _place(visit), button.sheet, view.item.number)
    visit.show(screens.column_screen(visit.phrases, visit.language, view, button.page))


async def pick(visit: Visit, button: PickInColumn) -> None:
    """One department's marks for the item."""
    view = await visit.act(columns.column, visit.actor, button.sheet, button.item, visit.at)
    await visit.act(columns.stands_in_column, _place(visit), button.sheet, button.item)
    visit.show(screens.department_screen(visit.phrases, visit.language, view, button.sheet))


async def choose_half(visit: Visit, button: HalfInColumn) -> None:
    """The whole number is chosen: .0 or .5?"""
    view = await visit.act(columns.column, visit.actor, button.sheet, button.item, visit.at)
    visit.show(screens.department_screen(visit.phrases, visit.language, view, button.sheet, button.points))


async def set_mark(visit: Visit, button: MarkInColumn) -> None:
    """A mark, then the next department without one, then the column."""
    sheet, item, points = button.sheet, button.item, button.points
    marked = await visit.act(columns.mark_in_column, visit.actor, _place(visit), sheet, item, points, visit.at)
    visit.toast(marked_toast(visit.phrases, visit.language, marked))
    view = await visit.act(columns.column, visit.actor, sheet, item, visit.at)
    visit.show(screens.next_screen(visit.phrases, visit.language, view, sheet))
    if marked.prompt_id is not None:
        ask_for_reason(visit, marked, marked.prompt_id)


async def ask_submit_all(visit: Visit, button: AskSubmitAll) -> None:
    """全部提交: which are complete, and which are not."""
    found = await visit.act(columns.ready, visit.actor, button.sheet, visit.at)
    visit.show(screens.submit_all_screen(visit.phrases, visit.language, button.sheet, found))


async def submit_all(visit: Visit, button: SubmitAll) -> None:
    """Hand in all that are complete."""
    found = await visit.act(columns.submit_all, visit.actor, button.sheet, visit.at)
    visit.show(screens.submitted_all_screen(visit.phrases, visit.language, button.sheet, found))


def _place(visit: Visit) -> Place:
    return Place(visit.visitor.chat_id, visit.visitor.message_id)
