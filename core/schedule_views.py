"""The clock's plan as the office sees it: firings to come, those that came, and what is asked about one.

Values only; times are UTC. A firing is named by numbers alone, so that a button can carry it: its schedule by a
checksum of the schedule's id (its place in the policy's list changes with the policy), the day that the schedule
names, and the round that it is about where the day does not tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zlib import crc32

from core.policy_schedules import CatchUp
from core.rubric import UnitKind
from core.workdays import DayKind

SKIP, MOVE, FIRE = "skip_occurrence", "move_occurrence", "fire_occurrence"
QUESTIONS = (SKIP, MOVE, FIRE)
"""The questions about a firing: why it is skipped, when to and why it is moved, why it is fired now."""


@dataclass(frozen=True, slots=True)
class FiringNumber:
    """One firing, in numbers: the schedule's, the day's ordinal, the round's id or 0."""

    schedule: int
    day: int
    round: int


def schedule_number(schedule: str) -> int:
    """The number that stands for a schedule's id, whatever else the policy holds."""
    return crc32(schedule.encode())


class Plan(StrEnum):
    """What stands in the plan of a firing."""

    PLANNED = "planned"
    MOVED = "moved"
    SKIPPED = "skipped"
    OF_ROUND = "of_round"
    """It closes a round: that is changed where rounds are managed."""
    OVER = "over"
    """It was claimed: done, missed, or skipped when its time came."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a firing is about: the kind of its schedule (or `nudge`), and for rounds the period and kinds of unit."""

    kind: str
    period: str | None = None
    unit_kinds: tuple[UnitKind, ...] = ()


@dataclass(frozen=True, slots=True)
class FiringLine:
    """One firing. `planned_at` is its own time, `fire_at` when it comes (for a skipped one: when it would).

    `day_kind` is that of the day it comes on; `named_day` the one that its schedule names. `reason` and `changed_by`
    are the office's, and so is `is_skipped`, also once it is over. `earliest` and `latest` bound where it may be moved,
    as far as its round does.
    """

    number: FiringNumber
    schedule: str
    key: str
    subject: Subject
    named_day: date
    planned_at: datetime
    fire_at: datetime
    day_kind: DayKind
    plan: Plan
    catch_up: CatchUp
    within_hours: int | None
    is_skipped: bool = False
    reason: str | None = None
    changed_by: str | None = None
    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def is_moved(self) -> bool:
        """Whether the office set another time than the schedule's."""
        return self.fire_at != self.planned_at

    @property
    def is_earlier(self) -> bool:
        """Whether the office brought it forward; what it fired at once is that too."""
        return self.fire_at < self.planned_at

    @property
    def is_changeable(self) -> bool:
        """Whether it can be skipped, moved or fired."""
        return self.plan in {Plan.PLANNED, Plan.MOVED, Plan.SKIPPED}


@dataclass(frozen=True, slots=True)
class Agenda:
    """The firings to come, the earliest first; `digests` are the times of day of the daily ones, which stand apart."""

    lines: tuple[FiringLine, ...]
    digests: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class YearPlan:
    """All firings of a calendar year but the digests, those that are over included. `made_at`: when this was read."""

    district_id: int
    district: str
    year: int
    lines: tuple[FiringLine, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Fired:
    """A firing that was claimed. `outcome` is done, missed or skipped; `messages` counts its messages by state.

    `subject` None: a schedule that the policy no longer has. `moved`: the office set its time; `reason` is theirs.
    """

    schedule: str
    subject: Subject | None
    fire_at: datetime
    outcome: str
    messages: Mapping[str, int]
    moved: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class LastFired:
    """The firings that were claimed last, the newest first, and the newest digest, which stands apart."""

    fired: tuple[Fired, ...]
    digest: Fired | None


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A question about a firing: why it is skipped, moved (and when to), or fired now."""

    prompt_id: int
    kind: str
    line: FiringLine


@dataclass(frozen=True, slots=True)
class ForTheClock:
    """A text that answers a question about a firing."""

    prompt_id: int
    kind: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The office's word was taken; `line` is the firing as it stands now."""

    kind: str
    line: FiringLine
