"""说明情况 (办法 六-2): what a unit owes after so many last places in a row, and what it filed. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.periods import Period


@dataclass(frozen=True, slots=True)
class OwedExplanation:
    """A unit explains its last place of a quarter; `count` of them in a row. `due` None: the holidays are unknown.

    `ends_at` (UTC) is the end of that day. `is_over`: it is late by now.
    """

    unit_id: int
    unit: str
    quarter: Period
    count: int
    due: date | None
    ends_at: datetime | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """What a unit filed last, in its `version`th version; `late`: it came after the day by which it was due."""

    owed: OwedExplanation
    version: int
    text: str
    person: str
    filed_at: datetime
    late: bool
    prompt_id: int | None
    files: int


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One explanation as the office sees it: what is owed, and what was filed."""

    owed: OwedExplanation
    filed: ExplanationView | None


@dataclass(frozen=True, slots=True)
class AskedExplanation:
    """The question that is answered by explaining. `versions` counts what was filed before."""

    prompt_id: int
    owed: OwedExplanation
    versions: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Something was explained, or a file was added to it; `again`: nothing changed by it."""

    explanation: ExplanationView
    added_file: bool = False
    again: bool = False
