"""Working days: what the measures' own year says, what is unknown, and what the office enters over it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_holiday_notice import OF_2013

from core.holiday_notice import read_notice
from core.workdays import (
    DayKind,
    Source,
    Span,
    after_workdays,
    is_known,
    kind_of,
    nearest_workday,
    source_of,
    standing_out,
)


def days_of(span: Span) -> list[date]:
    """The days of a span."""
    return [span.first + timedelta(days=number) for number in range((span.last - span.first).days + 1)]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        # The weekend before the Dragon Boat Festival of 2013 was worked.
        (date(2013, 6, 8), DayKind.WORKDAY),
        (date(2013, 6, 9), DayKind.WORKDAY),
        (date(2013, 6, 10), DayKind.DAY_OFF),
        (date(2013, 6, 26), DayKind.WORKDAY),
        # A Saturday in the Mid-Autumn holiday.
        (date(2026, 9, 26), DayKind.DAY_OFF),
        (date(2026, 10, 10), DayKind.WORKDAY),
        (date(2027, 1, 1), DayKind.UNKNOWN),
        (date(2027, 6, 26), DayKind.UNKNOWN),
    ],
)
def test_days_of_the_measures_year_and_of_ours(day: date, kind: DayKind) -> None:
    assert kind_of(day, {}) is kind


def test_what_the_office_enters_counts_before_everything_else() -> None:
    assert kind_of(date(2013, 6, 8), {date(2013, 6, 8): False}) is DayKind.DAY_OFF
    entered = {date(2027, 1, 1): False, date(2027, 1, 9): True}
    days = [kind_of(date(2027, 1, day), entered) for day in (1, 2, 5, 9)]
    assert days == [DayKind.DAY_OFF, DayKind.DAY_OFF, DayKind.WORKDAY, DayKind.WORKDAY]
    assert (is_known(2026, {}), is_known(2027, {}), is_known(2027, entered)) == (True, False, True)


def test_single_days_that_the_office_entered_make_no_year_known() -> None:
    # The notice of 2028 may name the last days of 2027.
    entered = {date(2027, 12, 31): False}
    assert kind_of(date(2027, 12, 31), entered) is DayKind.DAY_OFF
    assert kind_of(date(2027, 12, 30), entered) is DayKind.UNKNOWN
    assert source_of(2027, entered) is Source.UNKNOWN
    assert source_of(2013, {date(2013, 9, 3): False}) is Source.PACKAGE
    assert source_of(2013, {date(2013, 1, 1): False}) is Source.OFFICE


def test_what_stands_out_of_2013_are_the_spans_of_its_notice() -> None:
    found = standing_out(2013, {})
    assert {day: span.kind is DayKind.WORKDAY for span in found for day in days_of(span)} == read_notice(OF_2013).days
    assert not any(span.entered for span in found)
    june = [span for span in found if span.first.month == 6]
    assert [(span.first.day, span.last.day, span.kind) for span in june] == [
        (8, 9, DayKind.WORKDAY),
        (10, 12, DayKind.DAY_OFF),
    ]


def test_what_the_office_entered_stands_out_whatever_it_says() -> None:
    entered = {date(2027, 1, 1): False, date(2027, 3, 3): True}
    assert standing_out(2027, entered) == (
        Span(date(2027, 1, 1), date(2027, 1, 1), DayKind.DAY_OFF, entered=True),
        Span(date(2027, 3, 3), date(2027, 3, 3), DayKind.WORKDAY, entered=True),
    )
    assert standing_out(2027, {}) == ()


def test_the_nearest_working_day_in_either_direction() -> None:
    # 10 to 12 June 2013 were off.
    assert nearest_workday(date(2013, 6, 11), {}, 1) == date(2013, 6, 13)
    assert nearest_workday(date(2013, 6, 11), {}, -1) == date(2013, 6, 9)
    assert nearest_workday(date(2013, 6, 13), {}, 1) == date(2013, 6, 13)
    assert nearest_workday(date(2027, 6, 13), {}, 1) is None
    endless = {date(2013, 6, 13) + timedelta(days=number): False for number in range(60)}
    assert nearest_workday(date(2013, 6, 13), endless, 1) is None


def test_three_working_days_after_the_first_of_july() -> None:
    assert after_workdays(date(2013, 7, 1), 3, {}) == date(2013, 7, 4)
    assert after_workdays(date(2013, 9, 30), 3, {}) == date(2013, 10, 10)
    assert after_workdays(date(2026, 12, 30), 3, {}) is None
    assert after_workdays(date(2013, 7, 1), 0, {}) == date(2013, 7, 1)


@given(st.dates(date(2010, 1, 1), date(2025, 12, 31)), st.integers(1, 30))
def test_counting_on_is_counting_one_by_one(day: date, count: int) -> None:
    found = after_workdays(day, count, {})
    assert found is not None
    between = [day + timedelta(days=number) for number in range(1, (found - day).days + 1)]
    assert sum(kind_of(each, {}) is DayKind.WORKDAY for each in between) == count
    assert kind_of(found, {}) is DayKind.WORKDAY
