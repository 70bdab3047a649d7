"""The order of units (排名): exact, independent of the order in which units are given.

Answers for composite scores of weighted components, for ranks and ties, and for the distance
to the neighbours. Never rounds, never decides by id, name or chance, and never takes what is
missing for zero. Which categories decide a tie, and which weights apply, is the caller's policy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import TypeAlias

_Value: TypeAlias = tuple[int, ...]
"""What a unit is worth: its score, then its tie lines, each column on one scale for all units."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit to be ranked. `tie_lines`: what decides among equal scores, most important first.

    `score` None means not assessed (未考核): listed, not ranked.
    """

    unit_id: int
    score: Fraction | None
    tie_lines: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of a ranking. `rank` None: not ranked. `tied`: another unit has the same rank.

    `tie_line` is the index of the line that separated the unit from one of equal score: from
    the unit above it, or, when none above has its score, from the unit below. None when the
    score alone decided, or nothing did.
    """

    unit_id: int
    rank: int | None
    tied: bool
    score: Fraction | None
    tie_line: int | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The units of the next rank in one direction and the difference in score, never negative.

    A difference of 0 means that a tie line separated them.
    """

    unit_ids: tuple[int, ...]
    points: Fraction


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a unit is from the next better and the next worse rank; None where there is none."""

    above: Neighbours | None
    below: Neighbours | None


def rank(entries: Iterable[Entry]) -> tuple[Standing, ...]:
    """The standings: best first, equal units in the order of their ids, the unranked last.

    Order: score, then the tie lines in turn, all descending. Units equal in all of them share
    a rank and the following ranks are skipped (1, 1, 3): 办法 does not say who should go first,
    so nothing but their work may.

    Raises ValueError when a unit comes twice or the units have different numbers of tie lines.
    """
    every = sorted(entries, key=lambda entry: entry.unit_id)
    _check(every)
    valued = _on_one_scale([(entry, entry.score) for entry in every if entry.score is not None])
    valued.sort(key=_value, reverse=True)
    places = [(value, [entry for _, entry in group]) for value, group in groupby(valued, key=_value)]
    unranked = [Standing(entry.unit_id, None, False, None, None) for entry in every if entry.score is None]
    return (*_ranked(places), *unranked)


def present_components(units: Iterable[Mapping[str, Fraction | None]]) -> frozenset[str]:
    """The names of the components that at least one unit has."""
    return frozenset(name for unit in units for name, score in unit.items() if score is not None)


def composite(
    components: Mapping[str, Fraction | None],
    weights: Mapping[str, int],
    present: Collection[str],
    excused: Collection[str] = (),
) -> Fraction | None:
    """One unit's score from its components, each on the same scale; weights in percent.

    A component that nobody has (not in `present`) is dropped and the other weights rescaled, for
    all units alike. A unit that lacks a component others have is not ranked (None): a rescaled
    sum would measure it by other work than its competitors, and not having been supervised could
    win the flag (`docs/decisions/0003-missing-components.md`). None also when nothing is present.
    What the office excused the unit from altogether (`excused`) is neither missing nor zero: it leaves the
    unit's own weights, which are rescaled.
    """
    counted = [
        (weight, components.get(name))
        for name, weight in weights.items()
        if weight and name in present and name not in excused
    ]
    weighed = [(weight, score) for weight, score in counted if score is not None]
    return weighted_mean(weighed) if weighed and len(weighed) == len(counted) else None


def weighted_mean(weighed: Sequence[tuple[int, Fraction]]) -> Fraction:
    """The exact mean of values with their weights, which are above zero.

    Added up as whole numbers on one scale: one fraction is made, not one for every step.
    """
    scale = lcm(*(value.denominator for _, value in weighed))
    total = sum(weight * value.numerator * (scale // value.denominator) for weight, value in weighed)
    return Fraction(total, scale * sum(weight for weight, _ in weighed))


def distance(standings: Sequence[Standing], unit_id: int) -> Distance:
    """How far the unit is from its neighbours in `standings` as `rank` returned them.

    A unit that is not ranked has no neighbours. Raises ValueError when the unit is not listed.
    """
    own = next((standing for standing in standings if standing.unit_id == unit_id), None)
    if own is None:
        raise ValueError(f"unit {unit_id} is not in these standings")
    if own.rank is None or own.score is None:
        return Distance(above=None, below=None)
    ranks = {standing.rank for standing in standings if standing.rank is not None}
    better = max((place for place in ranks if place < own.rank), default=None)
    worse = min((place for place in ranks if place > own.rank), default=None)
    return Distance(
        above=_neighbours(standings, better, own.score),
        below=_neighbours(standings, worse, own.score),
    )


def _on_one_scale(scored: Sequence[tuple[Entry, Fraction]]) -> list[tuple[_Value, Entry]]:
    """Each column multiplied to whole numbers: the order stays, and whole numbers compare ten times as fast."""
    columns = zip(*((score, *entry.tie_lines) for entry, score in scored), strict=True)
    values = zip(*(_whole_numbers(column) for column in columns), strict=True)
    return [(value, entry) for value, (entry, _) in zip(values, scored, strict=True)]


def _whole_numbers(column: Sequence[Fraction]) -> list[int]:
    scale = lcm(*{value.denominator for value in column})
    return [value.numerator * (scale // value.denominator) for value in column]


def _value(valued: tuple[_Value, Entry]) -> _Value:
    return valued[0]


def _check(every: Sequence[Entry]) -> None:
    if len({entry.unit_id for entry in every}) < len(every):
        raise ValueError("a unit was given twice")
    # A shorter tuple would lose a tie for being shorter.
    if len({len(entry.tie_lines) for entry in every if entry.score is not None}) > 1:
        raise ValueError("the units have different numbers of tie lines")


def _ranked(places: Sequence[tuple[_Value, list[Entry]]]) -> Iterator[Standing]:
    """One Standing per unit; each place is what its units are worth, and the units."""
    next_rank = 1
    for index, (value, entries) in enumerate(places):
        above = places[index - 1][0] if index else None
        below = places[index + 1][0] if index + 1 < len(places) else None
        line = _separating_line(value, above)
        if line is None:
            line = _separating_line(value, below)
        for entry in entries:
            yield Standing(entry.unit_id, next_rank, len(entries) > 1, entry.score, line)
        next_rank += len(entries)


def _separating_line(value: _Value, neighbour: _Value | None) -> int | None:
    if neighbour is None or neighbour[0] != value[0]:
        return None
    return next(line for line, (own, other) in enumerate(zip(value[1:], neighbour[1:], strict=True)) if own != other)


def _neighbours(standings: Sequence[Standing], place: int | None, score: Fraction) -> Neighbours | None:
    there = [(other.unit_id, other.score) for other in standings if other.rank == place and other.score is not None]
    if not there:
        return None
    # Who shares a rank shares the score, so the first speaks for all.
    return Neighbours(tuple(unit_id for unit_id, _ in there), abs(there[0][1] - score))
