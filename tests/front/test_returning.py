"""The return loop on the phone: the office looks into a sheet, gives an item back, and sees what changed."""

from __future__ import annotations

from kit import PersonHandle, Stage
from kit.district import hands_out
from kit.pictures import picture

from bot.buttons import pack
from bot.buttons.returning import ShowSubmitted

LUO = 880003

CHANGES = (hands_out("仙庾镇", LUO), hands_out("金山街道", LUO))


async def confirms_and_hands_in(rater: PersonHandle) -> None:
    """From the question whether the rest gets full marks to the receipt."""
    await rater.taps("确认，其余满分", on=await rater.sees("确认后这些条目都记满分"))
    await rater.taps("提交", on=await rater.sees("23/23"))
    await rater.taps("确认提交", on=await rater.sees("合计"))
    await rater.sees("评分表已提交")


async def test_an_item_goes_back_is_corrected_and_comes_again(stage: Stage) -> None:
    tang, luo = stage.person("唐文静"), stage.person("罗晓梅")
    sheet = stage.rows.sheet("仙庾镇", "罗晓梅")
    await luo.opens_sheet("仙庾镇")
    await luo.taps("目录")
    await luo.taps("其余满分", on=await luo.sees("仙庾镇"))
    await confirms_and_hands_in(luo)
    await tang.says("/progress")
    shown = await tang.sees("考评进度")
    while "看仙庾镇（罗晓梅）" not in [b["text"] for row in shown.keyboard for b in row]:
        await tang.taps("▶", on=shown)
        shown = await tang.sees("考评进度")
    await tang.taps("看仙庾镇（罗晓梅）", on=shown)
    await tang.taps("↩ 1", on=await tang.sees("第1次提交", "第1条"))
    asked = await tang.sees("请回复本条消息，写明退回的原因")
    await tang.says("请写明依据", reply_to=asked)
    await tang.sees("仙庾镇第1条已退回")
    letter = await luo.sees("退回了您的评分表", "第1条", "请写明依据")
    await luo.taps("打开第1条", on=letter)
    item = await luo.sees("退回理由：请写明依据")
    await luo.taps("1.5", on=item)
    asked = await luo.sees("请回复本条消息，写明扣分理由")
    await luo.says("只有照片，没有文件", reply_to=asked)
    await luo.taps("提交", on=await luo.sees("理由已保存", "23/23"))
    await luo.taps("确认提交", on=await luo.sees("合计"))
    again = await tang.sees("重新提交了仙庾镇")
    await tang.taps("看改了什么", on=again)
    await tang.sees("第2次提交", "△ 第1条 1.5/2（上次2）", "↩ 请写明依据")
    assert stage.rows.one("SELECT count(*) FROM submission WHERE sheet_id = ?", sheet) == 2


async def test_the_office_sees_the_evidence_itself(stage: Stage) -> None:
    tang, luo = stage.person("唐文静"), stage.person("罗晓梅")
    sheet = stage.rows.sheet("金山街道", "罗晓梅")
    await luo.opens_sheet("金山街道", item=1)
    await luo.sends_photo(content=picture(44))
    await luo.sees("第1条：已收到1张")
    await luo.sends_photo(content=picture(2))
    await luo.sees("第1条：已收到2张")
    await luo.sends_file("会议记录".encode(), "记录.txt")
    await luo.sees("第1条：已收到3件")
    await stage.clock.passes(1)
    stored = "SELECT count(*) FROM evidence WHERE sheet_id = ? AND state = 'stored'"
    await stage.rows.become([(3,)], stored, sheet)
    await luo.taps("目录", on=await luo.opens_sheet("金山街道", item=2))
    await luo.taps("其余满分", on=await luo.sees("金山街道"))
    await confirms_and_hands_in(luo)
    await tang.says("/progress")
    shown = await tang.sees("考评进度")
    await tang.forges(pack(ShowSubmitted(sheet, 0)), on=shown)
    await tang.taps("📷 1", on=await tang.sees("第1次提交", "📷 3"))
    # A picture that Telegram takes for none comes as a file.
    assert await tang.gets_file("佐证-第1条") == picture(44)
    assert await tang.gets_file("记录.txt") == "会议记录".encode()
    heard = await tang.hears()
    assert any("第1条的佐证" in each.text and "1. 照片" in each.text for each in heard)
    assert sum(each.kind == "photo" for each in heard) == 1
