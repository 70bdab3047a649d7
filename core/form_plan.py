"""What a form that comes back would do, sheet by sheet. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Refusal
from core.sheet import Mark


@dataclass(frozen=True, slots=True)
class MarkChange:
    """What a form makes of one item: `old` None where it had no mark."""

    item: int
    old: Mark | None
    new: Mark
    place: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What a form makes of one sheet, and what it still lacks afterwards.

    `asks`: the form wants something else than what is there. `refused`: why nothing can be set. `skips`: the form
    says 不了解, which was not said before; `is_skipped`: it was said before.
    """

    sheet_id: int
    unit: str
    changes: tuple[MarkChange, ...] = ()
    unchanged: int = 0
    without_mark: tuple[int, ...] = ()
    without_reason: tuple[int, ...] = ()
    skips: bool = False
    is_skipped: bool = False
    asks: bool = False
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What a form would do. `digest` names exactly these changes: what is applied is what was shown."""

    sheets: tuple[SheetChanges, ...]
    digest: str

    @property
    def refused(self) -> tuple[SheetChanges, ...]:
        """The sheets that stand in the way; with any of them nothing is applied.

        A sheet that is handed in stands in nobody's way as long as the form says of it only what is there already.
        """
        refused = tuple(sheet for sheet in self.sheets if sheet.refused is not None)
        return refused if len(refused) == len(self.sheets) else tuple(sheet for sheet in refused if sheet.asks)

    @property
    def count(self) -> int:
        """How many marks would change."""
        return sum(len(sheet.changes) for sheet in self.sheets)

    @property
    def skipped(self) -> int:
        """How many departments would be skipped (不了解)."""
        return sum(sheet.skips for sheet in self.sheets)
