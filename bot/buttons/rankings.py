"""Buttons of rankings and of what was posted about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowRanking:
    """Show one frozen ranking in the person's own chat."""

    VERB: ClassVar[str] = "k"
    ranking: int


@dataclass(frozen=True, slots=True)
class OpenTable:
    """Under a post in the group: open the whole table in private. Tapping it proves that the post is there."""

    VERB: ClassVar[str] = "t"
    ranking: int
    parcel: int


@dataclass(frozen=True, slots=True)
class ConfirmSent:
    """An admin saw the message whose fate was unknown."""

    VERB: ClassVar[str] = "y"
    parcel: int


@dataclass(frozen=True, slots=True)
class SendAgain:
    """An admin did not see the message whose fate was unknown."""

    VERB: ClassVar[str] = "Y"
    parcel: int


RankingButton: TypeAlias = ShowRanking | OpenTable | ConfirmSent | SendAgain
