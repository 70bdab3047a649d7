"""Workbooks that people send, and what they answer to the preview."""

from __future__ import annotations

from pathlib import PurePath

from telegram import Message

from bot.buttons.uploads import ApplyUpload, DropUpload, ShowUpload
from bot.drawn import XLSX
from bot.readers import READERS
from bot.screens.screen import Screen
from bot.screens.uploads import applying_text, dropped_text, reading_text
from bot.visit import Visit
from core.actions import uploading
from core.permissions import require
from core.store.evidence import Piece

_SUFFIXES = {".xlsx", ".xlsm", ".xls"}


def is_workbook(message: Message) -> bool:
    """Whether a message brings a workbook, by its name or its media type."""
    file = message.document
    if file is None:
        return False
    return file.mime_type == XLSX or PurePath(file.file_name or "").suffix.lower() in _SUFFIXES


async def take(visit: Visit, message: Message, piece: Piece) -> None:
    """Have a workbook read."""
    came = visit.visitor
    await visit.act(uploading.receive, visit.actor, came.chat_id, message.message_id, piece, visit.at)
    visit.leaves_work = True
    visit.post(Screen(reading_text(visit.phrases, visit.language, piece.name or "")))


async def show_upload(visit: Visit, button: ShowUpload) -> None:
    """A part of the preview."""
    record = await visit.act(uploading.waiting, visit.actor, button.upload)
    reader = READERS[str(record.kind)]
    require(visit.actor, reader.right)
    preview = await visit.act(reader.preview, visit.actor, record.body or "", visit.at)
    visit.show(reader.screen(visit.phrases, visit.language, record.id, preview, button.part, button.page))


async def apply_upload(visit: Visit, button: ApplyUpload) -> None:
    """Have it applied."""
    shown_in = visit.visitor.message_id
    record = await visit.act(uploading.confirm, visit.actor, button.upload, button.check, shown_in, visit.at)
    visit.leaves_work = True
    visit.show(Screen(applying_text(visit.phrases, visit.language, record.name)))


async def drop_upload(visit: Visit, button: DropUpload) -> None:
    """Put it aside."""
    record = await visit.act(uploading.put_aside, visit.actor, button.upload)
    visit.show(Screen(dropped_text(visit.phrases, visit.language, record.name)))
