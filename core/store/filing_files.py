"""Photos and files of what was filed: which there are, and which are still to be fetched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select, update

from core.filing_views import FiledFile
from core.store.engine import Db
from core.store.evidence import Lost, OwedFile, Piece
from core.store.tables import FilingFile, Person, table_of

_FILE = table_of(FilingFile)
_PERSON = table_of(Person)


def add(db: Db, prompt_id: int, piece: Piece, person_id: int, now: datetime) -> bool:
    """Keep that a file came in answer to a question; False when it was there already."""
    known = select(_FILE.c.id).where(_FILE.c.prompt_id == prompt_id, _FILE.c.source_key == piece.source_key)
    if db.execute(known).first() is not None:
        return False
    values = {
        "prompt_id": prompt_id,
        "kind": piece.kind,
        "source_key": piece.source_key,
        "telegram_file_id": piece.telegram_file_id,
        "name": piece.name,
        "size": piece.size,
        "album": piece.album,
        "state": "owed",
        "attempts": 0,
        "next_try_at": now,
        "person_id": person_id,
        "received_at": now,
    }
    db.execute(insert(_FILE).values(values))
    return True


def count(db: Db, prompt_id: int) -> int:
    """How many files came in answer to a question."""
    return db.scalar(select(func.count()).select_from(_FILE).where(_FILE.c.prompt_id == prompt_id)) or 0


def of_prompt(db: Db, prompt_id: int) -> list[FiledFile]:
    """The files that came in answer to a question, in the order in which they came."""
    rows = db.execute(select(_FILE).where(_FILE.c.prompt_id == prompt_id).order_by(_FILE.c.id))
    return [FiledFile(row.id, row.prompt_id, row.kind, row.name, row.sha256) for row in rows]


def find(db: Db, file_id: int) -> FiledFile | None:
    """The file of this id, of whatever district."""
    row = db.execute(select(_FILE).where(_FILE.c.id == file_id)).first()
    return None if row is None else FiledFile(row.id, row.prompt_id, row.kind, row.name, row.sha256)


def district_of(db: Db, file_id: int) -> int | None:
    """The district of who sent a file."""
    sender = select(_PERSON.c.district_id).join(_FILE, _FILE.c.person_id == _PERSON.c.id)
    return db.scalar(sender.where(_FILE.c.id == file_id))


def prompt_of_album(db: Db, person_id: int, album: str) -> int | None:
    """The question that the newest piece of a person's album went to."""
    return db.scalar(
        select(_FILE.c.prompt_id)
        .where(_FILE.c.person_id == person_id, _FILE.c.album == album)
        .order_by(_FILE.c.id.desc())
        .limit(1)
    )


def owed_files(db: Db, now: datetime, limit: int) -> list[OwedFile]:
    """Files whose fetching is due, the longest waiting first."""
    rows = db.execute(
        select(_FILE.c.id, _FILE.c.telegram_file_id, _FILE.c.attempts)
        .where(_FILE.c.state == "owed", _FILE.c.next_try_at <= now)
        .order_by(_FILE.c.next_try_at, _FILE.c.id)
        .limit(limit)
    )
    return [OwedFile(row.id, row.telegram_file_id, row.attempts) for row in rows]


def set_stored(db: Db, file_id: int, sha256: str, size: int) -> None:
    """The file is in the file store under this hash."""
    values = {"state": "stored", "sha256": sha256, "size": size}
    db.execute(update(_FILE).where(_FILE.c.id == file_id).values(values))


def set_retry(db: Db, file_id: int, attempts: int, next_try_at: datetime) -> None:
    """Fetching failed and will be tried again."""
    values = {"attempts": attempts, "next_try_at": next_try_at}
    db.execute(update(_FILE).where(_FILE.c.id == file_id).values(values))


def set_failed(db: Db, file_id: int, attempts: int) -> Lost:
    """Telegram will not hand the file over."""
    db.execute(update(_FILE).where(_FILE.c.id == file_id).values(state="failed", attempts=attempts))
    row = db.execute(
        select(_PERSON.c.telegram_id, _PERSON.c.language, _FILE.c.name)
        .join(_PERSON, _PERSON.c.id == _FILE.c.person_id)
        .where(_FILE.c.id == file_id)
    ).one()
    return Lost(row.telegram_id, row.language, None, row.name or "")
