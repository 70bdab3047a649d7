"""/schedule, as the office and those whom the clock writes to live it: skipped, moved, fired now, over restarts."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

from kit import PersonHandle, Stage
from kit.district import appoints
from kit.stage import set_stage

from bot.buttons import pack
from bot.buttons.schedule import AskMoveFiring, AskSkipFiring, ListFired, PrintCalendar, ShowFiring, ShowSchedule
from core.people import Role
from core.schedule_views import schedule_number

WANG = 880055
REMINDER, CHASE = "6月26日 09:00 月报表提醒", "6月26日 16:00 月报表催办"
REMINDED, CHASED = "2013年6月月报表和工作总结", "还没有报2013年6月月报表"


@contextlib.asynccontextmanager
async def office(folder: Path, district: Path) -> AsyncIterator[Stage]:
    """A running bot of one's own: its clock goes its own way."""
    async with set_stage(folder, district, appoints("王小明", WANG, Role.OFFICER, "月塘街道")) as stage:
        await stage.bot.start()
        yield stage


async def times_heard(person: PersonHandle, text: str) -> int:
    """How many messages of the chat say this."""
    return sum(text in message.text for message in await person.chat())


async def opens(person: PersonHandle, firing: str) -> None:
    """Open one firing from the list."""
    await person.says("/schedule")
    await person.sees("今后30天")
    await person.taps(firing)
    await person.sees("停机错过的")


async def replies(person: PersonHandle, key: str, question: str, text: str) -> None:
    """Tap a key and reply to what it asks."""
    await person.taps(key)
    await person.says(text, reply_to=await person.sees(question))


async def test_the_schedule_in_both_languages(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        await tang.says("/schedule")
        shown = await tang.sees("日程 · 今后30天", "6月26日 星期三", "09:00 月报表提醒", "每天08:30")
        await tang.taps("▶", on=shown)
        await tang.sees("第2页")
        await tang.taps("◀")
        await tang.sees("第1页")
        await tang.says("/language")
        await tang.sees("请选择语言")
        await tang.taps("English")
        await tang.says("/schedule")
        await tang.sees("Schedule · the next 30 days", "Wednesday, 26 June", "09:00 Monthly report, reminder")
        await tang.taps("26 Jun 09:00 Monthly report, reminder")
        await tang.sees("Goes to: officers of all townships")
        await tang.taps("Move")
        asked = await tang.sees("2013-06-27 10:00 maintenance")
        await tang.says("2013-06-27 10:00 maintenance", reply_to=asked)
        await tang.sees("Moved.", "Thursday, 27 June 2013, 10:00", "moved by 唐文静: maintenance")


async def test_a_skipped_chase_chases_nobody(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, liu, wang = stage.person("唐文静"), stage.person("刘芳"), await stage.joins(WANG, "王小明")
        await opens(tang, CHASE)
        await replies(tang, "跳过", "请回复本条，写明原因", "系统检修")
        await tang.sees("已跳过。", "已由唐文静跳过：系统检修")
        await stage.clock.moves_to("2013-06-26 09:00")
        await stage.clock.moves_to("2013-06-26 16:00")
        await stage.clock.moves_to("2013-06-26 16:10")
        assert await times_heard(liu, CHASED) == await times_heard(wang, CHASED) == 0
        await tang.says("/schedule")
        await tang.sees("今后30天")
        await tang.taps("最近10次")
        await tang.sees("月报表催办：已跳过（系统检修）", "月报表提醒：已送达 4")
        acts = stage.rows.column("SELECT act FROM audit WHERE chain LIKE 'roster:%' ORDER BY seq DESC LIMIT 1")
        assert acts == ["skip_firing"]


async def test_a_moved_reminder_comes_then_and_once(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, liu = stage.person("唐文静"), stage.person("刘芳")
        await opens(tang, REMINDER)
        await replies(tang, "改时间", "改到什么时候", "6月24日 09:00 太早")
        await tang.sees("2013年6月24日 09:00已经过去")
        await tang.says("6月27日 22:00 太晚")
        await tang.sees("20:00至次日07:30不主动发消息")
        await tang.says("明天吧")
        await tang.sees("看不懂时间")
        await tang.says("6月27日 10:00")
        await tang.sees("还没有写原因", "例如：6月27日 10:00 系统检修")
        await tang.says("６月２７日 １０：００ 开会")
        await tang.sees("时间已改。", "2013年6月27日 10:00", "原定2013年6月26日 09:00，由唐文静改期：开会")
        await stage.clock.moves_to("2013-06-26 09:30")
        assert await times_heard(liu, REMINDED) == 0
        await stage.bot.restart()
        await stage.clock.moves_to("2013-06-27 10:00")
        reminder = await liu.sees(REMINDED, "2013年6月26日 24:00截止")
        assert "今天是" not in reminder.text
        await stage.bot.restart()
        await stage.clock.moves_to("2013-06-27 10:30")
        assert await times_heard(liu, REMINDED) == 1


async def test_fired_now_it_comes_at_once_and_not_again(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, liu = stage.person("唐文静"), stage.person("刘芳")
        await opens(tang, REMINDER)
        await replies(tang, "立即执行", "有关人员马上会收到", "提前通知")
        await tang.sees("已立即执行。", "结果在“最近10次”里")
        await liu.sees(REMINDED)
        await stage.clock.moves_to("2013-06-26 08:30")
        await stage.clock.moves_to("2013-06-26 09:00")
        await stage.clock.moves_to("2013-06-26 09:10")
        assert await times_heard(liu, REMINDED) == 1
        reminder = (schedule_number("report-reminder"), date(2013, 6, 26).toordinal(), 0)
        await tang.says("/schedule")
        shown = await tang.sees("今后30天")
        assert REMINDER not in [key["text"] for row in shown.keyboard for key in row]
        assert "已经执行、错过或跳过" in (await tang.forges(pack(AskSkipFiring(*reminder)), on=shown)).text


async def test_it_is_put_back_to_its_own_time(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, liu = stage.person("唐文静"), stage.person("刘芳")
        await opens(tang, REMINDER)
        await replies(tang, "跳过", "请回复本条，写明原因", "系统检修")
        await tang.sees("已跳过。")
        answer = await tang.taps("设回原时间")
        assert answer.text == "已设回原时间"
        shown = await tang.sees("月报表提醒", "停机错过的")
        assert "系统检修" not in shown.text
        await stage.clock.moves_to("2013-06-26 09:00")
        await liu.sees(REMINDED)


async def test_closings_are_changed_in_rounds(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        await tang.says("/schedule")
        shown = await tang.sees("今后30天")
        await tang.taps("6月30日 24:00 2013年6月考评截止（乡镇街道）", on=shown)
        closing = await tang.sees("截止时间在 /rounds 里改")
        assert [key["text"] for row in closing.keyboard for key in row] == ["◀ 日程"]
        first_of_july = date(2013, 7, 1).toordinal()
        closes = AskMoveFiring(schedule_number("quarterly-close"), first_of_july, 0)
        assert "请在 /rounds 里改" in (await tang.forges(pack(closes), on=closing)).text


async def test_the_year_comes_as_a_calendar(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        await opens(tang, REMINDER)
        await replies(tang, "改时间", "改到什么时候", "6月27日 10:00 开会")
        await tang.sees("时间已改。")
        await tang.says("/schedule")
        shown = await tang.sees("今后30天")
        await tang.taps("日历文件 .ics（2013年）", on=shown)
        content = (await tang.gets_file("日程-2013.ics")).decode()
        assert content.startswith("BEGIN:VCALENDAR\r\n")
        moved = content[content.index("UID:report-reminder-2013-06-26-") :]
        assert "DTSTART:20130627T020000Z" in moved[: moved.index("END:VEVENT")]
        assert "每日提要" not in content
        forged = await tang.forges(pack(PrintCalendar(10**9)), on=shown)
        assert "看不懂" in forged.text
        await tang.forges(pack(ShowSchedule(10**6)), on=shown)
        await tang.sees("今后30天")
        await tang.forges(pack(ListFired()), on=shown)
        await tang.sees("还没有执行过")
        assert "没有这一项" in (await tang.forges(pack(ShowFiring(1, 1, 1)), on=shown)).text
