"""From the last item to the receipt: 不适用, 其余满分, review, submission, the words and the PDF."""

from __future__ import annotations

from io import BytesIO

from kit import Stage
from kit.district import hands_out
from kit.people import sheet_of
from pypdf import PdfReader

from bot.buttons import pack
from bot.buttons.sheets import SubmitSheet

LUO, PENG = 880003, 880004
CHANGES = (
    hands_out("明照乡", LUO),
    hands_out("仙庾镇", LUO),
    hands_out("明照乡", PENG),
    hands_out("桂花街道", PENG),
)


async def test_the_rest_is_filled_after_a_question_and_recorded_as_one_bulk_act(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = sheet_of(await luo.opens_sheet("明照乡", item=3))
    await luo.taps("0.5")
    await luo.sees("请回复本条消息")
    await luo.taps("目录")
    await luo.sees("○ 未评分")
    await luo.taps("其余满分")
    await luo.sees("还有22条没有评分", "已有的评分不变")
    assert len(stage.rows.marks(sheet)) == 1
    await luo.taps("确认，其余满分")
    await luo.sees("23/23")
    marks = stage.rows.marks(sheet)
    assert [(item, bulk) for item, _, _, _, bulk, _ in marks] == [(item, int(item != 3)) for item in range(1, 24)]
    assert stage.rows.mark(sheet, 3) == 50
    (act,) = stage.rows.acts(sheet, "fill_rest")
    assert "1,2,4" in act


async def test_an_unfinished_sheet_names_its_gaps_and_cannot_be_handed_in(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = sheet_of(await luo.opens_sheet("仙庾镇", item=4))
    await luo.taps("0")
    await luo.sees("请回复本条消息")
    await luo.taps("目录")
    await luo.sees("○ 未评分　⚠ 待填理由")
    await luo.taps("提交")
    review = await luo.sees("未评分22条", "待填理由1条：第4条", "补齐后才能提交")
    assert not any(button["text"] == "确认提交" for row in review.keyboard for button in row)
    refused = await luo.forges(pack(SubmitSheet(sheet)), on=review)
    assert refused.alert
    assert "还不能提交" in refused.text
    assert stage.rows.one("SELECT state FROM sheet WHERE id = ?", sheet) == "open"
    gap = next(button["text"] for row in review.keyboard for button in row if button["text"].startswith("5"))
    await luo.taps(gap, on=review)
    await luo.sees("第5条 · 满分2分")


async def test_a_complete_sheet_is_reviewed_submitted_and_receipted(stage: Stage) -> None:
    peng = stage.person("彭志强")
    sheet = sheet_of(await peng.opens_sheet("明照乡", item=2))
    await peng.taps("不适用")
    question = await peng.sees("不适用的原因")
    await peng.says("该乡今年不设社工部", reply_to=question)
    await peng.sees("不适用，原因已保存")
    await peng.says("明照乡 7:4.5 走访台账不完整 10:4 特色不突出")
    await peng.sees("已保存2条")
    await peng.taps("目录")
    await peng.sees("— 不适用")
    await peng.taps("其余满分")
    await peng.sees("还有20条没有评分")
    await peng.taps("确认，其余满分")
    await peng.sees("23/23")
    await peng.taps("提交")
    # 97 points remain; 3.5 of them are lost: 93.5 / 97 × 100.
    await peng.sees("合计：96.39", "不适用的条目不计", "请核对后确认")
    await peng.taps("确认提交")
    receipt = await peng.sees("评分表已提交", "明照乡 · 2013年6月", "总分：96.39")
    paper = await peng.sees_file("明照乡")
    await peng.sees("评分表已提交，不能再改")

    assert stage.rows.one("SELECT state FROM sheet WHERE id = ?", sheet) == "submitted"
    head = stage.rows.one("SELECT audit_head FROM sheet WHERE id = ?", sheet)
    assert head[:12] in receipt.text
    assert paper.file is not None
    content = stage.sandbox.world.file_content(paper.file)
    text = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
    for words in ("明照乡", "彭志强", "96.39", "走访台账不完整", "该乡今年不设社工部", head[:12]):
        assert words in text, words


async def test_a_reason_may_come_later_and_without_a_reply(stage: Stage) -> None:
    peng = stage.person("彭志强")
    sheet = sheet_of(await peng.opens_sheet("桂花街道", item=14))
    await peng.taps("3")
    await peng.sees("第14条得3分")
    await peng.taps("▶", on=await peng.newest_screen())
    await peng.sees("第15条 · 满分4分")
    await peng.says("流动人口登记滞后")
    await peng.sees("桂花街道 第14条：理由已保存")
    reasons = {item: reason for item, _, _, reason, *_ in stage.rows.marks(sheet)}
    assert reasons == {14: "流动人口登记滞后"}
