"""Last places (排名最后, 办法 六-2): who is last in a quarter, how often in a row, and what follows.

Answers for streaks over the quarters, for what a merger does to them, and for the day by which a unit explains itself.
Counts only what finals say: a quarter without a final, like one in which the unit is not ranked, neither adds to a
streak nor ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from core.awards.finals import Final, in_force
from core.periods import Period, PeriodKind
from core.policy import LastPlaceRule
from core.ranking import Standing
from core.workdays import Overrides, after_workdays


class Step(StrEnum):
    """What follows so many last places in a row: the unit is told, explains itself (说明情况), loses 评优资格."""

    WARN = "warn"
    EXPLAIN = "explain"
    DISQUALIFY = "disqualify"


@dataclass(frozen=True, slots=True)
class Succession:
    """A unit that was merged into another; `ends_on` is the first day on which it is none any more.

    `inherits` is the office's explicit choice whether its last places in a row go along.
    """

    predecessor_id: int
    successor_id: int
    ends_on: date
    inherits: bool


@dataclass(frozen=True, slots=True)
class LastQuarter:
    """One quarter of a streak, and the unit that was last in it: the unit itself, or one that was merged into it."""

    quarter: Period
    unit_id: int


_Streak: TypeAlias = tuple[LastQuarter, ...]


@dataclass(frozen=True, slots=True)
class LastPlace:
    """A unit that was last in a quarter. `streak`: the quarters that make it so often in a row, this one included.

    `step` is what follows now, `next_step` what one more would mean; None where nothing does. `due`: the day by whose
    end a unit explains itself; None where it need not, and where the holidays until then are unknown.
    """

    unit_id: int
    quarter: Period
    streak: tuple[LastQuarter, ...]
    step: Step | None
    next_step: Step | None
    due: date | None

    @property
    def count(self) -> int:
        """How many last places in a row."""
        return len(self.streak)


def last_place(standings: Iterable[Standing], min_ranked: int) -> tuple[int, ...]:
    """The ids of the last units of a quarter, ascending: all that share the highest rank number.

    Empty when fewer than `min_ranked` units are ranked, and when all are equal: then nobody is behind anybody.
    """
    ranks = {standing.unit_id: standing.rank for standing in standings if standing.rank is not None}
    lowest = max(ranks.values(), default=1)
    if len(ranks) < min_ranked or lowest == 1:
        return ()
    return tuple(sorted(unit_id for unit_id, rank in ranks.items() if rank == lowest))


def last_places(
    finals: Iterable[Final], successions: Sequence[Succession], overrides: Overrides
) -> tuple[LastPlace, ...]:
    """Every last place in the quarters that have a final, in the order of the calendar and of the ids.

    Being ranked and not last ends a streak, also where the measures call nobody last. A new year begins without
    streaks unless its policy carries them over. Where the unit was merged: see `_after_mergers`.

    The days for the explanation are counted from the latest final among the streak's quarters and those between: when
    an earlier quarter is corrected so that a later one becomes the second in a row, or is published again, nobody is
    given less time than the policy promises.

    Raises ValueError when units were merged in a circle.
    """
    found: list[LastPlace] = []
    past: list[Final] = []
    streaks: dict[int, _Streak] = {}
    mergers = _chained(successions)
    for final in in_force(finals, PeriodKind.QUARTER):
        rule = final.rule.last_place
        if past and past[-1].period.year != final.period.year and not rule.carry_over:
            streaks = {}
        past.append(final)
        streaks = _after_quarter(_after_mergers(streaks, mergers, final), final)
        found += [
            _last_place(unit_id, final, streak, past, overrides)
            for unit_id, streak in sorted(streaks.items())
            if streak[-1] == LastQuarter(final.period, unit_id)
        ]
    return tuple(found)


def _after_quarter(streaks: Mapping[int, _Streak], final: Final) -> dict[int, _Streak]:
    last = last_place(final.standings, final.rule.last_place.min_ranked)
    ranked = {standing.unit_id for standing in final.standings if standing.rank is not None}
    kept = {unit_id: streak for unit_id, streak in streaks.items() if unit_id not in ranked}
    grown = {unit_id: (*streaks.get(unit_id, ()), LastQuarter(final.period, unit_id)) for unit_id in last}
    return kept | grown


def _after_mergers(streaks: Mapping[int, _Streak], mergers: Sequence[Succession], final: Final) -> dict[int, _Streak]:
    """The streaks with which the units go into a quarter, as the office chose for each unit that was merged.

    Where both have one, the longer stands, and of equals the successor's own. Never their sum: a quarter would count
    twice, or quarters would follow one another that no unit was ever last in. Nothing in the measures lets a merger
    make a unit worse than the worse of the two, and by the office's choice it is not better either.

    Only the streak goes along, no consequence: the successor owes nothing until it is last itself. Without the choice
    the predecessor's streak ends with it, and the successor keeps its own.
    """
    after = dict(streaks)
    # A merger that was entered later than it happened: as long as the unit is listed, the places are its own.
    listed = {standing.unit_id for standing in final.standings}
    for merger in mergers:
        if merger.ends_on > final.period.last_day or merger.predecessor_id in listed:
            continue
        theirs, own = after.pop(merger.predecessor_id, ()), after.get(merger.successor_id, ())
        if merger.inherits and len(theirs) > len(own):
            after[merger.successor_id] = theirs
    return after


def _chained(successions: Iterable[Succession]) -> tuple[Succession, ...]:
    """Who was merged first comes first: what A brought to B goes on with B to C."""
    into = {each.predecessor_id: each.successor_id for each in successions}
    return tuple(
        sorted(successions, key=lambda each: (-_mergers_ahead(each.predecessor_id, into), each.predecessor_id))
    )


def _mergers_ahead(unit_id: int, into: Mapping[int, int]) -> int:
    ahead = 0
    while unit_id in into:
        unit_id = into[unit_id]
        ahead += 1
        if ahead > len(into):
            raise ValueError(f"unit {unit_id} was merged in a circle")
    return ahead


def _last_place(unit_id: int, final: Final, streak: _Streak, past: Iterable[Final], overrides: Overrides) -> LastPlace:
    rule = final.rule.last_place
    step = _step(len(streak), rule)
    known_since = max(each.published_on for each in past if each.period >= streak[0].quarter)
    due = after_workdays(known_since, rule.explain_within_days, overrides) if step is Step.EXPLAIN else None
    return LastPlace(unit_id, final.period, streak, step, _step(len(streak) + 1, rule), due)


def _step(count: int, rule: LastPlaceRule) -> Step | None:
    """The gravest step reached. The steps take turns: who lost 评优资格 is not asked to explain once more."""
    if count >= rule.disqualify_after:
        return Step.DISQUALIFY
    if count >= rule.explain_after:
        return Step.EXPLAIN
    return Step.WARN if count >= rule.warn_after else None
