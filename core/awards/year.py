"""All awards of a district, derived from its finals, and what changed between two derivations.

Answers for one fold over everything that is final. It does not depend on the order in which finals are given, and
keeps nothing: after a final was superseded everything is derived again, and `differences` says what to announce.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.awards.finals import Final, in_force
from core.awards.flag import FlagMonth, holders
from core.awards.last_places import LastPlace, Step, Succession, last_places
from core.awards.rewards import Rewards, rewards
from core.periods import Period, PeriodKind
from core.workdays import Overrides


@dataclass(frozen=True, slots=True)
class QuarterRewards:
    """The prizes of a quarter that is final."""

    quarter: Period
    rewards: Rewards


@dataclass(frozen=True, slots=True)
class YearAwards:
    """What the finals given entitle townships to, in the order of the calendar; usually those of a year."""

    flags: tuple[FlagMonth, ...]
    rewards: tuple[QuarterRewards, ...]
    last_places: tuple[LastPlace, ...]

    def disqualified(self, year: int) -> frozenset[int]:
        """The units without 评优资格 in the annual ranking of a year: a better quarter later does not give it back."""
        return frozenset(
            place.unit_id for place in self.last_places if place.step is Step.DISQUALIFY and place.quarter.year == year
        )


@dataclass(frozen=True, slots=True)
class FlagChanged:
    """A month's flag is held by others than was said; ids ascending. None: the month has no final."""

    month: Period
    before: tuple[int, ...] | None
    after: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class PrizeChanged:
    """A unit's prize in a quarter, in fen; 0 is no prize."""

    quarter: Period
    unit_id: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LastPlaceChanged:
    """A unit's last place in a quarter came, went (None), or means something else: the streak, the step, the day."""

    quarter: Period
    unit_id: int
    before: LastPlace | None
    after: LastPlace | None


@dataclass(frozen=True, slots=True)
class EligibilityChanged:
    """A unit's 评优资格 for a year was taken, or given back."""

    year: int
    unit_id: int
    disqualified: bool


Difference: TypeAlias = FlagChanged | PrizeChanged | LastPlaceChanged | EligibilityChanged


def derive(finals: Sequence[Final], successions: Sequence[Succession], overrides: Overrides) -> YearAwards:
    """Everything that the finals in force entitle townships to: flags by months, prizes and streaks by quarters.

    Finals of other periods give nothing, versions below the newest neither. Give the finals of earlier years too: they
    say who held the flag, and carry streaks over where the policy does. Raises ValueError as `in_force` and
    `last_places` do.
    """
    return YearAwards(
        flags=holders(finals),
        rewards=tuple(
            QuarterRewards(final.period, rewards(final.standings, final.rule.rewards.prizes, final.rule.rewards.tie))
            for final in in_force(finals, PeriodKind.QUARTER)
        ),
        last_places=last_places(finals, successions, overrides),
    )


def differences(before: YearAwards, after: YearAwards) -> tuple[Difference, ...]:
    """What is no longer as it was: flags, prizes, last places, eligibility, each by the calendar and by ids.

    Empty for equal derivations. A final that was not there before shows in the same way, with all that it brought.
    """
    return (
        *_flags_changed(before, after),
        *_prizes_changed(before, after),
        *_last_places_changed(before, after),
        *_eligibility_changed(before, after),
    )


def _flags_changed(before: YearAwards, after: YearAwards) -> Iterable[Difference]:
    old, new = ({each.month: each.holders for each in awards.flags} for awards in (before, after))
    for month in sorted(old.keys() | new.keys()):
        if old.get(month) != new.get(month):
            yield FlagChanged(month, old.get(month), new.get(month))


def _prizes_changed(before: YearAwards, after: YearAwards) -> Iterable[Difference]:
    old, new = _prizes(before), _prizes(after)
    for quarter, unit_id in sorted(old.keys() | new.keys()):
        fen = old.get((quarter, unit_id), 0), new.get((quarter, unit_id), 0)
        if fen[0] != fen[1]:
            yield PrizeChanged(quarter, unit_id, *fen)


def _prizes(awards: YearAwards) -> Mapping[tuple[Period, int], int]:
    return {(each.quarter, unit_id): fen for each in awards.rewards for unit_id, fen in each.rewards.shares.items()}


def _last_places_changed(before: YearAwards, after: YearAwards) -> Iterable[Difference]:
    old, new = ({(each.quarter, each.unit_id): each for each in awards.last_places} for awards in (before, after))
    for quarter, unit_id in sorted(old.keys() | new.keys()):
        was, now = old.get((quarter, unit_id)), new.get((quarter, unit_id))
        if was != now:
            yield LastPlaceChanged(quarter, unit_id, was, now)


def _eligibility_changed(before: YearAwards, after: YearAwards) -> Iterable[Difference]:
    old, new = _disqualified(before), _disqualified(after)
    for year, unit_id in sorted(old ^ new):
        yield EligibilityChanged(year, unit_id, (year, unit_id) in new)


def _disqualified(awards: YearAwards) -> frozenset[tuple[int, int]]:
    years = {place.quarter.year for place in awards.last_places}
    return frozenset((year, unit_id) for year in years for unit_id in awards.disqualified(year))
