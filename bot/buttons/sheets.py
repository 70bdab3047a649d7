"""Buttons of a sheet: its items, marks, contents and handing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class SetMark:
    """Give an item its points (hundredths)."""

    VERB: ClassVar[str] = "m"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class AdoptSuggestion:
    """采用建议: give an item the points (hundredths) that the ledger suggests."""

    VERB: ClassVar[str] = "d"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class ChooseHalf:
    """The whole number of a large item is chosen; .0 or .5 is still to come (hundredths)."""

    VERB: ClassVar[str] = "h"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class ShowItem:
    """Show an item; item 0 is the first one without a mark."""

    VERB: ClassVar[str] = "i"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class ShowContents:
    """Show the 目录 of a sheet."""

    VERB: ClassVar[str] = "c"
    sheet: int


@dataclass(frozen=True, slots=True)
class AskReason:
    """Ask for the reason of an item's mark."""

    VERB: ClassVar[str] = "r"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class AskNotApplicable:
    """Ask why an item is not applicable."""

    VERB: ClassVar[str] = "n"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class ExplainEvidence:
    """Say how evidence is attached to an item."""

    VERB: ClassVar[str] = "e"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class AskFillRest:
    """Ask whether the rest is to be filled with full marks."""

    VERB: ClassVar[str] = "f"
    sheet: int


@dataclass(frozen=True, slots=True)
class FillRest:
    """Fill the rest with full marks."""

    VERB: ClassVar[str] = "F"
    sheet: int


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """Show the totals and what is missing before handing in."""

    VERB: ClassVar[str] = "v"
    sheet: int


@dataclass(frozen=True, slots=True)
class SubmitSheet:
    """Hand the sheet in."""

    VERB: ClassVar[str] = "S"
    sheet: int


@dataclass(frozen=True, slots=True)
class ShowSheets:
    """Show the person's list of sheets, from a page on (counted from 0)."""

    VERB: ClassVar[str] = "l"
    page: int


SheetButton: TypeAlias = (
    SetMark
    | AdoptSuggestion
    | ChooseHalf
    | ShowItem
    | ShowContents
    | AskReason
    | AskNotApplicable
    | ExplainEvidence
    | AskFillRest
    | FillRest
    | ReviewSheet
    | SubmitSheet
    | ShowSheets
)
