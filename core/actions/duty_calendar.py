"""The ONE place where what due dates follow from is put together: district, policy, and the office's own days."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.calendar import DutyCalendar, shifts_of
from core.policy import Policy
from core.store import calendar_days, units
from core.store.engine import Db


def duty_calendar(db: Db, district_id: int, policy: Policy) -> DutyCalendar:
    """What due dates follow from. A policy that moves no duty asks nothing of the office's days."""
    shifts = shifts_of(policy)
    overrides = calendar_days.overrides(db, district_id) if shifts else {}
    return DutyCalendar(policy.duties, ZoneInfo(units.district(db, district_id).timezone), shifts, overrides)
