"""One firing of a schedule, as the clock's hand gives it to what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Firing:
    """One firing of a schedule: its id, the district's calendar date, and the moment (UTC)."""

    schedule: str
    day: date
    fire_at: datetime
