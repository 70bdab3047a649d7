"""Rankings made of finals: the half-year (半年一小结) and the year (全年总考核), in exact fractions.

Answers for the mean of the quarters, for the year's weights, and for who is eligible for honours (评优). Never takes a
quarter in which a unit was not ranked for zero, and says how many quarters a mean rests on. Why a mean over the
quarters present: `docs/decisions/0024-awards-are-derived.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from core.metrics import Results
from core.periods import Period
from core.policy import AnnualWeights
from core.ranking import Standing, composite, present_components, weighted_mean

QuarterFinals = Mapping[Period, Mapping[int, Results]]
"""The finals of the quarters, in force: each unit's results, by id. Who is not in one, or without a total, was not
ranked in it."""


@dataclass(frozen=True, slots=True)
class QuartersMean:
    """A unit's mean over the quarters in which it was ranked.

    `ranked_in` of the `held` quarters, both in the order of the calendar; a quarter in which nobody was ranked was not
    held. `results` has a total of None when the unit was ranked in none.
    """

    results: Results
    ranked_in: tuple[Period, ...]
    held: tuple[Period, ...]

    @property
    def whole(self) -> bool:
        """Whether the unit was ranked in every quarter that anybody was."""
        return self.ranked_in == self.held


@dataclass(frozen=True, slots=True)
class Annual:
    """A unit's year: its results composed of the components `quarters` and `january`, and what the first rests on."""

    results: Results
    quarters: QuartersMean


@dataclass(frozen=True, slots=True)
class Eligibility:
    """A row of an annual ranking with regard to honours (评优).

    `order` is the unit's place among the eligible, shared by equals; None for who is not ranked or `disqualified`
    (取消评优资格).
    """

    standing: Standing
    disqualified: bool
    order: int | None


def quarters_mean(finals: QuarterFinals, unit_ids: Iterable[int]) -> Mapping[int, QuartersMean]:
    """The mean of the quarters for each of these units; with a half-year's quarters this is its result.

    Totals and categories alike, so that the lines of a tie rest on the same quarters as the score. A category that
    one of a unit's quarters does not have, as after a change of rubric, has no mean.
    """
    ranked = {
        quarter: {unit_id: results for unit_id, results in finals[quarter].items() if results.total is not None}
        for quarter in sorted(finals)
    }
    held = tuple(quarter for quarter, units in ranked.items() if units)
    return {unit_id: _mean_of(unit_id, ranked, held) for unit_id in unit_ids}


def annual(
    finals: QuarterFinals, january: Mapping[int, Results], unit_ids: Iterable[int], weights: AnnualWeights
) -> Mapping[int, Annual]:
    """The year for each of these units: the mean of the quarters and the January round by the policy's weights.

    What nobody has is dropped, and the other weighs all. Who lacks what others have is not ranked
    (`docs/decisions/0003-missing-components.md`).
    """
    means = quarters_mean(finals, unit_ids)
    parts = {unit_id: {"quarters": mean.results, "january": january.get(unit_id)} for unit_id, mean in means.items()}
    totals = {
        unit_id: {name: None if results is None else results.total for name, results in named.items()}
        for unit_id, named in parts.items()
    }
    present = present_components(totals.values())
    percents: dict[str, int] = weights.model_dump()
    return {
        unit_id: Annual(
            Results(
                total=composite(totals[unit_id], percents, present),
                categories=_composed_categories(parts[unit_id], percents, present),
                components={name: total for name, total in totals[unit_id].items() if total is not None},
            ),
            mean,
        )
        for unit_id, mean in means.items()
    }


def eligibility(standings: Sequence[Standing], disqualified: Collection[int]) -> tuple[Eligibility, ...]:
    """Every row with its place among the eligible, in the order given, which is that of `core.ranking.rank`.

    Who lost 评优资格 keeps the rank: the work was done, and nobody's rank is better for another's penalty. An honour
    passes to the next eligible unit.
    """
    placed = [each for each in standings if each.rank is not None and each.unit_id not in disqualified]
    orders: dict[int, int] = {}
    for _, equals in groupby(placed, key=lambda each: each.rank):
        order = len(orders) + 1
        orders |= {each.unit_id: order for each in equals}
    return tuple(Eligibility(each, each.unit_id in disqualified, orders.get(each.unit_id)) for each in standings)


def _mean_of(unit_id: int, ranked: QuarterFinals, held: tuple[Period, ...]) -> QuartersMean:
    ranked_in = tuple(quarter for quarter in held if unit_id in ranked[quarter])
    own = [ranked[quarter][unit_id] for quarter in ranked_in]
    names = own[0].categories if own else ()
    categories = {
        name: _mean([each.categories[name] for each in own])
        for name in names
        if all(name in each.categories for each in own)
    }
    totals = [each.total for each in own if each.total is not None]
    return QuartersMean(Results(_mean(totals) if totals else None, categories), ranked_in, held)


def _composed_categories(
    parts: Mapping[str, Results | None], percents: Mapping[str, int], present: Collection[str]
) -> Mapping[str, Fraction]:
    """Each category composed as the total is; one that a part lacks is left out."""
    known = {name: {} if results is None else results.categories for name, results in parts.items()}
    composed = {
        category: composite({name: each.get(category) for name, each in known.items()}, percents, present)
        for category in dict.fromkeys(category for each in known.values() for category in each)
    }
    return {category: value for category, value in composed.items() if value is not None}


def _mean(values: Sequence[Fraction]) -> Fraction:
    return weighted_mean([(1, value) for value in values])
