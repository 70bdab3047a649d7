"""Annex 2, 基层评部门: items of 8, 10 and 15 points in two steps, and a sheet that a township's officers share."""

from __future__ import annotations

from kit import Stage
from kit.district import appoints, asks_townships_about
from kit.people import sheet_of

from core.people import Role

SUN = 880031
CHANGES = (
    asks_townships_about("区民政局", "仙庾镇", "月塘街道"),
    appoints("孙莉", SUN, Role.OFFICER, "仙庾镇"),
)


async def test_large_items_take_the_whole_number_first(stage: Stage) -> None:
    chen = stage.person("陈立新")
    await chen.says("/score")
    screen = await chen.sees("区民政局 · 2013年第二季度", "第1条 · 满分10分")
    sheet = sheet_of(screen)
    assert [[button["text"] for button in row] for row in screen.keyboard][:2] == [
        ["0", "1", "2", "3", "4", "5", "6"],
        ["7", "8", "9", "10"],
    ]
    await chen.taps("8")
    halves = await chen.sees("第1条 · 满分10分", "尚未评分")
    assert [[button["text"] for button in row] for row in halves.keyboard] == [["8", "8.5"], ["◀ 返回"]]
    await chen.taps("◀ 返回")
    await chen.sees("第1条 · 满分10分")
    await chen.taps("9")
    await chen.sees("第1条 · 满分10分")
    answer = await chen.taps("9.5")
    assert answer.text == "第1条 9.5分 已保存"
    await chen.sees("第2条 · 满分15分")
    answer = await chen.taps("15")
    assert answer.text == "第2条 15分 已保存"
    await chen.sees("第3条 · 满分5分")
    shown = await chen.opens_sheet("区民政局", item=15)
    assert "满分8分" in shown.text
    await chen.taps("7")
    await chen.sees("第15条 · 满分8分")
    assert (await chen.taps("7.5")).text == "第15条 7.5分 已保存"
    assert [(item, points) for item, points, *_ in stage.rows.marks(sheet)] == [(1, 950), (2, 1500), (15, 750)]


async def test_both_officers_of_a_township_share_its_sheet(stage: Stage) -> None:
    liu, sun = stage.person("刘芳"), await stage.joins(SUN, "孙莉")
    sheet = sheet_of(await liu.opens_sheet("区民政局"))
    await liu.says("4 5")
    await liu.sees("已保存1条（第4条）")
    assert sheet_of(await sun.opens_sheet("区民政局", item=4)) == sheet
    await sun.sees("第4条", "得分 5")
    await sun.taps("4.5")
    await liu.opens_sheet("区民政局", item=4)
    shown = await liu.sees("第4条", "得分 4.5")
    assert "1/15" in shown.text
    people = stage.rows.column("SELECT person_id FROM audit WHERE chain = ? ORDER BY seq", f"sheet:{sheet}")
    assert len(set(people)) == 2
    assert stage.rows.sheet("区民政局", "月塘街道") != sheet


async def test_officers_are_promised_confidentiality_not_anonymity(stage: Stage) -> None:
    liu = stage.person("刘芳")
    await liu.says("/todo")
    await liu.sees("区民政局", "只有区社管办能看到", "不匿名")
