"""Units are compared by metrics that are asked for by key, in the order of the policy."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.metrics import TOTAL, Metric, Metrics, Results, Source, metrics_of
from core.ranking import Entry, Standing, rank
from core.rubric_files import SHIPPED, load_directory

BOOK = load_directory(SHIPPED)
RANKINGS = BOOK.policies["2013-policy"].rankings
MONTHLY = metrics_of(RANKINGS, "township", "monthly")
GREAT, JOINT = Metric(Source.CATEGORY, "七项重大任务"), Metric(Source.CATEGORY, "结合工作")
SIMPLE = Metrics((TOTAL, GREAT, JOINT), ())


def results(total: int | None, great: int | None = None, joint: int | None = None) -> Results:
    """Results with whole points; None is missing."""
    categories = {
        metric.name: Fraction(points) for metric, points in ((GREAT, great), (JOINT, joint)) if points is not None
    }
    return Results(None if total is None else Fraction(total), categories)


def test_the_policy_gives_the_order_total_first() -> None:
    assert [metric.key for metric in MONTHLY.precedence] == [
        "total",
        *(f"category:{name}" for name in ("七项重大任务", "结合工作", "创新举措", "宣传工作", "组织管理")),
    ]
    departments = metrics_of(RANKINGS, "department", "quarterly").precedence
    assert [metric.own_name for metric in departments] == [None, *RANKINGS.precedence.department]


def test_composed_rankings_know_their_components() -> None:
    def keys(metrics: Metrics) -> list[str]:
        return [metric.key for metric in metrics.components]

    assert keys(MONTHLY) == ["supervision", "monthly_report", "briefings", "workdays"]
    assert keys(metrics_of(RANKINGS, "department", "annual")) == ["quarters", "january"]
    assert (
        keys(metrics_of(RANKINGS, "township", "quarterly")) == keys(metrics_of(RANKINGS, "township", "half_year")) == []
    )


def test_a_metric_is_found_by_its_key_and_read_from_results() -> None:
    unit = Results(Fraction(9000), {"结合工作": Fraction(2000)}, {"supervision": Fraction(8500)})
    assert MONTHLY["total"].read(unit) == 9000
    assert MONTHLY["category:结合工作"].read(unit) == 2000
    assert MONTHLY["supervision"].read(unit) == 8500
    assert MONTHLY["briefings"].read(unit) is None
    with pytest.raises(KeyError):
        MONTHLY["category:党风廉政"]


def test_every_key_is_there_once_and_only_categories_bear_their_own_names() -> None:
    every = (*MONTHLY.precedence, *MONTHLY.components)
    assert len({metric.key for metric in every}) == len(every)
    assert {metric for metric in every if metric.own_name is not None} == set(MONTHLY.precedence[1:])


def test_equal_totals_are_decided_by_the_first_category_that_differs_and_it_is_named() -> None:
    ordered = SIMPLE.order({1: results(90, 5, 7), 2: results(90, 5, 8), 3: results(80, 9, 9)})
    assert [(each.unit_id, each.rank) for each in ordered.standings] == [(2, 1), (1, 2), (3, 3)]
    assert [ordered.decided(each) for each in ordered.standings] == [JOINT, JOINT, None]


def test_what_one_ranked_unit_lacks_is_asked_of_nobody() -> None:
    ordered = SIMPLE.order({1: results(90, joint=7), 2: results(90, 5, 6)})
    assert ordered.asked == (TOTAL, JOINT)
    assert [(each.unit_id, ordered.decided(each)) for each in ordered.standings] == [(1, JOINT), (2, JOINT)]


def test_who_is_not_ranked_is_listed_and_withholds_no_metric_from_the_others() -> None:
    ordered = SIMPLE.order({1: results(None), 2: results(90, 5, 6), 3: results(None, 5)})
    assert ordered.asked == SIMPLE.precedence
    assert [(each.unit_id, each.rank) for each in ordered.standings] == [(2, 1), (1, None), (3, None)]


def test_nothing_to_rank_is_an_empty_order() -> None:
    assert SIMPLE.order({}).standings == ()


POINTS = st.integers(0, 2)
UNITS = st.dictionaries(st.integers(1, 20), st.builds(results, st.none() | POINTS, POINTS, POINTS), max_size=7)


@given(UNITS)
def test_asking_the_registry_is_ranking_by_columns(units: dict[int, Results]) -> None:
    """What `core.ranking` gives for the same values in the order of the policy."""
    ordered = SIMPLE.order(units)
    columns = ("七项重大任务", "结合工作")
    entries = [
        Entry(each, unit.total, tuple(unit.categories[name] for name in columns)) for each, unit in units.items()
    ]
    assert ordered.standings == rank(entries)
    for standing in ordered.standings:
        named = ordered.decided(standing)
        assert (None if named is None else named.name) == _column(standing, columns)


def _column(standing: Standing, columns: tuple[str, ...]) -> str | None:
    return None if standing.tie_line is None else columns[standing.tie_line]


@given(UNITS, st.data())
def test_the_order_of_the_units_does_not_matter(units: dict[int, Results], data: st.DataObject) -> None:
    mixed = dict(data.draw(st.permutations(list(units.items()))))
    assert SIMPLE.order(mixed) == SIMPLE.order(units)
