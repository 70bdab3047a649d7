"""The main job, twice: a sheet of 23 items by taps, and the same by shorthand. The rows must be the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from kit import PersonHandle, Stage
from kit.district import hands_out

ZHOU = 880002
CHANGES = (hands_out("明照乡", ZHOU), hands_out("金山街道", ZHOU))

MARKS = {
    1: "2", 2: "2.5", 3: "1", 4: "1.5", 5: "2", 6: "5", 7: "5.5", 8: "6", 9: "6", 10: "4.5", 11: "5", 12: "6",
    13: "0", 14: "6", 15: "4", 17: "5", 18: "5", 19: "4.5", 20: "5", 21: "3", 22: "3.5", 23: "3",
}  # fmt: skip
REASONS = {4: "迟报一天", 10: "台账缺两个月；特色<b>不突出</b>&待补", 13: "结合工作无记录"}
NOT_APPLICABLE = {16: "本月没有开展这项工作"}

SHORTHAND = (
    "金山街道 1:2 2:2.5 3:1 4:1.5 迟报一天 5:2",
    "金山街道 6：5 7：5.5 8：6 9：６",
    "10 4.5 台账缺两个月；特色<b>不突出</b>&待补\n11 5\n12 6\n13 0 结合工作无记录",
    "14:6 15:4 16:不适用 本月没有开展这项工作 17:5",
    "18 5\n19 4。5\n20 5\n21 3\n22 ３．５\n23 3",
)


async def by_taps(zhou: PersonHandle) -> None:
    """Score 明照乡 through the keyboards, answering the questions for reasons as they come."""
    await zhou.says("/score")
    await zhou.sees("我的评分表")
    await zhou.taps("明照乡 0/23")
    for item in range(1, 24):
        await zhou.sees("明照乡", f"第{item}条 · 满分")
        if item in NOT_APPLICABLE:
            await zhou.taps("不适用")
            question = await zhou.sees("请回复本条消息", "不适用的原因")
            await zhou.says(NOT_APPLICABLE[item], reply_to=question)
            continue
        answer = await zhou.taps(MARKS[item])
        assert answer.text.startswith(f"第{item}条 {MARKS[item]}分 已保存")
        if item in REASONS:
            assert answer.text.endswith("请回复理由")
            question = await zhou.sees("请回复本条消息", f"第{item}条得{MARKS[item]}分")
            await zhou.says(REASONS[item], reply_to=question)


async def by_typing(zhou: PersonHandle) -> None:
    """Score 金山街道 with five texts, as a phone sends them that comes back from a dead zone."""
    for text in SHORTHAND:
        await zhou.says(text)
        await zhou.sees("金山街道：已保存")


@pytest.mark.timeout(120)
async def test_both_ways_end_in_the_same_rows(stage: Stage) -> None:
    zhou = stage.person("周建国")
    await by_taps(zhou)
    await zhou.sees("明照乡", "23/23", "○ 未评分")
    await by_typing(zhou)
    await zhou.sees("23/23")

    tapped, typed = stage.rows.sheet("明照乡", "周建国"), stage.rows.sheet("金山街道", "周建国")
    assert stage.rows.marks(tapped) == stage.rows.marks(typed)
    points = {item: points for item, points, *_ in stage.rows.marks(tapped)}
    assert points == {item: int(Decimal(mark) * 100) for item, mark in MARKS.items()} | {16: None}
    reasons = {item: reason for item, _, _, reason, *_ in stage.rows.marks(tapped) if reason}
    assert reasons == REASONS | NOT_APPLICABLE
