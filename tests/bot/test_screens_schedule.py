"""/schedule on a phone: days with what is special about them, a key for everything that can be done, what came."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES

from bot.buttons import LONGEST, pack, unpack
from bot.buttons.schedule import (
    AskFireNow,
    AskMoveFiring,
    AskSkipFiring,
    ListFired,
    PrintCalendar,
    RestoreFiring,
    ShowFiring,
    ShowSchedule,
)
from bot.sandbox.markup import parse_html
from bot.screens.schedule import agenda_screen, change_prompt, changed_screen, firing_screen, last_screen, name_of
from bot.screens.schedule_papers import calendar_paper
from bot.screens.screen import Screen
from core.export.calendar_file import write_calendar
from core.filing import LONGEST_REASON
from core.policy_schedules import DutyKind, RoundKind
from core.schedule_views import (
    QUESTIONS,
    Agenda,
    AskedChange,
    Fired,
    FiringLine,
    FiringNumber,
    LastFired,
    Plan,
    Subject,
    YearPlan,
    schedule_number,
)
from core.workdays import DayKind

NOW = datetime(2013, 6, 24, 4, tzinfo=UTC)
NINE = datetime(2013, 6, 26, 1, tzinfo=UTC)
REASON = (HOSTILE * 100)[:LONGEST_REASON]
KINDS = (*get_args(DutyKind), *get_args(RoundKind), "nudge")


def line(
    plan: Plan = Plan.PLANNED,
    *,
    kind: str = "remind_report",
    fire_at: datetime = NINE,
    planned_at: datetime | None = None,
    skipped: bool = False,
    reason: str = REASON,
    day_kind: DayKind = DayKind.WORKDAY,
) -> FiringLine:
    """One firing; a moved one was planned for `planned_at`."""
    changed = skipped or planned_at is not None
    is_of_round = kind in get_args(RoundKind) or kind == "nudge"
    return FiringLine(
        number=FiringNumber(schedule_number("report-reminder"), date(2013, 6, 26).toordinal(), 2**31),
        schedule="report-reminder",
        key="2013-06-26",
        subject=Subject(kind, "2013-Q2", ("department",)) if is_of_round else Subject(kind),
        named_day=date(2013, 6, 26),
        planned_at=planned_at or fire_at,
        fire_at=fire_at,
        day_kind=day_kind,
        plan=plan,
        catch_up="latest",
        within_hours=12,
        is_skipped=skipped,
        reason=reason if changed else None,
        changed_by=HOSTILE if changed else None,
    )


def moved(planned_at: datetime = NINE) -> FiringLine:
    """Moved by the office by a day."""
    return line(Plan.MOVED, fire_at=NINE + timedelta(days=1), planned_at=planned_at)


def skipped(plan: Plan = Plan.SKIPPED) -> FiringLine:
    """Skipped by the office."""
    return line(plan, skipped=True)


def deeds(screen: Screen) -> list[type]:
    """What its keys do."""
    return [type(key.deed) for row in screen.rows for key in row]


def fits(screen: Screen) -> str:
    """Telegram takes it; its text as it is read."""
    text, _ = parse_html(screen.text)
    assert 0 < len(text) <= 4096
    assert "\n\n\n" not in text
    assert len(screen.rows) <= 12
    for key in (key for row in screen.rows for key in row):
        assert key.label.strip()
        assert len(pack(key.deed).encode()) <= LONGEST
        assert unpack(pack(key.deed)) == key.deed
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_firing_has_its_words(language: str, kind: str) -> None:
    for plan in Plan:
        assert fits(firing_screen(PHRASES, language, line(plan, kind=kind), NOW))
    assert name_of(PHRASES, language, Subject(kind, "2013-06", ("township", "department"))).strip()
    assert name_of(PHRASES, language, Subject(kind, "2013-06")).strip()


def test_a_round_of_one_kind_of_unit_says_which() -> None:
    assert name_of(PHRASES, "zh", Subject("open_round", "2013-07", ("township",))) == "开始2013年7月考评（乡镇街道）"
    both = Subject("open_round", "2013-Q2", ("township", "department"))
    assert name_of(PHRASES, "zh", both) == "开始2013年第二季度考评"
    assert name_of(PHRASES, "en", Subject("nudge", "2013-Q2", ("department",))).endswith(
        "(departments) ends soon, reminder"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_to_come_page_and_fit(language: str) -> None:
    lines = tuple(line(fire_at=NINE + timedelta(days=number), day_kind=DayKind.DAY_OFF) for number in range(18))
    worst = tuple(line(Plan.MOVED, fire_at=NINE + timedelta(days=number), planned_at=NINE) for number in range(8))
    fits(agenda_screen(PHRASES, language, Agenda(worst, (time(8, 30),)), 0, 2013))
    pages = [agenda_screen(PHRASES, language, Agenda(lines, (time(8, 30),)), page, 2013) for page in range(4)]
    assert [deeds(page).count(ShowFiring) for page in pages] == [8, 8, 2, 2]
    for page in pages:
        fits(page)
    assert [deeds(page).count(ShowSchedule) for page in pages] == [1, 2, 1, 1]
    assert {ListFired, PrintCalendar} <= set(deeds(pages[0]))


def test_a_day_is_named_once_with_what_is_special_about_it() -> None:
    lines = (
        line(),
        line(kind="chase_report", fire_at=NINE + timedelta(hours=7)),
        line(
            Plan.OF_ROUND, kind="close_round", fire_at=datetime(2013, 6, 30, 16, tzinfo=UTC), day_kind=DayKind.DAY_OFF
        ),
        line(kind="compute_ranking", fire_at=datetime(2013, 7, 1, 1, tzinfo=UTC), day_kind=DayKind.UNKNOWN),
    )
    text = parse_html(agenda_screen(PHRASES, "zh", Agenda(lines, (time(8, 30),)), 0, 2013).text)[0]
    assert text.count("6月26日 星期三\n") == 1
    assert "09:00 月报表提醒\n16:00 月报表催办" in text
    assert "6月30日 星期日 ⚠ 休息日\n24:00 2013年第二季度考评截止（部门）" in text
    assert "7月1日 星期一 ⚠ 节假日未公布" in text
    assert "09:00 2013年第二季度综合排名" in text
    assert "每天08:30给当天有事要办的人发提要" in text
    empty = agenda_screen(PHRASES, "zh", Agenda((), ()), 0, 2013)
    assert "没有要执行的事项" in empty.text
    assert "提要" not in empty.text


def test_what_was_changed_says_so_with_its_reason() -> None:
    lines = (
        line(Plan.SKIPPED, skipped=True, reason="系统检修"),
        line(Plan.MOVED, fire_at=NINE + timedelta(days=1), planned_at=NINE, reason="开会"),
    )
    screen = agenda_screen(PHRASES, "zh", Agenda(lines, ()), 0, 2013)
    assert "09:00 月报表提醒 · 已跳过：系统检修" in screen.text
    assert "09:00 月报表提醒 · 原定6月26日 09:00：开会" in screen.text
    assert [row[0].label for row in screen.rows[:2]] == ["✗ 6月26日 09:00 月报表提醒", "↷ 6月27日 09:00 月报表提醒"]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (line(), [AskSkipFiring, AskMoveFiring, AskFireNow]),
        (moved(), [AskSkipFiring, AskMoveFiring, AskFireNow, RestoreFiring]),
        # Its own time has gone by: it cannot go back there.
        (moved(NOW), [AskSkipFiring, AskMoveFiring, AskFireNow]),
        (skipped(), [AskMoveFiring, AskFireNow, RestoreFiring]),
        (line(Plan.OF_ROUND, kind="close_round"), []),
        (skipped(Plan.OVER), []),
        (line(Plan.OVER), []),
    ],
)
def test_there_is_a_key_for_what_can_be_done_and_for_nothing_else(shown: FiringLine, expected: list[type]) -> None:
    for language in LANGUAGES:
        screen = firing_screen(PHRASES, language, shown, NOW)
        fits(screen)
        assert deeds(screen) == [*expected, ShowSchedule]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_question_and_the_answer_name_what_it_is_about(language: str, kind: str) -> None:
    prompt = change_prompt(PHRASES, language, AskedChange(1, kind, line()))
    assert name_of(PHRASES, language, Subject("remind_report")) in prompt
    assert len(fits(changed_screen(PHRASES, language, kind, moved(), NOW))) > len(
        fits(firing_screen(PHRASES, language, moved(), NOW))
    )


def test_the_example_of_a_new_time_is_one_that_can_be_sent() -> None:
    assert "6月27日 10:00 系统检修" in change_prompt(PHRASES, "zh", AskedChange(1, "move_occurrence", line()))
    assert "2013-06-27 10:00 maintenance" in change_prompt(PHRASES, "en", AskedChange(1, "move_occurrence", line()))


def fired(
    outcome: str = "done", messages: dict[str, int] | None = None, *, moved: bool = False, reason: str | None = None
) -> Fired:
    """Something that came at nine."""
    return Fired("report-reminder", Subject("remind_report"), NINE, outcome, messages or {}, moved, reason)


def test_what_came_tells_what_became_of_it() -> None:
    found = LastFired(
        (
            fired(messages={"unknown": 1, "sent": 12, "failed": 1}),
            fired("missed"),
            fired("skipped", reason="系统检修"),
            fired(),
            fired(messages={"pending": 2, "sending": 1}, moved=True, reason="开会"),
            Fired("older-reminder", None, NINE, "done", {}, False, None),
        ),
        fired(messages={"sent": 5}),
    )
    text = last_screen(PHRASES, "zh", found).text
    assert "月报表提醒：已送达 12 · 失败 1 · 不明 1\n" in text
    assert "月报表提醒：错过，没有补发\n" in text
    assert "月报表提醒：已跳过（系统检修）\n" in text
    assert "月报表提醒：已执行，没有要通知的人\n" in text
    assert "月报表提醒：待发 2 · 发送中 1（时间有改动：开会）\n" in text
    assert "older-reminder：" in text
    assert "最近一次每日提要 2013年6月26日 09:00：已送达 5" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_what_came_fits(language: str) -> None:
    states = dict.fromkeys(("sent", "pending", "sending", "failed", "unknown"), 999)
    full = (fired(messages=states, moved=True, reason=REASON),) * 10
    for digest in (None, fired(), fired("skipped"), fired("missed"), fired(messages=states)):
        fits(last_screen(PHRASES, language, LastFired(full, digest)))
    fits(last_screen(PHRASES, language, LastFired((), None)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_as_a_calendar(language: str) -> None:
    lines = (
        line(),
        moved(),
        skipped(),
        skipped(Plan.OVER),
    )
    paper = calendar_paper(PHRASES, language, YearPlan(1, "荷塘区", 2013, lines, NOW))
    assert [each.status for each in paper.events] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CANCELLED"]
    assert paper.events[1].starts_at == NINE + timedelta(days=1)
    assert HOSTILE in paper.events[1].description
    assert {each.uid for each in paper.events} == {"report-reminder-2013-06-26-1@hongqi"}
    assert write_calendar(paper).startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("language", "earlier", "later"), [("zh", "提前：", "改期："), ("en", "brought forward by", "moved by")]
)
def test_what_came_before_its_time_was_brought_forward(language: str, earlier: str, later: str) -> None:
    forward = line(Plan.OVER, fire_at=NINE, planned_at=NINE + timedelta(days=1))
    back = line(Plan.OVER, fire_at=NINE + timedelta(days=1), planned_at=NINE)
    for moved_line, said, unsaid in ((forward, earlier, later), (back, later, earlier)):
        year = YearPlan(1, "荷塘区", 2013, (moved_line,), NOW)
        paper = calendar_paper(PHRASES, language, year).events[0].description
        for text in (firing_screen(PHRASES, language, moved_line, NOW).text, paper):
            assert said in text
            assert unsaid not in text
