"""The order of units: exact, by work alone, and the same whatever order the units come in."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranking import Distance, Entry, Neighbours, Standing, composite, distance, present_components, rank

# Few different values, so that ties on the score and on every line are common.
FEW = st.integers(0, 3).map(Fraction)
SCORES = st.one_of(st.none(), FEW)
ENTRIES = st.lists(
    st.builds(Entry, st.integers(1, 50), SCORES, st.tuples(FEW, FEW)),
    unique_by=lambda entry: entry.unit_id,
    max_size=9,
)
COMPONENTS = st.dictionaries(st.sampled_from("abc"), SCORES)
WEIGHTS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 100))


def entry(unit_id: int, score: int | None, *tie_lines: int) -> Entry:
    """A unit with whole values."""
    return Entry(unit_id, None if score is None else Fraction(score), tuple(map(Fraction, tie_lines)))


def places(*entries: Entry) -> list[tuple[int, int | None, bool]]:
    """Unit, rank and whether it is shared, in the order of the standings."""
    return [(standing.unit_id, standing.rank, standing.tied) for standing in rank(entries)]


def test_the_higher_score_is_first() -> None:
    assert places(entry(1, 80), entry(2, 95), entry(3, 90)) == [(2, 1, False), (3, 2, False), (1, 3, False)]


def test_equal_units_share_a_rank_and_the_next_is_skipped() -> None:
    assert places(entry(7, 90, 5), entry(1, 80, 5), entry(4, 90, 5)) == [(4, 1, True), (7, 1, True), (1, 3, False)]


def test_a_difference_too_small_to_be_displayed_decides() -> None:
    thirds = Entry(1, Fraction(27001, 3), ())
    assert [standing.unit_id for standing in rank([Entry(2, Fraction(9000), ()), thirds])] == [1, 2]


def test_who_was_not_assessed_is_listed_last_without_a_rank_and_is_not_worse_than_zero() -> None:
    standings = rank([entry(1, None), entry(2, 0, 1), entry(3, None, 9, 9)])
    assert standings == (
        Standing(2, 1, False, Fraction(0), None),
        Standing(1, None, False, None, None),
        Standing(3, None, False, None, None),
    )


def test_the_tie_line_that_decided_is_named() -> None:
    standings = rank([entry(1, 90, 5, 5), entry(2, 90, 5, 4), entry(3, 80, 0, 0), entry(4, 70, 9, 9)])
    assert [standing.tie_line for standing in standings] == [1, 1, None, None]


def test_between_two_neighbours_of_equal_score_the_line_to_the_one_above_is_named() -> None:
    standings = rank([entry(1, 90, 5, 5), entry(2, 90, 5, 4), entry(3, 90, 3, 9)])
    assert [standing.tie_line for standing in standings] == [1, 1, 0]


def test_a_shared_rank_still_names_the_line_against_the_next_unit() -> None:
    standings = rank([entry(1, 90, 5), entry(2, 90, 5), entry(3, 90, 4)])
    assert [(standing.rank, standing.tie_line) for standing in standings] == [(1, 0), (1, 0), (3, 0)]


def test_a_unit_given_twice_and_unlike_tie_lines_are_errors() -> None:
    with pytest.raises(ValueError, match="twice"):
        rank([entry(1, 90), entry(1, None)])
    with pytest.raises(ValueError, match="tie lines"):
        rank([entry(1, 90, 5), entry(2, 90)])


@given(ENTRIES, st.data())
def test_the_order_of_the_input_does_not_matter(entries: list[Entry], data: st.DataObject) -> None:
    assert rank(data.draw(st.permutations(entries))) == rank(entries)


@given(ENTRIES)
def test_ids_do_not_decide(entries: list[Entry]) -> None:
    """With all ids mirrored every unit keeps its rank and its line."""
    mirrored = rank([Entry(-each.unit_id, each.score, each.tie_lines) for each in entries])
    by_unit = {-standing.unit_id: (standing.rank, standing.tied, standing.tie_line) for standing in mirrored}
    assert by_unit == {each.unit_id: (each.rank, each.tied, each.tie_line) for each in rank(entries)}


@given(ENTRIES)
def test_a_rank_is_one_more_than_the_number_of_better_units(entries: list[Entry]) -> None:
    worth = {each.unit_id: (each.score, each.tie_lines) for each in entries if each.score is not None}
    for standing in rank(entries):
        if standing.unit_id not in worth:
            assert (standing.rank, standing.tied, standing.score) == (None, False, None)
            continue
        own = worth[standing.unit_id]
        assert standing.rank == 1 + sum(other > own for other in worth.values())
        assert standing.tied == (list(worth.values()).count(own) > 1)


def test_the_distance_to_both_neighbours() -> None:
    standings = rank([entry(1, 95), entry(2, 90), entry(3, 90), entry(4, 87), entry(5, None)])
    assert distance(standings, 1) == Distance(None, Neighbours((2, 3), Fraction(5)))
    assert distance(standings, 3) == Distance(Neighbours((1,), Fraction(5)), Neighbours((4,), Fraction(3)))
    assert distance(standings, 4) == Distance(Neighbours((2, 3), Fraction(3)), None)
    assert distance(standings, 5) == Distance(None, None)


def test_the_distance_is_nothing_where_a_tie_line_decided() -> None:
    assert distance(rank([entry(1, 90, 1), entry(2, 90, 2)]), 1).above == Neighbours((2,), Fraction(0))


def test_the_distance_of_an_unlisted_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="unit 9"):
        distance(rank([entry(1, 90)]), 9)


MONTHLY = {"supervision": 60, "report": 10, "briefings": 20, "workdays": 10}


def test_a_composite_is_the_weighted_mean() -> None:
    unit = {"supervision": Fraction(90), "report": Fraction(100), "briefings": Fraction(50), "workdays": Fraction(0)}
    assert composite(unit, MONTHLY, MONTHLY.keys()) == Fraction(74)


def test_what_nobody_has_is_dropped_for_all() -> None:
    units: list[dict[str, Fraction | None]] = [
        {"supervision": Fraction(90), "report": None, "briefings": Fraction(30)},
        {"supervision": Fraction(50), "report": None, "briefings": Fraction(90)},
    ]
    present = present_components(units)
    assert present == {"supervision", "briefings"}
    assert [composite(unit, MONTHLY, present) for unit in units] == [Fraction(75), Fraction(60)]


def test_who_lacks_what_others_have_is_not_ranked() -> None:
    reports_only: dict[str, Fraction | None] = {"supervision": None, "report": Fraction(100)}
    assert composite(reports_only, MONTHLY, {"supervision", "report"}) is None
    assert composite({"report": Fraction(100)}, MONTHLY, {"supervision", "report"}) is None


def test_nothing_present_is_no_score_and_weight_nought_is_no_component() -> None:
    assert composite({}, MONTHLY, ()) is None
    assert composite({"a": Fraction(5)}, {"a": 0}, {"a"}) is None
    assert composite({"a": Fraction(5)}, {"a": 1, "b": 0}, {"a", "b"}) == 5


@given(st.lists(COMPONENTS, max_size=4), WEIGHTS, st.integers(2, 5))
def test_composites_lie_between_their_components_and_only_ratios_of_weights_count(
    units: list[dict[str, Fraction | None]], weights: dict[str, int], factor: int
) -> None:
    present = present_components(units)
    for unit in units:
        score = composite(unit, weights, present)
        assert score == composite(unit, {name: weight * factor for name, weight in weights.items()}, present)
        counted = [unit.get(name) for name, weight in weights.items() if weight and name in present]
        known = [value for value in counted if value is not None]
        if score is None:
            assert len(known) < len(counted) or not counted
        else:
            assert len(known) == len(counted)
            assert min(known) <= score <= max(known)


def test_what_a_unit_is_excused_from_leaves_its_own_weights() -> None:
    weights = {"supervision": 60, "reports": 40}
    parts: dict[str, Fraction | None] = {"supervision": Fraction(90)}
    assert composite(parts, weights, {"supervision", "reports"}) is None
    assert composite(parts, weights, {"supervision", "reports"}, {"reports"}) == 90
    assert composite({}, weights, {"reports"}, {"reports"}) is None
