"""Periods: the keys people type, first and last days, neighbours, and the midnight at the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadPeriod
from core.periods import Period, PeriodKind, month_before

SHANGHAI = ZoneInfo("Asia/Shanghai")
PERIODS = st.sampled_from(PeriodKind).flatmap(
    lambda kind: st.builds(Period, st.just(kind), st.integers(2001, 2198), st.integers(1, 12 // kind.value))
)


@pytest.mark.parametrize(
    ("key", "kind", "first", "last"),
    [
        ("2013-06", PeriodKind.MONTH, date(2013, 6, 1), date(2013, 6, 30)),
        ("2013-12", PeriodKind.MONTH, date(2013, 12, 1), date(2013, 12, 31)),
        ("2012-02", PeriodKind.MONTH, date(2012, 2, 1), date(2012, 2, 29)),
        ("2013-Q1", PeriodKind.QUARTER, date(2013, 1, 1), date(2013, 3, 31)),
        ("2013-Q4", PeriodKind.QUARTER, date(2013, 10, 1), date(2013, 12, 31)),
        ("2013-H1", PeriodKind.HALF, date(2013, 1, 1), date(2013, 6, 30)),
        ("2013-H2", PeriodKind.HALF, date(2013, 7, 1), date(2013, 12, 31)),
        ("2013", PeriodKind.YEAR, date(2013, 1, 1), date(2013, 12, 31)),
    ],
)
def test_a_key_names_its_days(key: str, kind: PeriodKind, first: date, last: date) -> None:
    period = Period.parse(key)
    assert (period.kind, period.first_day, period.last_day) == (kind, first, last)
    assert str(period) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [(" 2013-q2 ", "2013-Q2"), ("２０１３－Ｈ１", "2013-H1"), ("2013-6", "2013-06"), ("2013-h2", "2013-H2")],
)
def test_a_key_may_be_typed_carelessly(typed: str, key: str) -> None:
    assert str(Period.parse(typed)) == key


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("2013年6月", "2013-06"),
        ("２０１３年０６月", "2013-06"),
        ("2013年第二季度", "2013-Q2"),
        ("2013年2季度", "2013-Q2"),
        ("2013年上半年", "2013-H1"),
        ("2013年下半年", "2013-H2"),
        (" 2013年 ", "2013"),
    ],
)
def test_a_period_may_be_typed_as_screens_print_it(printed: str, key: str) -> None:
    assert str(Period.parse(printed)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2013-",
        "2013-00",
        "2013-13",
        "2013-Q0",
        "2013-Q5",
        "2013-H3",
        "13-06",
        "2013/06",
        "1999",
        "2200-Q1",
        "9999",
        "0000",
        "2013-006",
        "2013-06-01",
        "六月",
        "2013年上月",
        "2013年13月",
        "2013年第五季度",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadPeriod) as refusal:
        Period.parse(text)
    assert refusal.value.text == text


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except BadPeriod:
        return
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(("kind", "number"), [(PeriodKind.MONTH, 13), (PeriodKind.QUARTER, 5), (PeriodKind.YEAR, 2)])
def test_a_period_that_does_not_exist_cannot_be_made(kind: PeriodKind, number: int) -> None:
    with pytest.raises(BadPeriod):
        Period(kind, 2013, number)


@given(PERIODS)
def test_the_key_gives_the_period_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_neighbours_touch_and_there_is_no_way_to_lose_a_day(period: Period) -> None:
    assert period.previous().next() == period
    assert period.next().first_day == period.last_day + timedelta(days=1)
    assert period.previous() < period < period.next()
    assert period.previous().last_day < period.first_day <= period.last_day


@given(PERIODS, PERIODS)
def test_periods_are_ordered_by_their_end(one: Period, other: Period) -> None:
    if one.last_day != other.last_day:
        assert (one < other) == (one.last_day < other.last_day)
    else:
        assert (one < other) == (one.first_day > other.first_day)


def test_what_ends_together_is_ordered_from_short_to_long() -> None:
    keys = ["2013", "2013-H2", "2013-Q4", "2013-12", "2013-H1", "2013-Q2", "2013-06"]
    assert [str(period) for period in sorted(map(Period.parse, keys))] == [
        "2013-06", "2013-Q2", "2013-H1", "2013-12", "2013-Q4", "2013-H2", "2013",
    ]  # fmt: skip


def test_the_first_and_the_last_year_have_no_neighbour_outside() -> None:
    with pytest.raises(BadPeriod):
        Period.parse("2000-01").previous()
    with pytest.raises(BadPeriod):
        Period.parse("2199").next()
    assert Period.parse("2199").ends_at(UTC) == datetime(2200, 1, 1, tzinfo=UTC)


def test_a_period_ends_at_local_midnight() -> None:
    assert Period.parse("2013-06").ends_at(SHANGHAI) == datetime(2013, 6, 30, 16, tzinfo=UTC)
    assert Period.parse("2013").ends_at(SHANGHAI) == datetime(2013, 12, 31, 16, tzinfo=UTC)
    assert Period.parse("2013-06").ends_at(SHANGHAI).tzinfo is UTC


def test_the_offset_at_the_end_counts_where_clocks_are_moved() -> None:
    """March ends in summer time in Berlin, October in winter time."""
    berlin = ZoneInfo("Europe/Berlin")
    assert Period.parse("2013-03").ends_at(berlin) == datetime(2013, 3, 31, 22, tzinfo=UTC)
    assert Period.parse("2013-10").ends_at(berlin) == datetime(2013, 10, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2013, 7, 1), "2013-06"), (date(2013, 7, 31), "2013-06"), (date(2014, 1, 1), "2013-12")],
)
def test_the_month_before_a_day_is_the_whole_month_before_its_month(day: date, key: str) -> None:
    assert str(month_before(day)) == key
