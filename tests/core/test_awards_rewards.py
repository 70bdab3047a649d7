"""The quarterly prizes: pooled and split in whole fen, with every fen accounted for (办法 六-2)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest
from award_finals import FEW_SCORES, RULE, UNITS, standings
from hypothesis import assume, given
from hypothesis import strategies as st

from core.awards.rewards import Rewards, SharedPlace, rewards
from core.ranking import Entry, rank

PRIZES = RULE.rewards.prizes
FIRST, SECOND, THIRD = PRIZES
DESCENDING = st.lists(st.integers(1, 50), min_size=1, max_size=5).map(lambda fen: tuple(sorted(fen, reverse=True)))
TIES = st.sampled_from(["split", "duplicate"])
Tie = Literal["split", "duplicate"]


def test_the_first_three_get_the_prizes_of_the_measures() -> None:
    given_out = rewards(standings(4, 2, 6, 1, unranked=[3]), PRIZES, "split")
    assert given_out.shares == {4: 300_000, 2: 200_000, 6: 100_000}
    assert (given_out.paid, given_out.remainder, given_out.excess, given_out.unclaimed) == (600_000, 0, 0, 0)


def test_two_firsts_share_the_first_and_the_second_prize_and_the_next_is_third() -> None:
    given_out = rewards(standings([1, 2], 3, 4), PRIZES, "split")
    assert given_out.places == (
        SharedPlace(1, (1, 2), budget=FIRST + SECOND, share=250_000),
        SharedPlace(3, (3,), budget=THIRD, share=THIRD),
    )


def test_two_thirds_share_the_third_prize_alone() -> None:
    assert rewards(standings(1, 2, [3, 4]), PRIZES, "split").shares == {1: FIRST, 2: SECOND, 3: 50_000, 4: 50_000}


def test_five_firsts_share_all_that_there_is() -> None:
    given_out = rewards(standings([1, 2, 3, 4, 5], 6), PRIZES, "split")
    assert given_out.shares == dict.fromkeys([1, 2, 3, 4, 5], 120_000)


def test_what_cannot_be_split_in_whole_fen_is_shown() -> None:
    given_out = rewards(standings(1, 2, [3, 4, 5]), PRIZES, "split")
    assert given_out.shares[3] == 33_333
    assert (given_out.budget, given_out.paid, given_out.remainder) == (600_000, 599_999, 1)
    (place,) = rewards(standings([1, 2, 3]), (2,), "split").places
    assert (place.share, place.remainder) == (0, 2)
    assert rewards(standings([1, 2, 3]), (2,), "split").shares == {}


def test_full_prizes_for_all_equals_cost_more_than_there_is_and_the_value_says_so() -> None:
    given_out = rewards(standings([1, 2], [3, 4]), PRIZES, "duplicate")
    assert given_out.shares == {1: FIRST, 2: FIRST, 3: THIRD, 4: THIRD}
    assert [(place.budget, place.paid, place.excess) for place in given_out.places] == [
        (500_000, 600_000, 100_000),
        (100_000, 200_000, 100_000),
    ]
    assert (given_out.budget, given_out.excess, given_out.remainder) == (600_000, 200_000, 0)
    assert rewards(standings([1, 2, 3, 4, 5]), PRIZES, "duplicate").excess == 900_000


def test_prizes_that_nobody_took_are_named() -> None:
    assert rewards(standings(1, unranked=[2, 3]), PRIZES, "split").unclaimed == SECOND + THIRD
    assert rewards((), PRIZES, "split") == Rewards((), unclaimed=600_000)


def test_who_is_not_ranked_or_behind_the_last_prize_gets_nothing() -> None:
    assert rewards(standings(1, [2, 3, 4], 5, unranked=[6]), (100, 90), "split").shares == {1: 100, 2: 30, 3: 30, 4: 30}


@pytest.mark.parametrize("tie", ["split", "duplicate"])
def test_a_rising_list_of_prizes_is_added_up_as_well(tie: Tie) -> None:
    given_out = rewards(standings([1, 2]), (10, 30), tie)
    assert given_out.paid + given_out.remainder - given_out.excess == given_out.budget == 40


@given(FEW_SCORES, DESCENDING, TIES)
def test_every_fen_is_accounted_for(scores: dict[int, Fraction | None], prizes: tuple[int, ...], tie: Tie) -> None:
    given_out = rewards(rank([Entry(unit_id, score, ()) for unit_id, score in scores.items()]), prizes, tie)
    ranked = sum(score is not None for score in scores.values())
    assert given_out.budget == sum(prizes[:ranked])
    assert given_out.paid == sum(given_out.shares.values())
    assert given_out.paid + given_out.remainder - given_out.excess == given_out.budget
    assert given_out.budget + given_out.unclaimed == sum(prizes)
    if tie == "split":
        assert given_out.excess == 0
        assert all(0 <= place.remainder < len(place.unit_ids) for place in given_out.places)
    else:
        assert given_out.remainder == 0


@given(FEW_SCORES, DESCENDING, TIES, st.data())
def test_equal_ranks_get_equal_prizes_whatever_the_order_and_the_ids(
    scores: dict[int, Fraction | None], prizes: tuple[int, ...], tie: Tie, data: st.DataObject
) -> None:
    rows = rank([Entry(unit_id, score, ()) for unit_id, score in scores.items()])
    assert rewards(data.draw(st.permutations(rows)), prizes, tie) == rewards(rows, prizes, tie)
    mirrored = rank([Entry(-unit_id, score, ()) for unit_id, score in scores.items()])
    shares = rewards(mirrored, prizes, tie).shares
    assert {-unit_id: fen for unit_id, fen in shares.items()} == rewards(rows, prizes, tie).shares


@given(FEW_SCORES, DESCENDING, TIES, st.sampled_from(UNITS), st.integers(1, 3))
def test_a_higher_score_never_lowers_a_prize(
    scores: dict[int, Fraction | None], prizes: tuple[int, ...], tie: Tie, unit_id: int, more: int
) -> None:
    score = scores.get(unit_id)
    assume(score is not None)

    def prize(changed: dict[int, Fraction | None]) -> int:
        entries = [Entry(each, worth, ()) for each, worth in changed.items()]
        return rewards(rank(entries), prizes, tie).shares.get(unit_id, 0)

    assert prize({**scores, unit_id: (score or Fraction(0)) + more}) >= prize(scores)
