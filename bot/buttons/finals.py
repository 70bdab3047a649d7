"""Buttons of what comes before and after a final: the gate, and explanations of last places (说明情况).

Periods are numbered by `bot.due_numbers`, kinds of unit by their place in `bot.screens.rounds.KINDS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class LetThrough:
    """照常公布: let a ranking be published although something is missing."""

    VERB: ClassVar[str] = "qp"
    period: int
    kind: int


@dataclass(frozen=True, slots=True)
class KeepWaiting:
    """再等等: nothing is done; the ranking stays held."""

    VERB: ClassVar[str] = "qw"
    period: int
    kind: int


@dataclass(frozen=True, slots=True)
class ExtendHeld:
    """去延长考评: the round of what is held, in a message of its own: the question stays with its keys."""

    VERB: ClassVar[str] = "qr"
    round: int


@dataclass(frozen=True, slots=True)
class ShowHeld:
    """What is missing of a ranking that is held, with the keys of the choice."""

    VERB: ClassVar[str] = "qh"
    period: int
    kind: int


@dataclass(frozen=True, slots=True)
class Explain:
    """说明情况 to a unit's last place of a quarter."""

    VERB: ClassVar[str] = "qe"
    unit: int
    quarter: int


@dataclass(frozen=True, slots=True)
class ListExplanations:
    """A page of what is to be explained in the district, and what was filed."""

    VERB: ClassVar[str] = "ql"
    page: int


@dataclass(frozen=True, slots=True)
class ShowExplanation:
    """What a unit filed."""

    VERB: ClassVar[str] = "qs"
    unit: int
    quarter: int


@dataclass(frozen=True, slots=True)
class FetchExplanationFiles:
    """The photos and files of an explanation."""

    VERB: ClassVar[str] = "qf"
    unit: int
    quarter: int


FinalsButton: TypeAlias = (
    LetThrough
    | KeepWaiting
    | ExtendHeld
    | ShowHeld
    | Explain
    | ListExplanations
    | ShowExplanation
    | FetchExplanationFiles
)
