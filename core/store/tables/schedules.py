"""The clock's tables: what fired, how far the calendar was read, the office's changes to it, the days of the year."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from core.store.tables.naming import ref


class Occurrence(SQLModel, table=True):
    """A schedule's one firing for one calendar key, claimed once: done, missed in an outage, or skipped."""

    __table_args__ = (CheckConstraint("outcome IN ('done', 'missed', 'skipped')", name="outcome"),)

    district_id: int = Field(sa_column=ref("district.id", primary_key=True))
    schedule: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fire_at: datetime
    claimed_at: datetime
    outcome: str = "done"


class ScheduleProgress(SQLModel, table=True):
    """Up to which moment a district's schedules have been turned into occurrences."""

    __tablename__ = "schedule_progress"
    district_id: int = Field(sa_column=ref("district.id", primary_key=True))
    schedule: str = Field(primary_key=True)
    materialised_until: datetime


class Rescheduling(SQLModel, table=True):
    """An admin's word on one firing: at another time (`fire_at`), or not at all (NULL). The newest word stands."""

    district_id: int = Field(sa_column=ref("district.id", primary_key=True))
    schedule: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    # The day that the schedule itself names: what the firing is about follows from it.
    day: date
    fire_at: datetime | None = None
    reason: str
    person_id: int = Field(sa_column=ref("person.id"))
    set_at: datetime


class CalendarDay(SQLModel, table=True):
    """A day that the office entered from the notice of holidays: worked (调休上班) or off, whatever its weekday."""

    __tablename__ = "calendar_day"
    district_id: int = Field(sa_column=ref("district.id", primary_key=True))
    day: date = Field(primary_key=True)
    worked: bool
    person_id: int = Field(sa_column=ref("person.id"))
    set_at: datetime
