"""The item screen: the example character by character, every legal mark within two taps, read-only once handed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from snapshot_samples import EXAMPLE, LANGUAGES, PHRASES, RUBRICS, full_marks, sheet_view

from bot.buttons import Button
from bot.buttons.sheets import ChooseHalf, SetMark, ShowContents, ShowItem
from bot.sandbox.markup import parse_html
from bot.screens.item import half_screen, item_screen
from bot.screens.screen import Screen
from core.errors import NoSuchItem
from core.rubric import Category, Item, Rubric
from core.sheet import Mark, SheetState, legal_points

EXAMPLE_ZH = """\
仙庾镇 · 2013年第一季度        14/23 ▓▓▓▓▓▓░░░░
七项重大任务 · 第10条 · 满分6分
高度重视样板社工部建设，紧紧围绕社情民意，打造特色，凸显亮点，取得实效，形成一村一特色，一社区一亮点的局面；
考核方式：查工作台账、现场查看
得分 4.5 · 理由：台账缺两个月 · 📷 2
[0] [0.5] [1] [1.5] [2] [2.5] [3]
[3.5] [4] [✓4.5] [5] [5.5] [6]
[理由] [佐证] [不适用]
[◀] [目录] [▶]"""

EXAMPLE_EN = """\
仙庾镇 · 2013 Q1        14/23 ▓▓▓▓▓▓░░░░
七项重大任务 · Item 10 · 6 points
高度重视样板社工部建设，紧紧围绕社情民意，打造特色，凸显亮点，取得实效，形成一村一特色，一社区一亮点的局面；
Checked by: 查工作台账, 现场查看
Mark 4.5 · Reason: 台账缺两个月 · 📷 2
[0] [0.5] [1] [1.5] [2] [2.5] [3]
[3.5] [4] [✓4.5] [5] [5.5] [6]
[Reason] [Evidence] [N/A]
[◀] [Contents] [▶]"""

ITEMS = [(rubric, item) for rubric in RUBRICS.values() for item in rubric.items]


def drawn(screen: Screen) -> str:
    """The screen as a person reads it."""
    rows = [" ".join(f"[{key.label}]" for key in row) for row in screen.rows]
    return "\n".join([parse_html(screen.text)[0], *rows])


def deeds(screen: Screen) -> Iterator[Button]:
    return (key.deed for row in screen.rows for key in row)


def one_item(max_points: int, step: int) -> Rubric:
    item = Item(1, "条", max_points, (), "类")
    return Rubric("t", 1, "细则", "township", step, (Category("类", max_points, (item,)),), "hash")


def reached(rubric: Rubric, item: Item) -> dict[int, str]:
    """Every mark that can be set within two taps, with the label of the button that sets it."""
    view = sheet_view({}, rubric=rubric)
    found: dict[int, str] = {}
    screens = [item_screen(PHRASES, "zh", view, item.number)]
    wholes = [deed.points for deed in deeds(screens[0]) if isinstance(deed, ChooseHalf)]
    screens += [half_screen(PHRASES, "zh", view, item.number, whole) for whole in wholes]
    for screen in screens:
        for key in (key for row in screen.rows for key in row):
            if isinstance(key.deed, SetMark):
                assert (key.deed.sheet, key.deed.item) == (view.sheet.id, item.number)
                assert key.deed.points not in found
                found[key.deed.points] = key.label
    return found


@pytest.mark.parametrize(("language", "expected"), [("zh", EXAMPLE_ZH), ("en", EXAMPLE_EN)])
def test_the_example_to_the_character(language: str, expected: str) -> None:
    assert drawn(item_screen(PHRASES, language, sheet_view(), 10)) == expected


@pytest.mark.parametrize(
    ("rubric", "item"), ITEMS, ids=lambda value: getattr(value, "number", None) and str(value.number)
)
def test_every_legal_mark_is_within_two_taps_and_no_other(rubric: Rubric, item: Item) -> None:
    legal = legal_points(item, rubric.step)
    assert reached(rubric, item) == {points: f"{points / 100:g}" for points in legal}


@pytest.mark.parametrize(("max_points", "step"), [(750, 50), (1000, 25), (900, 100), (800, 200), (900, 150), (600, 25)])
def test_other_maxima_and_steps_are_reached_too(max_points: int, step: int) -> None:
    rubric = one_item(max_points, step)
    assert sorted(reached(rubric, rubric.item(1))) == list(range(0, max_points + 1, step))


@pytest.mark.parametrize(
    ("rubric", "item"), ITEMS, ids=lambda value: getattr(value, "number", None) and str(value.number)
)
def test_the_keyboard_fits_a_phone(rubric: Rubric, item: Item) -> None:
    rows = item_screen(PHRASES, "zh", sheet_view({}, rubric=rubric), item.number).rows
    assert len(rows) <= 5
    assert max(map(len, rows)) <= 7


def test_a_large_item_asks_for_the_half_and_ticks_what_is_given() -> None:
    view = sheet_view({2: Mark(2, 750, reason="迟")}, rubric=RUBRICS["2013-department"])
    whole = item_screen(PHRASES, "zh", view, 2)
    assert [key.label for row in whole.rows[:3] for key in row] == [
        "0", "1", "2", "3", "4", "5", "6", "✓7", "8", "9", "10", "11", "12", "13", "14", "15",
    ]  # fmt: skip
    assert whole.rows[2][-1].deed == SetMark(7, 2, 1500)
    half = half_screen(PHRASES, "zh", view, 2, 700)
    assert drawn(half).splitlines()[-2:] == ["[7] [✓7.5]", "[◀ 返回]"]
    assert half.rows[-1][0].deed == ShowItem(7, 2)
    assert half.text == whole.text


def test_a_forged_whole_number_leads_back_to_the_item() -> None:
    view = sheet_view(rubric=RUBRICS["2013-department"], marks={})
    for forged in (1600, 10**15):
        assert half_screen(PHRASES, "zh", view, 2, forged) == item_screen(PHRASES, "zh", view, 2)


@pytest.mark.parametrize(
    ("state", "why"),
    [(SheetState.SUBMITTED, "评分表已提交，不能再改。"), (SheetState.SEALED, "考评已截止，不能再改。")],
)
def test_a_sheet_that_is_closed_is_only_read_and_says_why(state: SheetState, why: str) -> None:
    view = sheet_view(full_marks(), state=state)
    for screen in (item_screen(PHRASES, "zh", view, 7), half_screen(PHRASES, "zh", view, 7, 500)):
        assert drawn(screen).splitlines()[-3:] == ["得分 6", why, "[◀] [目录] [▶]"]
        assert list(deeds(screen)) == [ShowItem(7, 6), ShowContents(7), ShowItem(7, 8)]


def test_the_first_and_the_last_item_have_one_way_on() -> None:
    assert drawn(item_screen(PHRASES, "zh", sheet_view(), 1)).endswith("\n[目录] [▶]")
    assert drawn(item_screen(PHRASES, "zh", sheet_view(), 23)).endswith("\n[◀] [目录]")


@pytest.mark.parametrize(
    ("mark", "zh", "en"),
    [
        (None, "尚未评分", "No mark yet"),
        (Mark(10, 0), "得分 0 · ⚠ 待填理由", "Mark 0 · ⚠ reason owed"),
        (Mark(10, 600), "得分 6", "Mark 6"),
        (Mark(10, 500, reason="略迟"), "得分 5 · 理由：略迟", "Mark 5 · Reason: 略迟"),
        (
            Mark(10, None, not_applicable=True, reason="无此项"),
            "不适用 · 理由：无此项",
            "Not applicable · Reason: 无此项",
        ),
    ],
)
def test_the_line_of_the_mark(mark: Mark | None, zh: str, en: str) -> None:
    marks = {number: old for number, old in EXAMPLE.items() if number != 10} | ({} if mark is None else {10: mark})
    for language, line in zip(LANGUAGES, (zh, en), strict=True):
        screen = item_screen(PHRASES, language, sheet_view(marks, evidence={}), 10)
        assert parse_html(screen.text)[0].splitlines()[-1] == line


def test_no_mark_is_ticked_where_none_is_given() -> None:
    assert "✓" not in drawn(item_screen(PHRASES, "zh", sheet_view({}), 10))
    assert "[✓0]" in drawn(item_screen(PHRASES, "zh", sheet_view({10: Mark(10, 0)}), 10))


def test_one_point_is_singular_in_english() -> None:
    assert "· 1 point\n" in parse_html(item_screen(PHRASES, "en", sheet_view(), 3).text)[0]


def test_an_item_that_does_not_exist_is_refused() -> None:
    for item in (0, 24):
        with pytest.raises(NoSuchItem):
            item_screen(PHRASES, "zh", sheet_view(), item)
        with pytest.raises(NoSuchItem):
            half_screen(PHRASES, "zh", sheet_view(), item, 100)
