"""Workbooks that people send: taken, shown as what they would do, confirmed or put aside.

Answers for the row that outlives a kill, and for whose workbook it is. What a workbook means, and what applying it
does, is the business of each kind.
"""

from __future__ import annotations

from pathlib import PurePath

from core import text_files
from core.actions.attaching import LARGEST_FILE, attach
from core.actions.door import Moment
from core.errors import FileTooBig, NoSuchUpload, NoticeFileRefused, NotOurWorkbook, UploadOver
from core.people import Actor
from core.snapshots import Attached
from core.store import people, sheets, uploads
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.uploads import UploadRecord

_TEXTS = {".txt", ".docx"}


def receive(db: Db, actor: Actor, chat_id: int, message_id: int, piece: Piece, at: Moment) -> None:
    """Owe the reading of a workbook, and remember what was on screen. Raises FileTooBig."""
    if piece.size is not None and piece.size > LARGEST_FILE:
        raise FileTooBig(name=piece.name or "", size=piece.size, limit=LARGEST_FILE)
    screen = sheets.screen(db, chat_id)
    place = (screen.sheet_id, screen.item) if screen is not None and screen.item else None
    uploads.add(db, actor.person_id, chat_id, message_id, piece, place, at.now)


def receive_notice(
    db: Db, actor: Actor, prompt_id: int, chat_id: int, message_id: int, piece: Piece, at: Moment
) -> None:
    """Owe the reading of a notice that answers a question. Raises NoticeFileRefused or FileTooBig."""
    if PurePath(piece.name or "").suffix.lower() not in _TEXTS:
        raise NoticeFileRefused("other_kind")
    if piece.size is not None and piece.size > text_files.LARGEST:
        raise FileTooBig(name=piece.name or "", size=piece.size, limit=text_files.LARGEST)
    uploads.add(db, actor.person_id, chat_id, message_id, piece, None, at.now, notice_for=prompt_id)


def sender_of(db: Db, record: UploadRecord, at: Moment) -> Actor | None:
    """Who sent a workbook, with the roles of today; None when they hold none any more."""
    return people.actors(db, [record.chat_id], at.today).get(record.chat_id)


def keep_as_evidence(db: Db, actor: Actor, record: UploadRecord, at: Moment) -> Attached:
    """A workbook that is none of ours goes to the item that was on screen. Raises NotOurWorkbook, and as `attach`."""
    if record.sheet_id is None or record.item is None:
        raise NotOurWorkbook
    attached = attach(db, actor, record.sheet_id, record.item, record.piece, at)
    uploads.set_state(db, record.id, "applied", "evidence")
    return attached


def waiting(db: Db, actor: Actor, upload_id: int) -> UploadRecord:
    """A workbook of the person's own that was read and waits for their word. Raises NoSuchUpload or UploadOver."""
    record = own(db, actor, upload_id)
    if record.state != "read":
        raise UploadOver(name=record.name, state=record.state)
    return record


def own(db: Db, actor: Actor, upload_id: int) -> UploadRecord:
    """A workbook of the person's own. Raises NoSuchUpload."""
    record = uploads.by_id(db, upload_id)
    if record is None or record.person_id != actor.person_id:
        raise NoSuchUpload(upload_id=upload_id)
    return record


def confirm(db: Db, actor: Actor, upload_id: int, confirmed: int, shown_in: int | None, at: Moment) -> UploadRecord:
    """Owe the applying of what a preview showed. Raises as `waiting` does."""
    record = waiting(db, actor, upload_id)
    uploads.set_confirmed(db, upload_id, confirmed, shown_in, at.now)
    return record


def put_aside(db: Db, actor: Actor, upload_id: int) -> UploadRecord:
    """放弃: nothing comes of it. Raises as `waiting` does."""
    record = waiting(db, actor, upload_id)
    uploads.set_state(db, upload_id, "dropped", record.kind)
    return record
