"""Which clauses apply to a row of a ranking: flags, prizes, last places; and how half-year and year are told."""

from __future__ import annotations

from fractions import Fraction

from assessed import assessed, beats, falls_due, opens, scored
from district import District, moment, shipped_rules
from explained import FOUR, MOST, OVER, Q1, Q2, explained, quarter, reasons

from core.awards import Step
from core.why import Clause


def test_the_first_of_a_month_is_given_the_flag_until_another_is(four: District) -> None:
    def month(period: str, due: str, lost: dict[str, int]) -> None:
        held = assessed(four, period, lost)
        assert held
        falls_due(four, "monthly", moment(due))

    month("2013-03", "2013-04-01 09:00", {"仙庾镇": 0, "月塘街道": 100})
    month("2013-04", "2013-05-01 09:00", {})
    month("2013-05", "2013-06-01 09:00", {"仙庾镇": 100, "月塘街道": 0})
    told = {
        period: explained(four, four.tang, "仙庾镇", period).clauses for period in ("2013-03", "2013-04", "2013-05")
    }
    assert told == {
        "2013-03": (Clause("flag_given"),),
        "2013-04": (Clause("flag_kept"),),
        "2013-05": (Clause("flag_handed_over"),),
    }
    assert explained(four, four.tang, "明照乡", "2013-03").clauses == ()


def test_prizes_last_places_and_what_follows_from_them(four: District) -> None:
    quarter(four, Q1, FOUR)
    quarter(four, Q2, FOUR)
    assert explained(four, four.tang, "仙庾镇", Q2).clauses == (Clause("prize", fen=300_000),)
    (last,) = explained(four, four.tang, "桂花街道", Q2).clauses
    assert (last.name, last.count, last.step, last.next_step) == ("last_place", 2, Step.EXPLAIN, Step.DISQUALIFY)
    assert last.due is not None
    (once,) = explained(four, four.tang, "桂花街道", Q1).clauses
    assert (once.count, once.step, once.next_step, once.due) == (1, Step.WARN, Step.EXPLAIN, None)
    assert len(explained(four, four.tang, "明照乡", Q2).clauses) == 1


def test_streaks_go_on_over_the_year_where_the_policy_says_so(four: District) -> None:
    ruled = shipped_rules().policy
    last_place = ruled.awards.last_place.model_copy(update={"carry_over": True})
    awards = ruled.awards.model_copy(update={"last_place": last_place})
    policy = ruled.model_copy(update={"awards": awards, "hash": "c" * 64})
    for period, due, over in (("2012-Q4", "2013-01-01 09:00", "2013-01-10 00:00"), (Q1, "2013-04-01 09:00", OVER[Q1])):
        held = opens(four, period, policy=policy)
        for unit, points in FOUR.items():
            scored(held, unit, {10: MOST - points})
        falls_due(four, "quarterly", moment(due))
        beats(four, over)
    (last,) = explained(four, four.tang, "桂花街道", Q1).clauses
    assert (last.count, last.step) == (2, Step.EXPLAIN)


def test_nobody_is_last_of_three(office: District) -> None:
    quarter(office, Q2, {"仙庾镇": 0, "月塘街道": 100, "明照乡": 200})
    assert [each.name for each in explained(office, office.tang, "明照乡", Q2).clauses] == ["prize"]


def test_a_half_year_is_told_by_its_quarters(four: District) -> None:
    quarter(four, Q1, FOUR)
    quarter(four, Q2, {**FOUR, "仙庾镇": 400})
    falls_due(four, "half_year", moment("2013-07-05 10:00"))
    found = explained(four, four.tang, "仙庾镇")
    assert (found.period, found.reasons, found.parts) == ("2013-H1", None, ())
    assert [(each.period, each.rank, each.score) for each in found.quarters] == [
        (Q1, 1, Fraction(10000)),
        (Q2, 4, Fraction(9600)),
    ]
    assert found.clauses == (Clause("half_year"),)
    assert set(found.others) == {Q2}


def test_a_year_is_told_by_its_parts_and_the_january_round(four: District) -> None:
    quarter(four, Q1, FOUR)
    quarter(four, Q2, FOUR)
    for period, due, over in (("2013-Q3", "2013-10-01 09:00", "2013-10-20 00:00"),):
        assessed(four, period, FOUR)
        falls_due(four, "quarterly", moment(due))
        beats(four, over)
    assessed(four, "2013", {**FOUR, "桂花街道": 0})
    falls_due(four, "annual", moment("2014-01-16 09:00"))
    assert explained(four, four.tang, "桂花街道", "2013").clauses == (Clause("provisional"),)
    beats(four, "2014-01-25 00:00")
    found = explained(four, four.tang, "桂花街道", "2013")
    assert [(each.name, each.points, each.weight, each.weights) for each in found.parts] == [
        ("quarters", Fraction(9700), 50, 100),
        ("january", Fraction(10000), 50, 100),
    ]
    assert reasons(found).basis == "frozen"
    assert found.clauses == (Clause("disqualified"),)
    assert explained(four, four.tang, "仙庾镇", "2013").clauses == (Clause("year"),)
    assert [each.rank for each in found.quarters] == [4, 4, 4, None]
    # From a quarter of the year: the month's ranking does not exist, the half-year's neither.
    assert set(explained(four, four.tang, "仙庾镇", Q1).others) == {"2013"}
