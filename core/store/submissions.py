"""What sheets said each time they were handed in, and why items of them went back. Never edited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from core.sheet import Mark, written
from core.store.engine import Db
from core.store.tables import ReturnedItem, Submission, table_of

_SUBMISSION = table_of(Submission)
_RETURNED = table_of(ReturnedItem)


def add(
    db: Db, sheet_id: int, version: int, person_id: int, now: datetime, marks: Mapping[int, Mark], audit_head: str
) -> None:
    """Keep a version as it was handed in."""
    values = {
        "sheet_id": sheet_id,
        "version": version,
        "submitted_at": now,
        "person_id": person_id,
        "body": written(marks),
        "audit_head": audit_head,
    }
    db.execute(insert(_SUBMISSION).values(values))


def marks_of(db: Db, sheet_id: int, version: int) -> Mapping[int, Mark] | None:
    """The marks of a version; None for one that there is not."""
    body = db.scalar(
        select(_SUBMISSION.c.body).where(_SUBMISSION.c.sheet_id == sheet_id, _SUBMISSION.c.version == version)
    )
    return None if body is None else _read(body)


def marks_at(db: Db, sheet_id: int, audit_head: str) -> Mapping[int, Mark] | None:
    """The marks that were handed in when the sheet's chain stood here; None where none were."""
    body = db.scalar(
        select(_SUBMISSION.c.body).where(_SUBMISSION.c.sheet_id == sheet_id, _SUBMISSION.c.audit_head == audit_head)
    )
    return None if body is None else _read(body)


def put_return(db: Db, sheet_id: int, version: int, item: int, reason: str, person_id: int, now: datetime) -> None:
    """Why an item of a version went back; told again, the newest reason stands (the older is in the audit chain)."""
    here = (_RETURNED.c.sheet_id == sheet_id, _RETURNED.c.version == version, _RETURNED.c.item == item)
    db.execute(delete(_RETURNED).where(*here))
    values = {
        "sheet_id": sheet_id,
        "version": version,
        "item": item,
        "reason": reason,
        "person_id": person_id,
        "returned_at": now,
    }
    db.execute(insert(_RETURNED).values(values))


def returns_of(db: Db, sheet_id: int, version: int) -> Mapping[int, str]:
    """Why items of a version went back, by item."""
    rows = db.execute(
        select(_RETURNED.c.item, _RETURNED.c.reason).where(
            _RETURNED.c.sheet_id == sheet_id, _RETURNED.c.version == version
        )
    )
    return {row.item: row.reason for row in rows}


def _read(body: str) -> Mapping[int, Mark]:
    return {int(item): Mark(int(item), *told) for item, told in json.loads(body).items()}
