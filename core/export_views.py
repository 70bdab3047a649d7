"""What /export offers, and what goes into the files: values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from core.calendar import Duty
from core.duties import LedgerEntry
from core.periods import Period
from core.rubric import Rubric, UnitKind
from core.sheet import Mark


@dataclass(frozen=True, slots=True)
class RankingLine:
    """The newest version of a period's ranking."""

    ranking_id: int
    period: str
    unit_kind: UnitKind
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round; `submitted` of its `sheets` are in."""

    round_id: int
    period: str
    unit_kind: UnitKind
    sheets: int
    submitted: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet of a round. Marks and total are there once it is handed in: a draft is its rater's own.

    `rater` is None for who may not know who scored; `total` None also where nothing applied.
    """

    unit: str
    rater: str | None
    state: str
    submitted_at: datetime | None
    marks: Mapping[int, Mark]
    total: Fraction | None


@dataclass(frozen=True, slots=True)
class RoundSheets:
    """All sheets of a round, unit by unit; `focus` are the items that count, None all. `root` covers their chains."""

    district: str
    period: str
    unit_kind: UnitKind
    rubric: Rubric
    focus: frozenset[int] | None
    rows: tuple[SheetRow, ...]
    root: str


@dataclass(frozen=True, slots=True)
class LedgerUnit:
    """What came of a unit's due dates."""

    unit: str
    entries: Mapping[Duty, Sequence[LedgerEntry]]


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """The ledger (台账) of a period; `root` covers the chains of its units."""

    district: str
    period: Period
    units: tuple[LedgerUnit, ...]
    root: str
