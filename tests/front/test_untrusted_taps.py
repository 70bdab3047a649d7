"""Buttons that come back late, twice, from the wrong hands, or from nobody's keyboard."""

from __future__ import annotations

import pytest
from kit import Stage
from kit.district import hands_out
from kit.people import sheet_of

from bot.buttons import pack
from bot.buttons.sheets import ChooseHalf, FillRest, ReviewSheet, SetMark, ShowContents, ShowItem, SubmitSheet

ZHOU, LUO, PENG = 880002, 880003, 880004
CHANGES = (
    hands_out("明照乡", ZHOU),
    hands_out("明照乡", LUO),
    hands_out("金山街道", LUO),
    hands_out("明照乡", PENG),
    hands_out("仙庾镇", PENG),
    hands_out("桂花街道", PENG),
)


async def test_a_button_of_an_earlier_screen_still_says_the_same(stage: Stage) -> None:
    zhou = stage.person("周建国")
    first = await zhou.opens_sheet("明照乡", item=2)
    await zhou.taps("2.5")
    await zhou.sees("第3条 · 满分1分")
    answer = await zhou.taps("3", on=first)
    assert answer.text == "第2条 3分 已保存"
    assert stage.rows.mark(sheet_of(first), 2) == 300
    assert stage.rows.mark(sheet_of(first), 3) is None


async def test_two_taps_at_once_are_one_mark(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    screen = await luo.opens_sheet("明照乡", item=6)
    taps = [await luo.taps_unanswered("4.5", on=screen) for _ in range(2)]
    answers = [await luo.is_answered(tap) for tap in taps]
    assert [answer.text for answer in answers] == ["第6条 4.5分 已保存"] * 2
    sheet = sheet_of(screen)
    assert [item for item, *_ in stage.rows.marks(sheet)] == [6]
    assert len(stage.rows.acts(sheet)) == 1


@pytest.mark.parametrize(
    "data",
    ["v1|score|7", "m:1:1", "m:1:1:1:1", "m:-1:1:1", "m:01:1:1", "M:1:1:1", "m:zzzzzzzzzzzzzz:1:1", "评分", "x" * 4000],
)
async def test_a_button_of_another_version_is_answered_all_the_same(stage: Stage, data: str) -> None:
    peng = stage.person("彭志强")
    await peng.opens_sheet("桂花街道")
    answer = await peng.forges(data)
    assert answer.alert
    assert "旧版本" in answer.text
    assert "/score" in answer.text


async def test_forged_numbers_are_refused_and_change_nothing(stage: Stage) -> None:
    peng = stage.person("彭志强")
    screen = await peng.opens_sheet("明照乡", item=3)
    sheet = sheet_of(screen)
    refused = {
        pack(SetMark(sheet, 1, 9900)): "第1条最多2分，收到99分",
        pack(SetMark(sheet, 1, 2**63 - 1)): "第1条最多2分",
        pack(SetMark(sheet, 1, 25)): "第1条每0.5分一档，收到0.25分",
        pack(SetMark(sheet, 99, 100)): "没有第99条，条目从1到23",
        pack(SetMark(sheet, 0, 100)): "没有第0条",
        pack(ChooseHalf(sheet, 99, 100)): "没有第99条",
        pack(ShowItem(sheet, 2**63 - 1)): "没有第9223372036854775807条",
        pack(SetMark(9999, 1, 100)): "没有这份评分表（编号9999）",
        pack(ShowContents(2**63 - 1)): "没有这份评分表",
    }
    for data, words in refused.items():
        answer = await peng.forges(data, on=screen)
        assert answer.alert, data
        assert words in answer.text
    assert stage.rows.marks(sheet) == []
    assert await peng.hears() == []


async def test_a_forged_half_of_a_small_item_leads_back_to_it(stage: Stage) -> None:
    peng = stage.person("彭志强")
    screen = await peng.opens_sheet("桂花街道", item=1)
    await peng.forges(pack(ChooseHalf(sheet_of(screen), 2, 90_000)), on=screen)
    await peng.sees("第2条 · 满分3分")


async def test_a_stranger_gets_one_polite_line(stage: Stage) -> None:
    await stage.stranger.says("你好")
    greeted = await stage.stranger.sees("本机器人只供考核工作使用")
    sheet = stage.rows.sheet("仙庾镇", "周建国")
    before = stage.rows.marks(sheet)
    for deed in (SetMark(sheet, 15, 400), ShowItem(sheet, 1), FillRest(sheet), SubmitSheet(sheet)):
        answer = await stage.stranger.forges(pack(deed), on=greeted)
        assert answer.alert
        assert "本机器人只供考核工作使用" in answer.text
    assert stage.rows.marks(sheet) == before
    for command in ("/language", "/help", "/todo", "/cancel"):
        await stage.stranger.says(command)
        await stage.stranger.sees("本机器人只供考核工作使用")
    spoken = [message.text for message in await stage.stranger.chat() if message.sender_id != stage.stranger.id]
    assert len(spoken) == 5
    assert len(set(spoken)) == 1
    assert "仙庾镇" not in "".join(spoken)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("罗晓梅", "仙庾镇的这份评分表由他人负责。您的评分表请发 /score 查看。"),
        ("刘芳", "仙庾镇的这份评分表由他人负责。您的评分表请发 /score 查看。"),
        ("唐文静", "您的身份不能办理这一事项。如需办理，请联系区社管办。"),
        ("杨国平", "您的身份不能办理这一事项。如需办理，请联系区社管办。"),
    ],
)
async def test_nobody_enters_the_sheet_of_another(stage: Stage, name: str, refusal: str) -> None:
    person = stage.person(name)
    await person.says("/language")
    await person.sees("请选择语言")
    sheet = stage.rows.sheet("仙庾镇", "周建国")
    before = stage.rows.marks(sheet)
    for deed in (SetMark(sheet, 15, 400), ShowItem(sheet, 1), FillRest(sheet), ReviewSheet(sheet), SubmitSheet(sheet)):
        answer = await person.forges(pack(deed))
        assert answer.alert
        assert answer.text == refusal
    assert stage.rows.marks(sheet) == before


async def test_a_submitted_sheet_stands(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    screen = await luo.opens_sheet("金山街道", item=5)
    sheet = sheet_of(screen)
    await luo.forges(pack(FillRest(sheet)), on=screen)
    await luo.forges(pack(SubmitSheet(sheet)), on=screen)
    await luo.sees("评分表已提交", "金山街道")
    before = stage.rows.marks(sheet)
    late = [await luo.taps("1", on=screen), await luo.forges(pack(FillRest(sheet)), on=screen)]
    late += [await luo.forges(pack(SubmitSheet(sheet)), on=screen)]
    assert [answer.text for answer in late] == ["金山街道的评分表已提交，不能再改。如需更正，请联系区社管办。"] * 3
    assert stage.rows.marks(sheet) == before
    await luo.says("金山街道 1:1")
    await luo.sees("您没有“金山街道”的评分表待评")
    assert len(stage.rows.acts(sheet, "submit")) == 1
