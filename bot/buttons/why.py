"""Buttons of /why: a unit's result explained, and the list of units to ask about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowWhy:
    """A page of what a unit lost points for."""

    VERB: ClassVar[str] = "wy"
    unit: int
    page: int


@dataclass(frozen=True, slots=True)
class ListWhy:
    """A page of the units that can be asked about."""

    VERB: ClassVar[str] = "wl"
    page: int


WhyButton: TypeAlias = ShowWhy | ListWhy
