"""The travelling red flag: who holds it after a month's ranking."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest

from core.awards import red_flag
from core.ranking import Entry, rank


def test_the_first_of_the_month_holds_the_flag() -> None:
    standings = rank([Entry(3, Fraction(9000), ()), Entry(1, Fraction(9100), ())])
    assert red_flag(standings) == (1,)


def test_all_equal_firsts_share_the_flag() -> None:
    standings = rank([Entry(9, Fraction(9100), ()), Entry(2, Fraction(9100), ()), Entry(1, Fraction(9000), ())])
    assert red_flag(reversed(standings)) == (2, 9)


def test_the_policy_may_let_the_flag_stay_when_several_are_first() -> None:
    standings = rank([Entry(9, Fraction(9100), ()), Entry(2, Fraction(9100), ())])
    assert red_flag(standings, tie="stay") == ()
    assert red_flag(rank([Entry(9, Fraction(9100), ())]), tie="stay") == (9,)


@pytest.mark.parametrize("tie", ["share", "stay"])
def test_the_flag_stays_when_nobody_is_ranked(tie: Literal["share", "stay"]) -> None:
    assert red_flag(rank([Entry(1, None, ()), Entry(2, None, ())]), tie) == ()
    assert red_flag((), tie) == ()
