"""Firings that fall on days off: moved where the policy says so, by the office's table and the package's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from clock_hand import RULES, schedule
from clock_office import number
from district import NOON, SHANGHAI, District, moment
from test_actions_reminding import LIU, _with, heard

from core.periods import Period
from core.policy import Policy
from core.scheduler import agenda, carry_out_due, closing_in, closing_of, fire_times
from core.scheduler.fire_times import firing_on, firings
from core.store import calendar_days

POLICY = RULES["township"].policy
LETTERS = "SELECT count(*) FROM outbox WHERE view LIKE '%remind_report%'"


def shifted(kind: str, overrides: dict[date, bool] | None = None, **given: list[Any]) -> list[tuple[str, str]]:
    """The firings from May to the end of 2013: the day named and when it comes, on Shanghai's clock."""
    of = schedule(**(given or {"days": [26]})).model_copy(update={"shift": kind})
    found = firings(of, SHANGHAI, moment("2013-05-01 00:00").now, moment("2013-12-31 23:59").now, overrides or {})
    return [(f"{each.day:%m-%d}", f"{each.fire_at.astimezone(SHANGHAI):%m-%d %H:%M}") for each in found]


def test_a_date_stands_or_moves_to_the_working_day_next_to_it() -> None:
    # The 26th of May and of October are days off at the end of a week, that of October a Saturday.
    days = ["05-26", "06-26", "07-26", "08-26", "09-26", "10-26", "11-26", "12-26"]
    assert [fires for _, fires in shifted("none")] == [f"{day} 09:00" for day in days]
    assert shifted("next_workday")[0] == ("05-26", "05-27 09:00")
    assert shifted("next_workday")[5] == ("10-26", "10-28 09:00")
    assert shifted("previous_workday")[0] == ("05-26", "05-24 09:00")
    assert shifted("previous_workday")[5] == ("10-26", "10-25 09:00")
    assert [named for named, _ in shifted("next_workday")] == days


def test_the_offices_own_table_comes_first() -> None:
    table = {date(2013, 6, 26): False, date(2013, 6, 27): False, date(2013, 5, 26): True}
    assert shifted("next_workday", table)[:2] == [("05-26", "05-26 09:00"), ("06-26", "06-28 09:00")]
    assert shifted("previous_workday", table)[1] == ("06-26", "06-25 09:00")


def test_where_nobody_knows_the_date_stands() -> None:
    unknown = schedule(days=[4]).model_copy(update={"shift": "next_workday"})
    day = date(2099, 7, 4)
    assert day.isoweekday() == 6
    found = firing_on(unknown, SHANGHAI, day)
    assert found is not None
    assert found.fire_at == moment("2099-07-04 09:00").now


def test_a_window_shows_what_comes_in_it_whatever_day_is_named() -> None:
    late = schedule(days=[26]).model_copy(update={"shift": "next_workday"})
    after, until = moment("2013-05-26 12:00").now, moment("2013-05-27 09:00").now
    assert list(fire_times(late, SHANGHAI, after, until)) == [until]
    assert list(fire_times(late, SHANGHAI, moment("2013-05-26 00:00").now, moment("2013-05-26 23:59").now)) == []


def test_two_days_may_come_at_one_moment_the_earlier_first() -> None:
    holidays = {date(2013, 7, day): False for day in (8, 9)}
    assert shifted("next_workday", holidays, months=[7], days=[8, 9]) == [
        ("07-08", "07-10 09:00"),
        ("07-09", "07-10 09:00"),
    ]


def test_a_closing_moves_with_the_districts_own_days(office: District) -> None:
    closing = [
        each.model_copy(update={"shift": "next_workday"}) if each.kind == "close_round" else each
        for each in POLICY.schedules
    ]
    policy = POLICY.model_copy(update={"schedules": closing})
    june = Period.parse("2013-06")
    assert closing_of(policy, june, SHANGHAI, NOON.now) == moment("2013-07-01 00:00").now
    office.act(calendar_days.set_days, office.id, {date(2013, 7, 1): False}, office.tang.person_id, NOON.now)
    assert office.act(closing_in, office.id, policy, june, SHANGHAI, NOON.now) == moment("2013-07-02 00:00").now


def shifting(kind: str) -> Policy:
    """A policy whose reminder of the 26th moves off days off."""
    moved = [
        each.model_copy(update={"shift": kind}) if each.id == "report-reminder" else each for each in POLICY.schedules
    ]
    return POLICY.model_copy(update={"schedules": moved})


def beats(office: District, policy: Policy, *moments: str) -> int:
    """The heartbeat at these moments; how many officers were reminded of their report up to then."""
    for each in moments:
        office.act(carry_out_due, _with(policy), SHANGHAI, moment(each))
    return int(office.act(lambda db: db.exec_driver_sql(LETTERS).scalar_one()))


@pytest.mark.parametrize(
    ("kind", "comes"), [("next_workday", "2013-05-27 09:00"), ("previous_workday", "2013-05-24 09:00")]
)
def test_a_reminder_that_falls_on_a_sunday_comes_on_the_working_day(office: District, kind: str, comes: str) -> None:
    policy = shifting(kind)
    assert beats(office, policy, "2013-05-23 12:00") == 0
    assert beats(office, policy, comes[:-5] + "08:59") == 0
    assert beats(office, policy, comes, "2013-05-28 12:00") == 2
    # About May, claimed under the 26th.
    assert (LIU, "remind_report") in heard(office)


def test_a_day_that_becomes_one_off_too_late_makes_it_come_at_once_and_once(office: District) -> None:
    policy = shifting("previous_workday")
    assert beats(office, policy, "2013-06-25 12:00") == 0
    office.act(calendar_days.set_days, office.id, {date(2013, 6, 26): False}, office.tang.person_id, NOON.now)
    assert beats(office, policy, "2013-06-25 12:01") == 2
    assert beats(office, policy, "2013-06-25 12:02", "2013-06-26 09:00", "2013-06-26 10:00") == 2


def test_what_came_does_not_come_again_when_its_day_becomes_one_off(office: District) -> None:
    policy = shifting("next_workday")
    assert beats(office, policy, "2013-06-25 12:00", "2013-06-26 09:00") == 2
    office.act(calendar_days.set_days, office.id, {date(2013, 6, 26): False}, office.tang.person_id, NOON.now)
    assert beats(office, policy, "2013-06-27 09:00", "2013-06-27 10:00") == 2


def test_the_agenda_shows_when_it_comes(office: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.scheduler.book.rules_of", lambda _db, _district: shifting("previous_workday"))
    line = office.act(agenda.firing_line, office.tang, number("report-reminder", "2013-05-26"))
    assert (line.named_day, line.fire_at) == (date(2013, 5, 26), moment("2013-05-24 09:00").now)
    assert not line.is_moved
