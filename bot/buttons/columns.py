"""Buttons of what only a township's officers do: skip a department, score one item across departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class AskSkip:
    """Ask whether the department of a sheet is to be skipped (不了解)."""

    VERB: ClassVar[str] = "ak"
    sheet: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Skip the department of a sheet."""

    VERB: ClassVar[str] = "as"
    sheet: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Score a skipped department after all."""

    VERB: ClassVar[str] = "ar"
    sheet: int


@dataclass(frozen=True, slots=True)
class ShowColumn:
    """One item (0: the first with a gap) across the departments of a sheet's round; a page of them, from 0."""

    VERB: ClassVar[str] = "ac"
    sheet: int
    item: int
    page: int


@dataclass(frozen=True, slots=True)
class PickInColumn:
    """The marks of one department for the column's item."""

    VERB: ClassVar[str] = "ai"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class HalfInColumn:
    """The whole number (hundredths) of a large item is chosen: which of its steps?"""

    VERB: ClassVar[str] = "ah"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class MarkInColumn:
    """Give one department these points (hundredths) for the column's item, and go on to the next."""

    VERB: ClassVar[str] = "am"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class AskSubmitAll:
    """全部提交: really?"""

    VERB: ClassVar[str] = "aq"
    sheet: int


@dataclass(frozen=True, slots=True)
class SubmitAll:
    """Hand in every department of a sheet's round that is complete."""

    VERB: ClassVar[str] = "az"
    sheet: int


ColumnButton: TypeAlias = (
    AskSkip | Skip | Resume | ShowColumn | PickInColumn | HalfInColumn | MarkInColumn | AskSubmitAll | SubmitAll
)
