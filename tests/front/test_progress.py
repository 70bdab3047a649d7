"""/progress: who is how far, reminding, and the list as a workbook."""

from __future__ import annotations

from io import BytesIO

from kit import Stage
from kit.district import asks_townships_about
from openpyxl import load_workbook

CHANGES = (asks_townships_about("区民政局", "仙庾镇", "明照乡"),)


async def test_the_office_sees_who_is_missing_and_reminds_them_once(stage: Stage) -> None:
    tang, zhou = stage.person("唐文静"), stage.person("周建国")
    await tang.says("/progress")
    shown = await tang.sees("考评进度", "仙庾镇 · 周建国")
    await tang.taps("未交", on=shown)
    shown = await tang.sees("考评进度", "仙庾镇 · 周建国")
    answer = await tang.taps("提醒周建国（仙庾镇）", on=shown)
    assert answer.text == "已提醒1人。"
    await zhou.sees("区社管办提醒", "还有您没有交的评分表")
    again = await tang.taps("提醒周建国（仙庾镇）", on=shown)
    assert again.text == "没有新的提醒；1人两小时内提醒过。"
    await zhou.taps("我的评分表")
    await zhou.sees("仙庾镇")
    assert "提醒" in (await tang.taps("提醒全部未交的", on=shown)).text


async def test_the_list_is_sent_as_a_workbook_and_other_rounds_are_a_tap_away(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await tang.says("/progress")
    shown = await tang.sees("考评进度")
    await tang.taps("导出表格", on=shown)
    sheet = load_workbook(BytesIO(await tang.gets_file("考评进度-")))["考评进度"]
    assert [cell.value for cell in sheet[1]] == ["考核对象", "考核人", "状态", "已评", "共"]
    assert sheet.max_row > 1
    await tang.taps(next(b["text"] for row in shown.keyboard for b in row if "2013年第二季度" in b["text"]), on=shown)
    await tang.sees("2013年第二季度 · 部门 · 考评进度", "区民政局 · 仙庾镇")


async def test_only_the_office_is_answered(stage: Stage) -> None:
    liu = stage.person("刘芳")
    await liu.says("/progress")
    await liu.sees("您的身份不能办理这一事项")
