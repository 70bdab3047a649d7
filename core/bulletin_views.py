"""What is posted and printed of a ranking: the ranking, what it entitles to, and what a new version changed.

Values only. Units stand here by their ids; `names` has the name of each that it bore at the end of the period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from core.awards import (
    EligibilityChanged,
    FlagChanged,
    FlagMonth,
    LastPlace,
    PrizeChanged,
    Rewards,
    Step,
)
from core.composites import Eligibility
from core.periods import Period
from core.snapshots import RankingView


@dataclass(frozen=True, slots=True)
class ToldLastPlace:
    """A last place as it was told: how often in a row, what follows, what one more would mean, and until when."""

    count: int
    step: Step | None
    next_step: Step | None
    due: date | None


@dataclass(frozen=True, slots=True)
class LastPlaceTold:
    """A unit's last place in a quarter came (`before` None), went (`after` None), or means something else."""

    quarter: Period
    unit_id: int
    before: ToldLastPlace | None
    after: ToldLastPlace | None


AwardTold: TypeAlias = FlagChanged | PrizeChanged | LastPlaceTold | EligibilityChanged
"""An award that is no longer as it was, as the bulletin's row keeps it."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a unit stood in one version: `rank` and `score` are None where it was not ranked."""

    rank: int | None
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class RowChanged:
    """A unit that stands elsewhere, or has another score. None: it was not, or is no longer, in the ranking."""

    unit_id: int
    before: Placing | None
    after: Placing | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a version changed (更正通报) against the one whose place it took, in the order of the new ranking."""

    replaced: int
    """The version that it took the place of."""
    rows: tuple[RowChanged, ...]
    awards: tuple[AwardTold, ...]


@dataclass(frozen=True, slots=True)
class BulletinView:
    """A ranking with all that is said of it.

    What it entitles to is there once it is final, for townships alone: of a month `flag`, the flag's way; of a quarter
    `rewards` (in fen) and `last_places`; of a year `eligibility`. A half-year sums up its months in `flags`: None is a
    month without a final. `correction` is None where nothing was replaced.
    """

    ranking: RankingView
    names: Mapping[int, str]
    flag: FlagMonth | None = None
    rewards: Rewards | None = None
    last_places: tuple[LastPlace, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    correction: Correction | None = None
    prizes: Mapping[int, int] = field(default_factory=dict)
    """Fen by unit, of a quarter that is final."""
    disqualified: frozenset[int] = frozenset()
    """Who has no 评优资格 in a year that is final."""
    flags: Mapping[Period, FlagMonth | None] = field(default_factory=dict)

    @property
    def awaits(self) -> bool:
        """Whether something would follow from it if it were final."""
        return self.ranking.unit_kind == "township" and self.ranking.final_at is None
