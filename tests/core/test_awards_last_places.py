"""Last places in a row (连续排名最后, 办法 六-2): who is last, what makes a streak, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from award_finals import (
    FINALS,
    GUIHUA,
    JINSHAN,
    RULE,
    SUCCESSIONS,
    UNITS,
    XIANYU,
    YUETANG,
    final,
    last_in,
    lasts,
    merged,
    rule,
    standings,
)
from hypothesis import given
from hypothesis import strategies as st

from core.awards import Final, LastPlace, LastQuarter, Step, Succession, last_place
from core.awards.last_places import last_places
from core.periods import Period

CARRIED = rule(last_place={"carry_over": True})
NO_DAYS: dict[date, bool] = {}


def told(places: list[LastPlace]) -> list[tuple[str, int, int, Step | None]]:
    """Quarter, unit, how many in a row, and what follows."""
    return [(str(place.quarter), place.unit_id, place.count, place.step) for place in places]


# Who is last.


def test_the_highest_rank_is_last_and_who_is_not_ranked_is_not() -> None:
    assert last_place(standings(3, 1, 4, 2, unranked=[5, 6]), RULE.last_place.min_ranked) == (2,)


def test_a_tie_for_last_makes_all_of_them_last() -> None:
    assert last_place(standings(3, 1, [5, 4]), RULE.last_place.min_ranked) == (4, 5)


def test_nobody_is_last_when_all_are_equal_or_too_few_are_ranked() -> None:
    assert last_place(standings([1, 2, 3, 4]), RULE.last_place.min_ranked) == ()
    assert last_place(standings(1, 2, 3, unranked=[4]), RULE.last_place.min_ranked) == ()
    assert last_place(standings(1), min_ranked=1) == ()
    assert last_place((), min_ranked=1) == ()


# Streaks and what follows.


def test_once_is_a_warning_twice_an_explanation_three_times_the_loss_of_eligibility() -> None:
    places = lasts(*(last_in(f"2013-Q{n}", XIANYU) for n in (1, 2, 3, 4)))
    assert told(places) == [
        ("2013-Q1", XIANYU, 1, Step.WARN),
        ("2013-Q2", XIANYU, 2, Step.EXPLAIN),
        ("2013-Q3", XIANYU, 3, Step.DISQUALIFY),
        ("2013-Q4", XIANYU, 4, Step.DISQUALIFY),
    ]
    assert [place.next_step for place in places] == [Step.EXPLAIN, *[Step.DISQUALIFY] * 3]
    assert places[1].streak == (
        LastQuarter(Period.parse("2013-Q1"), XIANYU),
        LastQuarter(Period.parse("2013-Q2"), XIANYU),
    )


def test_the_policy_may_warn_later() -> None:
    lenient = rule(last_place={"warn_after": 2, "explain_after": 3, "disqualify_after": 4})
    (place,) = lasts(last_in("2013-Q1", XIANYU, by=lenient))
    assert (place.step, place.next_step) == (None, Step.WARN)


def test_a_quarter_ranked_but_not_last_begins_anew() -> None:
    places = lasts(last_in("2013-Q1", XIANYU), last_in("2013-Q2", JINSHAN), last_in("2013-Q3", XIANYU))
    assert told(places) == [(f"2013-Q{n}", unit, 1, Step.WARN) for n, unit in enumerate([XIANYU, JINSHAN, XIANYU], 1)]


def test_a_quarter_in_which_the_unit_is_not_ranked_neither_adds_nor_resets() -> None:
    unranked = final("2013-Q2", 1, 2, 3, JINSHAN, unranked=[GUIHUA, XIANYU])
    places = lasts(last_in("2013-Q1", XIANYU), unranked, last_in("2013-Q3", XIANYU))
    assert told(places)[-1] == ("2013-Q3", XIANYU, 2, Step.EXPLAIN)
    assert [str(each.quarter) for each in places[-1].streak] == ["2013-Q1", "2013-Q3"]


def test_a_quarter_without_a_final_neither_adds_nor_resets() -> None:
    assert told(lasts(last_in("2013-Q1", XIANYU), last_in("2013-Q3", XIANYU)))[-1][2] == 2


@pytest.mark.parametrize("nobody_last", [final("2013-Q2", 1, 2, XIANYU), final("2013-Q2", [1, 2, 3, XIANYU])])
def test_a_quarter_in_which_nobody_is_last_ends_the_streaks_of_those_ranked(nobody_last: Final) -> None:
    assert told(lasts(last_in("2013-Q1", XIANYU), nobody_last, last_in("2013-Q3", XIANYU)))[-1][2] == 1


def test_units_that_are_last_together_have_each_their_own_streak() -> None:
    places = lasts(last_in("2013-Q1", XIANYU), final("2013-Q2", 1, 2, 3, [JINSHAN, XIANYU]))
    assert told(places)[1:] == [("2013-Q2", JINSHAN, 1, Step.WARN), ("2013-Q2", XIANYU, 2, Step.EXPLAIN)]


def test_a_new_year_begins_without_streaks_unless_the_policy_carries_them_over() -> None:
    assert told(lasts(last_in("2013-Q4", XIANYU), last_in("2014-Q1", XIANYU)))[-1][2] == 1
    carried = lasts(last_in("2013-Q4", XIANYU), last_in("2014-Q1", XIANYU, by=CARRIED))
    assert told(carried)[-1] == ("2014-Q1", XIANYU, 2, Step.EXPLAIN)


# The day of the explanation.


def test_the_explanation_is_due_in_working_days_after_the_final() -> None:
    # National Day's holidays were made up for on Saturday the 12th: 10, 11, 12, 14, 15 October.
    places = lasts(last_in("2013-Q2", XIANYU), last_in("2013-Q3", XIANYU, on="2013-10-09"))
    assert [place.due for place in places] == [None, date(2013, 10, 15)]


def test_the_offices_own_days_count_and_unknown_ones_leave_the_day_unknown() -> None:
    finals = [last_in("2013-Q2", XIANYU), last_in("2013-Q3", XIANYU, on="2013-10-09")]
    (_, place) = last_places(finals, (), {date(2013, 10, 12): False})
    assert place.due == date(2013, 10, 16)
    finals = [last_in("2093-Q2", XIANYU), last_in("2093-Q3", XIANYU)]
    (_, place) = last_places(finals, (), NO_DAYS)
    assert (place.step, place.due) == (Step.EXPLAIN, None)


def test_a_late_correction_of_an_earlier_quarter_leaves_the_days_that_the_policy_gives() -> None:
    """That Q2 is the second in a row was only known in November."""
    places = lasts(
        last_in("2013-Q1", JINSHAN),
        last_in("2013-Q2", XIANYU, on="2013-07-04"),
        last_in("2013-Q1", XIANYU, version=2, on="2013-11-04"),
    )
    assert (places[-1].count, places[-1].due) == (2, date(2013, 11, 11))


def test_a_correction_before_the_streak_changes_nothing() -> None:
    places = lasts(
        last_in("2013-Q1", JINSHAN, on="2013-12-02"),
        last_in("2013-Q2", XIANYU),
        last_in("2013-Q3", XIANYU, on="2013-10-09"),
    )
    assert places[-1].due == date(2013, 10, 15)


# Mergers.


def test_a_merged_units_streak_goes_along_only_by_the_offices_choice() -> None:
    finals = [last_in("2013-Q1", XIANYU), final("2013-Q2", 1, 2, 3, 4, GUIHUA)]
    chosen = lasts(*finals, mergers=[merged(XIANYU, GUIHUA, "2013-04-10", inherits=True)])
    assert chosen[-1].streak == (
        LastQuarter(Period.parse("2013-Q1"), XIANYU),
        LastQuarter(Period.parse("2013-Q2"), GUIHUA),
    )
    assert chosen[-1].step is Step.EXPLAIN
    assert lasts(*finals, mergers=[merged(XIANYU, GUIHUA, "2013-04-10", inherits=False)])[-1].count == 1


def test_the_successor_owes_nothing_until_it_is_last_itself() -> None:
    finals = [*(last_in(f"2013-Q{n}", XIANYU) for n in (1, 2, 3)), final("2013-Q4", 1, 2, 3, GUIHUA, 4)]
    merger = merged(XIANYU, GUIHUA, "2013-10-10", inherits=True)
    assert [place.unit_id for place in lasts(*finals, mergers=[merger])] == [XIANYU, XIANYU, XIANYU, JINSHAN]


@pytest.mark.parametrize(
    ("theirs", "own", "together"), [((1, 2), (2,), 2), ((2,), (1, 2), 2), ((1,), (2,), 1), ((2,), (2,), 1)]
)
def test_of_two_streaks_the_longer_stands_and_never_their_sum(
    theirs: tuple[int, ...], own: tuple[int, ...], together: int
) -> None:
    """Neither are unlike quarters strung together nor is one quarter counted twice."""
    finals = []
    for n in (1, 2):
        last = [unit for unit, quarters in ((XIANYU, theirs), (GUIHUA, own)) if n in quarters]
        unseen = [unit for unit in (XIANYU, GUIHUA) if unit not in last]
        finals.append(final(f"2013-Q{n}", 1, 2, 3, 4, last, unranked=unseen))
    finals.append(final("2013-Q3", 1, 2, 3, 4, GUIHUA))
    place = lasts(*finals, mergers=[merged(XIANYU, GUIHUA, "2013-08-01", inherits=True)])[-1]
    assert (place.unit_id, place.count) == (GUIHUA, together + 1)


def test_of_equal_streaks_the_successors_own_stands() -> None:
    finals = [final("2013-Q1", 1, 2, 3, 4, [GUIHUA, XIANYU]), final("2013-Q2", 1, 2, 3, 4, GUIHUA)]
    place = lasts(*finals, mergers=[merged(XIANYU, GUIHUA, "2013-04-10", inherits=True)])[-1]
    assert {each.unit_id for each in place.streak} == {GUIHUA}


def test_a_streak_goes_on_through_several_mergers_whatever_order_they_are_told_in() -> None:
    mergers = [merged(GUIHUA, JINSHAN, "2013-05-01", True), merged(XIANYU, GUIHUA, "2013-05-01", True)]
    finals = [last_in("2013-Q1", XIANYU), final("2013-Q2", 1, 2, 3, JINSHAN)]
    for told_in in (mergers, mergers[::-1]):
        assert [each.unit_id for each in lasts(*finals, mergers=told_in)[-1].streak] == [XIANYU, JINSHAN]


def test_a_merger_changes_nothing_before_its_day_or_while_the_unit_is_still_ranked() -> None:
    later = merged(XIANYU, GUIHUA, "2013-07-01", inherits=True)
    finals = [last_in("2013-Q1", XIANYU), last_in("2013-Q2", XIANYU)]
    assert lasts(*finals, mergers=[later])[-1].count == 2
    backdated = merged(XIANYU, GUIHUA, "2013-02-01", inherits=True)
    assert lasts(*finals, mergers=[backdated])[-1].count == 2


def test_units_merged_in_a_circle_are_an_error() -> None:
    circle = [merged(1, 2, "2013-05-01", True), merged(2, 1, "2013-06-01", True)]
    with pytest.raises(ValueError, match="circle"):
        lasts(last_in("2013-Q1", XIANYU), mergers=circle)


# Properties.


@given(FINALS, SUCCESSIONS)
def test_a_streak_continues_one_that_a_unit_really_had(finals: list[Final], mergers: tuple[Succession, ...]) -> None:
    """So no merger adds two streaks up, no quarter counts twice, and each was a last place of the unit it names."""
    places = lasts(*finals, mergers=mergers)
    had = {place.streak for place in places}
    for place in places:
        assert place.streak[-1] == LastQuarter(place.quarter, place.unit_id)
        assert place.count == 1 or place.streak[:-1] in had
        assert [each.quarter for each in place.streak] == sorted({each.quarter for each in place.streak})


@given(FINALS)
def test_an_explanation_leaves_at_least_the_days_of_the_policy(finals: list[Final]) -> None:
    for place in lasts(*finals):
        if place.due is not None:
            newest = max(each.version for each in finals if each.period == place.quarter)
            (counts,) = (each for each in finals if (each.period, each.version) == (place.quarter, newest))
            assert place.due >= counts.published_on + timedelta(days=counts.rule.last_place.explain_within_days)


@given(st.lists(st.sampled_from(UNITS), min_size=4, max_size=4))
def test_a_better_quarter_never_makes_a_streak_longer(last: list[int]) -> None:
    finals = [last_in(f"2013-Q{n}", unit) for n, unit in enumerate(last, 1)]
    for n in range(4):
        better = [*finals[:n], last_in(f"2013-Q{n + 1}", YUETANG if last[n] != YUETANG else JINSHAN), *finals[n + 1 :]]
        before = {place.quarter: place.count for place in lasts(*finals) if place.unit_id == last[n]}
        after = {place.quarter: place.count for place in lasts(*better) if place.unit_id == last[n]}
        assert all(count <= before[quarter] for quarter, count in after.items())
