"""How raters mark: means, spreads and shares by hand-worked numbers; and what may be supposed, packed in a number."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from core.leniency import RankChange, ScoredSheet, leniency, rank_changes
from core.ranking import Standing
from core.what_if import code_of, weights_of

NAMES = ("supervision", "monthly_report", "briefings", "workdays")


def sheet(rater: int, total: int, full: int = 0) -> ScoredSheet:
    return ScoredSheet(rater, f"评委{rater}", Fraction(total), 23, full)


def test_a_raters_numbers_are_exact() -> None:
    changes = (RankChange("仙庾镇", 1, 2),)
    strict, mild = leniency([sheet(1, 9000, 3), sheet(2, 9900, 20), sheet(1, 9100), sheet(1, 9500)], {1: changes})[::-1]
    assert (strict.rater, strict.sheets, strict.mean, strict.spread) == ("评委1", 3, Fraction(9200), Fraction(500))
    assert strict.deviation == Fraction(200 + 100 + 300, 3)
    assert strict.full_share == Fraction(10_000 * 3, 69)
    assert (strict.changes, mild.changes) == (changes, ())
    assert (mild.spread, mild.deviation, mild.full_share) == (Fraction(0), Fraction(0), Fraction(10_000 * 20, 23))


def test_equal_raters_come_by_id_and_a_rater_without_anything_applicable_shares_nothing() -> None:
    found = leniency([sheet(2, 9000), sheet(1, 9000)], {})
    assert [each.rater_id for each in found] == [1, 2]


def test_only_whose_rank_differs_is_told() -> None:
    before = [Standing(unit, rank, False, None, None) for unit, rank in ((1, 1), (2, 2), (3, 3))]
    after = [Standing(unit, rank, False, None, None) for unit, rank in ((2, 1), (1, 2), (3, None))]
    told = rank_changes(before, after, {1: "甲", 2: "乙", 3: "丙"})
    assert told == (RankChange("甲", 1, 2), RankChange("乙", 2, 1), RankChange("丙", 3, None))
    assert rank_changes(before, before, {1: "甲", 2: "乙", 3: "丙"}) == ()


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_weights_come_back_from_their_number(weights: list[int]) -> None:
    told = dict(zip(NAMES, weights, strict=True))
    assert weights_of(NAMES, code_of(told)) == told


@given(st.integers(1, 2**62))
def test_every_number_stands_for_some_weights(code: int) -> None:
    assert all(0 <= weight <= 100 for weight in weights_of(NAMES, code).values())
    assert weights_of(NAMES, 0) == {}
