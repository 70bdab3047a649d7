"""The quarter's bulletin in the group, /rank from period to period, the ranks of a year, and files."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from kit import Stage
from kit.clock import TEN_O_CLOCK, ZONE
from kit.district import DISTRICT, Change
from kit.stage import set_stage
from openpyxl import load_workbook
from pypdf import PdfReader

from core import rubric_files
from core.actions import marking, rounds, submitting
from core.actions.door import Moment
from core.periods import Period
from core.store import people
from core.store.engine import Db
from core.store.units import unit_names

ZHOU = 880002
FIRST = "仙庾镇"


def scores(period: str) -> Change:
    """A round of townships in which 周建国 handed in every sheet: 仙庾镇 first, each of the others a little worse."""

    def act(db: Db) -> None:
        book = rubric_files.load_directory(rubric_files.SHIPPED)
        (policy,) = book.policies.values()
        rules = rounds.rules_from(rubric_files.SHIPPED, book.rubrics[policy.rubrics.township], policy)
        parsed = Period.parse(period)
        begin = (TEN_O_CLOCK - timedelta(days=100)) if parsed < Period.parse("2013-06") else TEN_O_CLOCK
        now = begin.astimezone(ZONE) - timedelta(hours=1)
        opened = rounds.open_round(db, DISTRICT, parsed, "township", rules, now, parsed.ends_at(ZONE))
        names = unit_names(db, DISTRICT, "township", TEN_O_CLOCK.date())
        actor = people.actors(db, [ZHOU], TEN_O_CLOCK.date())[ZHOU]
        for place, unit_id in enumerate(sorted(names, key=lambda each: names[each] != FIRST)):
            sheet = rounds.hand_out(db, opened, unit_id, actor.person_id)
            at = Moment(now, TEN_O_CLOCK.date())
            for item in range(1, place + 1):
                marking.set_mark_with_reason(db, actor, sheet, item, 0, "台账缺页", at)
            marking.fill_rest(db, actor, sheet, at)
            submitting.submit(db, actor, sheet, at)

    return act


@contextlib.asynccontextmanager
async def quarter(folder: Path, district: Path) -> AsyncIterator[Stage]:
    """A bot in whose district the second quarter is scored."""
    async with set_stage(folder, district, scores("2013-Q2")) as stage:
        await stage.bot.start()
        yield stage


async def test_a_quarter_is_posted_once_under_public_notice_and_once_as_final(tmp_path: Path, district: Path) -> None:
    async with quarter(tmp_path, district) as stage:
        await stage.clock.moves_to("2013-07-01 09:00")
        words = await stage.group.has_exactly_one("公示至2013年7月4日 24:00")
        assert "2013年第二季度综合排名通报" in words.text
        assert f"1 {FIRST} 100.00" in words.text
        assert "奖励和末位处理在定稿后生效" in words.text
        assert "3000" not in words.text
        assert [post.kind for post in await stage.group.said() if "第二季度" in post.text] == [
            "text",
            "photo",
            "document",
        ]

        liu = stage.person("刘芳")
        answer = await stage.group.is_tapped(liu, "查看全表", words)
        assert answer.url == "https://t.me/hongqi_bot?start=rank-2013-Q2"
        await liu.opens(answer)
        await liu.sees("2013年第二季度综合排名", "公示至")
        await liu.opens(await stage.group.is_tapped(liu, "为什么", words))
        await liu.sees(FIRST)

        await stage.clock.moves_to("2013-07-05 00:00")
        await stage.bot.restart()
        await stage.clock.moves_to("2013-07-05 07:29")
        assert not any("奖励3000元" in post.text for post in await stage.group.said())
        await stage.clock.moves_to("2013-07-05 07:30")
        final = await stage.group.has_exactly_one("奖励3000元")
        assert "定稿 · 第1版" in final.text
        assert "末位：" in final.text
        posts = [post for post in await stage.group.said() if "第二季度" in post.text]
        assert [post.kind for post in posts] == ["text", "photo", "document"] * 2
        paper = posts[-1].file
        assert paper is not None
        content = await stage.sandbox.do(lambda world: world.file_content(paper))
        printed = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).replace(" ", "")
        assert "荷塘区社会管理工作办公室" in printed
        assert "奖励（元）" in printed
        assert "3000" in printed


async def test_rank_goes_from_period_to_period_in_one_message(tmp_path: Path, district: Path) -> None:
    async with set_stage(tmp_path, district, scores("2013-05"), scores("2013-Q2")) as stage:
        await stage.bot.start()
        liu = stage.person("刘芳")
        await stage.clock.moves_to("2013-07-01 09:00")
        await liu.says("/rank 2013-06")
        june = await liu.sees("2013年6月综合排名")
        await liu.taps("季", on=june)
        shown = await liu.sees("2013年第二季度综合排名")
        assert shown.id == june.id
        await liu.taps("月", on=shown)
        assert (await liu.sees("2013年6月综合排名")).id == june.id
        labels = [button["text"] for row in shown.keyboard for button in row]
        assert "导出通报" not in labels

        asked = await stage.group.hears(liu, "/rank@hongqi_bot 2013-Q2")
        table = await stage.group.sees("2013年第二季度综合排名（")
        assert table.id > asked.id
        await stage.group.is_tapped(liu, "月", table)
        assert (await stage.group.sees("2013年6月综合排名（")).id == table.id
        link = await stage.group.is_tapped(liu, "走势", table)
        assert link.url == "https://t.me/hongqi_bot?start=trend-township-2013-06"
        await liu.opens(link)
        chosen = await liu.sees("名次走势")
        assert chosen.keyboard[1][0]["text"] == FIRST
        await liu.taps(FIRST, on=chosen)
        await stage.sandbox.until(
            lambda world: [each for each in world.messages(liu.id) if each.kind == "photo"], "the chart arrives"
        )


async def test_files_arrive(tmp_path: Path, district: Path) -> None:
    async with quarter(tmp_path, district) as stage:
        await stage.clock.moves_to("2013-07-01 09:00")
        tang, yang = stage.person("唐文静"), stage.person("杨国平")
        await tang.says("/export")
        menu = await tang.sees("请选择要导出的内容")
        await tang.taps("综合排名", on=menu)
        listed = await tang.sees("导出综合排名")
        await tang.taps("2013年第二季度 乡镇 表格", on=listed)
        book = load_workbook(BytesIO(await tang.gets_file("第二季度乡镇综合排名")))
        assert book["综合排名"]["B4"].value == FIRST
        await tang.taps("◀ 返回", on=listed)
        await tang.taps("考评评分", on=await tang.sees("请选择要导出的内容"))
        await tang.taps("2013年第二季度 乡镇（8/8）", on=await tang.sees("导出考评评分"))
        sheets = load_workbook(BytesIO(await tang.gets_file("考评评分")))
        assert sheets["评分"]["B4"].value == "周建国"
        assert sheets["扣分理由"]["H4"].value == "台账缺页"

        await yang.says("/export")
        menu = await yang.sees("请选择要导出的内容")
        assert "名册" not in [button["text"] for row in menu.keyboard for button in row]
        await yang.taps("台账", on=menu)
        await yang.taps("2013年6月", on=await yang.sees("导出台账"))
        ledger = load_workbook(BytesIO(await yang.gets_file("2013年6月台账")))
        assert ledger["汇总"]["A3"].value == "单位"
