"""Home (待办): what is owed and by when, in the order of time, each with its key; and what waits for the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from snapshot_samples import LANGUAGES, PHRASES, actor, owing, sheet_line

from bot.buttons.duties import FileBriefing, FileReport
from bot.buttons.finals import Explain, ShowHeld
from bot.buttons.sheets import ShowItem, ShowSheets
from bot.period_numbers import period_number
from bot.sandbox.markup import parse_html
from bot.screens.home import home_screen
from bot.screens.screen import Screen
from core.calendar import Due, Duty
from core.explanations import OwedExplanation
from core.filing_views import OwedDuty
from core.people import Role
from core.periods import Period
from core.rubric import UnitKind
from core.sheet import SheetState


def read(screen: Screen) -> str:
    return parse_html(screen.text)[0]


def labels(screen: Screen) -> list[str]:
    return [key.label for row in screen.rows for key in row]


def test_home_shows_what_is_owed_and_only_that() -> None:
    lines = [*(sheet_line(number) for number in range(1, 11)), sheet_line(11, state=SheetState.SUBMITTED)]
    screen = home_screen(PHRASES, "zh", actor(), owing(lines))
    assert labels(screen) == [*(f"单位{number} 3/23" for number in range(1, 9)), "我的评分表"]
    assert "另有2份评分表待完成" in read(screen)
    assert "单位11" not in read(screen)
    assert "2 more sheets to finish" in read(home_screen(PHRASES, "en", actor(), owing(lines)))


def test_home_says_that_nothing_is_owed() -> None:
    assert home_screen(PHRASES, "zh", actor(), owing([])) == Screen(
        "李明，您好。\n目前没有待办事项。\n可用的命令见 /help"
    )
    done = home_screen(PHRASES, "en", actor(), owing([sheet_line(1, state=SheetState.SUBMITTED)]))
    assert "You owe nothing at the moment." in done.text
    assert labels(done) == ["My sheets"]


def test_home_lists_everything_by_the_time_it_is_due_with_the_keys_in_that_order() -> None:
    def at(month: int, day: int) -> datetime:
        return datetime(2013, month, day, 16, tzinfo=UTC)

    report = Due(Duty.MONTHLY_REPORT, "2013-07", date(2013, 7, 26), at(7, 26))
    briefing = Due(Duty.BRIEFING, "2013-W26", date(2013, 6, 29), at(6, 29))
    quarter = Period.parse("2013-Q2")
    late = OwedExplanation(1, "金山街道", quarter, 2, date(2013, 6, 16), at(6, 16), is_over=True)
    unknown = OwedExplanation(1, "桂花街道", quarter, 2, None, None, is_over=False)
    duties = [OwedDuty(1, "仙庾镇", due, is_over=False) for due in (briefing, report)]
    todo = replace(owing([sheet_line(1)], duties), explanations=(unknown, late))
    screen = home_screen(PHRASES, "zh", actor(role=Role.OFFICER), todo)
    assert read(screen).splitlines()[2:7] == [
        "金山街道 · 2013年第二季度说明情况（连续2次排名最后）· 2013年6月16日 24:00截止，已过期",
        "仙庾镇 · 2013年第26周信息 · 2013年6月29日 24:00截止",
        "单位1 · 2013年6月评分 3/23 · 2013年6月30日 24:00截止",
        "仙庾镇 · 2013年7月月报表 · 2013年7月26日 24:00截止",
        "桂花街道 · 2013年第二季度说明情况（连续2次排名最后）· 截止日期待节假日安排录入后确定",
    ]
    assert [type(row[0].deed) for row in screen.rows] == [
        Explain,
        FileBriefing,
        ShowItem,
        FileReport,
        Explain,
        ShowSheets,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_tells_the_office_what_waits_for_it(language: str) -> None:
    quarter = Period.parse("2013-Q1")
    held: tuple[tuple[Period, UnitKind], ...] = ((quarter, "township"), (quarter, "department"))
    todo = replace(owing([], pending=2), objections=1, held=held)
    screen = home_screen(PHRASES, language, actor(role=Role.ADMIN), todo)
    number = period_number(quarter)
    assert [row[0].deed for row in screen.rows[:2]] == [ShowHeld(number, 0), ShowHeld(number, 1)]
    if language == "zh":
        assert read(screen).splitlines()[1:6] == [
            "待办",
            "2013年第一季度乡镇街道排名评分不全，没有公布，等您决定",
            "2013年第一季度部门排名评分不全，没有公布，等您决定",
            "待答复的异议1件",
            "待审定的信息2条",
        ]
    for one in (replace(todo, held=()), owing([], pending=1), replace(owing([]), objections=1)):
        assert "目前没有" not in home_screen(PHRASES, "zh", actor(role=Role.ADMIN), one).text


def test_who_scores_departments_is_told_how_confidential_that_is() -> None:
    line = sheet_line(1)
    assert "保密，但不匿名" not in home_screen(PHRASES, "zh", actor(), owing([line])).text
    department = type(line)(**{name: getattr(line, name) for name in line.__slots__} | {"unit_kind": "department"})
    assert "保密，但不匿名" in home_screen(PHRASES, "zh", actor(), owing([department])).text
