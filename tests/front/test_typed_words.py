"""What people type: full-width figures, slips, items that do not exist, names that look like markup."""

from __future__ import annotations

import pytest
from kit import Stage
from kit.district import appoints, hands_out, renames
from kit.people import sheet_of

from core.people import Role

ZHOU, LUO, PENG, NAMED = 880002, 880003, 880004, 880021
CHANGES = (
    hands_out("明照乡", LUO),
    renames("金山街道", "金山<b>&街道"),
    appoints("吴<b>&</i>", NAMED, Role.ASSESSOR),
    hands_out("金山<b>&街道", NAMED),
)


@pytest.mark.parametrize(
    ("typed", "item", "points"),
    [("４　１．５　迟报一天", 4, 150), ("4 1。5 迟报一天", 4, 150), ("９：５。５", 9, 550), ("第2条：2.5分", 2, 250)],
)
async def test_figures_of_any_width_are_read(stage: Stage, typed: str, item: int, points: int) -> None:
    luo = stage.person("罗晓梅")
    await luo.says(typed)
    await luo.sees(f"已保存1条（第{item}条）")
    assert stage.rows.mark(stage.rows.sheet("明照乡", "罗晓梅"), item) == points


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("7 7", "第7条最多6分，收到7分。请重发，例如：7 5.5"),
        ("24 1", "没有第24条，条目从1到23"),
        ("0 1", "没有第0条"),
        ("7 5.3", "第7条每0.5分一档，收到5.3分。请重发，例如：7 5"),
        ("7:一半", "没有看懂“7:一半”"),
        ("火星镇 7:5", "您没有“火星镇”的评分表待评"),
        ("月塘街道 7:5", "您没有“月塘街道”的评分表待评"),
        ("16 不适用", "第16条缺少理由"),
        ("今天天气很好", "没有看懂这条消息，没有保存任何内容"),
    ],
)
async def test_a_slip_says_what_to_do_and_loses_nothing(stage: Stage, typed: str, told: str) -> None:
    luo = stage.person("罗晓梅")
    sheet = stage.rows.sheet("明照乡", "罗晓梅")
    before = stage.rows.marks(sheet)
    await luo.says(typed)
    await luo.sees(told)
    assert stage.rows.marks(sheet) == before


async def test_a_slip_of_a_command_answers_no_question(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = stage.rows.sheet("明照乡", "罗晓梅")
    await luo.says("8 0.5")
    await luo.sees("待填理由：第8条")
    before = stage.rows.marks(sheet)
    for slip in ("/scoer", "/reprot 六月"):
        await luo.says(slip)
        await luo.sees(f"没有命令 {slip.split()[0]}，没有保存任何内容")
    assert stage.rows.marks(sheet) == before


async def test_one_wrong_entry_holds_back_all_of_the_text(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = stage.rows.sheet("明照乡", "罗晓梅")
    before = stage.rows.marks(sheet)
    await luo.says("20 5\n21 3\n22 99")
    await luo.sees("第22条最多4分，收到99分")
    assert stage.rows.marks(sheet) == before


async def test_an_edited_text_sets_the_corrected_mark(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = stage.rows.sheet("明照乡", "罗晓梅")
    said = await luo.says("12 5.5")
    await luo.sees("已保存1条（第12条）")
    await luo.edits(said, "12 5")
    await luo.sees("已保存1条（第12条）")
    assert stage.rows.mark(sheet, 12) == 500


async def test_names_and_reasons_that_look_like_markup_come_back_as_typed(stage: Stage) -> None:
    wu = await stage.joins(NAMED, "吴<b>&</i>")
    await wu.says("/todo")
    await wu.sees("吴<b>&</i>，您好", "金山<b>&街道")
    screen = await wu.opens_sheet("金山<b>&街道", item=8)
    await wu.taps("3")
    question = await wu.sees("金山<b>&街道 第8条得3分")
    await wu.says("台账<b>缺</b> &amp; <script>", reply_to=question)
    await wu.sees("理由已保存")
    await wu.opens_sheet("金山<b>&街道", item=8)
    await wu.sees("理由：台账<b>缺</b> &amp; <script>")
    assert stage.rows.marks(sheet_of(screen))[0][3] == "台账<b>缺</b> &amp; <script>"
    await wu.says("<b>&街道 1:1")
    await wu.sees("您没有“<b>&街道”的评分表待评")


async def test_who_has_nothing_to_score_is_not_told_how_to_write_marks(stage: Stage) -> None:
    tang = stage.person("唐文静")
    for words in ("12月的通报什么时候发", "7:一半"):
        await tang.says(words)
        told = await tang.sees("没有看懂这条消息，没有保存任何内容", "/todo 我的待办", "/rounds ")
        assert "1.5" not in told.text
