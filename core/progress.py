"""How far a round is: who has handed in, who is at n of 23, who has not begun. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.rubric import UnitKind
from core.sheet import SheetState


class Advance(StrEnum):
    """How far a sheet is."""

    UNTOUCHED = "untouched"
    UNDER_WAY = "under_way"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One sheet: whom it is about, who scores it, and how far it is."""

    sheet_id: int
    unit: str
    rater: str
    advance: Advance
    marked: int

    @property
    def is_owed(self) -> bool:
        """Whether somebody still has to do something."""
        return self.advance in {Advance.UNTOUCHED, Advance.UNDER_WAY}


@dataclass(frozen=True, slots=True)
class RoundName:
    """A round as a list of rounds names it."""

    round_id: int
    period: str
    unit_kind: UnitKind


@dataclass(frozen=True, slots=True)
class ProgressView:
    """One round with all its sheets of `items` items; `others` are the rounds that are open besides.

    `unassessed` are the units that nobody has a sheet for.
    """

    round: RoundName
    closes_at: datetime
    is_open: bool
    items: int
    lines: tuple[ProgressLine, ...]
    others: tuple[RoundName, ...]
    unassessed: tuple[str, ...] = ()

    def count(self, advance: Advance) -> int:
        """How many sheets are this far."""
        return sum(line.advance is advance for line in self.lines)


@dataclass(frozen=True, slots=True)
class Nudged:
    """提醒: how many people are told now, how many were within the last hours, and how many have no account."""

    told: int
    lately: int
    unbound: int


def advance_of(state: SheetState, marked: int) -> Advance:
    """How far a sheet in this state with so many marks is. What was never handed in is as far as its marks."""
    if state is SheetState.SUBMITTED:
        return Advance.SUBMITTED
    if state is SheetState.SKIPPED:
        return Advance.SKIPPED
    return Advance.UNDER_WAY if marked else Advance.UNTOUCHED
