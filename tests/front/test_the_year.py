"""A whole year by the clock: what the bot says unasked is what a table says, no more and no less."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from kit import PersonHandle, Stage
from kit.clock import ZONE
from kit.people import sheet_of
from kit.small_district import load_small_district
from kit.stage import set_stage

from bot.buttons import pack
from bot.buttons.sheets import FillRest, SubmitSheet
from front.year_2013 import ADMIN, ASSESSOR, CHEN, FIRST, GROUP, LIAISON, LIU, Said, every_week, the_year

Heard = tuple[str, str, str]
"""Minute, who, and the text."""


class Year:
    """One bot, its people, and what they were answered with."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._answers: set[tuple[str, int]] = set()

    async def by(self, name: str, deed: Callable[[PersonHandle], Awaitable[object]]) -> None:
        """Somebody does something; what comes in their own chat meanwhile answers it."""
        person = self.stage.person(name)
        before = {message.id for message in await person.chat()}
        await deed(person)
        # Replies keep their order within a chat: once this one is there, all are.
        await person.says("/cancel")
        await person.sees("没有待回答的问题")
        self._answers |= {(name, message.id) for message in await person.chat() if message.id not in before}

    async def heard(self) -> Iterator[Heard]:
        """All that was said unasked."""
        bot = self.stage.sandbox.world.account.id
        chats = {name: await self.stage.person(name).chat() for name in (ADMIN, ASSESSOR, LIU, CHEN, LIAISON)}
        chats[GROUP] = await self.stage.group.said()
        return (
            (f"{datetime.fromtimestamp(message.date, ZONE):%Y-%m-%d %H:%M}", name, message.text)
            for name, messages in chats.items()
            for message in messages
            if message.sender_id == bot and (name, message.id) not in self._answers
        )


async def scores_january(zhou: PersonHandle) -> None:
    """Two sheets, handed in."""
    for unit, typed in (("月塘街道", "月塘街道 1:1 经费没有到位"), ("仙庾镇", "仙庾镇 1:2")):
        await zhou.says(typed)
        screen = await zhou.sees("已保存1条")
        sheet = sheet_of(screen)
        await zhou.forges(pack(FillRest(sheet)), on=screen)
        await zhou.sees(unit, "23/23")
        await zhou.forges(pack(SubmitSheet(sheet)))
        await zhou.sees_file(unit)


async def logs_the_workday(chen: PersonHandle) -> None:
    """The 8th of March, on the day."""
    await chen.says("/workday")
    asked = await chen.sees("群众工作日")
    label = next((b["text"] for row in asked.keyboard for b in row if "3月8日" in b["text"]), None)
    if label is not None:
        await chen.taps(label, on=asked)
        asked = await chen.sees("2013年3月8日群众工作日", "12 8 5")
    await chen.says("12 8 5 调解邻里纠纷", reply_to=asked)
    await chen.sees("已登记")


async def sends_a_briefing(liu: PersonHandle) -> None:
    """In the week of the 13th of March."""
    await liu.says("/briefing")
    asked = await liu.sees("第一行写标题")
    await liu.says("社区调解室启用\n当天调解邻里纠纷三起", reply_to=asked)
    await liu.sees("等区社管办审定")


async def accepts_it(tang: PersonHandle) -> None:
    """By the key under the letter."""
    await tang.taps("采用", on=await tang.newest_screen())
    await tang.sees("已采用（唐文静）")


async def files_early(liu: PersonHandle) -> None:
    """March's report, on the 25th."""
    await liu.says("/report")
    await liu.says("三月小结", reply_to=await liu.sees("2013年3月月报表"))
    await liu.sees("已收到", "按时")


async def excuses(tang: PersonHandle) -> None:
    """仙庾镇 from April's report, in the ledger."""
    await tang.says("/todo")
    await tang.taps("台账", on=await tang.sees("您好"))
    await tang.taps("仙庾镇", on=await tang.sees("台账 · 2013年4月"))
    await tang.taps("免报 2013年4月月报", on=await tang.sees("2013年4月"))
    await tang.says("全镇抗洪", reply_to=await tang.sees("免除仙庾镇", "写明原因"))
    await tang.sees("已免除")


DEEDS = (
    ("2013-01-02 10:00", ASSESSOR, scores_january),
    ("2013-03-08 10:00", CHEN, logs_the_workday),
    ("2013-03-13 10:00", LIU, sends_a_briefing),
    ("2013-03-13 10:00", ADMIN, accepts_it),
    ("2013-03-25 10:00", LIU, files_early),
    ("2013-04-20 10:00", ADMIN, excuses),
)


def differences(table: list[Said], heard: Iterator[Heard]) -> list[str]:
    """What was said and stands not in the table (+), and what stands there and was not said (-), by time."""
    wanted = [(said.when, name, said.words) for said in table for name in said.to]
    found = []
    for when, name, text in heard:
        line = next((each for each in wanted if each[:2] == (when, name) and each[2] in text), None)
        if line is None:
            found.append(f"{when} {name} + {text}")
        else:
            wanted.remove(line)
    return sorted(found + [f"{when} {name} - {words}" for when, name, words in wanted])


async def lives_through(year: Year, table: list[Said]) -> None:
    """Move the clock to everything that stands in the table, to the deeds, and to a silent hour in every week."""
    clock = year.stage.clock
    nights = {f"{sunday} 23:00" for sunday in every_week(FIRST + timedelta(days=5))}
    moments = {said.when for said in table} | {when for when, *_ in DEEDS} | nights
    for moment in sorted(moments):
        await clock.moves_to(moment)
        for when, name, deed in DEEDS:
            if when == moment:
                await year.by(name, deed)
                # What others hear of it is sent before the next move.
                await clock.passes(1)


def test_what_is_missing_and_what_is_too_much_are_both_seen() -> None:
    table = [Said("2013-06-26 09:00", "月报表", (LIU, CHEN)), Said("2013-06-28 15:00", "信息", (LIU,))]
    said = [("2013-06-26 09:00", LIU, "请报月报表"), ("2013-06-26 09:00", CHEN, "请报月报表")]
    friday = ("2013-06-28 15:00", LIU, "还没有信息")
    assert differences(table, iter([*said, friday])) == []
    assert differences(table, iter(said)) == ["2013-06-28 15:00 刘芳 - 信息"]
    assert differences(table, iter([*said, friday, friday])) == ["2013-06-28 15:00 刘芳 + 还没有信息"]
    assert len(differences(table, iter([*said, ("2013-06-28 15:01", LIU, "还没有信息")]))) == 2


async def test_the_year_2013_says_what_the_table_says(tmp_path: Path) -> None:
    load_small_district(tmp_path / "small.db")
    begins = datetime.combine(FIRST, time(), tzinfo=ZONE)
    async with set_stage(tmp_path, tmp_path / "small.db", begins=begins) as stage:
        await stage.bot.start()
        year = Year(stage)
        table = the_year()
        await lives_through(year, table)
        found = differences(table, await year.heard())
        assert not found, "\n".join(found)
