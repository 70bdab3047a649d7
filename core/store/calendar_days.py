"""The office's own table of days: worked (调休上班) or off, whatever their weekday."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import delete, select

from core.store.engine import Db
from core.store.tables import CalendarDay, table_of
from core.store.upsert import upsert

_DAY = table_of(CalendarDay)


def overrides(db: Db, district_id: int) -> dict[date, bool]:
    """Every day that the office entered: True where it is worked."""
    rows = db.execute(select(_DAY.c.day, _DAY.c.worked).where(_DAY.c.district_id == district_id).order_by(_DAY.c.day))
    return {row.day: row.worked for row in rows}


def set_days(db: Db, district_id: int, days: Mapping[date, bool], person_id: int, now: datetime) -> None:
    """Enter days; one that was entered before is set anew."""
    for day, worked in sorted(days.items()):
        told = {"day": day, "worked": worked, "person_id": person_id, "set_at": now}
        upsert(db, _DAY, {"district_id": district_id, **told})


def forget(db: Db, district_id: int, days: Collection[date]) -> None:
    """The office says nothing of these days any more."""
    db.execute(delete(_DAY).where(_DAY.c.district_id == district_id, _DAY.c.day.in_(days)))
