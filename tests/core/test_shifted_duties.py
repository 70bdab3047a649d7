"""Duties that fall on a day off: moved as the policy says, by the office's days and the package's, or standing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from district import SHANGHAI, moment, shipped_rules

from core.calendar import Due, Duty, DutyCalendar, due_of, dues, shifts_of
from core.duties import DutyState, Filing, FilingState, entries
from core.errors import NoSuchDutyDay
from core.filing import check_workday, workdays_open
from core.periods import Period
from core.policy import Policy
from core.policy_schedules import Shift

SHIPPED = shipped_rules().policy


def moving(shift: Shift, *kinds: str) -> Policy:
    """The shipped policy, but schedules of these kinds move what falls on a day off."""
    schedules = [each.model_copy(update={"shift": shift}) if each.kind in kinds else each for each in SHIPPED.schedules]
    return SHIPPED.model_copy(update={"schedules": tuple(schedules)})


def calendar(shift: Shift = "next_workday", overrides: Mapping[date, bool] | None = None) -> DutyCalendar:
    """Both duties with a day move."""
    policy = moving(shift, "remind_report", "remind_workday")
    return DutyCalendar(policy.duties, SHANGHAI, shifts_of(policy), overrides or {})


def report(month: str, by: DutyCalendar) -> Due:
    """The report of a month."""
    return due_of(Duty.MONTHLY_REPORT, month, by)


def test_a_duty_is_moved_as_the_schedule_is_that_reminds_of_it() -> None:
    assert shifts_of(SHIPPED) == {}
    assert shifts_of(moving("next_workday", "remind_report", "chase_workday")) == {Duty.MONTHLY_REPORT: "next_workday"}
    assert shifts_of(moving("previous_workday", "remind_workday")) == {Duty.WORKDAY: "previous_workday"}
    assert SHIPPED.model_copy(update={"schedules": ()}).shift_of("remind_report") == "none"


def test_the_26th_of_september_2026_is_in_the_mid_autumn_holiday() -> None:
    due = report("2026-09", calendar())
    assert (due.key, due.day, due.shifted_from) == ("2026-09", date(2026, 9, 28), date(2026, 9, 26))
    assert due.ends_at == moment("2026-09-29 00:00").now
    assert due.named == date(2026, 9, 26)
    earlier = report("2026-09", calendar("previous_workday"))
    assert (earlier.day, earlier.shifted_from) == (date(2026, 9, 24), date(2026, 9, 26))
    unmoved = report("2026-09", DutyCalendar(SHIPPED.duties, SHANGHAI))
    assert (unmoved.day, unmoved.shifted_from, unmoved.unsure) == (date(2026, 9, 26), None, False)


def test_a_weekend_that_is_worked_moves_nothing() -> None:
    # 8 and 9 June 2013 were a Saturday and a Sunday, and worked.
    june = dues(Duty.WORKDAY, Period.parse("2013-06"), calendar())
    assert [(due.day.day, due.shifted_from) for due in june] == [(8, None), (9, None)]
    # The office says otherwise: both go to the day after the holiday, and keep their names.
    off = {date(2013, 6, 8): False, date(2013, 6, 9): False}
    moved = dues(Duty.WORKDAY, Period.parse("2013-06"), calendar(overrides=off))
    assert [(due.key, due.day) for due in moved] == [
        ("2013-06-08", date(2013, 6, 13)),
        ("2013-06-09", date(2013, 6, 13)),
    ]


def test_weeks_are_never_moved() -> None:
    assert all(due.shifted_from is None for due in dues(Duty.BRIEFING, Period.parse("2013-06"), calendar()))


def test_where_nobody_knows_the_date_stands_and_says_so() -> None:
    due = report("2027-06", calendar())
    assert (due.day, due.shifted_from, due.unsure) == (date(2027, 6, 26), None, True)
    entered = {date(2027, 1, 1): False}
    known = report("2027-06", calendar(overrides=entered))
    assert (known.day, known.shifted_from, known.unsure) == (date(2027, 6, 28), date(2027, 6, 26), False)
    # 26 December 2026 is a Saturday, and known to be one.
    assert report("2026-12", calendar()).day == date(2026, 12, 28)


def states(month: str, when: str, *filed: str) -> list[DutyState]:
    """What the ledger says at a moment of a month's report, once it was filed then."""
    filings = [Filing(month, 1, moment(each).now, FilingState.FILED) for each in filed]
    began = moment("2013-01-01 00:00").now
    found = entries([report(month, calendar())], filings, {}, SHIPPED.duties, moment(when).now, began)
    return [each.state for each in found]


@pytest.mark.parametrize(
    ("when", "filed", "state"),
    [
        ("2026-09-25 12:00", (), DutyState.SHIFTED),
        ("2026-09-28 23:59", (), DutyState.SHIFTED),
        ("2026-09-29 00:00", (), DutyState.MISSING),
        ("2026-09-29 09:00", ("2026-09-27 10:00",), DutyState.FILED),
        ("2026-09-29 09:00", ("2026-09-28 23:59",), DutyState.FILED),
        ("2026-09-29 09:00", ("2026-09-29 00:00",), DutyState.LATE),
    ],
)
def test_what_is_moved_is_on_time_until_the_end_of_its_new_day(
    when: str, filed: tuple[str, ...], state: DutyState
) -> None:
    assert states("2026-09", when, *filed) == [state]


def test_a_moved_workday_can_be_logged_from_its_new_day() -> None:
    # 8 and 9 May 2010 were a weekend; both are held on Monday, the 10th.
    by = calendar()
    assert [due.key for due in workdays_open(date(2010, 5, 9), by)] == ["2010-04-09", "2010-04-08"]
    monday = date(2010, 5, 10)
    assert [due.key for due in workdays_open(monday, by)][:2] == ["2010-05-09", "2010-05-08"]
    assert check_workday(date(2010, 5, 8), monday, by).day == monday
    with pytest.raises(NoSuchDutyDay):
        check_workday(date(2010, 5, 10), monday, by)
    # For a month after the new day, and no longer.
    assert check_workday(date(2010, 5, 9), date(2010, 6, 10), by).key == "2010-05-09"
    with pytest.raises(NoSuchDutyDay):
        check_workday(date(2010, 5, 9), date(2010, 6, 11), by)
    # Brought forward it is held on the Friday before.
    assert check_workday(date(2010, 5, 9), date(2010, 5, 7), calendar("previous_workday")).key == "2010-05-09"
