"""Before and after a final: the gate's keys, and 说明情况 after two last places in a row."""

from __future__ import annotations

from kit import Stage
from kit.district import Change, holds, ranks

LOST = {"仙庾镇": {4: 0, 5: 0}, "月塘街道": {4: 50}, "明照乡": {5: 50}, "金山街道": {}}
WITHOUT_GROUP: Change = lambda db: db.exec_driver_sql("UPDATE district SET group_chat_id = NULL")  # noqa: E731
CHANGES = (
    WITHOUT_GROUP,
    ranks("2012-Q3", LOST, "2013-06-17 09:00", final="2013-06-22 09:00"),
    ranks("2012-Q4", LOST, "2013-06-17 09:00", final="2013-06-22 09:00"),
    holds("2013-Q1", LOST, "2013-06-24 09:00"),
)


async def test_a_unit_that_was_last_twice_in_a_row_explains_itself(stage: Stage) -> None:
    liu, tang = stage.person("刘芳"), stage.person("唐文静")
    letter = await liu.sees("连续2次排名最后", "2012年第三季度、2012年第四季度", "向区委书记说明情况", "办法 六-2")
    await liu.sees("在2012年第三季度排名最后", "再有一次最后，须向区委书记说明情况")
    await liu.says("/todo")
    await liu.taps("说明2012年第四季度情况（仙庾镇）", on=await liu.sees("说明情况（连续2次排名最后）"))
    await liu.sees("说明情况 · 仙庾镇 · 2012年第四季度", "按办法 六-2 向区委书记说明情况")
    await liu.taps("说明情况", on=letter)
    asked = await liu.sees("请回复本条写明情况")
    await liu.says("人员调整，台账脱节，已整改", reply_to=asked)
    await liu.sees("已收到，区社管办可以看到", "第1版", "按时")
    await liu.sends_file(b"plan", "整改方案.docx")
    await liu.sees("文件已收到", "文件1个")
    await tang.sees("说明情况 · 仙庾镇 · 2012年第四季度", "人员调整，台账脱节，已整改")
    assert any("连续2次排名最后" in each.text for each in await tang.chat())
    await stage.rows.become([(1,)], "SELECT count(*) FROM filing_file WHERE state = 'stored'")
    await tang.says("/todo")
    await tang.taps("说明情况", on=await tang.sees("您好"))
    await tang.taps("仙庾镇 · 2012年第四季度", on=await tang.sees("仙庾镇 · 2012年第四季度，连续2次最后"))
    await tang.taps("查看文件（1）", on=await tang.sees("人员调整，台账脱节，已整改"))
    assert await tang.gets_file("整改方案.docx") == b"plan"
    await liu.says("/todo")
    assert "说明情况" not in (await liu.sees("您好")).text


async def test_the_office_decides_on_what_is_held(stage: Stage) -> None:
    tang = stage.person("唐文静")
    # The letter was owed before the bot began, and is there whatever else was said since.
    await stage.rows.become([], "SELECT id FROM outbox WHERE state IN ('pending', 'sending') AND chat_id = ?", tang.id)
    letter = next(each for each in await tang.chat() if "排名没有公布" in each.text)
    for words in ("2013年第一季度的乡镇（街道、管委会）排名", "没有成绩的单位", "桂花街道"):
        assert words in letter.text
    waiting = await tang.taps("再等等", on=letter)
    assert "排名继续等待" in waiting.text
    await tang.says("/todo")
    home = await tang.sees("2013年第一季度乡镇街道排名评分不全，没有公布，等您决定")
    await tang.taps("2013年第一季度乡镇街道排名：请决定", on=home)
    await tang.sees("2013年第一季度的乡镇（街道、管委会）排名没有公布", "没有成绩的单位", "桂花街道")
    await tang.taps("去延长考评", on=letter)
    its_round = await tang.sees("2013年第一季度 · 乡镇街道", "已截止")
    assert its_round.id != letter.id
    # The letter is still there with its keys, as 再等等 promised.
    letter = next(each for each in await tang.chat() if each.id == letter.id)
    await tang.taps_unanswered("照常公布", on=letter)
    await tang.taps_unanswered("照常公布", on=letter)
    await tang.sees("将照常公布")
    counted = "SELECT count(*) FROM audit WHERE act = 'let_through'"
    await stage.rows.become([(1,)], counted)
