"""/why on the phone: one's own unit, the office any, and nothing before there is a result."""

from __future__ import annotations

import json
from pathlib import Path

from kit.stage import set_stage

from bot.buttons import pack
from bot.buttons.why import ShowWhy


async def test_why_speaks_once_there_is_a_ranking(tmp_path: Path, district: Path) -> None:
    async with set_stage(tmp_path, district) as stage:
        await stage.bot.start()
        tang, liu, zhou = (stage.person(name) for name in ("唐文静", "刘芳", "周建国"))
        await liu.says("/why")
        await liu.sees("仙庾镇还没有可以说明的考评结果")
        await tang.says("/why")
        await tang.sees("请选择单位")
        await tang.says("/why 没有这个镇")
        await tang.sees("没有找到您可以查看的单位", "没有这个镇")
        await zhou.says("/why")
        await zhou.sees("您的身份不能办理这一事项")
        await stage.clock.moves_to("2013-07-01 09:00")
        await stage.group.sees("流动红旗")
        rows = json.loads(stage.rows.one("SELECT body FROM ranking"))["rows"]
        first = next(row for row in rows if row["rank"] == 1)
        await tang.says(f"/why {first['unit']}")
        await tang.sees(first["unit"], "第1名", "得分", "失分，从多到少")
        refused = await liu.forges(pack(ShowWhy(first["unit_id"], 0)), on=(await liu.chat())[-1])
        assert first["unit"] not in refused.text
        assert not [each for each in await liu.chat() if "失分" in each.text]
