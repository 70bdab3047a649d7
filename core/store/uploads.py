"""Workbooks and notices that people sent: what is still to be read or applied, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from core.store.engine import Db
from core.store.evidence import Piece
from core.store.tables import Upload, table_of

_UPLOAD = table_of(Upload)


@dataclass(frozen=True, slots=True)
class UploadRecord:
    """One workbook. `sheet_id` and `item` say what stood in the chat when it came; `size` in bytes."""

    id: int
    person_id: int
    chat_id: int
    telegram_file_id: str
    file_unique_id: str
    name: str
    size: int | None
    sheet_id: int | None
    item: int | None
    state: str
    kind: str | None
    sha256: str | None
    body: str | None
    confirmed: int | None
    shown_in: int | None
    attempts: int

    @property
    def notice_for(self) -> int | None:
        """The question that it answers; None for a workbook."""
        return int(self.body) if self.kind == "notice" and self.body is not None else None

    @property
    def piece(self) -> Piece:
        """The workbook as a piece of evidence."""
        return Piece("file", self.file_unique_id, self.telegram_file_id, self.name, self.size)


def add(
    db: Db,
    person_id: int,
    chat_id: int,
    message_id: int,
    piece: Piece,
    screen: tuple[int, int] | None,
    now: datetime,
    notice_for: int | None = None,
) -> None:
    """Owe the reading of a workbook; the message that brought it brings it once. `screen`: sheet and item.

    `notice_for` is the question that a file answers which is no workbook but the text of a notice.
    """
    known = select(_UPLOAD.c.id).where(_UPLOAD.c.chat_id == chat_id, _UPLOAD.c.message_id == message_id)
    if db.execute(known).first() is not None:
        return
    sheet_id, item = screen or (None, None)
    values = {
        "person_id": person_id,
        "chat_id": chat_id,
        "message_id": message_id,
        "telegram_file_id": piece.telegram_file_id,
        "file_unique_id": piece.source_key,
        "name": piece.name or "",
        "size": piece.size,
        "sheet_id": sheet_id,
        "item": item,
        "kind": None if notice_for is None else "notice",
        "body": None if notice_for is None else str(notice_for),
        "state": "owed",
        "attempts": 0,
        "next_try_at": now,
        "received_at": now,
    }
    db.execute(insert(_UPLOAD).values(values))


def by_id(db: Db, upload_id: int) -> UploadRecord | None:
    """One workbook."""
    row = db.execute(select(_UPLOAD).where(_UPLOAD.c.id == upload_id)).first()
    return None if row is None else _record(row)


def next_due(db: Db, now: datetime) -> UploadRecord | None:
    """The workbook to be read or applied next, the longest waiting first."""
    row = db.execute(
        select(_UPLOAD)
        .where(_UPLOAD.c.state.in_(("owed", "applying")), _UPLOAD.c.next_try_at <= now)
        .order_by(_UPLOAD.c.next_try_at, _UPLOAD.c.id)
        .limit(1)
    ).first()
    return None if row is None else _record(row)


def set_stored(db: Db, upload_id: int, sha256: str) -> None:
    """The file is in the file store under this hash."""
    _set(db, upload_id, {"sha256": sha256})


def set_retry(db: Db, upload_id: int, attempts: int, next_try_at: datetime) -> None:
    """It will be tried again."""
    _set(db, upload_id, {"attempts": attempts, "next_try_at": next_try_at})


def set_read(db: Db, upload_id: int, kind: str, body: str) -> None:
    """It was understood and waits for a word of whoever sent it."""
    _set(db, upload_id, {"state": "read", "kind": kind, "body": body, "confirmed": None})


def set_refused(db: Db, upload_id: int, kind: str | None = None, body: str | None = None) -> None:
    """Nothing comes of it; `body` holds the problems that were found in it."""
    _set(db, upload_id, {"state": "refused", "kind": kind, "body": body})


def set_confirmed(db: Db, upload_id: int, confirmed: int, shown_in: int | None, now: datetime) -> None:
    """Whoever sent it wants what the preview showed."""
    values = {"confirmed": confirmed, "shown_in": shown_in, "attempts": _UPLOAD.c.attempts + 1, "next_try_at": now}
    _set(db, upload_id, {"state": "applying", **values})


def set_state(db: Db, upload_id: int, state: str, kind: str | None) -> None:
    """What became of it in the end."""
    _set(db, upload_id, {"state": state, "kind": kind})


def _set(db: Db, upload_id: int, values: dict[str, Any]) -> None:
    db.execute(update(_UPLOAD).where(_UPLOAD.c.id == upload_id).values(values))


def _record(row: Any) -> UploadRecord:
    return UploadRecord(**{name: getattr(row, name) for name in UploadRecord.__slots__})
