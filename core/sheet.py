"""The sheet (评分表): one rater's marks for one unit in one round, and what is still missing.

Answers for which marks and reasons are legal, where the rater stands, and whether the
sheet can be handed in. Never stores, never adds points up (that is `core.scoring`), and
never stores what it can derive.

Three things are never mixed up: *not assessed* (there is no mark), *not applicable*
(不适用: a mark without points) and *0 points*. Points are hundredths of a point.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from core.errors import ItemNotInFocus, MarkNotAStep, MarkOutOfRange, ReasonMissing, ReasonTooLong, SheetIncomplete
from core.rubric import Item, Rubric
from core.suggestions import Suggestion

LONGEST_REASON = 500
"""In characters: item text, reason and buttons must fit one Telegram message."""


class SheetState(StrEnum):
    """open → submitted → sealed when the round closes. Being returned is an event back to open.

    A department's sheet can be skipped (不了解) and taken up again while the round is open.
    """

    OPEN = "open"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one sheet says about one item. `points` is None exactly when the item is not applicable.

    `bulk` tells a mark set by 其余满分 from one that the rater set by hand.
    """

    item: int
    points: int | None
    not_applicable: bool = False
    reason: str | None = None
    bulk: bool = False

    def __post_init__(self) -> None:
        if (self.points is None) is not self.not_applicable:
            raise ValueError(f"item {self.item}: a mark has points exactly when the item is applicable")


def written(marks: Mapping[int, Mark]) -> str:
    """All marks as a sheet that is handed in keeps them: canonical JSON, the same bytes for the same marks."""
    told = {
        str(item): [mark.points, mark.not_applicable, mark.reason, mark.bulk] for item, mark in sorted(marks.items())
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Sheet:
    """A snapshot of one sheet. `marks` is keyed by item number and is not copied.

    A mark below `reason_below_percent` of its item's maximum owes a reason. `focus` (督查重点) names the
    items that count in this round; None is all of them. A mark on another item stays and counts for nothing.
    `suggestions` are what the ledger says of items; a mark that differs from one owes a reason too.
    """

    id: int
    rubric: Rubric
    marks: Mapping[int, Mark]
    state: SheetState
    reason_below_percent: int
    focus: frozenset[int] | None = None
    suggestions: Mapping[int, Suggestion] = field(default_factory=dict)

    # Every tap asks for cursor, count and gaps of the same snapshot, so each list is made once.
    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that count, in the order of their numbers."""
        focus = self.focus
        return (
            self.rubric.items if focus is None else tuple([item for item in self.rubric.items if item.number in focus])
        )

    @cached_property
    def without_mark(self) -> tuple[int, ...]:
        """The numbers of the items not assessed yet, ascending."""
        marks = self.marks
        return tuple([item.number for item in self.items if item.number not in marks])

    @cached_property
    def reasons_owed(self) -> tuple[int, ...]:
        """The numbers of the items whose mark needs a reason and has none, ascending."""
        told = [(item, self.marks.get(item.number)) for item in self.items]
        return tuple([item.number for item, mark in told if mark is not None and self.owes(item, mark)])

    @property
    def cursor(self) -> int | None:
        """The first item without a mark; None when every item has one."""
        return self.without_mark[0] if self.without_mark else None

    @property
    def marked_count(self) -> int:
        """How many items have a mark, not applicable included."""
        return len(self.items) - len(self.without_mark)

    @property
    def is_complete(self) -> bool:
        """Every item has a mark and no reason is owed: the sheet can be submitted."""
        return not self.without_mark and not self.reasons_owed

    def item(self, number: int) -> Item:
        """The item of this number. Raises NoSuchItem, and ItemNotInFocus for one that does not count."""
        item = self.rubric.item(number)
        if self.focus is not None and number not in self.focus:
            raise ItemNotInFocus(item=number)
        return item

    def owes(self, item: Item, mark: Mark) -> bool:
        """Whether a mark of this item needs a reason that is not there."""
        if mark.reason:
            return False
        if mark.points is None or self.overrides(mark):
            return True
        return mark.points * 100 < self.reason_below_percent * item.max_points

    def overrides(self, mark: Mark) -> bool:
        """Whether the ledger suggests other points than these."""
        suggestion = self.suggestions.get(mark.item)
        return suggestion is not None and mark.points != suggestion.points


def check_points(item: Item, points: int, step: int) -> None:
    """Raises MarkOutOfRange or MarkNotAStep unless the item can be given these points."""
    if not 0 <= points <= item.max_points:
        raise MarkOutOfRange(item=item.number, points=points, max_points=item.max_points)
    if points % step:
        raise MarkNotAStep(item=item.number, points=points, step=step)


def legal_points(item: Item, step: int) -> tuple[int, ...]:
    """All points the item can be given, from 0 to its maximum."""
    return tuple(range(0, item.max_points + 1, step))


def check_reason(item: Item, text: str) -> str:
    """The reason as it is kept, without blanks around it. Raises ReasonMissing or ReasonTooLong."""
    reason = text.strip()
    if not reason:
        raise ReasonMissing(item=item.number)
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(item=item.number, length=len(reason), longest=LONGEST_REASON)
    return reason


def check_submittable(sheet: Sheet) -> None:
    """Raises SheetIncomplete, with all that is missing, unless every mark and owed reason is there."""
    if not sheet.is_complete:
        raise SheetIncomplete(without_mark=sheet.without_mark, without_reason=sheet.reasons_owed)


def next_stop(sheet: Sheet, after: int) -> int | None:
    """Where to go from item `after`: the next item without a mark, else the first one; None when there is none."""
    return next((number for number in sheet.without_mark if number > after), sheet.cursor)
