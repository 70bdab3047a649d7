"""Buttons of the forms that are filled in without a network (空白表)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class PrintForm:
    """Send the form of a sheet."""

    VERB: ClassVar[str] = "xf"
    sheet: int


@dataclass(frozen=True, slots=True)
class PrintMatrix:
    """Send all departments of the township that a sheet is scored for, in one table."""

    VERB: ClassVar[str] = "xm"
    sheet: int


FormButton: TypeAlias = PrintForm | PrintMatrix
