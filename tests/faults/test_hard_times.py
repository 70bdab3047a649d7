"""Telegram that refuses to hand out updates, an update that cannot be handled, a database that refuses."""

from __future__ import annotations

import json

from kit import Stage

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.world import World

TROUBLED = ("-m", "tests.faults.killable_bot")
ZHOU = 880002
REFUSALS: tuple[FaultKind, ...] = ("401", "404_html", "409", "429", "500", "502_html", "200_html", "reset")


async def test_the_bot_goes_on_after_whatever_getupdates_answers(stage: Stage) -> None:
    await stage.bot.start(*TROUBLED, "nowhere", "dies", "1")
    deng = stage.person("邓丽华")
    for kind in REFUSALS:
        for _ in range(2):
            await stage.sandbox.goes_wrong(Fault(kind, "getUpdates"))
        # The poll that waits already brings the first; the second must come through the trouble.
        for command, words in (("/todo", "目前没有待办事项"), ("/cancel", "没有待回答的问题")):
            await deng.says(command)
            await deng.sees(words)
        assert await stage.sandbox.do(lambda world: world.faults.rules) == [], kind
    assert "CRITICAL bot.polling: Telegram refuses to hand out updates" in stage.bot.log()


async def test_a_poisonous_update_does_not_stop_its_neighbours(stage: Stage) -> None:
    await stage.bot.start()
    zhou = stage.person("周建国")
    sheet = stage.rows.sheet("仙庾镇", "周建国")
    await zhou.says("仙庾镇 15:4")
    await zhou.sees("15/23")

    def at_once(world: World) -> None:
        world.people.say(ZHOU, "仙庾镇 16:4")
        poison = world.state.render.message(world.people.say(ZHOU, "仙庾镇 17:5"))
        file = {"file_id": "x", "file_unique_id": "x", "file_size": "not a number"}
        world.state.updates.add("message", {**poison, "text": None, "document": file})
        world.state.updates.add("message", {"message_id": "neither number nor person"})
        world.people.say(ZHOU, "仙庾镇 18:5")

    await stage.sandbox.do(at_once)
    told = await zhou.sees("程序出了差错，未保存这条消息的内容")
    await zhou.sees("18/23")
    assert [stage.rows.mark(sheet, item) for item in (15, 16, 17, 18)] == [400, 400, 500, 500]
    buried = stage.rows.all("SELECT code, body, traceback FROM dead_letter ORDER BY update_id")
    assert len(buried) == 2
    code, body, traceback = buried[0]
    assert code in told.text
    assert json.loads(body)["message"]["document"]["file_size"] == "not a number"
    assert "TypeError" in traceback
    assert code in stage.bot.log()


async def test_a_refusal_takes_nothing_from_the_neighbour_before_it(stage: Stage) -> None:
    await stage.bot.start()
    zhou = stage.person("周建国")

    def at_once(world: World) -> None:
        world.people.say(ZHOU, "仙庾镇 15:4")
        world.people.say(stage.stranger.id, "你好")

    await stage.sandbox.do(at_once)
    await stage.stranger.sees("本机器人只供考核工作使用")
    await zhou.sees("15/23")
    assert stage.rows.mark(stage.rows.sheet("仙庾镇", "周建国"), 15) == 400


async def test_a_tap_that_fails_is_answered_with_its_code(stage: Stage) -> None:
    await stage.bot.start()
    zhou = stage.person("周建国")
    screen = await zhou.opens_sheet("明照乡")

    def at_once(world: World) -> str:
        tap = world.people.forge_tap(ZHOU, screen.id, "m:1:1:1")
        query = world.state.updates.fetch()[-1]["callback_query"]
        world.state.updates.clear()
        world.state.updates.add("callback_query", {**query, "data": 5})
        return tap

    answer = await zhou.is_answered(await stage.sandbox.do(at_once))
    assert answer.alert
    assert stage.rows.one("SELECT code FROM dead_letter") in answer.text


async def test_a_database_that_refuses_a_commit_loses_and_doubles_nothing(stage: Stage) -> None:
    await stage.bot.start(*TROUBLED, "before commit", "refuses", "1")
    luo = stage.person("罗晓梅")
    await luo.says("明照乡 4:1.5 迟报一天 5:2")
    await luo.sees("2/23")
    assert [message.text.count("已保存2条") for message in await luo.hears()] == [1]
    assert len(stage.rows.acts(stage.rows.sheet("明照乡", "罗晓梅"))) == 2
    assert "the database refused a batch; nothing was acknowledged" in stage.bot.log()
