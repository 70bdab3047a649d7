"""What units are compared by (名次的依据): a registry of metrics, and the order in which the policy asks them.

Answers for how each metric is read from a unit's results, so that who ranks, explains or exports asks by key and never
by the number of a column. Never weighs or adds: results come composed (`core.ranking.composite`, `core.composites`).
A metric of the program is named by the phrase `metrics.<key>`; a category bears the name the rubric gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from core.policy import Rankings
from core.policy_schedules import Rhythm
from core.ranking import Entry, Standing, rank
from core.rubric import Rubric, UnitKind


@dataclass(frozen=True, slots=True)
class Results:
    """What a unit's work in a period came to, in hundredths of a point.

    `total` None: not ranked; what else is known of the unit may still be shown. `categories` by the rubric's names,
    `components` by the names of the policy's weights. What is not in them is missing, which is not zero.
    """

    total: Fraction | None
    categories: Mapping[str, Fraction] = field(default_factory=dict)
    components: Mapping[str, Fraction] = field(default_factory=dict)


class Source(Enum):
    """Where in the results a metric is read; the value is how its key begins."""

    TOTAL = "total"
    COMPONENT = ""
    CATEGORY = "category:"


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to compare units. `name` is what the rubric or the policy's weights call it; the total has none."""

    source: Source
    name: str = ""

    @property
    def key(self) -> str:
        """What it is asked for by; the same for ever, whatever stands before or after it."""
        return self.source.value + self.name

    @property
    def own_name(self) -> str | None:
        """The name people know it by; None where a phrase says it."""
        return self.name if self.source is Source.CATEGORY else None

    def read(self, results: Results) -> Fraction | None:
        """This metric of a unit; None where it is missing."""
        if self.source is Source.TOTAL:
            return results.total
        return (results.categories if self.source is Source.CATEGORY else results.components).get(self.name)


TOTAL = Metric(Source.TOTAL)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Units in their order. `asked` are the metrics that decided it, most important first."""

    asked: tuple[Metric, ...]
    standings: tuple[Standing, ...]

    def decided(self, standing: Standing) -> Metric | None:
        """What separated a unit from its neighbour of equal total, as `Standing.tie_line` tells it."""
        return None if standing.tie_line is None else self.asked[standing.tie_line + 1]


@dataclass(frozen=True, slots=True)
class Metrics:
    """The metrics of one kind of ranking.

    `precedence`: what decides, the total first, then the categories as the policy lists them. `components`: what the
    total is composed of, for rows and sheets to show.
    """

    precedence: tuple[Metric, ...]
    components: tuple[Metric, ...]

    def __getitem__(self, key: str) -> Metric:
        """The metric of this key. Raises KeyError."""
        return {metric.key: metric for metric in (*self.precedence, *self.components)}[key]

    def order(self, results: Mapping[int, Results]) -> Ordered:
        """Rank units by their results, by id.

        A metric that one of the ranked units lacks is not asked, for all alike: to take it for zero would speak
        against that unit, to pass over it for that unit alone would compare different things.
        """
        ranked = {unit_id: each for unit_id, each in results.items() if each.total is not None}
        columns = {
            metric: [value for each in ranked.values() if (value := metric.read(each)) is not None]
            for metric in self.precedence
        }
        asked = tuple(metric for metric in columns if metric == TOTAL or len(columns[metric]) == len(ranked))
        lines = dict(zip(ranked, zip(*(columns[metric] for metric in asked[1:]), strict=True), strict=False))
        return Ordered(
            asked, rank(Entry(unit_id, each.total, lines.get(unit_id, ())) for unit_id, each in results.items())
        )


def metrics_of(rankings: Rankings, kind: UnitKind, rhythm: Rhythm) -> Metrics:
    """The registry for a kind of unit and a rhythm. Only composed rankings have components: the month, the year."""
    categories = (Metric(Source.CATEGORY, name) for name in rankings.precedence.of(kind))
    weights: Iterable[str] = ()
    if rhythm == "monthly":
        weights = type(rankings.monthly.weights).model_fields
    elif rhythm == "annual":
        weights = type(rankings.annual.weights).model_fields
    return Metrics((TOTAL, *categories), tuple(Metric(Source.COMPONENT, name) for name in weights))


def precedence_places(rubric: Rubric, rankings: Rankings) -> tuple[int, ...]:
    """The places in the rubric of the categories that break ties, most important first."""
    names = [category.name for category in rubric.categories]
    return tuple(names.index(name) for name in rankings.precedence.of(rubric.unit_kind))
