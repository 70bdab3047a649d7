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
class ShowPeriod:
    """A page of the newest ranking of a period; `kind` is the kind of unit by its place, `period` as a number."""

    VERB: ClassVar[str] = "kp"
    kind: int
    period: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowVersion:
    """A page of one version of a ranking, whatever took its place."""

    VERB: ClassVar[str] = "kv"
    ranking: int
    page: int


@dataclass(frozen=True, slots=True)
class ChooseTrend:
    """走势: whose ranks of a year are to be drawn; `period` says of which year, and month by month or by quarters."""

    VERB: ClassVar[str] = "kc"
    kind: int
    period: int
    page: int


@dataclass(frozen=True, slots=True)
class DrawTrend:
    """The ranks of a year as a picture: of one unit, or of all (0)."""

    VERB: ClassVar[str] = "kd"
    kind: int
    period: int
    unit: int


@dataclass(frozen=True, slots=True)
class OpenReasons:
    """Under a post in the group: ask in private why. Tapping it proves that the post is there."""

    VERB: ClassVar[str] = "tw"
    ranking: int
    parcel: int


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


RankingButton: TypeAlias = (
    ShowRanking | ShowPeriod | ShowVersion | ChooseTrend | DrawTrend | OpenTable | OpenReasons | ConfirmSent | SendAgain
)
