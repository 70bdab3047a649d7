"""What follows from the days that the office entered: what is owed, reminded of, warned about and counted, and when."""

from __future__ import annotations

import re
from datetime import date, timedelta
from hashlib import sha256

import pytest
from clock_hand import RULES
from district import NOON, District, moment
from inviting_office import letters
from notice_office import OF_2027, enters
from test_actions_filing import asks, says
from test_actions_suggesting import file as filed_before

from core.actions import deciding, filing, reminding, rounds, todo
from core.actions.components import Ledgers, ledgers_of
from core.actions.door import Moment
from core.actions.filing_desk import rules_of
from core.actions.firing import Firing
from core.calendar import Duty, shifts_of
from core.duties import DutyState
from core.periods import Period
from core.policy import Policy
from core.rubric_files import recall_policy
from core.snapshots import Question
from core.store import calendar_days, units
from core.workdays import DayKind

SEPTEMBER = Period.parse("2026-09")
EVE = moment("2026-09-25 12:00")


@pytest.fixture
def moving_office(office: District) -> District:
    """A district whose policy moves reports and workdays from days off to the next working day."""
    text = RULES["township"].policy_text
    for kind in ("remind_report", "remind_workday"):
        text = re.sub(rf"(kind: {kind}\n(?:.*\n){{2}}    shift: )none", r"\1next_workday", text)
    policy = recall_policy(text, sha256(text.encode()).hexdigest())
    assert len(shifts_of(policy)) == 2
    office.act(rounds.take_policy, office.id, policy, text)
    return office


def in_force(office: District) -> Policy:
    """The policy that the district follows."""
    return office.act(rules_of, office.id)


def fires(office: District, kind: str, day: date, at: Moment) -> list[dict[str, object]]:
    """The letters that a firing on the day that the schedule names brings."""
    policy, before = in_force(office), len(letters(office))
    schedule = next(each for each in policy.schedules if each.kind == kind)
    firing = Firing(schedule.id, day, at.now)
    office.act(lambda db: reminding.remind(db, units.district(db, office.id), policy, schedule, firing, at))
    return letters(office)[before:]


def owed(office: District, at: Moment) -> list[tuple[str, date, bool]]:
    """What an officer owes: names and days, and where nobody knows."""
    return [(each.key, each.due.day, each.due.unsure) for each in office.act(todo.todo, office.liu, at).duties]


def test_without_shifts_the_days_are_not_even_asked_for(office: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_days, "overrides", None)
    sheet_id = office.hand_out()
    filed_before(office, "仙庾镇", Duty.WORKDAY, "2013-06-08", "2013-06-08 18:00")
    assert office.sees(sheet_id).sheet.suggestions


def test_an_officer_owes_and_files_by_the_new_day(moving_office: District) -> None:
    office = moving_office
    assert ("2026-09", date(2026, 9, 28), False) in owed(office, EVE)
    asked = office.act(filing.ask_report, office.liu, office.units["仙庾镇"], SEPTEMBER, EVE)
    assert asked.due.shifted_from == date(2026, 9, 26)
    (line, *_) = office.act(deciding.board, office.tang, SEPTEMBER, EVE).lines
    assert [each.state for each in line.entries[Duty.MONTHLY_REPORT]] == [DutyState.SHIFTED]
    sunday = moment("2026-09-27 10:00")
    receipt = says(office, asks(office, "report", sunday), "小结", sunday)
    assert (receipt.filing.is_late, receipt.filing.due.day) == (False, date(2026, 9, 28))
    late = moment("2026-09-29 10:00")
    chen, unit = office.people["chen"], office.units["月塘街道"]
    other = Question(office.act(filing.ask_report, chen, unit, SEPTEMBER, late).prompt_id, "report", f"{unit}:2026-09")
    assert office.act(filing.take_words, chen, other, "小结", late.now, late).filing.is_late
    month = office.act(deciding.unit_month, office.tang, unit, SEPTEMBER, late)
    assert [each.state for each in month.line.entries[Duty.MONTHLY_REPORT]] == [DutyState.LATE]


def test_a_moved_workday_is_logged_on_its_new_day(moving_office: District) -> None:
    office = moving_office
    # 8 and 9 August 2026 are a weekend.
    assert [key for key, _, _ in owed(office, moment("2026-08-09 10:00"))][1:3] == ["2026-08-08", "2026-08-09"]
    monday = moment("2026-08-10 10:00")
    found = office.act(filing.open_workdays, office.liu, monday)[:2]
    assert [(each.day.day, each.due.day.day) for each in found] == [(9, 10), (8, 10)]
    assert not says(office, asks(office, "workday", monday), "12 8 5", monday).filing.is_late
    # The reminder of the 8th is about the 8th, whenever the clock rings for it.
    (reminder, *_) = fires(office, "remind_workday", date(2026, 8, 8), monday)
    assert (reminder["key"], reminder["day"]) == ("2026-08-08", DayKind.WORKDAY)


def test_reminders_and_digests_follow(moving_office: District) -> None:
    office = moving_office
    monday = moment("2026-09-28 09:00")
    (reminder, *_) = fires(office, "remind_report", date(2026, 9, 26), monday)
    assert (reminder["key"], reminder["ends_at"]) == ("2026-09", moment("2026-09-29 00:00").now.isoformat())
    unit = office.units["仙庾镇"]
    still = office.act(todo.still_owed, office.id, unit, Duty.MONTHLY_REPORT, "2026-09", monday)
    assert still is not None
    assert still.due.shifted_from == date(2026, 9, 26)
    # 26 and 27 are off: nothing is due on them; on Monday it is.
    assert fires(office, "send_digest", date(2026, 9, 26), moment("2026-09-26 08:30")) == []
    assert fires(office, "send_digest", date(2026, 9, 28), moment("2026-09-28 08:30"))


def test_what_is_moved_into_the_next_month_is_in_its_digest(moving_office: District) -> None:
    office = moving_office
    # A long holiday from 26 January 2013 on, as the office entered it.
    off = {date(2013, 1, 26) + timedelta(days=number): False for number in range(7)}
    office.act(calendar_days.set_days, office.id, off, office.tang.person_id, NOON.now)
    assert fires(office, "send_digest", date(2013, 2, 2), moment("2013-02-02 08:30")) == []
    assert fires(office, "send_digest", date(2013, 2, 4), moment("2013-02-04 08:30"))


def test_an_unknown_year_moves_nothing_until_its_notice_is_entered(moving_office: District) -> None:
    office = moving_office
    june = moment("2027-06-20 10:00")
    assert ("2027-06", date(2027, 6, 26), True) in owed(office, june)
    (reminder, *_) = fires(office, "remind_report", date(2027, 6, 26), moment("2027-06-26 09:00"))
    assert reminder["day"] == DayKind.UNKNOWN
    assert enters(office, OF_2027)
    assert ("2027-06", date(2027, 6, 28), False) in owed(office, june)
    (reminder, *_) = fires(office, "remind_report", date(2027, 7, 26), moment("2027-07-26 09:00"))
    assert reminder["day"] == DayKind.WORKDAY


def test_the_office_is_warned_until_the_notice_is_entered(office: District) -> None:
    first = fires(office, "warn_holidays", date(2026, 11, 1), moment("2026-11-01 09:00"))
    assert [(each["name"], each["year"]) for each in first] == [("holidays_unknown", 2027)]
    assert enters(office, OF_2027)
    assert fires(office, "warn_holidays", date(2026, 11, 15), moment("2026-11-15 09:00")) == []


def test_the_remark_on_a_day_off_is_by_the_offices_days(office: District) -> None:
    assert enters(office, "2013年补充安排：6月26日放假1天。")
    (reminder, *_) = fires(office, "remind_report", date(2013, 6, 26), moment("2013-06-26 09:00"))
    assert reminder["day"] == DayKind.DAY_OFF


def test_a_ranking_pins_what_was_moved(moving_office: District) -> None:
    office = moving_office
    filed_before(office, "仙庾镇", Duty.MONTHLY_REPORT, "2026-09", "2026-09-28 10:00")

    def count(policy: Policy) -> Ledgers:
        at = moment("2026-10-01 09:00").now
        return office.act(ledgers_of, office.id, [office.units["仙庾镇"]], SEPTEMBER, policy, at)

    moved = count(in_force(office))
    assert moved.moved == {"2026-09": date(2026, 9, 28)}
    assert moved.tallies[office.units["仙庾镇"]]["monthly_report"].on_time == 1
    unmoved = count(RULES["township"].policy)
    assert unmoved.moved == {}
    assert unmoved.tallies[office.units["仙庾镇"]]["monthly_report"].late == 1
