"""Corrections (更正) of sealed sheets: what the office types, and what became of it. Values only.

A correction sets a mark anew with its reason, as the sheet's next version; the version before stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import CorrectionUnreadable, ReasonMissing
from core.rubric import UnitKind
from core.sheet import Mark
from core.shorthand import parse_shorthand
from core.snapshots import SheetView


@dataclass(frozen=True, slots=True)
class Correction:
    """One item that was corrected; points in hundredths, None is 不适用. `objection`: in answer to which one."""

    item: int
    before: int | None
    after: int | None
    reason: str
    at: datetime
    objection: int | None


@dataclass(frozen=True, slots=True)
class AskedCorrection:
    """What is to be corrected on this sheet? `objection_id` 0: without an objection."""

    prompt_id: int
    view: SheetView
    objection_id: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A sheet was corrected: its new version, and what no ranking says yet; `again`: nothing changed by it."""

    view: SheetView
    round_id: int
    version: int
    objection_id: int
    items: tuple[int, ...]
    waiting: tuple[Correction, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class CorrectedSheet:
    """A sheet with corrections that no ranking says yet."""

    sheet_id: int
    unit: str
    rater: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class RoundCorrections:
    """The corrections of a round that wait to be published. `published`: the version that just came of them."""

    round_id: int
    period: str
    unit_kind: UnitKind
    sheets: tuple[CorrectedSheet, ...]
    published: int | None = None


def read_corrections(text: str) -> tuple[Mark, ...]:
    """The marks of `4 1.5 理由` or `4 不适用 理由`, a line each; whether the rubric allows them is not known here.

    Raises CorrectionUnreadable, UnreadableMark, or ReasonMissing for a correction without its reason.
    """
    read = parse_shorthand(text)
    if read is None or read.unit is not None:
        raise CorrectionUnreadable
    for entry in read.entries:
        if entry.points is None and not entry.not_applicable:
            raise CorrectionUnreadable
        if entry.reason is None:
            raise ReasonMissing(item=entry.item)
    return tuple(
        Mark(entry.item, entry.points, not_applicable=entry.not_applicable, reason=entry.reason)
        for entry in read.entries
    )
