"""Free text: an answer to a prompt, shorthand, or something the bot cannot place."""

from __future__ import annotations

from bot.commands import offered_to
from bot.handlers import answers, schedule
from bot.handlers.returning import show_returned
from bot.handlers.scoring import sheet_screen
from bot.screens.columns import back_to_column
from bot.screens.notices import answered_note, cannot_place, not_a_command, typed_summary
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import overview, typing
from core.actions.typing import Answered, Returned, Said, Taken, Typed
from core.schedule_views import ForTheClock
from core.snapshots import SheetView


async def take(visit: Visit) -> None:
    """A text message."""
    taken = await visit.act(typing.take_text, visit.actor, _said(visit), visit.at)
    if taken is None:
        await explain(visit)
    else:
        await show_taken(visit, taken)


async def show_taken(visit: Visit, taken: Taken) -> None:
    """What a text led to."""
    if isinstance(taken, Answered):
        await show_answered(visit, taken)
    elif isinstance(taken, Returned):
        await show_returned(visit, taken)
    elif isinstance(taken, Typed):
        await show_typed(visit, taken)
    elif isinstance(taken, ForTheClock):
        await schedule.take_answer(visit, taken)
    else:
        answers.show(visit, taken)


async def show_answered(visit: Visit, taken: Answered) -> None:
    """The reason was taken, and where to go on."""
    note = answered_note(visit.phrases, visit.language, taken)
    await show_below(visit, note, taken.marked.view, taken.marked.shows)


async def no_such_command(visit: Visit) -> None:
    """A command that there is not, or an old one that was edited: never the answer to a question."""
    edited = visit.update.edited_message is not None
    visit.post(Screen(not_a_command(visit.phrases, visit.language, visit.visitor.text, edited=edited)))


async def explain(visit: Visit) -> None:
    """Say what can be sent, when nothing else fits."""
    scores = await visit.act(overview.has_open_sheet, visit.actor, visit.at)
    message, commands = visit.update.effective_message, offered_to(visit.actor)
    is_text = message is not None and message.text is not None
    visit.post(Screen(cannot_place(visit.phrases, visit.language, commands, is_text=is_text, scores=scores)))


async def show_typed(visit: Visit, typed: Typed) -> None:
    """What shorthand filled, and where to go on."""
    owed = typed.owing[0] if typed.owing else None
    item = owed or typed.view.sheet.cursor or 0
    await show_below(visit, typed_summary(visit.phrases, visit.language, typed), typed.view, item)


async def show_below(visit: Visit, note: str, view: SheetView, item: int) -> None:
    """Move the sheet's screen to the bottom of the chat, under what was just typed, headed by a note."""
    chat_id, sheet = visit.visitor.chat_id, view.sheet.id
    standing = await visit.act(overview.on_screen, chat_id)
    if standing is not None and standing.in_column:
        # The column stays where it stands; a key leads back to it.
        visit.post(back_to_column(visit.phrases, visit.language, note, standing))
        return
    await visit.act(overview.shown, chat_id, sheet, item, None)
    screen = sheet_screen(visit, view, item)
    replaces = standing.message_id if standing is not None and standing.sheet_id == sheet else None
    visit.show_sheet(Screen(f"{note}\n\n{screen.text}", screen.rows), sheet, item, replaces=replaces)


def _said(visit: Visit) -> Said:
    came = visit.visitor
    return Said(came.chat_id, came.text, came.reply_to, visit.sent_at)
