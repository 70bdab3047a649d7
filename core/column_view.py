"""Column mode (附件2) as it is shown: one item across all departments that a township scores. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.rubric import Item, Rubric
from core.sheet import Mark, SheetState


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One department in a column: its sheet, and what the township gave it for the column's item."""

    sheet_id: int
    unit: str
    state: SheetState
    mark: Mark | None
    owes_reason: bool

    @property
    def wants_mark(self) -> bool:
        """Whether the item is still to be scored for this department."""
        return self.state is SheetState.OPEN and self.mark is None


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One item across all departments that a township scores in a round. `items` are the numbers that count."""

    sheet_id: int
    period: str
    rater: str
    closes_at: datetime
    rubric: Rubric
    item: Item
    items: tuple[int, ...]
    lines: tuple[ColumnLine, ...]

    def line(self, sheet_id: int) -> ColumnLine | None:
        """The department of this sheet."""
        return next((line for line in self.lines if line.sheet_id == sheet_id), None)

    def after(self, sheet_id: int) -> ColumnLine | None:
        """The next department without a mark behind this one, else the first; None when all have one."""
        wanting = [line for line in self.lines if line.wants_mark]
        order = {line.sheet_id: place for place, line in enumerate(self.lines)}
        here = order.get(sheet_id, -1)
        return next((line for line in wanting if order[line.sheet_id] > here), wanting[0] if wanting else None)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """全部提交: the departments whose sheets are complete (or were handed in), and those that lack something."""

    complete: tuple[str, ...]
    incomplete: tuple[str, ...]
