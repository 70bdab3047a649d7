"""Where the quick buttons of the clock lead. Pure: local wall time in, local wall time out.

Every destination lies after `now`: a quick button never turns the clock back. The dates are the rhythm of the
measures (月报表 on the 26th, 群众工作日 on the 8th, the ends of month and quarter, the ranking on the 1st) as a person
would want to try them; the bot's own schedules live in its policy file and are not read here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import datetime

Jump = Callable[[datetime], datetime]


def _at(now: datetime, day: int, hour: int) -> datetime:
    return now.replace(day=day, hour=hour, minute=0, second=0, microsecond=0)


def _first_of_next_month(now: datetime, hour: int) -> datetime:
    year, month = (now.year + 1, 1) if now.month == 12 else (now.year, now.month + 1)
    return _at(now.replace(year=year, month=month, day=1), 1, hour)


def _next_day_of_month(now: datetime, day: int, hour: int) -> datetime:
    this_month = _at(now, day, hour)
    return this_month if this_month > now else _at(_first_of_next_month(now, hour), day, hour)


def _month_end(now: datetime) -> datetime:
    return _at(now, monthrange(now.year, now.month)[1], 18)


def twenty_sixth(now: datetime) -> datetime:
    """The next 26th, 09:00."""
    return _next_day_of_month(now, 26, 9)


def eighth(now: datetime) -> datetime:
    """The next 8th, 08:00."""
    return _next_day_of_month(now, 8, 8)


def month_end(now: datetime) -> datetime:
    """The last day of this month, 18:00; of the next one, when that has passed."""
    end = _month_end(now)
    return end if end > now else _month_end(_first_of_next_month(now, 0))


def quarter_end(now: datetime) -> datetime:
    """The last day of this quarter, 18:00; of the next one, when that has passed."""
    end = month_end(now)
    while end.month % 3:
        end = _month_end(_first_of_next_month(end, 0))
    return end


def first(now: datetime) -> datetime:
    """The 1st of the next month, 09:00, when rankings are computed."""
    return _first_of_next_month(now, 9)


JUMPS: Mapping[str, Jump] = {
    "twenty_sixth": twenty_sixth,
    "eighth": eighth,
    "month_end": month_end,
    "quarter_end": quarter_end,
    "first": first,
}
