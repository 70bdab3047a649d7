"""Buttons of /why: a unit's result explained part by part, evidence to what it lost, and the units to ask about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowWhy:
    """The newest result of a unit: page 0 at a glance, the others what it lost points for."""

    VERB: ClassVar[str] = "wy"
    unit: int
    page: int


@dataclass(frozen=True, slots=True)
class ExplainRow:
    """A page of one part of a unit's row of a ranking explained; the parts are `bot.screens.why.PARTS`."""

    VERB: ClassVar[str] = "wx"
    unit: int
    ranking: int
    part: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowLossEvidence:
    """A page of the evidence to what a unit lost at an item."""

    VERB: ClassVar[str] = "we"
    unit: int
    ranking: int
    item: int
    page: int


@dataclass(frozen=True, slots=True)
class ListWhy:
    """A page of the units that can be asked about."""

    VERB: ClassVar[str] = "wl"
    page: int


@dataclass(frozen=True, slots=True)
class ListWhyOf:
    """A page of the units that can be asked about, each about the period of this ranking."""

    VERB: ClassVar[str] = "wr"
    ranking: int
    page: int


WhyButton: TypeAlias = ShowWhy | ExplainRow | ShowLossEvidence | ListWhy | ListWhyOf
