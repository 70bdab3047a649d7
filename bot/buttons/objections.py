"""Buttons of objections (异议) and corrections (更正): the unit's, and the office's.

`items` is the whole choice as one number, a bit for each item (`core.objections`): nothing is toggled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """异议 under a post in the group: opens /object for this ranking in private."""

    VERB: ClassVar[str] = "br"
    ranking: int


@dataclass(frozen=True, slots=True)
class ChooseItems:
    """A page of the items that a unit's objection can name; `items` are named so far."""

    VERB: ClassVar[str] = "bi"
    ranking: int
    unit: int
    items: int
    page: int


@dataclass(frozen=True, slots=True)
class WriteObjection:
    """写理由: what does the unit object to these items? 0: to the ranking as a whole."""

    VERB: ClassVar[str] = "bw"
    ranking: int
    unit: int
    items: int


@dataclass(frozen=True, slots=True)
class ListOwnObjections:
    """A page of what the person's units objected to, below the rankings that can be objected to."""

    VERB: ClassVar[str] = "bl"
    page: int


@dataclass(frozen=True, slots=True)
class ShowOwnObjection:
    """One objection of the person's units, and what became of it."""

    VERB: ClassVar[str] = "bo"
    objection: int


@dataclass(frozen=True, slots=True)
class ListObjections:
    """A page of the objections that wait for the office."""

    VERB: ClassVar[str] = "bq"
    page: int


@dataclass(frozen=True, slots=True)
class ShowObjection:
    """One objection with the unit's sheets, for the office; a page of them."""

    VERB: ClassVar[str] = "bs"
    objection: int
    page: int


@dataclass(frozen=True, slots=True)
class FetchObjectionFiles:
    """The photos and files of an objection."""

    VERB: ClassVar[str] = "bf"
    objection: int


@dataclass(frozen=True, slots=True)
class AskReject:
    """不支持: asks why."""

    VERB: ClassVar[str] = "bn"
    objection: int


@dataclass(frozen=True, slots=True)
class AskUphold:
    """支持异议，公布更正: asks why."""

    VERB: ClassVar[str] = "by"
    objection: int


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """更正: what is to be corrected on this sealed sheet? `objection` 0: in answer to none."""

    VERB: ClassVar[str] = "bc"
    sheet: int
    objection: int


@dataclass(frozen=True, slots=True)
class ShowCorrections:
    """The corrections of a round that wait to be published."""

    VERB: ClassVar[str] = "bu"
    round: int


@dataclass(frozen=True, slots=True)
class PublishCorrections:
    """公布更正: let the round's ranking come out as its next version."""

    VERB: ClassVar[str] = "bp"
    round: int


ObjectionButton: TypeAlias = (
    RaiseObjection
    | ChooseItems
    | WriteObjection
    | ListOwnObjections
    | ShowOwnObjection
    | ListObjections
    | ShowObjection
    | FetchObjectionFiles
    | AskReject
    | AskUphold
    | AskCorrection
    | ShowCorrections
    | PublishCorrections
)
