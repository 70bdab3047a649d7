"""Which firings of which schedules were claimed, and how far the calendar was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from core.store.engine import Db
from core.store.tables import Occurrence, ScheduleProgress, table_of
from core.store.upsert import DIALECTS, upsert

_OCCURRENCE = table_of(Occurrence)
_PROGRESS = table_of(ScheduleProgress)


def claim(
    db: Db, district_id: int, schedule: str, key: str, fire_at: datetime, now: datetime, *, missed: bool = False
) -> bool:
    """Claim a schedule's firing for one calendar key; False when it was claimed before."""
    values = {
        "district_id": district_id,
        "schedule": schedule,
        "key": key,
        "fire_at": fire_at,
        "claimed_at": now,
        "outcome": "missed" if missed else "done",
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
