"""异议 and 更正 on the phone: raised with items and files, answered by a correction or with a reason, published."""

from __future__ import annotations

from kit import PersonHandle, Stage
from kit.district import Change, ranks
from kit.pictures import picture

from bot.buttons import pack
from bot.buttons.objections import AskUphold, ChooseItems, PublishCorrections, RaiseObjection
from bot.buttons.returning import ShowSubmitted

LOST = {"仙庾镇": {4: 0, 5: 0}, "月塘街道": {4: 50}, "明照乡": {5: 50}, "金山街道": {}}
# The bulletins are another story's: here they are told to nobody but the office.
WITHOUT_GROUP: Change = lambda db: db.exec_driver_sql("UPDATE district SET group_chat_id = NULL")  # noqa: E731
CHANGES = (WITHOUT_GROUP, ranks("2013-Q1", LOST, "2013-06-24 09:00"))
SHEET = (
    "SELECT sheet.id FROM sheet JOIN round ON round.id = sheet.round_id JOIN unit_name USING (unit_id)"
    " WHERE round.period = '2013-Q1' AND unit_name.name = ?"
)
VERSIONS = "SELECT version, state FROM ranking WHERE period = '2013-Q1' ORDER BY version"


async def objects(officer: PersonHandle, reason: str) -> None:
    """The officer names item 4 and says why."""
    await officer.says("/object")
    shown = await officer.sees("异议")
    if "☐ 4" not in [button["text"] for row in shown.keyboard for button in row]:
        await officer.taps(next(b["text"] for row in shown.keyboard for b in row if "2013年" in b["text"]), on=shown)
        shown = await officer.sees("点选有异议的条目")
    await officer.taps("☐ 4", on=shown)
    await officer.taps("写理由（第4条）", on=await officer.sees("☑ 第4条"))
    asked = await officer.sees("对第4条提出异议", "以发出的时间为准")
    await officer.says(reason, reply_to=asked)
    await officer.sees("异议已受理", "第4条", "公示到2013年6月27日 24:00")


async def test_an_objection_is_upheld_by_a_correction_that_is_published(stage: Stage) -> None:
    liu, tang, zhou = stage.person("刘芳"), stage.person("唐文静"), stage.person("周建国")
    await objects(liu, "会议记录齐全，请复核")
    case = await tang.sees("仙庾镇 · 2013年第一季度", "会议记录齐全，请复核", "第4条 0/")
    number = case.text.partition("号异议")[0].rpartition("第")[2]
    before = stage.rows.all(VERSIONS)
    await tang.taps("✎ 更正（周建国）", on=case)
    await tang.says("４：２　会议记录已核实", reply_to=await tang.sees("请回复本条，写条目号、分数和理由"))
    done = await tang.sees("已更正仙庾镇（周建国）第4条", "尚未公布的更正", "第4条 0 → 2")
    await zhou.sees("区社管办更正了您的评分表：仙庾镇", "第4条：2分，理由：会议记录已核实")
    await tang.taps(f"回到第{number}号异议", on=done)
    case = await tang.sees("⚠ 更正1处，尚未公布")
    assert stage.rows.all(VERSIONS) == before
    await tang.taps("支持异议，公布更正", on=case)
    await tang.says("复核属实", reply_to=await tang.sees("写明支持的理由"))
    version = before[-1][0] + 1
    await tang.sees(f"第{number}号异议：已支持", f"公布为第{version}版")
    await liu.sees("已支持", "复核属实", "排名已经更正")
    await liu.says("/object")
    await liu.taps(f"已支持 · 第{number}号", on=await liu.sees(f"第{number}号 2013年第一季度 已支持：复核属实"))
    await liu.sees("会议记录齐全，请复核")
    assert stage.rows.all(VERSIONS)[-1] == (version, "provisional")
    # An old button finds it answered.
    assert "已经答复过" in (await tang.forges(pack(AskUphold(int(number))), on=case)).text


async def test_an_objection_with_a_file_is_rejected_with_a_reason(stage: Stage) -> None:
    chen, tang = stage.person("陈立新"), stage.person("唐文静")
    await chen.says("/object")
    await chen.taps("写理由（对整个排名）", on=await chen.sees("月塘街道", "点选有异议的条目"))
    asked = await chen.sees("对整个排名提出异议")
    await chen.sends_photo(content=picture(3))
    await chen.sees("已收到1个文件", "异议才算提出")
    await chen.says("名次有误", reply_to=asked)
    await chen.sees("异议已受理", "文件1个")
    await tang.says("/todo")
    home = await tang.sees("您好")
    label = next(b["text"] for row in home.keyboard for b in row if b["text"].startswith("异议（"))
    await tang.taps(label, on=home)
    shown = await tang.sees("待答复的异议")
    await tang.taps(next(b["text"] for row in shown.keyboard for b in row if "月塘街道" in b["text"]), on=shown)
    case = await tang.sees("名次有误")
    await stage.rows.become([(1,)], "SELECT count(*) FROM filing_file WHERE state = 'stored'")
    await tang.taps("查看文件（1）", on=case)
    assert any(each.kind == "photo" for each in await tang.hears())
    await tang.taps("不支持", on=case)
    await tang.says("名次按总分计算，没有差错", reply_to=await tang.sees("写明不支持的原因"))
    await tang.sees("未支持")
    await chen.sees("未支持", "名次按总分计算，没有差错")
    await chen.says("/object")
    await chen.sees("未支持：名次按总分计算，没有差错")


async def test_a_button_in_the_group_leads_to_the_ranking_it_is_under(stage: Stage) -> None:
    he, zhou, deng = stage.person("何小军"), stage.person("周建国"), stage.person("邓丽华")
    ranking = stage.rows.one("SELECT min(id) FROM ranking WHERE period = '2013-Q1'")
    await he.says("/todo")
    answer = await he.forges(pack(RaiseObjection(ranking)), on=await he.sees("您好"))
    assert answer.url == f"https://t.me/hongqi_bot?start=object-{ranking}"
    await he.opens(answer)
    await he.sees("异议 · 明照乡 · 2013年第一季度", "点选有异议的条目")
    # A choice that nobody was offered, and a link that somebody made up.
    unit = stage.rows.one("SELECT unit_id FROM unit_name WHERE name = '仙庾镇'")
    refused = await he.forges(pack(ChooseItems(ranking, unit, 8, 0)))
    assert "这不是您的单位" in refused.text
    await he.opens_link("https://t.me/hongqi_bot?start=object-9x")
    await he.sees("还没有排名")
    await zhou.opens_link(answer.url)
    await zhou.sees("您的身份不能办理这一事项")
    await deng.opens_link(answer.url)
    await deng.sees("这不是您的单位")


async def test_a_late_correction_is_published_from_the_sheet(stage: Stage) -> None:
    tang = stage.person("唐文静")
    sheet = stage.rows.one(SHEET, "明照乡")
    await tang.says("/progress")
    await tang.forges(pack(ShowSubmitted(sheet, 0)), on=await tang.sees("考评进度"))
    await tang.taps("✎ 更正", on=await tang.sees("明照乡 · 2013年第一季度"))
    asked = await tang.sees("请回复本条，写条目号、分数和理由")
    await tang.says("请改第五条", reply_to=asked)
    await tang.sees("没有看懂，没有保存任何内容")
    await tang.says("5 不适用 没有这项工作", reply_to=asked)
    done = await tang.sees("第5条 0.5 → 不适用")
    await tang.taps("看这份评分表", on=done)
    await tang.taps("待公布的更正", on=await tang.sees("⚠ 有1处更正尚未公布：第5条"))
    waits = await tang.sees("待公布的更正", "明照乡（周建国）第5条 0.5 → 不适用")
    await tang.taps("公布更正", on=waits)
    await tang.sees("已公布为第")
    round_id = stage.rows.one("SELECT round_id FROM sheet WHERE id = ?", sheet)
    again = await tang.forges(pack(PublishCorrections(round_id)), on=waits)
    assert "没有待公布的更正" in again.text
