"""The rankings around the one that is open: the period before and after, the other rhythms, other versions.

Values only; periods are those that were ranked, by the calendar.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from core.periods import Period, PeriodKind
from core.rubric import UnitKind


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one can go from a ranking. `before` and `after` are of the same rhythm; None where there is none.

    `rhythms` has one period for each length that was ranked, this one's own included: the one that holds this period
    or lies in it, else the latest. `other_kind` is a period in which the other kind of unit was ranked. `versions` are
    the ids of all versions of this period, by their numbers.
    """

    before: Period | None = None
    after: Period | None = None
    rhythms: Mapping[PeriodKind, Period] = field(default_factory=dict)
    other_kind: tuple[UnitKind, Period] | None = None
    versions: Mapping[int, int] = field(default_factory=dict)

    @property
    def newest_version(self) -> int:
        """The number of the version that stands."""
        return max(self.versions, default=1)


def shelf_around(
    period: Period, kind: UnitKind, ranked: Mapping[UnitKind, Collection[Period]], versions: Mapping[int, int]
) -> Shelf:
    """The shelf of a period that was ranked; `ranked` are the periods of each kind of unit."""
    own = ranked[kind]
    same = [each for each in own if each.kind is period.kind]
    other: UnitKind = "department" if kind == "township" else "township"
    others = ranked[other]
    return Shelf(
        before=max((each for each in same if each < period), default=None),
        after=min((each for each in same if each > period), default=None),
        rhythms={length: _nearest(period, length, own) for length in PeriodKind if _of(own, length)},
        other_kind=(other, period if period in others else max(others)) if others else None,
        versions=versions,
    )


def _nearest(period: Period, length: PeriodKind, ranked: Collection[Period]) -> Period:
    """The last period of this length that shares days with the one that is open; the latest where none does."""
    known = _of(ranked, length)
    sharing = [each for each in known if each.first_day <= period.last_day and period.first_day <= each.last_day]
    return max(sharing or known)


def _of(ranked: Collection[Period], length: PeriodKind) -> list[Period]:
    return [each for each in ranked if each.kind is length]
