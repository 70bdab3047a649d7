"""Evidence (佐证): what was attached, and which files are still to be fetched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select, update

from core.returns import EvidenceKind, PieceOfEvidence
from core.store.engine import Db
from core.store.tables import Evidence, Person, table_of

_EVIDENCE = table_of(Evidence)

_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing somebody sent. `source_key` is the same when the same thing comes twice; `size` in bytes."""

    kind: EvidenceKind
    source_key: str
    telegram_file_id: str | None = None
    name: str | None = None
    size: int | None = None
    latitude: str | None = None
    longitude: str | None = None
    caption: str | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class OwedFile:
    """A file that is recorded and not yet in the file store, by its id on its shelf: evidence, or what was filed."""

    file_id: int
    telegram_file_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A piece that went from this item of this sheet to another."""

    sheet_id: int
    item: int
    source_key: str
    kind: EvidenceKind
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that could not be fetched, and whom to tell; `item` None: it belonged to something filed."""

    telegram_id: int | None
    language: str
    item: int | None
    name: str


def attach(db: Db, sheet_id: int, item: int, piece: Piece, person_id: int, now: datetime) -> bool:
    """Attach a piece to an item; False when it was there already."""
    known = select(_EVIDENCE.c.id).where(
        _EVIDENCE.c.sheet_id == sheet_id, _EVIDENCE.c.item == item, _EVIDENCE.c.source_key == piece.source_key
    )
    if db.execute(known).first() is not None:
        return False
    values = {
        "sheet_id": sheet_id,
        "item": item,
        "kind": piece.kind,
        "source_key": piece.source_key,
        "telegram_file_id": piece.telegram_file_id,
        "name": piece.name,
        "size": piece.size,
        "latitude": piece.latitude,
        "longitude": piece.longitude,
        "caption": piece.caption,
        "album": piece.album,
        "state": "stored" if piece.telegram_file_id is None else "owed",
        "attempts": 0,
        "next_try_at": now,
        "person_id": person_id,
        "received_at": now,
    }
    db.execute(insert(_EVIDENCE).values(values))
    return True


def of_item(db: Db, sheet_id: int, item: int) -> list[PieceOfEvidence]:
    """The pieces attached to an item, in the order in which they came."""
    rows = db.execute(
        select(_EVIDENCE).where(_EVIDENCE.c.sheet_id == sheet_id, _EVIDENCE.c.item == item).order_by(_EVIDENCE.c.id)
    )
    return [_piece(row) for row in rows]


def of_sheets(db: Db, sheet_ids: Collection[int]) -> list[PieceOfEvidence]:
    """The pieces attached to several sheets, in the order in which they came."""
    rows = db.execute(select(_EVIDENCE).where(_EVIDENCE.c.sheet_id.in_(sheet_ids)).order_by(_EVIDENCE.c.id))
    return [_piece(row) for row in rows]


def find(db: Db, evidence_id: int) -> PieceOfEvidence | None:
    """The piece of this id, of whatever district."""
    row = db.execute(select(_EVIDENCE).where(_EVIDENCE.c.id == evidence_id)).first()
    return None if row is None else _piece(row)


def place_of_album(db: Db, person_id: int, album: str) -> tuple[int, int] | None:
    """The sheet and item that the newest piece of a person's album went to."""
    row = db.execute(
        select(_EVIDENCE.c.sheet_id, _EVIDENCE.c.item)
        .where(_EVIDENCE.c.person_id == person_id, _EVIDENCE.c.album == album)
        .order_by(_EVIDENCE.c.id.desc())
    ).first()
    return None if row is None else (row.sheet_id, row.item)


def move_album(db: Db, person_id: int, album: str, sheet_id: int, item: int) -> list[Moved]:
    """Pieces of the album that came before the one with the caption go where the caption says; gives whence.

    One that is there already, because an album may hold the same picture twice, stays where it is.
    """
    row = _EVIDENCE.c
    there = select(row.source_key).where(row.sheet_id == sheet_id, row.item == item)
    chosen = and_(row.person_id == person_id, row.album == album, row.source_key.not_in(there))
    told = select(row.sheet_id, row.item, row.source_key, row.kind, row.received_at).where(chosen)
    moved = [Moved(*each) for each in db.execute(told.order_by(row.id))]
    db.execute(update(_EVIDENCE).where(chosen).values(sheet_id=sheet_id, item=item))
    return moved


def owed_files(db: Db, now: datetime, limit: int) -> list[OwedFile]:
    """Files whose fetching is due, the longest waiting first."""
    rows = db.execute(
        select(_EVIDENCE.c.id, _EVIDENCE.c.telegram_file_id, _EVIDENCE.c.attempts)
        .where(_EVIDENCE.c.state == "owed", _EVIDENCE.c.next_try_at <= now)
        .order_by(_EVIDENCE.c.next_try_at, _EVIDENCE.c.id)
        .limit(limit)
    )
    return [OwedFile(row.id, row.telegram_file_id, row.attempts) for row in rows]


def set_stored(db: Db, evidence_id: int, sha256: str, size: int) -> None:
    """The file is in the file store under this hash."""
    values = {"state": "stored", "sha256": sha256, "size": size}
    db.execute(update(_EVIDENCE).where(_EVIDENCE.c.id == evidence_id).values(values))


def set_retry(db: Db, evidence_id: int, attempts: int, next_try_at: datetime) -> None:
    """Fetching failed and will be tried again."""
    values = {"attempts": attempts, "next_try_at": next_try_at}
    db.execute(update(_EVIDENCE).where(_EVIDENCE.c.id == evidence_id).values(values))


def set_failed(db: Db, evidence_id: int, attempts: int) -> Lost:
    """Telegram will not hand the file over."""
    db.execute(update(_EVIDENCE).where(_EVIDENCE.c.id == evidence_id).values(state="failed", attempts=attempts))
    row = db.execute(
        select(_PERSON.c.telegram_id, _PERSON.c.language, _EVIDENCE.c.item, _EVIDENCE.c.name)
        .join(_PERSON, _PERSON.c.id == _EVIDENCE.c.person_id)
        .where(_EVIDENCE.c.id == evidence_id)
    ).one()
    return Lost(row.telegram_id, row.language, row.item, row.name or "")


def _piece(row: Any) -> PieceOfEvidence:
    values = {name: getattr(row, name) for name in PieceOfEvidence.__slots__ if name != "evidence_id"}
    return PieceOfEvidence(evidence_id=row.id, **values)
