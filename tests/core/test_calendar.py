"""Due dates: the 26th, the 8th and 9th, and the weeks, on the district's clock."""

from __future__ import annotations

from datetime import date

import pytest
from district import SHANGHAI, moment, shipped_rules

from core.calendar import Duty, DutyCalendar, day_of, dues, week_key
from core.periods import Period

POLICY = shipped_rules().policy
CALENDAR = DutyCalendar(POLICY.duties, SHANGHAI)


def keys(duty: Duty, period: str) -> list[str]:
    """The names of a period's due dates."""
    return [due.key for due in dues(duty, Period.parse(period), CALENDAR)]


def test_a_report_is_due_by_the_end_of_the_26th() -> None:
    (due,) = dues(Duty.MONTHLY_REPORT, Period.parse("2013-06"), CALENDAR)
    assert (due.key, due.day, due.ends_at) == ("2013-06", date(2013, 6, 26), moment("2013-06-27 00:00").now)
    assert due.shifted_from is None
    assert keys(Duty.MONTHLY_REPORT, "2013-Q2") == ["2013-04", "2013-05", "2013-06"]


def test_workdays_are_the_8th_and_the_9th_of_every_month() -> None:
    assert keys(Duty.WORKDAY, "2013-06") == ["2013-06-08", "2013-06-09"]
    assert len(keys(Duty.WORKDAY, "2013")) == 24


def test_a_week_belongs_to_the_period_in_which_it_ends() -> None:
    # 2013-07-01 is a Monday; the week of 27 May ends on 2 June.
    assert keys(Duty.BRIEFING, "2013-06") == ["2013-W22", "2013-W23", "2013-W24", "2013-W25", "2013-W26"]
    months = [key for month in range(1, 13) for key in keys(Duty.BRIEFING, f"2013-{month:02d}")]
    assert months == keys(Duty.BRIEFING, "2013")
    assert (len(months), months[0], months[-1]) == (52, "2013-W01", "2013-W52")
    # The week of 28 December 2015 is the 53rd of its year by ISO 8601, and ends in the next.
    assert keys(Duty.BRIEFING, "2016-01")[0] == "2015-W53"
    assert len(keys(Duty.BRIEFING, "2017")) == 53
    last = dues(Duty.BRIEFING, Period.parse("2013-06"), CALENDAR)[-1]
    assert (last.day, last.ends_at) == (date(2013, 6, 30), moment("2013-07-01 00:00").now)


@pytest.mark.parametrize(("day", "expected"), [("last", 28), (31, 28), (26, 26)])
def test_a_day_that_a_month_does_not_have_is_its_last(day: int | str, expected: int) -> None:
    assert day_of(Period.parse("2013-02"), day).day == expected  # type: ignore[arg-type]  # as the table gives it


def test_the_first_days_of_a_year_may_be_in_the_last_week_of_the_one_before() -> None:
    assert week_key(date(2012, 12, 31)) == "2013-W01"
    assert week_key(date(2016, 1, 3)) == "2015-W53"
