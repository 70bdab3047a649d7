"""What the office changed of the clock's plan: one firing skipped, or moved to another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from core.store.engine import Db
from core.store.tables import Rescheduling, table_of
from core.store.upsert import upsert

_CHANGE = table_of(Rescheduling)


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


def changes(db: Db, district_id: int, schedule: str | None = None) -> list[Change]:
    """All changes of a district, or of one schedule, by the day that the schedule names."""
    found = select(_CHANGE).where(_CHANGE.c.district_id == district_id).order_by(_CHANGE.c.day, _CHANGE.c.schedule)
    if schedule is not None:
        found = found.where(_CHANGE.c.schedule == schedule)
    return [Change(**{name: getattr(row, name) for name in Change.__slots__}) for row in db.execute(found)]


def change(db: Db, district_id: int, told: Change) -> None:
    """Set what is to become of a firing; an older word on it is replaced (the audit chain keeps it)."""
    upsert(db, _CHANGE, {"district_id": district_id} | {name: getattr(told, name) for name in Change.__slots__})
