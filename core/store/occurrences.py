"""Which firings of which schedules were claimed, what became of them, and how far the calendar was read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.store.engine import Db
from core.store.tables import Occurrence, ScheduleProgress, table_of
from core.store.upsert import DIALECTS, upsert

_OCCURRENCE = table_of(Occurrence)
_PROGRESS = table_of(ScheduleProgress)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A firing that was claimed: when it was to fire (UTC), when it was claimed, and done, missed or skipped."""

    schedule: str
    key: str
    fire_at: datetime
    claimed_at: datetime
    outcome: str


def claim(
    db: Db, district_id: int, schedule: str, key: str, fire_at: datetime, now: datetime, *, missed: bool = False
) -> bool:
    """Claim a schedule's firing for one calendar key; False when it was claimed before."""
    return _claim(db, district_id, schedule, key, fire_at, now, "missed" if missed else "done")


def skip(db: Db, district_id: int, schedule: str, key: str, fire_at: datetime, now: datetime) -> bool:
    """Claim a firing that the office skipped, so that nothing is done for it; False when it was claimed before."""
    return _claim(db, district_id, schedule, key, fire_at, now, "skipped")


def claimed(db: Db, district_id: int, schedule: str, keys: Collection[str]) -> dict[str, Claimed]:
    """Those of a schedule's firings that were claimed, by key."""
    rows = db.execute(
        select(_OCCURRENCE).where(
            _OCCURRENCE.c.district_id == district_id, _OCCURRENCE.c.schedule == schedule, _OCCURRENCE.c.key.in_(keys)
        )
    )
    return {row.key: _claimed(row) for row in rows}


def newest(
    db: Db, district_id: int, count: int, *, of: Collection[str] = (), besides: Collection[str] = ()
) -> list[Claimed]:
    """The firings that were claimed last, the newest first: of these schedules alone, or of all but those."""
    found = select(_OCCURRENCE).where(_OCCURRENCE.c.district_id == district_id, _OCCURRENCE.c.schedule.not_in(besides))
    if of:
        found = found.where(_OCCURRENCE.c.schedule.in_(of))
    order = (_OCCURRENCE.c.claimed_at.desc(), _OCCURRENCE.c.fire_at.desc(), _OCCURRENCE.c.schedule, _OCCURRENCE.c.key)
    return [_claimed(row) for row in db.execute(found.order_by(*order).limit(count))]


def _claim(db: Db, district_id: int, schedule: str, key: str, fire_at: datetime, now: datetime, outcome: str) -> bool:
    values = {
        "district_id": district_id,
        "schedule": schedule,
        "key": key,
        "fire_at": fire_at,
        "claimed_at": now,
        "outcome": outcome,
    }
    statement = DIALECTS[db.dialect.name].insert(_OCCURRENCE).values(values).on_conflict_do_nothing()
    # Not by rowcount: on PostgreSQL SQLAlchemy does not know it for an INSERT.
    return db.execute(statement.returning(_OCCURRENCE.c.key)).first() is not None


def read_until(db: Db, district_id: int, schedule: str) -> datetime | None:
    """Up to which moment the schedule's firings were claimed; None for a schedule never read."""
    return db.scalar(
        select(_PROGRESS.c.materialised_until).where(
            _PROGRESS.c.district_id == district_id, _PROGRESS.c.schedule == schedule
        )
    )


def set_read_until(db: Db, district_id: int, schedule: str, moment: datetime) -> None:
    """The schedule's firings up to this moment are claimed."""
    upsert(db, _PROGRESS, {"district_id": district_id, "schedule": schedule, "materialised_until": moment})


def _claimed(row: Any) -> Claimed:
    return Claimed(**{name: getattr(row, name) for name in Claimed.__slots__})
