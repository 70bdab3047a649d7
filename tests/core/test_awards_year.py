"""All awards follow from the finals: derived again after a correction, with what changed told as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest
from award_finals import FINALS, JINSHAN, SUCCESSIONS, XIANYU, YUETANG, final, last_in, rule
from hypothesis import given
from hypothesis import strategies as st

from core.awards import (
    EligibilityChanged,
    Final,
    FlagChanged,
    LastPlaceChanged,
    PrizeChanged,
    Step,
    Succession,
    YearAwards,
    derive,
    differences,
)
from core.periods import Period

NOTHING = YearAwards((), (), ())
FIRST_QUARTER = Period.parse("2013-Q1")


def derived(*finals: Final) -> YearAwards:
    """What these finals give, without mergers and without days that the office entered."""
    return derive(finals, (), {})


def test_a_year_gives_flags_by_months_and_prizes_and_last_places_by_quarters() -> None:
    year = derived(
        final("2013", XIANYU, 1, 2, 3, 4, 5),
        final("2013-H1", 1, 2, 3, 4, 5, XIANYU),
        final("2013-Q1", 1, 2, 3, 4, 5, XIANYU),
        final("2013-01", JINSHAN, YUETANG),
    )
    assert [(str(each.month), each.holders) for each in year.flags] == [("2013-01", (JINSHAN,))]
    assert [(str(each.quarter), each.rewards.shares) for each in year.rewards] == [
        ("2013-Q1", {1: 300_000, 2: 200_000, 3: 100_000})
    ]
    assert [(str(each.quarter), each.unit_id) for each in year.last_places] == [("2013-Q1", XIANYU)]


def test_who_was_last_three_times_in_a_row_has_no_eligibility_in_that_year_and_keeps_it_in_others() -> None:
    year = derived(*(last_in(f"2013-Q{n}", XIANYU) for n in (1, 2, 3)), last_in("2013-Q4", JINSHAN))
    assert year.disqualified(2013) == {XIANYU}
    assert year.disqualified(2012) == year.disqualified(2014) == frozenset()


def test_the_third_in_a_row_counts_for_the_year_it_falls_in_when_streaks_are_carried_over() -> None:
    carried = rule(last_place={"carry_over": True})
    quarters = ("2013-Q3", "2013-Q4", "2014-Q1")
    year = derived(*(last_in(quarter, XIANYU, by=carried) for quarter in quarters))
    assert (year.disqualified(2013), year.disqualified(2014)) == (frozenset(), frozenset({XIANYU}))


def test_a_changed_policy_pays_old_quarters_by_their_own_prizes() -> None:
    richer = rule(rewards={"prizes": (900,)})
    year = derived(final("2013-Q1", 1, 2), final("2013-Q2", 1, 2, by=richer))
    assert [each.rewards.shares for each in year.rewards] == [{1: 300_000, 2: 200_000}, {1: 900}]


def test_two_different_finals_of_one_version_are_an_error() -> None:
    with pytest.raises(ValueError, match="2013-Q1"):
        derived(final("2013-Q1", 1, 2), final("2013-Q1", 2, 1))


def test_an_upheld_objection_exchanges_prizes_and_the_flag() -> None:
    """Q1 had 1, 2, 3 and January 1; corrected, 2 and 1 share the first place of both."""
    published = [final("2013-01", 1, 2, 3), final("2013-Q1", 1, 2, 3)]
    corrected = [final("2013-01", [1, 2], 3, version=2), final("2013-Q1", [1, 2], 3, version=2)]
    assert differences(derived(*published), derived(*published, *corrected)) == (
        FlagChanged(Period.parse("2013-01"), before=(1,), after=(1, 2)),
        PrizeChanged(FIRST_QUARTER, 1, before=300_000, after=250_000),
        PrizeChanged(FIRST_QUARTER, 2, before=200_000, after=250_000),
    )


def test_a_corrected_month_also_changes_the_months_in_which_the_flag_stayed() -> None:
    published = [final("2013-01", 1, 2), final("2013-02", unranked=[1, 2]), final("2013-03", 3)]
    after = derived(*published, final("2013-01", 2, 1, version=2))
    assert [str(each.month) for each in differences(derived(*published), after) if isinstance(each, FlagChanged)] == [
        "2013-01",
        "2013-02",
    ]


def test_a_corrected_quarter_lifts_the_last_place_and_all_that_followed_from_it() -> None:
    published = [last_in(f"2013-Q{n}", XIANYU) for n in (1, 2, 3)]
    before, after = derived(*published), derived(*published, last_in("2013-Q2", JINSHAN, version=2))
    changes = differences(before, after)
    lasts = [
        (
            str(each.quarter),
            each.unit_id,
            None if each.before is None else each.before.step,
            None if each.after is None else each.after.step,
        )
        for each in changes
        if isinstance(each, LastPlaceChanged)
    ]
    assert lasts == [
        ("2013-Q2", JINSHAN, None, Step.WARN),
        ("2013-Q2", XIANYU, Step.EXPLAIN, None),
        ("2013-Q3", XIANYU, Step.DISQUALIFY, Step.WARN),
    ]
    assert changes[-1] == EligibilityChanged(2013, XIANYU, disqualified=False)
    assert differences(after, before)[-1] == EligibilityChanged(2013, XIANYU, disqualified=True)


def test_a_correction_that_changes_no_award_is_no_difference_but_moves_the_day_of_an_explanation() -> None:
    published = [last_in("2013-Q1", XIANYU), last_in("2013-Q2", XIANYU)]
    again = last_in("2013-Q1", XIANYU, version=2, on="2013-04-08")
    assert differences(derived(*published), derived(*published, again)) == ()
    (change,) = differences(
        derived(*published), derived(*published, last_in("2013-Q2", XIANYU, version=2, on="2013-07-15"))
    )
    assert isinstance(change, LastPlaceChanged)
    assert change.before is not None
    assert change.after is not None
    assert (str(change.before.due), str(change.after.due)) == ("2013-07-11", "2013-07-22")


def test_a_final_that_is_withdrawn_takes_all_that_it_gave() -> None:
    year = derived(final("2013-01", 1, 2), final("2013-Q1", 1, 2, 3, 4))
    changes = differences(year, NOTHING)
    assert FlagChanged(Period.parse("2013-01"), (1,), None) in changes
    assert PrizeChanged(FIRST_QUARTER, 1, 300_000, 0) in changes
    assert LastPlaceChanged(FIRST_QUARTER, 4, year.last_places[0], None) in changes


@given(FINALS, SUCCESSIONS, st.data())
def test_the_order_of_finals_and_mergers_does_not_matter_and_deriving_twice_gives_the_same(
    finals: list[Final], mergers: tuple[Succession, ...], data: st.DataObject
) -> None:
    once = derive(finals, mergers, {})
    mixed = data.draw(st.permutations([*finals, *finals]))
    again = derive(mixed, data.draw(st.permutations(mergers)), {})
    assert again == once
    assert differences(once, again) == ()


@given(FINALS, SUCCESSIONS)
def test_a_superseded_version_leaves_no_trace(finals: list[Final], mergers: tuple[Succession, ...]) -> None:
    newest = {each.period: each for each in sorted(finals, key=lambda each: each.version)}
    assert derive(finals, mergers, {}) == derive(list(newest.values()), mergers, {})


@given(FINALS, FINALS, SUCCESSIONS)
def test_differences_are_none_exactly_when_flags_prizes_and_last_places_are_equal(
    one: list[Final], other: list[Final], mergers: tuple[Succession, ...]
) -> None:
    before, after = derive(one, mergers, {}), derive(other, mergers, {})
    same = (
        {each.month: each.holders for each in before.flags} == {each.month: each.holders for each in after.flags}
        and paid(before) == paid(after)
        and before.last_places == after.last_places
    )
    assert (differences(before, after) == ()) == same
    # Told the other way round, everything is told with before and after exchanged.
    assert len(differences(before, after)) == len(differences(after, before))


def paid(awards: YearAwards) -> set[tuple[str, int, int]]:
    """Every prize."""
    return {(str(each.quarter), unit, fen) for each in awards.rewards for unit, fen in each.rewards.shares.items()}


def has_float(value: object) -> bool:
    """Whether a float is anywhere in a value."""
    if is_dataclass(value):
        return any(has_float(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return has_float((*value.keys(), *value.values()))
    if isinstance(value, tuple):
        return any(has_float(each) for each in value)
    return isinstance(value, float)


@given(FINALS, SUCCESSIONS)
def test_no_award_holds_a_float(finals: list[Final], mergers: tuple[Succession, ...]) -> None:
    awards = derive(finals, mergers, {})
    assert not has_float(awards)
    assert not has_float(differences(NOTHING, awards))
    assert has_float((1, {"a": (0.5,)}))
