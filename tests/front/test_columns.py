"""附件2 on the phone: a township's departments, item by item, skipped, and handed in all at once."""

from __future__ import annotations

from kit import Stage
from kit.district import asks_townships_about

from bot.sandbox.values import Message

CHANGES = (asks_townships_about("区民政局", "仙庾镇", "明照乡"),)


def labels(message: Message) -> list[str]:
    """The buttons of a message."""
    return [button["text"] for row in message.keyboard for button in row]


async def test_departments_are_scored_item_by_item_and_handed_in(stage: Stage) -> None:
    liu = stage.person("刘芳")
    sheet = stage.rows.sheet("区民政局", "仙庾镇")
    await liu.opens_sheet("区民政局")
    await liu.taps("目录")
    await liu.taps("我的评分表", on=await liu.sees("大走访工作"))
    await liu.taps("逐条评各部门", on=await liu.sees("我的评分表"))
    column = await liu.sees("仙庾镇评各部门", "第1条", "已评0/1个部门", "只有区社管办能看到")
    await liu.taps("区民政局 ○", on=column)
    shown = await liu.sees("区民政局（1/1）", "尚未评分")
    assert "✓10" not in labels(shown)
    await liu.taps("10", on=shown)
    column = await liu.sees("已评1/1个部门")
    assert "区民政局 ✓10" in labels(column)
    assert stage.rows.mark(sheet, 1) == 1000
    # A mark that owes a reason asks for it; its answer leads back to the column.
    await liu.taps("第2条 ▶", on=column)
    await liu.taps("区民政局 ○", on=await liu.sees("第2条"))
    # A large item asks for the whole number first.
    await liu.taps("0", on=await liu.sees("区民政局（1/1）"))
    half = await liu.sees("区民政局（1/1）")
    assert labels(half)[:2] == ["0", "0.5"]
    await liu.taps("0", on=half)
    asked = await liu.sees("请回复本条消息")
    await liu.says("全年没有走访", reply_to=asked)
    await liu.taps("接着评")
    await liu.taps("全部提交", on=await liu.sees("第2条"))
    ask = await liu.sees("还没有评完的部门", "未评完的1个部门")
    assert "确认提交" not in labels(ask)
    await liu.opens_sheet("区民政局")
    await liu.taps("目录")
    await liu.taps("其余满分", on=await liu.sees("大走访工作"))
    await liu.taps("确认，其余满分", on=await liu.sees("确认后这些条目都记满分"))
    await liu.taps("我的评分表", on=await liu.sees("15/15"))
    await liu.taps("逐条评各部门", on=await liu.sees("我的评分表"))
    await liu.taps("全部提交", on=await liu.sees("仙庾镇评各部门"))
    await liu.taps("确认提交", on=await liu.sees("评完的1个部门：区民政局"))
    await liu.sees("已提交1个部门：区民政局")
    assert stage.rows.one("SELECT state FROM sheet WHERE id = ?", sheet) == "submitted"


async def test_a_department_that_nobody_knows_is_skipped_and_taken_up_again(stage: Stage) -> None:
    he = stage.person("何小军")
    sheet = stage.rows.sheet("区民政局", "明照乡")
    await he.taps("不了解", on=await he.opens_sheet("区民政局", item=1))
    await he.taps("改为评分", on=await he.sees("不了解"))
    await he.sees("大走访工作")
    assert stage.rows.one("SELECT state FROM sheet WHERE id = ?", sheet) == "open"
    # With marks it is asked first, because they stop counting.
    await he.taps("10", on=await he.opens_sheet("区民政局", item=1))
    await he.taps("不了解", on=await he.sees("第2条"))
    await he.taps("确认不了解", on=await he.sees("已有1条评分"))
    await he.sees("记为“不了解”")
    assert stage.rows.one("SELECT state FROM sheet WHERE id = ?", sheet) == "skipped"
    assert stage.rows.mark(sheet, 1) == 1000
