"""/why on the phone: one's own unit with evidence, the office any and what it supposes; nothing before a result."""

from __future__ import annotations

import json
from pathlib import Path

from kit.district import hands_out
from kit.pictures import picture
from kit.stage import set_stage

from bot.buttons import pack
from bot.buttons.supposing import ShowRaters, Suppose
from bot.buttons.why import ExplainRow, ShowWhy

LUO = 880003


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
        await tang.says(f"/why {first['unit']} 2013-06")
        shown = await tang.sees(first["unit"], "第1名", "比第2名", "失分最多", "办法 六-1")
        await tang.taps("失分", on=shown)
        shown = await tang.sees("失分，从多到少", "考核组成员")
        await tang.taps("◀ 概要", on=shown)
        await tang.taps("构成", on=await tang.sees("失分最多"))
        await tang.taps("◀ 概要", on=await tang.sees("按权重合成", "份评分表的平均"))
        await tang.sees("失分最多")
        await tang.says("/why 2013-06")
        await tang.sees("请选择单位")
        await tang.says("/why 2013-Q3")
        await tang.sees("2013-Q3还没有可以说明的考评结果")
        refused = await liu.forges(pack(ShowWhy(first["unit_id"], 0)), on=(await liu.chat())[-1])
        assert first["unit"] not in refused.text
        assert not [each for each in await liu.chat() if "失分" in each.text]


async def test_a_unit_sees_the_evidence_and_only_the_office_supposes(tmp_path: Path, district: Path) -> None:
    async with set_stage(tmp_path, district, hands_out("仙庾镇", LUO)) as stage:
        await stage.bot.start()
        tang, liu, luo = (stage.person(name) for name in ("唐文静", "刘芳", "罗晓梅"))
        await luo.opens_sheet("仙庾镇", item=1)
        await luo.sends_photo(content=picture(2))
        await luo.sees("第1条：已收到1张")
        await stage.clock.passes(1)
        await luo.says("1 1.5 只有照片")
        await luo.says("/score")
        await luo.taps("目录", on=await luo.opens_sheet("仙庾镇", item=2))
        await luo.taps("其余满分")
        await luo.taps("确认，其余满分", on=await luo.sees("确认后这些条目都记满分"))
        await luo.taps("提交", on=await luo.sees("23/23"))
        await luo.taps("确认提交", on=await luo.sees("合计"))
        await luo.sees("评分表已提交")
        await stage.clock.moves_to("2013-07-01 09:00")
        await stage.group.sees("流动红旗")
        await liu.says("/why")
        shown = await liu.sees("仙庾镇", "失分最多")
        assert "若…" not in [button["text"] for row in shown.keyboard for button in row]
        await liu.taps("失分", on=shown)
        await liu.taps("📷 1", on=await liu.sees("失分，从多到少", "只有照片"))
        heard = await liu.sees("第1条的佐证", "1. 照片")
        assert "罗晓梅" not in heard.text
        ranking = int(stage.rows.one("SELECT max(id) FROM ranking"))
        for deed in (ShowRaters(ranking, 0), Suppose(ranking, 0, 0, 0)):
            refused = await liu.forges(pack(deed), on=(await liu.chat())[-1])
            assert "您的身份不能办理这一事项" in refused.text
        before = stage.rows.all("SELECT * FROM ranking")
        unit = int(stage.rows.one("SELECT unit_id FROM unit_name WHERE name = '仙庾镇'"))
        await tang.says("/start")
        await tang.forges(pack(ExplainRow(unit, 0, 0, 0)), on=await tang.sees("您好"))
        await tang.taps("宽严", on=await tang.sees("仙庾镇", "失分最多"))
        await tang.taps("若…", on=await tang.sees("宽严", "罗晓梅", "满分条目"))
        await tang.taps("若不计一名考核人员", on=await tang.sees("测算，非正式结果，不保存"))
        await tang.taps("罗晓梅", on=await tang.sees("若不计谁的评分表"))
        await tang.taps("恢复原样", on=await tang.sees("若不计罗晓梅的评分表"))
        await tang.sees("测算，非正式结果，不保存", "0个单位名次变化")
        assert stage.rows.all("SELECT * FROM ranking") == before
