"""Photos, albums, files and locations that become evidence."""

from __future__ import annotations

from telegram import Message

from bot.handlers import answers, days, uploads
from bot.handlers.scoring import sheet_screen
from bot.handlers.words import explain, show_typed
from bot.screens.notices import attached_screen
from bot.visit import Visit
from core.actions import attaching, overview, questions, typing
from core.actions import days as calendar
from core.snapshots import Attached, Question
from core.store.evidence import Piece


async def take(visit: Visit) -> None:
    """A file answers a question that takes files; else it is evidence, or a workbook that is read first."""
    message = visit.update.message
    piece = None if message is None else piece_of(message)
    if message is None or piece is None:
        await explain(visit)
        return
    if piece.kind != "location" and (notice := await _notice_asked_for(visit, message)) is not None:
        await days.take_file(visit, message, notice, piece)
    elif piece.kind != "location" and (question := await _asked_for(visit, message, piece)) is not None:
        await answers.take_file(visit, question, piece)
    else:
        await _take_evidence(visit, message, piece)


async def _take_evidence(visit: Visit, message: Message, piece: Piece) -> None:
    """Attach it to the item its caption names, else to the one on screen."""
    actor, chat_id, caption = visit.actor, visit.visitor.chat_id, visit.visitor.text
    typed = await visit.act(typing.take_caption, actor, chat_id, caption, piece, visit.at) if caption else None
    if typed is None or typed.attached is None:
        await _take_on_screen(visit, message, piece)
        return
    await _confirm(visit, typed.attached, piece)
    if typed.items:
        await show_typed(visit, typed)


async def _notice_asked_for(visit: Visit, message: Message) -> Question | None:
    """The question for the notice of holidays that a file answers. A workbook that replies to nothing is a workbook."""
    came = visit.visitor
    if came.reply_to is None and uploads.is_workbook(message):
        return None
    return await visit.act(calendar.question_for_file, visit.actor, came.reply_to)


async def _asked_for(visit: Visit, message: Message, piece: Piece) -> Question | None:
    """The question that a file answers."""
    # A workbook that only happens to come after a report is more likely a form.
    lone = uploads.is_workbook(message) and piece.album is None
    came = visit.visitor
    return await visit.act(
        questions.question_for_file, visit.actor, came.reply_to, piece.album, visit.at, goes_with=not lone
    )


async def _take_on_screen(visit: Visit, message: Message, piece: Piece) -> None:
    if piece.album is None and uploads.is_workbook(message):
        await uploads.take(visit, message, piece)
        return
    attached = await visit.act(attaching.attach_on_screen, visit.actor, visit.visitor.chat_id, piece, visit.at)
    await _confirm(visit, attached, piece)


async def _confirm(visit: Visit, attached: Attached, piece: Piece) -> None:
    # The pictures of an album come one by one, without an end: they share one line that counts them.
    counter = None if piece.album is None else f"{visit.visitor.chat_id}:{piece.album}"
    visit.leaves_work = True
    visit.post(attached_screen(visit.phrases, visit.language, attached, piece.kind), counter=counter)
    standing = await visit.act(overview.on_screen, visit.visitor.chat_id)
    if standing is not None and standing.sheet_id == attached.view.sheet.id and standing.message_id is not None:
        screen = sheet_screen(visit, attached.view, standing.item)
        visit.refresh_sheet(screen, standing.sheet_id, standing.item, standing.message_id)


def piece_of(message: Message) -> Piece | None:
    """The piece of evidence in a message, if there is one."""
    told = {"caption": message.caption, "album": message.media_group_id}
    if message.photo:
        largest = message.photo[-1]
        return Piece("photo", largest.file_unique_id, largest.file_id, None, largest.file_size, **told)
    if file := message.document or message.video:
        return Piece("file", file.file_unique_id, file.file_id, file.file_name, file.file_size, **told)
    if place := message.location:
        # Two locations are two pieces even at the same spot: each message is its own.
        key = f"location:{message.chat_id}:{message.message_id}"
        return Piece("location", key, latitude=str(place.latitude), longitude=str(place.longitude))
    return None
