"""The half-year and the year, composed of finals: exact, fair about what is missing, clear on who is eligible."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from core.composites import Annual, Eligibility, QuarterFinals, annual, eligibility, quarters_mean
from core.metrics import Results, metrics_of
from core.periods import Period
from core.policy import AnnualWeights
from core.ranking import Entry, rank
from core.rubric_files import SHIPPED, load_directory

RANKINGS = load_directory(SHIPPED).policies["2013-policy"].rankings
WEIGHTS = RANKINGS.annual.weights
YUETANG, JINSHAN, XIANYU = 1, 2, 3
Q1, Q2, Q3, Q4 = (Period.parse(f"2013-Q{n}") for n in (1, 2, 3, 4))


def scored(total: int | None, **categories: int) -> Results:
    """Results in whole hundredths."""
    return Results(
        None if total is None else Fraction(total), {name: Fraction(points) for name, points in categories.items()}
    )


def total_of(finals: QuarterFinals, january: dict[int, Results], unit_id: int) -> Fraction | None:
    """The unit's year."""
    return annual(finals, january, (YUETANG, JINSHAN, XIANYU), WEIGHTS)[unit_id].results.total


# The half-year.


def test_the_half_year_is_the_mean_of_the_two_quarters() -> None:
    finals = {Q1: {YUETANG: scored(9000, work=3000)}, Q2: {YUETANG: scored(8501, work=2001)}}
    mean = quarters_mean(finals, [YUETANG])[YUETANG]
    assert mean.results == Results(Fraction(17501, 2), {"work": Fraction(5001, 2)})
    assert (mean.ranked_in, mean.held, mean.whole) == ((Q1, Q2), (Q1, Q2), True)


def test_a_quarter_in_which_a_unit_was_not_ranked_is_no_zero_and_the_value_says_so() -> None:
    finals = {Q1: {YUETANG: scored(9000), JINSHAN: scored(None)}, Q2: {YUETANG: scored(8000), JINSHAN: scored(8600)}}
    mean = quarters_mean(finals, [YUETANG, JINSHAN])[JINSHAN]
    assert mean.results.total == 8600
    assert (mean.ranked_in, mean.held, mean.whole) == ((Q2,), (Q1, Q2), False)


def test_a_zero_is_a_result_and_counts() -> None:
    finals = {Q1: {YUETANG: scored(0)}, Q2: {YUETANG: scored(9000)}}
    assert quarters_mean(finals, [YUETANG])[YUETANG].results.total == 4500


def test_a_quarter_that_nobody_has_is_dropped_for_all() -> None:
    finals: QuarterFinals = {Q1: {YUETANG: scored(9000)}, Q2: {YUETANG: scored(None)}, Q3: {}}
    mean = quarters_mean(finals, [YUETANG])[YUETANG]
    assert mean.results.total == 9000
    assert (mean.held, mean.whole) == ((Q1,), True)


def test_who_was_ranked_in_no_quarter_is_not_ranked() -> None:
    mean = quarters_mean({Q1: {YUETANG: scored(9000)}}, [XIANYU])[XIANYU]
    assert (mean.results, mean.ranked_in) == (Results(None), ())
    assert quarters_mean({}, [XIANYU])[XIANYU].held == ()


def test_a_category_that_one_of_the_quarters_does_not_have_has_no_mean() -> None:
    finals = {Q1: {YUETANG: scored(9000, work=3000, news=500)}, Q2: {YUETANG: scored(9000, work=2000, talks=500)}}
    assert quarters_mean(finals, [YUETANG])[YUETANG].results.categories == {"work": Fraction(2500)}


# The year.


def test_the_year_is_half_the_quarters_and_half_january() -> None:
    finals = {Q1: {YUETANG: scored(9000, work=3000)}, Q2: {YUETANG: scored(8000, work=2000)}}
    year = annual(finals, {YUETANG: scored(9101, work=4000)}, [YUETANG], WEIGHTS)[YUETANG]
    assert year.results == Results(
        Fraction(17601, 2),
        {"work": Fraction(3250)},
        {"quarters": Fraction(8500), "january": Fraction(9101)},
    )
    assert year.quarters.ranked_in == (Q1, Q2)


def test_the_policys_weights_count() -> None:
    weights = AnnualWeights.model_construct(quarters=20, january=80)
    finals = {Q1: {YUETANG: scored(5000)}}
    assert annual(finals, {YUETANG: scored(10000)}, [YUETANG], weights)[YUETANG].results.total == 9000


def test_who_lacks_january_while_others_have_it_is_not_ranked_and_keeps_what_is_known() -> None:
    finals = {Q1: {YUETANG: scored(9000, work=1), JINSHAN: scored(8000, work=2)}}
    year = annual(finals, {JINSHAN: scored(7000, work=4)}, [YUETANG, JINSHAN], WEIGHTS)
    assert year[YUETANG].results == Results(None, {}, {"quarters": Fraction(9000)})
    assert year[JINSHAN].results == Results(
        Fraction(7500), {"work": Fraction(3)}, {"quarters": Fraction(8000), "january": Fraction(7000)}
    )
    assert total_of(finals, {YUETANG: scored(None), JINSHAN: scored(7000)}, YUETANG) is None


def test_who_was_ranked_in_no_quarter_is_not_ranked_in_the_year() -> None:
    finals = {Q1: {YUETANG: scored(9000)}}
    assert total_of(finals, {YUETANG: scored(9000), XIANYU: scored(9900)}, XIANYU) is None


def test_what_nobody_has_is_dropped_and_the_other_weighs_all() -> None:
    assert total_of({Q1: {YUETANG: scored(9000)}}, {}, YUETANG) == 9000
    assert total_of({Q1: {}}, {YUETANG: scored(8000)}, YUETANG) == 8000
    assert total_of({}, {}, YUETANG) is None


def test_one_quarter_fewer_counts_for_what_it_is() -> None:
    """Founded in July: two quarters against four, each the mean of the same hundred points."""
    finals = {
        quarter: {YUETANG: scored(8000), **({XIANYU: scored(9000)} if quarter >= Q3 else {})}
        for quarter in (Q1, Q2, Q3, Q4)
    }
    year = annual(finals, {YUETANG: scored(8000), XIANYU: scored(8000)}, [YUETANG, XIANYU], WEIGHTS)
    assert [year[unit].results.total for unit in (XIANYU, YUETANG)] == [8500, 8000]
    assert (len(year[XIANYU].quarters.ranked_in), len(year[XIANYU].quarters.held)) == (2, 4)


def test_equal_years_are_decided_by_composed_categories() -> None:
    names = RANKINGS.precedence.township
    low, high = (dict.fromkeys(names, points) for points in (1000, 2000))
    finals = {Q1: {YUETANG: scored(9000, **low), XIANYU: scored(9000, **low)}}
    january = {YUETANG: scored(9000, **low), XIANYU: scored(9000, **{**low, names[1]: high[names[1]]})}
    year = annual(finals, january, [YUETANG, XIANYU], WEIGHTS)
    ordered = metrics_of(RANKINGS, "township", "annual").order({unit: each.results for unit, each in year.items()})
    assert [(each.unit_id, each.rank) for each in ordered.standings] == [(XIANYU, 1), (YUETANG, 2)]
    assert [each and each.name for each in map(ordered.decided, ordered.standings)] == [names[1]] * 2


# Eligibility.


def test_a_disqualified_unit_keeps_its_rank_and_the_honour_passes_to_the_next() -> None:
    standings = rank([Entry(unit, Fraction(score), ()) for unit, score in ((1, 95), (2, 90), (3, 90), (4, 80))])
    rows = eligibility([*standings, *rank([Entry(5, None, ())])], disqualified={1})
    assert [(row.standing.unit_id, row.standing.rank, row.disqualified, row.order) for row in rows] == [
        (1, 1, True, None),
        (2, 2, False, 1),
        (3, 2, False, 1),
        (4, 4, False, 3),
        (5, None, False, None),
    ]


def test_a_disqualified_unit_that_is_not_ranked_is_marked_all_the_same() -> None:
    (standing,) = rank([Entry(5, None, ())])
    assert eligibility([standing], {5}) == (Eligibility(standing, disqualified=True, order=None),)


# Properties.

POINTS = st.integers(0, 30)
RESULTS = st.builds(lambda total, work: scored(total, work=work), st.none() | POINTS, POINTS)
FINALS = st.dictionaries(st.sampled_from([Q1, Q2, Q3, Q4]), st.dictionaries(st.integers(1, 3), RESULTS))
JANUARY = st.dictionaries(st.integers(1, 3), RESULTS)


@given(FINALS, JANUARY, st.data())
def test_the_order_in_which_finals_and_units_are_given_does_not_matter(
    finals: dict[Period, dict[int, Results]], january: dict[int, Results], data: st.DataObject
) -> None:
    mixed = {
        quarter: dict(data.draw(st.permutations(list(units.items()))))
        for quarter, units in data.draw(st.permutations(list(finals.items())))
    }
    units = data.draw(st.permutations([1, 2, 3]))
    assert annual(mixed, january, units, WEIGHTS) == annual(finals, january, [1, 2, 3], WEIGHTS)


@given(FINALS, JANUARY)
def test_a_year_lies_between_its_parts_and_is_whole_hundredths_or_an_exact_fraction(
    finals: dict[Period, dict[int, Results]], january: dict[int, Results]
) -> None:
    for year in annual(finals, january, [1, 2, 3], WEIGHTS).values():
        every = [year.results.total, *year.results.categories.values(), *year.results.components.values()]
        assert all(value is None or type(value) is Fraction for value in every)
        if year.results.total is not None:
            parts = year.results.components.values()
            assert min(parts) <= year.results.total <= max(parts)
        assert set(year.quarters.ranked_in) <= set(year.quarters.held) <= set(finals)


@given(FINALS, JANUARY, st.sampled_from([Q1, Q2, Q3, Q4]), POINTS, st.integers(1, 10))
def test_a_better_quarter_never_lowers_a_year(
    finals: dict[Period, dict[int, Results]], january: dict[int, Results], quarter: Period, worth: int, more: int
) -> None:
    def year_with(points: int) -> Mapping[int, Annual]:
        changed = {**finals, quarter: {**finals.get(quarter, {}), 1: scored(points, work=points)}}
        return annual(changed, january, [1, 2, 3], WEIGHTS)

    before, after = year_with(worth), year_with(worth + more)
    assert rank_of(after, 1) <= rank_of(before, 1)
    assert {unit: after[unit] for unit in (2, 3)} == {unit: before[unit] for unit in (2, 3)}


def rank_of(year: Mapping[int, Annual], unit_id: int) -> int:
    """The unit's rank; who is not ranked is behind everybody."""
    standings = rank([Entry(unit, each.results.total, ()) for unit, each in year.items()])
    (own,) = (each.rank for each in standings if each.unit_id == unit_id)
    return len(year) + 1 if own is None else own
