"""Buttons of the rounds: what an admin opens, extends, closes and chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowRounds:
    """A page of the list of rounds, from 0."""

    VERB: ClassVar[str] = "ol"
    page: int


@dataclass(frozen=True, slots=True)
class ShowRound:
    """One round with what can be done about it."""

    VERB: ClassVar[str] = "or"
    round: int


@dataclass(frozen=True, slots=True)
class AskClosing:
    """Until when is the round to be open? Extends it, or reopens it."""

    VERB: ClassVar[str] = "oe"
    round: int


@dataclass(frozen=True, slots=True)
class SetClosing:
    """Let the round close at this time, in minutes since 1970 (UTC): tapped twice it is the same time."""

    VERB: ClassVar[str] = "os"
    round: int
    minute: int


@dataclass(frozen=True, slots=True)
class AskCloseEarly:
    """Is the round really to be closed now?"""

    VERB: ClassVar[str] = "oq"
    round: int


@dataclass(frozen=True, slots=True)
class CloseEarly:
    """Close the round now."""

    VERB: ClassVar[str] = "oc"
    round: int


@dataclass(frozen=True, slots=True)
class ShowFocus:
    """督查重点: which items count."""

    VERB: ClassVar[str] = "of"
    round: int


@dataclass(frozen=True, slots=True)
class FocusOn:
    """Let an item count; 0 lets all of them."""

    VERB: ClassVar[str] = "oi"
    round: int
    item: int


@dataclass(frozen=True, slots=True)
class FocusOff:
    """Let an item not count."""

    VERB: ClassVar[str] = "ox"
    round: int
    item: int


@dataclass(frozen=True, slots=True)
class SupplySheets:
    """补发评分表: hand out what the roster asks for and the round lacks."""

    VERB: ClassVar[str] = "oh"
    round: int


@dataclass(frozen=True, slots=True)
class ChooseNewRound:
    """Which round is to be opened?"""

    VERB: ClassVar[str] = "on"


@dataclass(frozen=True, slots=True)
class AskOpenRound:
    """Is this round really to be opened now? `months` is the period's length, `kind` 0 townships, 1 departments."""

    VERB: ClassVar[str] = "oa"
    months: int
    year: int
    number: int
    kind: int


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Open this round now; the fields are those of the question."""

    VERB: ClassVar[str] = "oo"
    months: int
    year: int
    number: int
    kind: int


RoundButton: TypeAlias = (
    ShowRounds
    | ShowRound
    | AskClosing
    | SetClosing
    | AskCloseEarly
    | CloseEarly
    | ShowFocus
    | FocusOn
    | FocusOff
    | SupplySheets
    | ChooseNewRound
    | AskOpenRound
    | OpenRound
)
