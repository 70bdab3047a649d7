"""Rankings, bulletins and papers: every unit in order, ties and gaps named, nothing over Telegram's limits."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from snapshot_samples import HOSTILE, JUNE, LANGUAGES, PHRASES, TOWNSHIP, full_marks, ranking, row, sheet_view, told_of

from bot.buttons.rankings import ConfirmSent, OpenTable, SendAgain
from bot.sandbox.markup import parse_html
from bot.screens.bulletin import failed_parcel_text, monthly_screen, no_group_text, unknown_parcel_screen
from bot.screens.papers import flag_picture, receipt_paper
from bot.screens.ranking import ranking_screen
from bot.screens.screen import Screen
from core.ranking_shelf import Shelf
from core.sheet import Mark, SheetState
from core.snapshots import RankingView

LONG = "荷塘区金山新城及宋家桥工业集中区建设开发管理委员会（筹备）"
ALL_TIED = ranking(
    [*(row(f"{LONG}{number}&<b>", 1, 10000, tied=True) for number in range(30)), row(LONG, None), row(LONG, None)],
    flag=[f"{LONG}{number}&<b>" for number in range(30)],
    before=[f"{LONG}{number}<i>" for number in range(30)],
    state="provisional",
)


def caption(view: RankingView, language: str = "zh", *, late: bool = False) -> str:
    return parse_html(monthly_screen(PHRASES, language, view, 9, late=late).text)[0]


def table(view: RankingView, language: str = "zh", page: int = 0) -> Screen:
    return ranking_screen(PHRASES, language, told_of(view), Shelf(), page, exports=False)


def pages_of(view: RankingView, language: str) -> list[str]:
    """Every page of a table, as it is read."""
    pages: list[str] = []
    while (page := parse_html(table(view, language, len(pages)).text)[0]) not in pages:
        pages.append(page)
    return pages


def test_the_full_table() -> None:
    part = "　七项重大任务 19.10 · 结合工作 19.10 · 创新举措 19.10 · 宣传工作 19.10 · 组织管理 19.10\n"
    assert parse_html(table(JUNE).text)[0] == (
        "2013年6月综合排名（乡镇、街道、管委会）\n定稿 · 第1版 · 2013年7月1日 09:00\n\n"
        f"1 仙庾镇 95.50\n{part}　总分相同，按“结合工作”得分区分名次\n"
        f"2（并列） 月塘街道 95.50\n{part}2（并列） 金山街道 95.50\n{part}"
        f"4 桂花街道 90.01\n{part.replace('19.10', '18.00')}未考核：明照乡\n\n"
        "月报表、信息上报、群众工作日没有全期的完整记录，本期未计入。\n\n"
        "2013-township v1 · 2013-policy v1 · 审计根 cd0123456789"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("units", [1, 40, 1000])
def test_a_long_table_is_paged_without_losing_a_unit(language: str, units: int) -> None:
    name = LONG[:19]
    view = ranking([row(f"{name}{number:04d}&", 1, tied=True) for number in range(units)])
    pages = pages_of(view, language)
    assert all(0 < len(page) <= 4096 for page in pages)
    whole = "\n".join(pages)
    assert [whole.count(f"{name}{number:04d}& ") for number in range(units)] == [1] * units
    assert len(pages) == 1 or pages[-1].endswith(
        f"（第{len(pages)}页，共{len(pages)}页）" if language == "zh" else f"(page {len(pages)} of {len(pages)})"
    )


def test_nothing_is_said_to_be_absent_when_nothing_is() -> None:
    assert "完整记录" not in table(dataclasses.replace(JUNE, absent=())).text


def test_the_bulletin_names_winner_giver_of_the_flag_and_the_best_three() -> None:
    assert caption(JUNE) == (
        "🚩 2013年6月流动红旗：仙庾镇\n流动红旗由月塘街道移交。\n"
        "第1名 仙庾镇 95.50\n第2名（并列） 月塘街道 95.50\n第2名（并列） 金山街道 95.50\n"
        "未考核1个单位，见全表。\n月报表、信息上报、群众工作日没有全月的完整记录，本月未计入。\n"
        "请获旗单位在本月调度会上作经验介绍。\n依据：办法 六-1 · 审计根 cd0123456789"
    )
    assert caption(JUNE, "en").startswith(
        "🚩 Red Flag of June 2013: 仙庾镇\nThe flag passes on from 月塘街道.\n1. 仙庾镇 95.50\n"
    )


def test_under_the_bulletin_the_table_can_be_opened() -> None:
    [[key]] = monthly_screen(PHRASES, "zh", JUNE, 9, late=False).rows
    assert (key.label, key.deed) == ("查看全表", OpenTable(3, 9))


def test_a_late_bulletin_says_so() -> None:
    assert caption(JUNE, late=True).splitlines()[0] == "🚩 2013年6月流动红旗：仙庾镇（补发）"
    provisional = dataclasses.replace(JUNE, state="provisional")
    assert caption(provisional).splitlines()[0].endswith("（公示）")


def test_nobody_ranked_leaves_the_flag_where_it_is() -> None:
    nobody = [row("明照乡", None)]
    assert "本月没有单位参加排名，流动红旗仍留在月塘街道。" in caption(ranking(nobody, before=["月塘街道"]))
    assert "本月没有单位参加排名，流动红旗暂不授予。" in caption(ranking(nobody))
    assert "No unit was ranked this month; the flag is not awarded." in caption(ranking(nobody), "en")
    assert "经验介绍" not in caption(ranking(nobody))


def test_a_flag_that_stays_because_of_a_tie_says_so() -> None:
    tied = [row("仙庾镇", 1, tied=True), row("月塘街道", 1, tied=True)]
    assert "第一名并列，流动红旗仍留在明照乡。" in caption(ranking(tied, before=["明照乡"]))


def test_a_shared_flag_that_stays_with_its_holders() -> None:
    tied = [row("仙庾镇", 1, tied=True), row("月塘街道", 1, tied=True)]
    view = ranking(tied, flag=["仙庾镇", "月塘街道"], before=["月塘街道", "仙庾镇"])
    assert "流动红旗继续由原单位保持。" in caption(view)
    assert "The flag stays with its holders." in caption(view, "en")


def test_the_first_flag_comes_from_nobody() -> None:
    assert "移交" not in caption(dataclasses.replace(JUNE, held_before=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_caption_of_the_largest_tie_fits(language: str) -> None:
    text = caption(ALL_TIED, language, late=True)
    assert len(text) <= 1024
    assert "30" in text.splitlines()[0]
    assert "24" in text


def test_an_unknown_post_is_put_to_the_admin() -> None:
    [[sent, again]] = unknown_parcel_screen(PHRASES, "zh", 9).rows
    assert (sent.label, sent.deed) == ("已发出", ConfirmSent(9))
    assert (again.label, again.deed) == ("未发出，重发", SendAgain(9))


def test_admins_read_what_telegram_said() -> None:
    assert "Forbidden: <bot>" in parse_html(failed_parcel_text(PHRASES, "zh", "Forbidden: <bot>"))[0]
    assert len(failed_parcel_text(PHRASES, "en", "x" * 9000)) < 1000
    assert "2013年6月" in no_group_text(PHRASES, "zh", JUNE)


def test_the_words_of_the_flag() -> None:
    picture = flag_picture(PHRASES, "zh", JUNE)
    assert (picture.heading, picture.month, picture.winners) == ("流动红旗", "2013年6月", ("仙庾镇",))
    assert picture.lines == (("1", "仙庾镇", "95.50"), ("2", "月塘街道", "95.50"), ("2", "金山街道", "95.50"))
    assert picture.footer == "审计根 cd0123456789"
    assert len(flag_picture(PHRASES, "en", ALL_TIED).lines) == 6
    with pytest.raises(ValueError, match="winner"):
        flag_picture(PHRASES, "zh", ranking([row("明照乡", None)]))


def test_the_words_of_the_receipt() -> None:
    marks = {
        **full_marks(),
        5: Mark(5, None, not_applicable=True, reason="无此任务"),
        10: Mark(10, 450, reason=HOSTILE),
    }
    paper = receipt_paper(PHRASES, "zh", sheet_view(marks, state=SheetState.SUBMITTED))
    assert paper.facts == (
        ("考核对象", "仙庾镇"),
        ("考评", "2013年第一季度"),
        ("考核人", "李明"),
        ("提交时间", "2013年6月30日 12:00"),
    )
    items = {item.number: item for category in paper.categories for item in category.items}
    assert (items["10"].mark, items["10"].notes, items["10"].lost) == ("4.5", (HOSTILE, "佐证：2件"), True)
    assert (items["5"].mark, items["5"].notes, items["5"].lost) == ("不适用", ("无此任务",), False)
    assert (items["1"].mark, items["1"].notes, items["1"].lost) == ("2", (), False)
    assert [category.points for category in paper.categories] == ["10.00", "38.5", "25", "15", "10"]
    assert (paper.points, paper.max_points) == ("98.47", "100")
    assert paper.origin == (
        "有条目不适用：小计和合计已按满分折算",
        f"《{TOWNSHIP.title}》（2013-township，第1版，哈希 {TOWNSHIP.hash[:12]}）",
        "审计链头 " + "3f9a1c0be2d47a55" * 4,
    )
    assert paper.labels.pages == "第 {page} 页 / 共 {pages} 页"


def test_a_receipt_of_full_marks_mentions_no_scaling() -> None:
    paper = receipt_paper(PHRASES, "en", sheet_view(full_marks(), state=SheetState.SUBMITTED))
    assert (paper.points, len(paper.origin)) == ("100.00", 2)
    assert paper.labels.category == "Category"


def test_an_unfinished_sheet_has_no_receipt_and_a_sheet_without_applicable_items_no_total() -> None:
    with pytest.raises(ValueError, match="no mark"):
        receipt_paper(PHRASES, "zh", sheet_view())
    none = {item.number: Mark(item.number, None, not_applicable=True, reason="无") for item in TOWNSHIP.items}
    assert receipt_paper(PHRASES, "zh", sheet_view(none, state=SheetState.SUBMITTED)).points == "不适用"


@pytest.mark.parametrize(("language", "word"), [("zh", "月报表 50"), ("en", "monthly reports 50")])
def test_what_a_score_is_composed_of_is_said(language: str, word: str) -> None:
    parts = {"supervision": Fraction(9000), "monthly_report": Fraction(5000)}
    composed = dataclasses.replace(JUNE.rows[0], components=parts)
    view = dataclasses.replace(JUNE, rows=(composed,), components=tuple(parts), absent=())
    screen = table(view, language)
    assert word in screen.text
    alone = dataclasses.replace(composed, components={"supervision": Fraction(9000)})
    screen = table(dataclasses.replace(view, rows=(alone,)), language)
    assert word not in screen.text
