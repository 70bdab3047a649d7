"""The month's ranking: the last sheet is finished, the clock moves to the 1st, the group congratulates."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit import Group, Stage
from kit.district import Change
from kit.stage import set_stage

REST = "15 4\n16 4\n17 5\n18 5\n19 5\n20 5\n21 3\n22 4\n23 3"
WITHOUT_GROUP: Change = lambda db: db.exec_driver_sql("UPDATE district SET group_chat_id = NULL")  # noqa: E731
WITHOUT_SHEETS: Change = lambda db: db.exec_driver_sql("UPDATE sheet SET state = 'open', submitted_at = NULL")  # noqa: E731


@contextlib.asynccontextmanager
async def month(folder: Path, district: Path, *changes: Change) -> AsyncIterator[Stage]:
    """A bot of one's own: the clock of each of these stories runs to another day."""
    async with set_stage(folder, district, *changes) as stage:
        await stage.bot.start()
        yield stage


async def finish_the_last_sheet(stage: Stage) -> None:
    """周建国 finishes 仙庾镇, which stood at 14 of 23."""
    zhou = stage.person("周建国")
    await zhou.says(f"仙庾镇 {REST.replace(chr(10), '；')}")
    await zhou.sees("进度23/23")
    await zhou.taps("提交")
    await zhou.sees("合计：98.50")
    await zhou.taps("确认提交")
    await zhou.sees("评分表已提交", "仙庾镇")


async def test_the_group_congratulates_the_winner_once(tmp_path: Path, district: Path) -> None:
    async with month(tmp_path, district) as stage:
        await finish_the_last_sheet(stage)
        await stage.clock.moves_to("2013-07-01 08:59")
        assert await stage.group.said() == []
        await stage.clock.moves_to("2013-07-01 09:00")

        post = await stage.group.has_exactly_one("流动红旗：仙庾镇")
        assert post.kind == "photo"
        for words in ("2013年6月", "第1名 仙庾镇 98.50", "第2名", "第3名", "未考核1个单位", "办法 六-1"):
            assert words in post.text
        assert "补发" not in post.text
        root = stage.rows.one("SELECT audit_root FROM ranking")
        assert root[:12] in post.text

        liu = stage.person("刘芳")
        answer = await stage.group.is_tapped(liu, "查看全表", post)
        assert answer.url == "https://t.me/hongqi_bot?start=rank-2013-06"
        await liu.opens(answer)
        table = await liu.sees("2013年6月综合排名", "未考核：明照乡")
        assert table.text.count("宣传工作") == 7

        await stage.bot.restart()
        await stage.clock.moves_to("2013-07-02 09:00")
        assert len(await stage.group.said()) == 1
        await stage.group.hears(liu, "/rank@hongqi_bot 2013-06")
        await stage.group.sees("2013年6月综合排名")


async def test_a_bot_that_was_down_over_the_first_catches_up(tmp_path: Path, district: Path) -> None:
    async with month(tmp_path, district) as stage:
        await finish_the_last_sheet(stage)
        await stage.bot.stop()
        await stage.clock.is_moved_to("2013-07-03 11:00")
        await stage.bot.start()
        await stage.group.has_exactly_one("流动红旗：仙庾镇（补发）")
        await stage.clock.moves_to("2013-07-03 12:00")
        assert len(await stage.group.said()) == 1


async def test_nobody_ranked_leaves_the_flag_where_it_is(tmp_path: Path, district: Path) -> None:
    async with month(tmp_path, district, WITHOUT_SHEETS) as stage:
        await stage.clock.moves_to("2013-07-01 09:00")
        post = await stage.group.has_exactly_one("2013年6月流动红旗")
        assert post.kind == "text"
        assert "本月没有单位参加排名" in post.text
        assert "未考核8个单位" in post.text


async def test_a_month_without_a_round_is_told_to_the_admins(tmp_path: Path, district: Path) -> None:
    async with month(tmp_path, district) as stage:
        await stage.clock.moves_to("2013-06-30 09:00")
        await stage.bot.stop()
        await stage.clock.is_moved_to("2013-08-01 09:00")
        await stage.bot.start()
        tang = stage.person("唐文静")
        # July went by while the bot was down, so that its round never was.
        await tang.sees("2013年7月乡镇街道考评的时间里程序没有运行")
        await tang.sees("2013年7月没有考评")
        await stage.group.has_exactly_one("2013年6月流动红旗")


async def test_without_a_group_the_admins_are_told(tmp_path: Path, district: Path) -> None:
    async with month(tmp_path, district, WITHOUT_GROUP) as stage:
        await stage.clock.moves_to("2013-07-01 09:00")
        await stage.person("唐文静").sees("2013年6月综合排名已算出，但还没有通报群")
        assert await stage.group.said() == []


@pytest.mark.parametrize("told", [True, False], ids=["told of it", "not told of it"])
async def test_the_announcement_follows_a_group_into_its_supergroup(tmp_path: Path, district: Path, told: bool) -> None:
    async with month(tmp_path, district) as stage:
        if not told:
            await stage.bot.stop()
        moved = await stage.sandbox.do(lambda world: world.groups.upgrade(stage.group.id, 880001).id)
        if not told:
            # The service message is lost, as after a day without the bot: the refusal alone tells it.
            await stage.sandbox.do(lambda world: world.state.updates.clear())
            await stage.bot.start()
        else:
            await stage.sandbox.drained()
        await stage.clock.moves_to("2013-07-01 09:00")
        await Group(stage.sandbox, moved).has_exactly_one("2013年6月流动红旗")
        assert stage.rows.one("SELECT group_chat_id FROM district") == moved
