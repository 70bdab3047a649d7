"""When the clock acts: schedules as values, ready to become cron triggers.

Answers for the days and times of the measures' year. Never fires anything, never asks what today is; whether
a day is a working day is settled elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from core.periods import Period, PeriodKind, period_on
from core.rules_types import Clock, Days, Distinct, Hours, Identifier, Listed, Month, MonthDay, RulesModel

Rhythm = Literal["monthly", "quarterly", "half_year", "annual"]
PERIOD_KINDS: Mapping[Rhythm, PeriodKind] = MappingProxyType(
    {
        "monthly": PeriodKind.MONTH,
        "quarterly": PeriodKind.QUARTER,
        "half_year": PeriodKind.HALF,
        "annual": PeriodKind.YEAR,
    }
)
"""How long the periods of a rhythm are."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DutyKind = Literal[
    "remind_report",
    "chase_report",
    "remind_workday",
    "chase_workday",
    "chase_briefing",
    "send_digest",
    "warn_holidays",
]
RoundKind = Literal["open_round", "close_round", "compute_ranking"]
ROUND_KINDS: tuple[RoundKind, ...] = ("open_round", "close_round", "compute_ranking")
Shift = Literal["none", "next_workday", "previous_workday"]
"""Where what falls on a day off goes: nowhere, or to the nearest working day after or before it."""
CatchUp = Literal["latest", "all"]
"""What is made up for after an outage: the latest missed occurrence, or every one."""


def rhythm_of(kind: PeriodKind) -> Rhythm:
    """The rhythm whose periods are this long."""
    return next(rhythm for rhythm, length in PERIOD_KINDS.items() if length is kind)


class Schedule(RulesModel):
    """One line of the year.

    Months, days and weekdays left out (None) mean every one. Round kinds say which `rhythm` and which
    `period` they are about: the one the firing date lies in, or the one before it. `shift` moves an occurrence
    that falls on a day off; that of a duty's first reminder moves the duty too (`Policy.shift_of`). `within_hours` is
    how old a missed occurrence may be; None is any age.
    """

    id: Identifier
    kind: Literal[DutyKind, RoundKind]
    rhythm: Rhythm | None = None
    period: Literal["current", "previous"] | None = None
    months: Annotated[tuple[Month, ...], Listed, Distinct] | None = None
    days: Annotated[tuple[MonthDay, ...], Listed, Distinct] | None = None
    weekdays: Annotated[tuple[Weekday, ...], Listed, Distinct] | None = None
    time: Clock
    shift: Shift
    catch_up: CatchUp
    within_hours: Hours | None = None

    @property
    def is_about_a_round(self) -> bool:
        """Whether this opens, closes or ranks something, rather than reminding of a duty."""
        return self.kind in ROUND_KINDS

    def about(self, day: date) -> Period:
        """The period that a firing on this day is about. Raises ValueError where it is about no round."""
        if self.rhythm is None:
            raise ValueError(f"schedule {self.id} is about no round")
        period = period_on(PERIOD_KINDS[self.rhythm], day)
        return period.previous() if self.period == "previous" else period

    def cron(self) -> dict[str, str]:
        """The arguments of a cron trigger, all fields given: month, day, day_of_week, hour, minute, second."""
        return {
            "month": _listed(self.months),
            "day": _listed(self.days),
            "day_of_week": _listed(self.weekdays),
            "hour": str(self.time.hour),
            "minute": str(self.time.minute),
            "second": "0",
        }


class Nudge(RulesModel):
    """A reminder to raters, so many days before the last day on which their round can be scored.

    A round that closes at 00:00 has the day before as its last day.
    """

    id: Identifier
    rhythm: Rhythm
    days_before: Annotated[tuple[Days, ...], Listed, Distinct]
    time: Clock
    catch_up: CatchUp
    within_hours: Hours | None = None


def _listed(values: tuple[int | str, ...] | None) -> str:
    return "*" if values is None else ",".join(str(value) for value in values)
