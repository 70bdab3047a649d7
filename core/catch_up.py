"""What is still done of firings that were missed in an outage, by the policy's `catch_up` and `within_hours`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.policy_schedules import CatchUp


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """Firings that are carried out now, and those that it is too late for; both the earliest first (UTC)."""

    due: tuple[datetime, ...]
    missed: tuple[datetime, ...]


def sort_out(
    moments: Sequence[datetime], catch_up: CatchUp, within_hours: int | None, arrives_at: datetime
) -> CatchingUp:
    """Sort firings that came since the last look, the earliest first.

    `arrives_at` is when people would get it: now, or after the quiet hours. With `latest` only the newest is due.
    """
    oldest = None if within_hours is None else arrives_at - timedelta(hours=within_hours)
    kept = moments[-1:] if catch_up == "latest" else moments
    due = tuple(moment for moment in kept if oldest is None or moment >= oldest)
    return CatchingUp(due, tuple(moment for moment in moments if moment not in due))
