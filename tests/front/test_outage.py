"""After an outage: whoever was scoring finds the screen at the bottom, with a word on what happened, and goes on."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from kit import PersonHandle, Stage
from kit.district import asks_townships_about, hands_out
from kit.stage import set_stage

from bot.sandbox.faults import Fault
from bot.sandbox.values import Message

ZHOU = 880002
NOTE = "停机，其间的点按可能没有收到。以下为已保存的内容"
CHANGES = (hands_out("明照乡", ZHOU), asks_townships_about("区民政局", "仙庾镇"))
KILLABLE = ("-m", "tests.faults.killable_bot")


@contextlib.asynccontextmanager
async def scoring(folder: Path, district: Path) -> AsyncIterator[tuple[Stage, PersonHandle, Message]]:
    """A bot of one's own, and an assessor who has just given the first mark; the screen shows the next item."""
    async with set_stage(folder, district, *CHANGES) as stage:
        await stage.bot.start()
        zhou = stage.person("周建国")
        await zhou.opens_sheet("明照乡")
        await zhou.taps("2")
        yield stage, zhou, await zhou.sees("1/23", "第2条")


async def is_down_until(stage: Stage, moment: str, *launcher: str) -> None:
    """The bot is stopped, and started again at this time of the day."""
    await stage.bot.stop()
    await stage.clock.is_moved_to(f"2013-06-24 {moment}")
    await stage.bot.start(*launcher, ready=not launcher)


async def is_gone(stage: Stage, old: Message) -> None:
    """Wait until a message is deleted: that comes after the one that took its place."""
    await stage.sandbox.until(
        lambda world: all(each.id != old.id for each in world.messages(old.chat_id)), "the older screen is deleted"
    )


async def notes(person: PersonHandle) -> list[Message]:
    """The screens that came again, as they stand in the chat."""
    return [message for message in await person.chat() if NOTE in message.text]


async def test_the_screen_comes_again_once_and_scoring_goes_on(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, zhou, old):
        await is_down_until(stage, "10:10")
        again = await zhou.sees(NOTE, "机器人2013年6月24日 10:00至2013年6月24日 10:10停机", "1/23", "第2条")
        await is_gone(stage, old)
        assert [message.id for message in await notes(zhou)] == [again.id]
        await zhou.taps("3", on=again)
        assert (await zhou.sees("2/23", "第3条")).id == again.id
        # What is typed later takes the new one's place: it is what stands in the chat.
        await zhou.says("明照乡 3:1")
        await zhou.sees("3/23")
        await is_gone(stage, again)


async def test_where_the_old_screen_cannot_be_deleted_its_buttons_stay_true(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, zhou, old):
        await stage.sandbox.goes_wrong(Fault("500", "deleteMessage"))
        await is_down_until(stage, "10:10")
        again = await zhou.sees(NOTE)
        assert (await zhou.taps("3", on=old)).text == "第2条 3分 已保存"
        assert (await zhou.taps("2.5", on=again)).text == "第2条 2.5分 已保存"
        assert stage.rows.mark(stage.rows.sheet("明照乡", "周建国"), 2) == 250


async def test_starting_again_adds_nothing(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, zhou, _):
        # Killed with the letter owed and not yet sent; the next start comes at once.
        await is_down_until(stage, "10:10", *KILLABLE, "before sending to a person", "dies", "1")
        await stage.bot.is_killed()
        assert await notes(zhou) == []
        await stage.bot.start()
        await zhou.sees(NOTE)
        await stage.bot.restart()
        await stage.clock.passes(60)
        assert len(await notes(zhou)) == 1


async def test_a_short_outage_loses_no_tap_and_says_nothing(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, zhou, old):
        await is_down_until(stage, "10:01:40")
        assert await notes(zhou) == []
        await zhou.taps("3", on=old)
        await zhou.sees("2/23")


async def test_who_has_long_stopped_scoring_is_left_in_peace(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, zhou, _):
        await stage.clock.moves_to("2013-06-24 12:50")
        await is_down_until(stage, "13:00")
        assert await notes(zhou) == []


async def test_nobody_is_written_to_in_the_quiet_hours(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, zhou, old):
        await stage.clock.moves_to("2013-06-24 19:50")
        await zhou.taps("3", on=old)
        await zhou.sees("2/23")
        await is_down_until(stage, "20:05")
        await stage.clock.moves_to("2013-06-25 07:40")
        assert await notes(zhou) == []


async def test_a_column_comes_again_as_a_column(tmp_path: Path, district: Path) -> None:
    async with scoring(tmp_path, district) as (stage, _, _):
        liu = stage.person("刘芳")
        await liu.opens_sheet("区民政局")
        await liu.taps("目录")
        await liu.taps("我的评分表", on=await liu.sees("大走访工作"))
        await liu.taps("逐条评各部门", on=await liu.sees("我的评分表"))
        await liu.taps("区民政局 ○", on=await liu.sees("已评0/1个部门"))
        await liu.taps("10", on=await liu.sees("区民政局（1/1）"))
        await liu.sees("已评1/1个部门")
        await is_down_until(stage, "10:10")
        again = await liu.sees(NOTE, "仙庾镇评各部门", "第1条", "已评1/1个部门")
        await liu.taps("第2条 ▶", on=again)
        assert (await liu.sees("第2条", "已评0/1个部门")).id == again.id
