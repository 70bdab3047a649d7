"""Buttons of the return loop: look into a sheet that was handed in, and give an item of it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowSubmitted:
    """A sheet that was handed in: the category of this place, from 0."""

    VERB: ClassVar[str] = "gs"
    sheet: int
    part: int


@dataclass(frozen=True, slots=True)
class AskReturn:
    """退回: why does this item go back?"""

    VERB: ClassVar[str] = "gr"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class ShowEvidence:
    """A page of the evidence to an item of a sheet that was handed in."""

    VERB: ClassVar[str] = "ge"
    sheet: int
    item: int
    page: int


ReturnButton: TypeAlias = ShowSubmitted | AskReturn | ShowEvidence
