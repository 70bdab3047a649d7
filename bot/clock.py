"""The clock. `now` is an argument everywhere else; here is where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from core.actions.door import Moment

Clock = Callable[[], datetime]
"""Gives the present moment in UTC."""


def system_clock() -> datetime:
    """The machine's own clock, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # the one place that asks


def moment(clock: Clock, zone: tzinfo) -> Moment:
    """The present moment with the district's calendar date."""
    now = clock()
    return Moment(now, now.astimezone(zone).date())
