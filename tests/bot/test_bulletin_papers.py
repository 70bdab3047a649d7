"""What is printed of a ranking, and the ways on from it: the paper, the picture, the workbook, the keys of /rank."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from bulletin_samples import CHANGES, Q2, QUARTER, ROWS, awarded, final, last, provisional, unit
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader
from snapshot_samples import LANGUAGES, PHRASES

from bot.buttons.exports import PrintRanking
from bot.buttons.rankings import ChooseTrend, DrawTrend, ShowPeriod, ShowVersion
from bot.period_numbers import period_number
from bot.screens.ranking import ranking_screen, trend_screen
from bot.screens.ranking_papers import RankingPapers
from bot.screens.screen import Screen
from core.awards import Step
from core.bulletin_views import (
    BulletinView,
    Correction,
)
from core.export.bulletin import draw_table, set_bulletin
from core.export.table_workbook import write_tables
from core.periods import Period, PeriodKind
from core.ranking_shelf import Shelf


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_has_every_row_every_note_and_the_whole_root(language: str) -> None:
    view = dataclasses.replace(
        awarded(QUARTER, last(Step.EXPLAIN, Step.DISQUALIFY, date(2013, 7, 18))),
        correction=Correction(1, ROWS, CHANGES),
    )
    content = set_bulletin(RankingPapers(PHRASES, language, view).bulletin())
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    packed = "".join(printed.split())
    clause = {"zh": "办法六-2", "en": "Measures6-2"}[language]
    for word in ("仙庾镇", "明照乡", "七项重大任务", "96.50", "3000", "3000.01", view.ranking.audit_root, clause):
        assert word in packed, word
    assert content == set_bulletin(RankingPapers(PHRASES, language, view).bulletin())
    upright = set_bulletin(RankingPapers(PHRASES, language, provisional((unit(1, None),), categories=())).bulletin())
    assert len(PdfReader(BytesIO(upright)).pages) == 1


def test_a_picture_of_more_rows_is_refused() -> None:
    picture = RankingPapers(PHRASES, "zh", final()).picture()
    table = dataclasses.replace(picture.table, rows=picture.table.rows * 6)
    with pytest.raises(ValueError, match="30 rows"):
        draw_table(dataclasses.replace(picture, table=table))
    assert picture.more == ""


def sheet(view: BulletinView) -> Worksheet:
    book = load_workbook(BytesIO(write_tables(RankingPapers(PHRASES, "zh", view).workbook())))
    return book["综合排名"]


def test_the_workbook_prints_and_computes() -> None:
    hostile = unit(9, 3, 9000, '=HYPERLINK("x")')
    composed = dataclasses.replace(QUARTER[0], components={"supervision": Fraction(9000), "briefings": Fraction(3000)})
    lame = dataclasses.replace(QUARTER[1], components={"supervision": Fraction(9000)}, tie_line="结合工作")
    view = awarded((composed, lame, hostile, QUARTER[4]))
    view = dataclasses.replace(view, ranking=dataclasses.replace(view.ranking, components=("supervision", "briefings")))
    found = sheet(view)
    headings = [cell.value for cell in found[3]]
    assert headings == [
        "名次",
        "单位",
        "得分",
        "督查",
        "信息上报",
        *view.ranking.categories,
        "奖励（元）",
        "同分依据",
        "评分表",
    ]
    assert [cell.value for cell in found[4]][:5] == [1, "仙庾镇", 96.5, 90, 30]
    assert found["C4"].number_format == "0.00"
    assert [cell.value for cell in found[5]][:5] == ["2（并列）", "月塘街道", 95.25, 90, None]
    assert (found["B6"].value, found["B6"].data_type) == ('=HYPERLINK("x")', "s")
    assert [cell.value for cell in found[7]][:3] == ["未考核", "明照乡", None]
    assert (found.page_setup.orientation, found.page_setup.paperSize, found.print_title_rows) == (
        "landscape",
        9,
        "$3:$3",
    )
    footer = found.oddFooter
    assert footer is not None
    assert "审计根 cd0123456789" in str(footer.center.text)
    assert found.freeze_panes == "A4"


def test_file_names_say_what_is_in_them() -> None:
    assert RankingPapers(PHRASES, "zh", final()).file("pdf") == "2013年第二季度乡镇综合排名-第1版.pdf"
    assert RankingPapers(PHRASES, "en", final()).file("xlsx") == "ranking-2013-Q2-township-v1.xlsx"


SHELF = Shelf(
    before=Period.parse("2013-Q1"),
    after=Period.parse("2013-Q3"),
    rhythms={PeriodKind.MONTH: Period.parse("2013-06"), PeriodKind.QUARTER: Q2},
    other_kind=("department", Q2),
    versions={1: 3, 2: 8},
)


def deeds(screen: Screen) -> dict[str, object]:
    return {key.label: key.deed for keys in screen.rows for key in keys}


def test_the_ways_on_from_a_ranking() -> None:
    view = final()
    newest = dataclasses.replace(view, ranking=dataclasses.replace(view.ranking, version=2, ranking_id=8))
    quarter, month = period_number(Q2), period_number(Period.parse("2013-06"))
    assert deeds(ranking_screen(PHRASES, "zh", newest, SHELF, 0, exports=True)) == {
        "◀ 2013年第一季度": ShowPeriod(0, period_number(Period.parse("2013-Q1")), 0),
        "2013年第三季度 ▶": ShowPeriod(0, period_number(Period.parse("2013-Q3")), 0),
        "月": ShowPeriod(0, month, 0),
        "✓ 季": ShowPeriod(0, quarter, 0),
        "部门": ShowPeriod(1, quarter, 0),
        "第1版": ShowVersion(3, 0),
        "走势": ChooseTrend(0, quarter, 0),
        "导出表格": PrintRanking(8, 0),
        "导出通报": PrintRanking(8, 1),
    }


def test_a_replaced_version_says_so_and_is_turned_within_itself() -> None:
    rows = [unit(number, number) for number in range(1, 200)]
    view = final(rows)
    screen = ranking_screen(PHRASES, "zh", view, SHELF, 2, exports=False)
    assert "这是第1版，已被第2版取代。" in screen.text
    turns = deeds(screen)
    assert turns["« 首页"] == ShowVersion(3, 0)
    assert turns["◀ 上一页"] == ShowVersion(3, 1)
    assert turns["下一页 ▶"] == ShowVersion(3, 3)
    assert "导出表格" not in turns
    alone = deeds(ranking_screen(PHRASES, "zh", final(rows[:1], "2013"), Shelf(), 7, exports=False))
    assert alone == {}


def test_the_trend_of_ones_own_unit_is_offered_first() -> None:
    screen = trend_screen(PHRASES, "zh", final().ranking, frozenset({4}), 0)
    assert "<b>2013年名次走势</b>" in screen.text
    labels = list(deeds(screen))
    assert labels[:3] == ["全部单位", "金山街道", "仙庾镇"]
    assert deeds(screen)["金山街道"] == DrawTrend(0, period_number(Q2), 4)
