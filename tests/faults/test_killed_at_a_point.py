"""SIGKILL at each named point of taking a tap: it takes effect exactly once, and the screen shows it."""

from __future__ import annotations

import pytest
from kit import Stage

KILLABLE = ("-m", "tests.faults.killable_bot")


@pytest.mark.parametrize("point", ["before commit", "after commit", "before offset"])
async def test_a_tap_takes_effect_once(stage: Stage, point: str) -> None:
    # The list, the sheet, the tap: the point is passed for the third time with the tap.
    await stage.bot.start(*KILLABLE, point, "dies", "3")
    zhou = stage.person("周建国")
    screen = await zhou.opens_sheet("明照乡")
    sheet = stage.rows.sheet("明照乡", "周建国")
    tap = await zhou.taps_unanswered("2", on=screen)
    await stage.bot.is_killed()
    assert stage.rows.mark(sheet, 1) == (None if point == "before commit" else 200)

    await stage.bot.start()
    await zhou.sees("1/23", "第2条 · 满分3分")
    await stage.sandbox.drained()
    if point == "before commit":
        assert (await zhou.is_answered(tap)).text == "第1条 2分 已保存"
    assert stage.rows.mark(sheet, 1) == 200
    assert len(stage.rows.acts(sheet)) == 1


@pytest.mark.parametrize("point", ["before commit", "after commit", "before offset"])
async def test_typed_marks_and_their_question_survive(stage: Stage, point: str) -> None:
    await stage.bot.start(*KILLABLE, point, "dies", "1", ready=False)
    luo = stage.person("罗晓梅")
    await luo.says("明照乡 4:1.5 5:2")
    await stage.bot.is_killed()
    await stage.bot.start()
    await luo.sees("2/23")
    sheet = stage.rows.sheet("明照乡", "罗晓梅")
    assert [(item, points) for item, points, *_ in stage.rows.marks(sheet)] == [(4, 150), (5, 200)]
    assert len(stage.rows.acts(sheet)) == 2
