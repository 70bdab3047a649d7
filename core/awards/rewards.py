"""The quarterly prizes (奖励, 办法 六-2) in whole fen: who gets what, and what becomes of the rest.

Answers for prizes of shared ranks. No fen is lost or added silently: what cannot be split evenly, what nobody took,
and what full prizes for all equals cost beyond the budget stand in the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.ranking import Standing


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """The units of one rank, ids ascending, with what the places they take are worth.

    Several of them take as many places: two seconds take the second and the third. `budget` is the sum of the prizes
    there are for those places, `share` what each unit gets; in fen.
    """

    rank: int
    unit_ids: tuple[int, ...]
    budget: int
    share: int

    @property
    def paid(self) -> int:
        """What the units get together, in fen."""
        return self.share * len(self.unit_ids)

    @property
    def remainder(self) -> int:
        """What of the budget is not paid, in fen."""
        return max(self.budget - self.paid, 0)

    @property
    def excess(self) -> int:
        """What is paid beyond the budget, in fen; only full prizes for several equals can cost that."""
        return max(self.paid - self.budget, 0)


@dataclass(frozen=True, slots=True)
class Rewards:
    """A quarter's prizes: the places that have one, best first. `unclaimed`: prizes of places that nobody took."""

    places: tuple[SharedPlace, ...]
    unclaimed: int

    @property
    def shares(self) -> Mapping[int, int]:
        """Fen by unit; who gets nothing is not in it."""
        return {unit_id: place.share for place in self.places for unit_id in place.unit_ids if place.share}

    @property
    def budget(self) -> int:
        """The prizes of the places taken. Always `paid` + `remainder` - `excess`."""
        return sum(place.budget for place in self.places)

    @property
    def paid(self) -> int:
        """What all units get together, in fen."""
        return sum(place.paid for place in self.places)

    @property
    def remainder(self) -> int:
        """What could not be split evenly, in fen."""
        return sum(place.remainder for place in self.places)

    @property
    def excess(self) -> int:
        """What is paid beyond the budget of the places taken, in fen."""
        return sum(place.excess for place in self.places)


def rewards(standings: Iterable[Standing], prizes: Sequence[int], tie: Literal["split", "duplicate"]) -> Rewards:
    """The prizes of the ranked units; `prizes` in fen for the places 1, 2, 3 …

    With `split` the prizes of the places that equal units take are pooled and each gets the same whole fen. Places
    beyond the last prize add nothing: two thirds share the third prize where there is no fourth. With `duplicate` each
    gets the full prize of its rank, which may cost more than there is (`excess`).
    """
    by_rank: dict[int, list[int]] = {}
    for standing in standings:
        if standing.rank is not None and standing.rank <= len(prizes):
            by_rank.setdefault(standing.rank, []).append(standing.unit_id)
    places = tuple(_place(rank, sorted(by_rank[rank]), prizes, tie) for rank in sorted(by_rank))
    return Rewards(places, sum(prizes) - sum(place.budget for place in places))


def _place(
    rank: int, unit_ids: Sequence[int], prizes: Sequence[int], tie: Literal["split", "duplicate"]
) -> SharedPlace:
    budget = sum(prizes[rank - 1 : rank - 1 + len(unit_ids)])
    share = budget // len(unit_ids) if tie == "split" else prizes[rank - 1]
    return SharedPlace(rank, tuple(unit_ids), budget, share)
