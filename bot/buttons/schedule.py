"""Buttons of the schedule: what the clock will do and has done, and the office's hand in it.

A firing is named by `core.schedule_views.FiringNumber`: a checksum of its schedule's id, the day's ordinal, and the
round or 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowSchedule:
    """A page of the firings to come, from 0."""

    VERB: ClassVar[str] = "zl"
    page: int


@dataclass(frozen=True, slots=True)
class ShowFiring:
    """One firing with what can be done about it."""

    VERB: ClassVar[str] = "zf"
    schedule: int
    day: int
    round: int


@dataclass(frozen=True, slots=True)
class AskSkipFiring:
    """Why is it to be skipped?"""

    VERB: ClassVar[str] = "zs"
    schedule: int
    day: int
    round: int


@dataclass(frozen=True, slots=True)
class AskMoveFiring:
    """When is it to come instead, and why?"""

    VERB: ClassVar[str] = "zm"
    schedule: int
    day: int
    round: int


@dataclass(frozen=True, slots=True)
class AskFireNow:
    """Why is it to be fired now?"""

    VERB: ClassVar[str] = "zn"
    schedule: int
    day: int
    round: int


@dataclass(frozen=True, slots=True)
class RestoreFiring:
    """Let it come at its own time again."""

    VERB: ClassVar[str] = "zr"
    schedule: int
    day: int
    round: int


@dataclass(frozen=True, slots=True)
class ListFired:
    """What came last, and what became of its messages."""

    VERB: ClassVar[str] = "zp"


@dataclass(frozen=True, slots=True)
class PrintCalendar:
    """A calendar year as a file that calendars read."""

    VERB: ClassVar[str] = "zc"
    year: int


FiringButton: TypeAlias = ShowFiring | AskSkipFiring | AskMoveFiring | AskFireNow | RestoreFiring
ScheduleButton: TypeAlias = FiringButton | ShowSchedule | ListFired | PrintCalendar
