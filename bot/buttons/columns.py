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


ColumnButton: TypeAlias = AskSkip | Skip | Resume
