"""What may be filed when, and what a text says."""

from __future__ import annotations

from datetime import date

import pytest
from district import SHANGHAI, shipped_rules
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Duty, DutyCalendar, due_of
from core.errors import NoSuchDutyDay, TextMissing, TextTooLong, WorkdayUnreadable
from core.filing import (
    ALIKE_PERCENT,
    LONGEST_TEXT,
    LONGEST_TITLE,
    BriefingText,
    WorkdayText,
    briefing_key,
    check_report,
    check_workday,
    likeness,
    meant_report,
    meant_workday,
    read_briefing,
    read_workday,
    report_months,
    workdays_open,
)
from core.filing_views import OpenDue

RULES = shipped_rules().policy.duties
CALENDAR = DutyCalendar(RULES, SHANGHAI)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2013, 6, 26), ["2013-06", "2013-05"]),
        (date(2013, 6, 13), ["2013-06", "2013-05"]),
        (date(2013, 7, 1), ["2013-06", "2013-07"]),
        (date(2014, 1, 3), ["2013-12", "2014-01"]),
    ],
)
def test_the_month_that_is_meant_comes_first(today: date, months: list[str]) -> None:
    assert [str(month) for month in report_months(today, RULES)] == months


def test_a_report_due_on_the_last_day_of_the_month() -> None:
    last = RULES.model_copy(update={"monthly_report": RULES.monthly_report.model_copy(update={"due_day": "last"})})
    assert [str(month) for month in report_months(date(2013, 2, 13), last)] == ["2013-01", "2013-02"]


def test_only_these_months_can_be_reported() -> None:
    months = report_months(date(2013, 6, 26), RULES)
    assert check_report(months[1], months) == "2013-05"
    with pytest.raises(NoSuchDutyDay):
        check_report(months[1].previous(), months)


def test_workdays_of_the_last_month_can_be_logged_and_no_others() -> None:
    today = date(2013, 7, 8)
    assert [due.day for due in workdays_open(today, CALENDAR)] == [today, date(2013, 6, 9), date(2013, 6, 8)]
    assert check_workday(date(2013, 6, 9), today, CALENDAR).key == "2013-06-09"
    for day in (date(2013, 7, 9), date(2013, 6, 10), date(2013, 5, 9)):
        with pytest.raises(NoSuchDutyDay):
            check_workday(day, today, CALENDAR)


def open_dues(duty: Duty, *keys: str, filed: str = "", unit: int = 1) -> list[OpenDue]:
    """What a unit can file now; of it `filed` is filed."""
    return [OpenDue(unit, f"单位{unit}", due_of(duty, key, CALENDAR), key == filed) for key in keys]


def test_a_report_is_plainly_meant_while_the_month_before_is_not() -> None:
    def meant(today: date, *keys: str, filed: str = "") -> str | None:
        found = meant_report(open_dues(Duty.MONTHLY_REPORT, *keys, filed=filed), today)
        return None if found is None else found.key

    in_time = date(2013, 6, 26)
    assert meant(in_time, "2013-06", "2013-05") == "2013-06"
    # What is filed may be to be corrected; and early in a month the last one is owed as well as this one.
    for filed in ("2013-05", "2013-06"):
        assert meant(in_time, "2013-06", "2013-05", filed=filed) is None
    assert meant(date(2013, 7, 2), "2013-06", "2013-07") is None
    two_units = [each for unit in (1, 2) for each in open_dues(Duty.MONTHLY_REPORT, "2013-06", "2013-05", unit=unit)]
    assert meant_report(two_units, in_time) is None


def test_a_workday_is_plainly_meant_while_none_is_logged_that_might_be_corrected() -> None:
    def meant(today: date, *keys: str, filed: str = "") -> str | None:
        found = meant_workday(open_dues(Duty.WORKDAY, *keys, filed=filed), today)
        return None if found is None else found.key

    ninth, later = date(2013, 7, 9), date(2013, 7, 24)
    assert meant(ninth, "2013-07-09", "2013-07-08") == "2013-07-09"
    assert meant(later, "2013-07-08") == "2013-07-08"
    assert meant(later, "2013-07-09", "2013-07-08") is None
    assert meant(ninth) is None
    for today in (ninth, later):
        assert meant(today, "2013-07-09", "2013-07-08", filed="2013-07-08") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 8 5 调解邻里纠纷", WorkdayText(12, 8, 5, "调解邻里纠纷")),
        ("１２，８，５", WorkdayText(12, 8, 5, None)),
        (" 0/0/0 ", WorkdayText(0, 0, 0, None)),
        ("3、2、2：第一行\n第二行", WorkdayText(3, 2, 2, "第一行\n第二行")),
    ],
)
def test_a_workday_as_people_type_it(text: str, expected: WorkdayText) -> None:
    assert read_workday(text) == expected


@pytest.mark.parametrize("text", ["", "12 8", "十二 8 5", "12 8 9", "1234567 1 1", "12 8 5调解"])
def test_what_is_no_workday(text: str) -> None:
    with pytest.raises(WorkdayUnreadable):
        read_workday(text)


def test_a_briefing_has_a_title_a_text_and_perhaps_a_link() -> None:
    read = read_briefing(" 社区调解室启用 \n详见 https://example.org/a?b=1，欢迎查看。")
    assert read == BriefingText(
        "社区调解室启用", "详见 https://example.org/a?b=1，欢迎查看。", "https://example.org/a?b=1"
    )
    assert read_briefing("只有标题") == BriefingText("只有标题", None, None)
    assert briefing_key(date(2013, 6, 28)) == "2013-W26"
    with pytest.raises(TextMissing):
        read_briefing("  \n ")
    with pytest.raises(TextTooLong):
        read_briefing("长" * (LONGEST_TITLE + 1))
    with pytest.raises(TextTooLong):
        read_workday("1 1 1 " + "长" * (LONGEST_TEXT + 1))


def test_the_same_text_in_other_clothes_is_alike() -> None:
    text = "仙庾镇启用社区调解室，当天调解邻里纠纷三起。"
    assert likeness(text, "仙庾镇启用社区调解室,当天调解邻里纠纷 三起") == 100
    assert likeness(text, text.replace("三起", "四起")) >= ALIKE_PERCENT
    assert likeness(text, "月塘街道组织志愿者清理河道，清运垃圾两吨。") == 0
    assert likeness("", text) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_is_as_alike_to_itself_as_can_be(one: str, other: str) -> None:
    assert likeness(one, one) == 100
    assert 0 <= likeness(one, other) <= 100
