"""What the office changed of the clock's plan: one firing skipped, or moved to another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, select

from core.store.engine import Db
from core.store.tables import Occurrence, Rescheduling, table_of
from core.store.upsert import upsert

_CHANGE = table_of(Rescheduling)
_OCCURRENCE = table_of(Occurrence)


@dataclass(frozen=True, slots=True)
class Change:
    """The office's newest word on one firing; `day` is the one the schedule names, `fire_at` (UTC) None: skipped."""

    schedule: str
    key: str
    day: date
    fire_at: datetime | None
    reason: str
    person_id: int
    set_at: datetime


def changes(db: Db, district_id: int) -> list[Change]:
    """All changes of a district, by the day that the schedule names."""
    found = select(_CHANGE).where(_CHANGE.c.district_id == district_id).order_by(_CHANGE.c.day, _CHANGE.c.schedule)
    return [_change(row) for row in db.execute(found)]


def waiting(db: Db, district_id: int) -> list[Change]:
    """The changes of a district whose firings were not claimed yet, by the day that the schedule names."""
    claim = and_(
        _OCCURRENCE.c.district_id == _CHANGE.c.district_id,
        _OCCURRENCE.c.schedule == _CHANGE.c.schedule,
        _OCCURRENCE.c.key == _CHANGE.c.key,
    )
    open_ones = select(_CHANGE).outerjoin(_OCCURRENCE, claim).where(_OCCURRENCE.c.key.is_(None))
    mine = open_ones.where(_CHANGE.c.district_id == district_id).order_by(_CHANGE.c.day, _CHANGE.c.schedule)
    return [_change(row) for row in db.execute(mine)]


def change(db: Db, district_id: int, told: Change) -> None:
    """Set what is to become of a firing; an older word on it is replaced (the audit chain keeps it)."""
    upsert(db, _CHANGE, {"district_id": district_id} | {name: getattr(told, name) for name in Change.__slots__})


def take_back(db: Db, district_id: int, schedule: str, key: str) -> bool:
    """Let a firing come as planned again; False when nothing was changed of it."""
    mine = (_CHANGE.c.district_id == district_id, _CHANGE.c.schedule == schedule, _CHANGE.c.key == key)
    return db.execute(delete(_CHANGE).where(*mine)).rowcount == 1


def _change(row: Any) -> Change:
    return Change(**{name: getattr(row, name) for name in Change.__slots__})
