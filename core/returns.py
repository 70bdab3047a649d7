"""The return loop (退回) as it is shown: a sheet that was handed in, and what changed since. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.corrections import Correction
from core.sheet import Mark
from core.snapshots import SheetView

EvidenceKind = Literal["photo", "file", "location"]


@dataclass(frozen=True, slots=True)
class PieceOfEvidence:
    """One piece of 佐证. `sha256` is None until its file was fetched; a location never has one."""

    evidence_id: int
    sheet_id: int
    item: int
    kind: EvidenceKind
    name: str | None
    caption: str | None
    sha256: str | None
    state: str
    latitude: str | None
    longitude: str | None


@dataclass(frozen=True, slots=True)
class SubmittedSheet:
    """A sheet as the office sees it.

    `version` counts how often it was handed in; `before` are the marks of the version before, None for the first.
    `returned` are the reasons for which items of this version (while it is open again) or of the one before went back.
    `can_correct`: the round is over, so that what is wrong is corrected (更正); `waiting` are corrections that no
    ranking holds yet.
    """

    view: SheetView
    round_id: int
    version: int
    before: Mapping[int, Mark] | None
    returned: Mapping[int, str]
    can_return: bool
    can_correct: bool = False
    waiting: tuple[Correction, ...] = ()

    def changed(self, item: int) -> bool:
        """Whether the item's mark or reason is another than in the version before."""
        if self.before is None:
            return False
        old, new = self.before.get(item), self.view.sheet.marks.get(item)
        return (old and (old.points, old.reason)) != (new and (new.points, new.reason))


@dataclass(frozen=True, slots=True)
class AskedReturn:
    """Why does the item go back? `prompt_id` is the question."""

    found: SubmittedSheet
    item: int
    prompt_id: int
