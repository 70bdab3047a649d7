"""One firing of a schedule, as the clock's hand gives it to what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Firing:
    """One firing of a schedule: its id, the calendar date that it names, and the moment (UTC) at which it fires.

    `named` is what it is claimed under where that is not the day: a ranking's period, a nudge's round with the day.
    """

    schedule: str
    day: date
    fire_at: datetime
    named: str | None = None

    @property
    def key(self) -> str:
        """What the firing is claimed under, once."""
        return self.named or self.day.isoformat()

    @property
    def occurrence(self) -> str:
        """What a message that comes of it is marked with."""
        return f"{self.schedule}:{self.key}"

    def worth_until(self, within_hours: int | None) -> datetime | None:
        """Until when what it reminds of is worth sending (UTC); None: at any time."""
        return None if within_hours is None else self.fire_at + timedelta(hours=within_hours)
