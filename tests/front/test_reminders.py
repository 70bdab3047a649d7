"""The 26th, as officers and the office live it: reminded once, chased only if need be, whatever happens to the bot."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from kit import PersonHandle, Stage
from kit.district import appoints
from kit.stage import set_stage

from core.people import Role

WANG = 880055


@contextlib.asynccontextmanager
async def office(folder: Path, district: Path) -> AsyncIterator[Stage]:
    """A running bot of one's own: its clock goes its own way."""
    async with set_stage(folder, district, appoints("王小明", WANG, Role.OFFICER, "月塘街道")) as stage:
        await stage.bot.start()
        yield stage


async def times_heard(person: PersonHandle, text: str) -> int:
    """How many messages of the chat say this."""
    return sum(text in message.text for message in await person.chat())


async def test_the_26th(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        liu, wang = stage.person("刘芳"), await stage.joins(WANG, "王小明")
        await stage.clock.moves_to("2013-06-26 08:30")
        digest = await liu.sees("待办", "月报表 · 2013年6月26日 24:00截止")
        await stage.clock.moves_to("2013-06-26 09:00")
        reminder = await liu.sees("报送2013年6月月报表和工作总结的日子", "附件1第4条")
        await stage.bot.restart()
        await liu.taps(reminder.keyboard[0][0]["text"], on=reminder)
        await liu.says("六月小结", reply_to=await liu.sees("请回复本条，发文件"))
        await liu.sees("已收到", "按时")
        await liu.taps("不再发每日提要", on=digest)
        home = await liu.sees("您好")
        assert "恢复每日提要" in [key["text"] for row in home.keyboard for key in row]
        await stage.clock.moves_to("2013-06-26 16:00")
        await wang.sees("还没有报2013年6月月报表")
        await stage.clock.moves_to("2013-06-26 16:10")
        assert await times_heard(liu, "还没有报2013年6月月报表") == 0
        assert (
            await times_heard(wang, "还没有报2013年6月月报表") == await times_heard(wang, "月报表和工作总结的日子") == 1
        )


async def test_down_over_the_26th(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        liu, tang = stage.person("刘芳"), stage.person("唐文静")
        await stage.clock.moves_to("2013-06-25 20:00")
        await stage.bot.stop()
        await stage.clock.is_moved_to("2013-06-27 12:00")
        await stage.bot.start()
        await tang.sees("停机期间，下列提醒错过了时间", "2013年6月26日 09:00 月报表提醒", "月报表催办")
        await stage.clock.moves_to("2013-06-27 12:05")
        assert await times_heard(liu, "月报表和工作总结的日子") == 0


async def test_down_until_eleven(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        liu = stage.person("刘芳")
        await stage.clock.moves_to("2013-06-25 20:00")
        await stage.bot.stop()
        await stage.clock.is_moved_to("2013-06-26 11:00")
        await stage.bot.start()
        await liu.sees("月报表和工作总结的日子")
        await stage.bot.restart()
        await stage.clock.moves_to("2013-06-26 11:30")
        assert await times_heard(liu, "月报表和工作总结的日子") == 1
