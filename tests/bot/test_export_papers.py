"""What /export offers, and the workbooks of rounds and of the ledger; the chart of a year's ranks."""

from __future__ import annotations

import dataclasses
import struct
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES, TOWNSHIP, actor

from bot.buttons.exports import ListExports, PrintLedger, PrintRanking, PrintRound
from bot.period_numbers import period_number
from bot.screens.export_papers import LedgerPaper, SheetsPaper
from bot.screens.exports import exports_screen, ledgers_screen, rankings_screen, rounds_screen
from bot.screens.trend_papers import trend_chart, trend_file
from core.calendar import Due, Duty
from core.duties import DutyState, LedgerEntry
from core.export.table_workbook import write_tables
from core.export.trend_chart import MOST_LINES, draw_trend
from core.export_views import LedgerTable, LedgerUnit, RankingLine, RoundLine, RoundSheets, SheetRow
from core.people import Role
from core.periods import Period, PeriodKind
from core.sheet import Mark
from core.trends import Trend, TrendLine, TrendPoint

NOON = datetime(2013, 6, 30, 4, tzinfo=UTC)
MONTHS = Period.parse("2013").parts(PeriodKind.MONTH)


def labels(screen_rows: tuple[tuple[object, ...], ...]) -> list[str]:
    return [key.label for keys in screen_rows for key in keys]  # type: ignore[attr-defined]  # keys have labels


def test_the_roster_is_offered_to_the_office_alone() -> None:
    office = exports_screen(PHRASES, "zh", actor(role=Role.ADMIN))
    assert labels(office.rows) == ["综合排名", "考评评分", "台账", "名册", "名册（含邀请链接）"]
    viewer = exports_screen(PHRASES, "zh", actor(role=Role.VIEWER))
    assert labels(viewer.rows) == ["综合排名", "考评评分", "台账"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_paged_and_lead_back(language: str) -> None:
    rankings = [RankingLine(number, "2013-06", "department", 1, "final") for number in range(20)]
    screen = rankings_screen(PHRASES, language, rankings, 1)
    assert [key.deed for key in screen.rows[0]] == [PrintRanking(8, form) for form in range(3)]
    assert [key.deed for key in screen.rows[-2]] == [ListExports(0, 0), ListExports(0, 2)]
    assert screen.rows[-1][0].deed == ListExports(3, 0)
    rounds = rounds_screen(PHRASES, language, [RoundLine(7, "2013-Q2", "township", 8, 6)], 0)
    assert (rounds.rows[0][0].deed, "6/8" in rounds.rows[0][0].label) == (PrintRound(7), True)
    ledgers = ledgers_screen(PHRASES, language, [Period.parse("2013-06")], 0)
    assert ledgers.rows[0][0].deed == PrintLedger(period_number(Period.parse("2013-06")))


def test_empty_lists_say_so() -> None:
    assert rankings_screen(PHRASES, "zh", [], 0).text == "还没有综合排名。"
    assert rounds_screen(PHRASES, "zh", [], 0).text == "还没有考评。"
    assert ledgers_screen(PHRASES, "zh", [], 0).text == "还没有台账。"


MARKS = {
    1: Mark(1, 200),
    4: Mark(4, 100, reason="=1+1"),
    5: Mark(5, None, not_applicable=True, reason="没有这项工作"),
}
SHEETS = RoundSheets(
    district="荷塘区",
    period="2013-Q2",
    unit_kind="township",
    rubric=TOWNSHIP,
    focus=None,
    rows=(
        SheetRow(HOSTILE, "周建国", "submitted", NOON, MARKS, Fraction(9850)),
        SheetRow("月塘街道", None, "open", None, {}, None),
    ),
    root="ab" * 32,
)


def test_the_sheets_of_a_round() -> None:
    paper = SheetsPaper(PHRASES, "zh", SHEETS)
    assert paper.file() == "2013年第二季度乡镇考评评分.xlsx"
    book = load_workbook(BytesIO(write_tables(paper.workbook())))
    marks, reasons = book["评分"], book["扣分理由"]
    assert [cell.value for cell in marks[3]][:7] == ["单位", "评分人", "状态", "提交时间", "总分", "第1条", "第2条"]
    assert len(marks[3]) == 5 + len(TOWNSHIP.items)
    assert [cell.value for cell in marks[4]][:6] == [HOSTILE, "周建国", "已提交", "2013年6月30日 12:00", 98.5, 2]
    assert (marks["I4"].value, marks["J4"].value) == (1, "不适用")
    assert [cell.value for cell in marks[5]][:6] == ["月塘街道", "考核组成员", "未提交", None, None, None]
    lost = [[cell.value for cell in line] for line in reasons.iter_rows(min_row=4)]
    assert [(line[2], line[5], line[6], line[7]) for line in lost] == [
        (4, 1, float(Decimal(TOWNSHIP.items[3].max_points - 100) / 100), "=1+1"),
        (5, "不适用", None, "没有这项工作"),
    ]
    assert reasons["H4"].data_type == "s"


def test_only_the_items_in_focus_are_listed() -> None:
    page = SheetsPaper(PHRASES, "en", dataclasses.replace(SHEETS, focus=frozenset({4, 9}))).workbook().pages[0]
    assert [column.heading for column in page.columns][5:] == ["Item 4", "Item 9"]
    assert "4, 9" in page.facts


def entry(duty: Duty, key: str, state: DutyState, filed: datetime | None = None, why: str | None = None) -> LedgerEntry:
    return LedgerEntry(Due(duty, key, NOON.date(), datetime(2013, 6, 26, 16, tzinfo=UTC)), state, filed, why)


def test_the_ledger_counts_and_lists() -> None:
    entries = {
        Duty.MONTHLY_REPORT: (entry(Duty.MONTHLY_REPORT, "2013-06", DutyState.LATE, NOON),),
        Duty.BRIEFING: (entry(Duty.BRIEFING, "2013-W26", DutyState.MISSING),),
        Duty.WORKDAY: (entry(Duty.WORKDAY, "2013-06-08", DutyState.EXCUSED, None, "防汛"),),
    }
    table = LedgerTable("荷塘区", Period.parse("2013-06"), (LedgerUnit("仙庾镇", entries),), "cd" * 32)
    paper = LedgerPaper(PHRASES, "zh", table)
    assert paper.file() == "2013年6月台账.xlsx"
    summary, detail = paper.workbook().pages
    assert summary.rows == (("仙庾镇", 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1),)
    assert [column.heading for column in summary.columns][1:3] == ["月报表按时", "月报表迟报"]
    assert detail.rows == (
        ("仙庾镇", "月报表", "2013年6月", "2013年6月26日 24:00", "迟报", "2013年6月30日 12:00", None),
        ("仙庾镇", "信息", "2013年第26周", "2013年6月26日 24:00", "未报", None, None),
        ("仙庾镇", "工作日", "2013年6月8日", "2013年6月26日 24:00", "免报", None, "防汛"),
    )


def lines(count: int, *, hollow: bool = False, ranks: tuple[int | None, ...] = (1, None, 3)) -> tuple[TrendLine, ...]:
    points = tuple(None if rank is None else TrendPoint(rank, False, not hollow) for rank in ranks)
    return tuple(TrendLine(number, f"{HOSTILE}{number}", points + (None,) * 9) for number in range(1, count + 1))


def year(shown: tuple[TrendLine, ...]) -> Trend:
    return Trend("township", MONTHS, shown, (8, None, 8, *[None] * 9))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 12, 40])
def test_a_chart_of_any_number_of_units_is_drawn(language: str, count: int) -> None:
    chart = trend_chart(PHRASES, language, year(lines(count, hollow=True)))
    assert len(chart.lines) == min(count, MOST_LINES)
    assert chart.lowest == (8 if count == 1 else 3)
    assert len(chart.notes) == (3 if count > MOST_LINES else 2)
    png = draw_trend(chart)
    assert struct.unpack(">II", png[16:24]) == (1440, 1080)
    assert len(png) < 1_000_000
    assert png == draw_trend(chart)


def test_a_gap_changes_the_picture_and_is_no_rank() -> None:
    whole = trend_chart(PHRASES, "zh", year(lines(2, ranks=(1, 2, 3))))
    broken = trend_chart(PHRASES, "zh", year(lines(2, ranks=(1, None, 3))))
    assert broken.lines[0].points[1] is None
    assert draw_trend(whole) != draw_trend(broken)
    nowhere = trend_chart(PHRASES, "zh", year(lines(2, ranks=(None, None, None))))
    assert nowhere.lowest == 1
    assert len(draw_trend(nowhere)) > 1000
    assert len(nowhere.notes) == 1


def test_quarters_are_named_and_a_unit_heads_its_own_chart() -> None:
    [line] = lines(1, ranks=(1,))
    only = (dataclasses.replace(line, points=line.points[:4]),)
    quarters = Trend("department", Period.parse("2013").parts(PeriodKind.QUARTER), only, (5, None, None, None))
    chart = trend_chart(PHRASES, "zh", quarters)
    assert chart.periods == ("第一季度", "第二季度", "第三季度", "第四季度")
    assert chart.title == f"{HOSTILE}1 · 2013年名次走势"
    assert "按季度" in chart.subtitle
    assert trend_file(PHRASES, "en", quarters) == "ranks-2013.png"
    assert trend_chart(PHRASES, "en", quarters).periods == ("Q1", "Q2", "Q3", "Q4")


def test_a_chart_without_lines_or_with_too_many_is_refused() -> None:
    chart = trend_chart(PHRASES, "zh", year(lines(1)))
    for shown in ((), chart.lines * (MOST_LINES + 1)):
        with pytest.raises(ValueError, match="cannot be drawn"):
            dataclasses.replace(chart, lines=shown)
