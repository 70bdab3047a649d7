"""Rounds: they open by the clock, even late, and the office moves their end and chooses what counts by buttons."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from kit import PersonHandle, Stage
from kit.clock import ZONE
from kit.district import Change, assigns, links, was_down_since
from kit.stage import set_stage

from bot.buttons import pack
from bot.buttons.rounds import AskOpenRound, FocusOff, FocusOn, OpenRound, SetClosing, ShowRound, ShowRounds

LUO = 880003
# Beside the demo's own: somebody else for 仙庾镇, and a township for the department that has none.
ROSTER = (assigns("仙庾镇", LUO), links("区民政局", "明照乡"))
NINETEENTH = datetime(2013, 6, 19, 12, 0, tzinfo=ZONE)


@contextlib.asynccontextmanager
async def office(folder: Path, district: Path, *changes: Change) -> AsyncIterator[Stage]:
    """A running bot of one's own: its clock goes its own way."""
    async with set_stage(folder, district, *ROSTER, *changes) as stage:
        await stage.bot.start()
        yield stage


async def times_heard(person: PersonHandle, text: str) -> int:
    """How many messages of the chat say this."""
    return sum(text in message.text for message in await person.chat())


async def test_on_the_twentieth_the_quarter_opens_and_everybody_hears_it_once(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        zhou, liu = stage.person("周建国"), stage.person("刘芳")
        await stage.clock.moves_to("2013-09-20 07:59")
        assert await times_heard(zhou, "第三季度") == 0
        await stage.clock.moves_to("2013-09-20 08:00")
        await zhou.sees("2013年第三季度乡镇街道考评已开始", "2013年9月30日 24:00")
        await liu.sees("2013年第三季度部门考评已开始", "保密，但不匿名")
        await stage.bot.restart()
        await stage.clock.moves_to("2013-09-20 08:10")
        assert await times_heard(zhou, "第三季度") == await times_heard(liu, "第三季度") == 1

        await liu.opens_sheet("区卫生局")
        await liu.says("区卫生局 1:1 未走访")
        await liu.sees("区卫生局：已保存1条")
        sheet = stage.rows.sheet("区卫生局", "仙庾镇")
        assert stage.rows.mark(sheet, 1) == 100


async def test_a_bot_that_was_down_over_the_twentieth_opens_late(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district, was_down_since(NINETEENTH, "quarterly-open")) as stage:
        await stage.person("罗晓梅").sees("2013年第二季度乡镇街道考评已开始")
        await stage.person("刘芳").sees("2013年第二季度部门考评已开始")
        opened = "SELECT unit_kind, substr(opens_at, 1, 16) FROM round WHERE period = '2013-Q2' ORDER BY id"
        at_eight = "2013-06-20 00:00"
        assert stage.rows.all(opened) == [("township", at_eight), ("department", at_eight)]


async def test_the_office_extends_closes_and_reopens(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, zhou = stage.person("唐文静"), stage.person("周建国")
        await tang.says("/rounds")
        await tang.sees("2013年6月", "2013年6月30日 24:00截止")
        await tang.taps_what_begins("2013年6月")
        await tang.sees("督查重点：全部条目")
        await tang.taps("延长")
        await tang.sees("延长到什么时候")
        await tang.taps("至2013年7月1日 24:00")
        await tang.sees("2013年7月1日 24:00截止")
        await zhou.sees("截止时间改为2013年7月1日 24:00")

        await tang.taps("提前截止")
        await tang.sees("现在就截止？")
        await tang.taps("确认，现在截止")
        await tang.sees("已截止")
        await zhou.sees("考评已于2013年6月24日", "截止。您有评分表没有提交")
        sheet = stage.rows.sheet("仙庾镇", "周建国")
        await zhou.says("/score")
        await zhou.sees("没有您可以评分的评分表")

        await tang.taps("重新开放")
        await tang.sees("重新开放到什么时候")
        await tang.taps("至2013年6月26日 24:00")
        await tang.sees("2013年6月26日 24:00截止")
        await zhou.sees("截止时间改为2013年6月26日 24:00")
        await zhou.says("仙庾镇 15:4")
        await zhou.sees("已保存1条")
        assert stage.rows.mark(sheet, 15) == 400
        acts = stage.rows.column("SELECT act FROM audit WHERE chain LIKE 'round:%' ORDER BY seq")
        assert acts == ["open", "hand_out", "extend", "close", "reopen"]


async def test_the_office_opens_a_round_and_chooses_its_focus(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, luo = stage.person("唐文静"), stage.person("罗晓梅")
        await tang.says("/rounds")
        await tang.sees("2013年6月")
        await tang.taps("开启新一轮")
        await tang.sees("开启哪一次考评？")
        await tang.taps("2013年第二季度 · 乡镇街道")
        await tang.sees("现在开启，2013年6月30日 24:00截止")
        await tang.taps("确认，现在开启")
        await tang.sees("评分表：9份", "没有评分表的单位：明照乡。请在人员名册里填好分工，再补发评分表")
        await luo.sees("2013年第二季度乡镇街道考评已开始")

        await tang.taps("督查重点")
        await tang.sees("全部条目都考评")
        await tang.taps("4")
        await tang.sees("只考评第4条")
        await tang.taps("10")
        await tang.sees("只考评第4、10条")
        shown = await luo.opens_sheet("仙庾镇")
        assert "0/2" in shown.text
        await luo.taps("2", on=shown)
        await luo.sees("第10条", "1/2")

        await tang.taps("◀ 考评")
        await tang.sees("督查重点：第4、10条")
        answer = await tang.taps("补发评分表")
        assert answer.text == "没有需要补发的评分表；仍有1个单位没有评分表"


async def test_a_forged_round_is_refused_and_pages_turn(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        await tang.says("/rounds")
        shown = await tang.sees("2013年6月")
        for forged in (AskOpenRound(5, 2013, 1, 0), OpenRound(1, 2013, 6, 9), OpenRound(1, 2013, 13, 0)):
            answer = await tang.forges(pack(forged), on=shown)
            assert "看不懂" in answer.text
        answer = await tang.forges(pack(SetClosing(1, 2**62)), on=shown)
        assert "考评最迟到2013年7月31日 24:00截止" in answer.text
        assert "没有这次考评" in (await tang.forges(pack(ShowRound(404)), on=shown)).text
        await tang.forges(pack(ShowRounds(3)), on=shown)
        await tang.taps_what_begins("2013年6月")
        await tang.sees("督查重点：全部条目")
        await tang.taps("督查重点")
        fixed = await tang.sees("已有评分表提交，督查重点不能再改")
        for choice in (FocusOn(1, 4), FocusOff(1, 4)):
            assert "督查重点不能再改" in (await tang.forges(pack(choice), on=fixed)).text
