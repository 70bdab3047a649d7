"""Contents, 其余满分, review, receipt and the lists of sheets: what is missing, what it comes to, where a tap leads."""

from __future__ import annotations

import pytest
from snapshot_samples import (
    EXAMPLE,
    LANGUAGES,
    PHRASES,
    RUBRICS,
    TOWNSHIP,
    full_marks,
    sheet_line,
    sheet_view,
)

from bot.buttons.home import SetLanguage
from bot.buttons.sheets import AskFillRest, FillRest, ReviewSheet, ShowContents, ShowItem, ShowSheets, SubmitSheet
from bot.sandbox.markup import parse_html
from bot.screens.contents import contents_screen
from bot.screens.home import help_screen, language_screen
from bot.screens.item import item_screen
from bot.screens.lists import SHEETS_PER_PAGE, sheets_screen
from bot.screens.review import fill_rest_screen, receipt_text, review_screen
from bot.screens.screen import Screen
from core.sheet import Mark, SheetState

MIXED = {**EXAMPLE, 4: Mark(4, 50), 5: Mark(5, None, not_applicable=True, reason="无此任务")}


def read(screen: Screen) -> str:
    return parse_html(screen.text)[0]


def labels(screen: Screen) -> list[str]:
    return [key.label for row in screen.rows for key in row]


def deed(screen: Screen, label: str) -> object:
    [found] = [key.deed for row in screen.rows for key in row if key.label == label]
    return found


def test_the_contents_show_every_item_and_lead_to_it() -> None:
    screen = contents_screen(PHRASES, "zh", sheet_view(MIXED))
    assert read(screen) == (
        "仙庾镇 · 2013年第一季度        14/23 ▓▓▓▓▓▓░░░░\n"
        "组织管理 · 满分10分\n1 ✓2　2 ✓3　3 ✓1　4 ⚠0.5　5 —\n"
        "七项重大任务 · 满分40分\n6 ✓5　7 ✓6　8 ✓6　9 ✓6　10 ✓4.5　11 ✓5　12 ✓6\n"
        "结合工作 · 满分25分\n13 ✓6　14 ✓6　15 ○　16 ○　17 ○\n"
        "创新举措 · 满分15分\n18 ○　19 ○　20 ○\n"
        "宣传工作 · 满分10分\n21 ○　22 ○　23 ○\n"
        "○ 未评分　⚠ 待填理由　— 不适用\n"
        "2013年3月31日 24:00截止"
    )
    leads = [key.deed for row in screen.rows for key in row if isinstance(key.deed, ShowItem)]
    assert leads == [ShowItem(7, number) for number in range(1, 24)]
    assert deed(screen, "其余满分") == AskFillRest(7)
    assert deed(screen, "提交") == ReviewSheet(7)
    assert deed(screen, "我的评分表") == ShowSheets(0)


def test_the_contents_offer_only_what_can_be_done() -> None:
    assert "其余满分" not in labels(contents_screen(PHRASES, "zh", sheet_view(full_marks())))
    closed = contents_screen(PHRASES, "zh", sheet_view(MIXED, state=SheetState.SEALED))
    assert labels(closed)[23:] == ["我的评分表"]
    assert read(closed).endswith("考评已截止，不能再改。")


def test_filling_the_rest_names_the_items_and_asks() -> None:
    screen = fill_rest_screen(PHRASES, "zh", sheet_view())
    assert "还有9条没有评分：第15–23条。" in read(screen)
    assert deed(screen, "确认，其余满分") == FillRest(7)
    assert deed(screen, "目录") == ShowContents(7)
    assert "9 items without a mark: 15–23." in read(fill_rest_screen(PHRASES, "en", sheet_view()))
    assert "1 item without a mark: 23." in read(fill_rest_screen(PHRASES, "en", sheet_view(full_marks(last=22))))


@pytest.mark.parametrize("view", [sheet_view(full_marks()), sheet_view(state=SheetState.SEALED)])
def test_nothing_is_filled_where_nothing_is_missing_or_can_be_changed(view: object) -> None:
    assert labels(fill_rest_screen(PHRASES, "zh", view)) == ["目录"]  # type: ignore[arg-type]  # parametrize forgets


def test_a_review_with_gaps_leads_to_each_of_them_and_not_to_submission() -> None:
    screen = review_screen(PHRASES, "zh", sheet_view(MIXED))
    assert labels(screen) == ["4 ⚠0.5", *(f"{number} ○" for number in range(15, 24)), "空白表", "目录"]
    assert deed(screen, "15 ○") == ShowItem(7, 15)
    assert read(screen).splitlines()[1:] == [
        "组织管理：6.5 / 8",
        "七项重大任务：38.5 / 40",
        "结合工作：12 / 12",
        "创新举措：0 / 0",
        "宣传工作：0 / 0",
        "已得：57 / 60",
        "○ 未评分9条：第15–23条",
        "⚠ 待填理由1条：第4条",
        "补齐后才能提交。",
    ]


def test_a_complete_review_can_be_confirmed() -> None:
    marks = {**full_marks(), 10: Mark(10, 500)}
    for language, label in zip(LANGUAGES, ("确认提交", "Confirm and submit"), strict=True):
        screen = review_screen(PHRASES, language, sheet_view(marks))
        assert deed(screen, label) == SubmitSheet(7)
    assert "Total: 99.00\n" in read(screen)


def test_a_missing_reason_alone_keeps_the_sheet() -> None:
    screen = review_screen(PHRASES, "zh", sheet_view({**full_marks(), 10: Mark(10, 0)}))
    assert labels(screen) == ["10 ⚠0", "空白表", "目录"]
    assert "合计：94.00" in read(screen)


def test_what_is_not_applicable_scales_the_total_and_is_said() -> None:
    marks = {**full_marks(), 4: Mark(4, 0, reason="未报"), 5: Mark(5, None, not_applicable=True, reason="无")}
    lines = read(review_screen(PHRASES, "zh", sheet_view(marks))).splitlines()
    assert lines[1] == "组织管理：6 / 8（折算7.50）"
    assert lines[2] == "七项重大任务：40 / 40"
    assert lines[6] == "合计：97.96（不适用的条目不计，按满分100分折算）"


def test_a_category_is_scaled_within_itself() -> None:
    marks = {**full_marks(), 22: Mark(22, 0, reason="未报"), 23: Mark(23, None, not_applicable=True, reason="无")}
    lines = read(review_screen(PHRASES, "zh", sheet_view(marks))).splitlines()
    assert (lines[1], lines[5]) == ("组织管理：10 / 10", "宣传工作：3 / 7（折算4.29）")


def test_a_sheet_without_any_applicable_item_has_no_total() -> None:
    none = {item.number: Mark(item.number, None, not_applicable=True, reason="无") for item in TOWNSHIP.items}
    assert "各条都不适用，没有总分。" in read(review_screen(PHRASES, "zh", sheet_view(none)))
    receipt = receipt_text(PHRASES, "en", sheet_view(none, state=SheetState.SUBMITTED))
    assert "No item is applicable, so there is no total." in receipt


def test_a_sheet_handed_in_is_reviewed_without_buttons_that_change_it() -> None:
    screen = review_screen(PHRASES, "zh", sheet_view(full_marks(), state=SheetState.SUBMITTED))
    assert labels(screen) == ["目录"]
    assert read(screen).endswith("不能再改。")


def test_the_receipt_in_words() -> None:
    view = sheet_view({**full_marks(), 10: Mark(10, 450, reason="迟")}, state=SheetState.SUBMITTED)
    assert parse_html(receipt_text(PHRASES, "zh", view))[0] == (
        "评分表已提交\n仙庾镇 · 2013年第一季度\n总分：98.50\n提交时间：2013年6月30日 12:00\n"
        "审计链头：3f9a1c0be2d4\n回执（PDF）随后发来，请留存。"
    )


def test_the_list_of_sheets_turns_pages_and_stays_in_range() -> None:
    lines = [sheet_line(number) for number in range(1, 2 * SHEETS_PER_PAGE + 2)]
    first, middle, last = (sheets_screen(PHRASES, "zh", lines, page) for page in range(3))
    assert labels(first) == [f"单位{number} 3/23" for number in range(1, 9)] + ["▶"]
    assert deed(middle, "◀") == ShowSheets(0)
    assert deed(middle, "▶") == ShowSheets(2)
    assert labels(last) == ["单位17 3/23", "◀"]
    assert sheets_screen(PHRASES, "zh", lines, 10**9) == last
    assert "（第3页，共3页）" in read(last)


def test_the_list_leads_to_where_its_rater_goes_on() -> None:
    lines = [sheet_line(1), sheet_line(2, marked=23), sheet_line(3, marked=23, state=SheetState.SUBMITTED)]
    screen = sheets_screen(PHRASES, "zh", lines, 0)
    assert [row[0].deed for row in screen.rows] == [ShowItem(1, 0), ReviewSheet(2), ShowContents(3)]
    assert labels(screen) == ["单位1 3/23", "单位2 23/23", "✓ 单位3 23/23"]
    assert read(screen) == (
        "我的评分表\n单位1 · 2013年6月 · 3/23 · 2013年6月30日 24:00截止\n"
        "单位2 · 2013年6月 · 23/23 · 2013年6月30日 24:00截止\n单位3 · 2013年6月 · 23/23 · 已提交"
    )


def test_without_sheets_the_list_says_so() -> None:
    assert sheets_screen(PHRASES, "zh", [], 3) == Screen("目前没有您的评分表。考评开始后会出现在这里。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_departments_sheet_says_so_until_the_first_mark(language: str) -> None:
    said = PHRASES.say(language, "sheet.confidential")
    assert item_screen(PHRASES, language, sheet_view({}, rubric=RUBRICS["2013-department"]), 1).text.endswith(
        f"\n{said}"
    )
    begun = sheet_view({1: Mark(1, 200)}, rubric=RUBRICS["2013-department"])
    assert said not in item_screen(PHRASES, language, begun, 2).text
    assert said not in item_screen(PHRASES, language, sheet_view({}), 1).text


def test_help_lists_the_persons_commands_and_shorthand_for_who_scores() -> None:
    help_of_rater = read(help_screen(PHRASES, "zh", ["score", "rank"]))
    assert help_of_rater.splitlines()[1:3] == ["/score 我的评分表", "/rank 综合排名"]
    assert "单位名称 4:1.5 迟报 5:2" in help_of_rater
    assert "4:1.5" not in help_screen(PHRASES, "zh", ["rank"]).text


def test_the_present_language_is_ticked() -> None:
    for choice, language in enumerate(LANGUAGES):
        [row] = language_screen(PHRASES, language).rows
        assert [key.label.startswith("✓") for key in row] == [language == one for one in LANGUAGES]
        assert row[choice].deed == SetLanguage(choice)
