"""The last hop to the group cannot be exactly once: one post, or a question to the admins, never two posts."""

from __future__ import annotations

import pytest
from kit import Stage

from bot.sandbox.faults import Fault, FaultKind

KILLABLE = ("-m", "tests.faults.killable_bot")
FIRST_OF_JULY = "2013-07-01 09:00"
FLAG = "2013年6月流动红旗"
STATE = "SELECT state FROM outbox WHERE dedup_key LIKE 'bulletin:%'"


async def killed(stage: Stage, point: str) -> None:
    """The bot dies around the call that posts the bulletin, and starts again."""
    await stage.bot.start(*KILLABLE, point, "dies", "1")
    await stage.clock.is_moved_to(FIRST_OF_JULY)
    await stage.bot.is_killed()
    await stage.bot.start()
    await stage.person("唐文静").sees("是否已发到群里，无法确认")
    assert stage.rows.one(STATE) == "unknown"


async def test_killed_before_sending_an_admin_has_it_sent(stage: Stage) -> None:
    await killed(stage, "before sending to a group")
    assert await stage.group.said() == []
    tang = stage.person("唐文静")
    await tang.taps("未发出，重发")
    await tang.sees("已记录：将重发通报")
    await stage.clock.passes(60)
    await stage.group.has_exactly_one(FLAG)
    assert stage.rows.one(STATE) == "sent"


async def test_killed_after_sending_an_admin_says_it_is_there(stage: Stage) -> None:
    await killed(stage, "after sending to a group")
    await stage.group.has_exactly_one(FLAG)
    tang = stage.person("唐文静")
    await tang.taps("已发出")
    await tang.sees("已记录：通报已发出")
    assert stage.rows.one(STATE) == "sent"
    await stage.clock.moves_to("2013-07-02 09:00")
    assert len(await stage.group.said()) == 1


async def test_a_tap_on_the_post_itself_proves_it_there(stage: Stage) -> None:
    await killed(stage, "after sending to a group")
    post = await stage.group.has_exactly_one(FLAG)
    await stage.group.is_tapped(stage.person("刘芳"), "查看全表", post)
    assert stage.rows.one(STATE) == "sent"
    tang = stage.person("唐文静")
    await tang.taps("未发出，重发")
    await tang.sees("已经确定，不需要再处理")
    await stage.clock.passes(60)
    assert len(await stage.group.said()) == 1


async def test_only_an_admin_decides(stage: Stage) -> None:
    await killed(stage, "before sending to a group")
    tang, zhou = stage.person("唐文静"), stage.person("周建国")
    data = (await tang.newest_screen()).keyboard[0][1]["callback_data"]
    await zhou.says("/language")
    await zhou.sees("请选择语言")
    answer = await zhou.forges(data)
    assert answer.alert
    assert "您的身份不能办理这一事项" in answer.text
    assert stage.rows.one(STATE) == "unknown"


async def test_a_post_whose_answer_is_lost_is_asked_about_and_not_repeated(stage: Stage) -> None:
    await stage.bot.start()
    await stage.sandbox.goes_wrong(Fault("drop_response_after_apply", "send*", stage.group.id))
    await stage.clock.moves_to(FIRST_OF_JULY)
    await stage.person("唐文静").sees("是否已发到群里，无法确认")
    await stage.clock.passes(600)
    await stage.group.has_exactly_one(FLAG)
    assert stage.rows.one(STATE) == "unknown"
    await stage.bot.restart()
    await stage.clock.passes(600)
    await stage.group.has_exactly_one(FLAG)


@pytest.mark.parametrize("kind", ["429", "404_html"])
async def test_what_telegram_certainly_did_not_take_is_sent_again(stage: Stage, kind: FaultKind) -> None:
    await stage.bot.start()
    await stage.sandbox.goes_wrong(Fault(kind, "send*", stage.group.id, amount=5))
    await stage.clock.moves_to(FIRST_OF_JULY)
    assert await stage.group.said() == []
    await stage.clock.passes(60)
    await stage.group.has_exactly_one(FLAG)
    assert stage.rows.one(STATE) == "sent"
