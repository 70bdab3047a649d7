"""The flag travels (流动): who holds it after each month, and from whom it passed to whom."""

from __future__ import annotations

from award_finals import FINALS, JINSHAN, XIANYU, YUETANG, final, rule
from hypothesis import given

from core.awards import Final, FlagMonth, holders
from core.periods import Period, PeriodKind

STAY = rule(red_flag={"tie": "stay"})


def test_the_flag_passes_from_month_to_month() -> None:
    january, february = holders([final("2013-01", YUETANG, XIANYU), final("2013-02", XIANYU, YUETANG)])
    assert january == FlagMonth(Period.parse("2013-01"), given_to=(YUETANG,), before=(), holders=(YUETANG,))
    assert (january.handed_over_by, january.handed_over_to) == ((), (YUETANG,))
    assert (february.handed_over_by, february.handed_over_to) == ((YUETANG,), (XIANYU,))


def test_who_is_first_again_keeps_it_and_nobody_hands_it_over() -> None:
    _, february = holders([final("2013-01", YUETANG), final("2013-02", YUETANG)])
    assert (february.given_to, february.holders) == ((YUETANG,), (YUETANG,))
    assert february.handed_over_by == february.handed_over_to == ()


def test_a_shared_flag_is_handed_over_by_those_who_lose_it_to_those_who_win_it() -> None:
    months = holders([final("2013-01", [YUETANG, JINSHAN]), final("2013-02", [JINSHAN, XIANYU], YUETANG)])
    assert months[1].holders == (JINSHAN, XIANYU)
    assert (months[1].handed_over_by, months[1].handed_over_to) == ((YUETANG,), (XIANYU,))


def test_the_flag_stays_when_nobody_is_ranked_and_with_a_tie_where_the_policy_says_so() -> None:
    months = holders(
        [
            final("2013-01", YUETANG, XIANYU),
            final("2013-02", unranked=[YUETANG, XIANYU]),
            final("2013-03", [JINSHAN, XIANYU], by=STAY),
        ]
    )
    assert [month.given_to for month in months] == [(YUETANG,), (), ()]
    assert [month.holders for month in months] == [(YUETANG,)] * 3


def test_a_flag_that_was_never_given_is_held_by_nobody() -> None:
    (january,) = holders([final("2013-01", unranked=[YUETANG])])
    assert (january.given_to, january.before, january.holders) == ((), (), ())


def test_a_corrected_month_counts_instead_and_the_next_one_got_it_from_others() -> None:
    first = final("2013-01", YUETANG, XIANYU)
    february = final("2013-02", JINSHAN, XIANYU)
    corrected = final("2013-01", XIANYU, YUETANG, version=2, on="2013-03-20")
    months = holders([february, corrected, first])
    assert [(str(month.month), month.before, month.holders) for month in months] == [
        ("2013-01", (), (XIANYU,)),
        ("2013-02", (XIANYU,), (JINSHAN,)),
    ]


def test_the_flag_travels_over_the_turn_of_the_year_and_past_a_month_without_a_final() -> None:
    months = holders([final("2014-01", XIANYU), final("2013-11", YUETANG), final("2013-Q4", JINSHAN)])
    assert [(str(month.month), month.handed_over_by) for month in months] == [("2013-11", ()), ("2014-01", (YUETANG,))]


@given(FINALS)
def test_the_chain_of_holders_has_no_gap(finals: list[Final]) -> None:
    months = holders(finals)
    assert [month.before for month in months] == [(), *(month.holders for month in months[:-1])][: len(months)]
    assert {month.month for month in months} == {each.period for each in finals if each.period.kind is PeriodKind.MONTH}
    for month in months:
        assert month.holders == (month.given_to or month.before)
        passed = set(month.before) - set(month.handed_over_by) | set(month.handed_over_to)
        assert passed == set(month.holders)
