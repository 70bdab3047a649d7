"""Reports, briefings and workdays: asked for, filed, decided on, and seen in the ledger."""

from __future__ import annotations

from datetime import date

from kit import Stage
from kit.district import also_at, appoints, logs_workday

from core.people import Role

WANG, BOTH = 880055, 880056
CHANGES = (
    appoints("王小明", WANG, Role.OFFICER, "月塘街道"),
    appoints("赵一", BOTH, Role.OFFICER, "月塘街道"),
    also_at("赵一", Role.OFFICER, "金山街道"),
    # The district has kept its ledger since the 8th.
    logs_workday("月塘街道", WANG, date(2013, 6, 8)),
)
STATES = (
    "SELECT key, version, state FROM filing WHERE duty = 'monthly_report' AND unit_id ="
    " (SELECT unit_id FROM unit_name WHERE name = ?) ORDER BY version"
)


async def test_a_report_is_filed_with_files_goes_back_and_comes_again(stage: Stage) -> None:
    liu, tang = stage.person("刘芳"), stage.person("唐文静")
    await liu.says("/report")
    asked = await liu.sees("2013年6月月报表", "2013年6月26日 24:00前")
    await liu.sends_file(b"a report", "6月报表.docx")
    receipt = await liu.sees("已收到", "第1版，文件1个", "按时")
    assert "2013年6月24日 10:0" in receipt.text
    await liu.says("另附本月小结", reply_to=asked)
    await liu.sees("第1版，文件1个")
    # What is filed can be corrected, and so can the month before still be filed: which is meant is asked.
    await liu.says("/report")
    choice = await liu.sees("请选择要报送的月报表；带 ✓ 的已报送")
    assert [row[0]["text"].partition(" · ")[2] for row in choice.keyboard] == ["2013年6月 ✓", "2013年5月"]

    await tang.says("/todo")
    await tang.taps("台账", on=await tang.sees("您好"))
    board = await tang.sees("台账 · 2013年6月", "月报表｜信息｜群众工作日")
    unit = next(b["text"] for row in board.keyboard for b in row if b["text"] == liu_unit(asked.text))
    await tang.taps(unit, on=board)
    month = await tang.sees("✓ 2013年6月24日")
    await tang.taps("2013年6月 第1版", on=month)
    filing = await tang.sees("另附本月小结", "文件1个")
    await tang.taps("查看文件（1）", on=filing)
    assert await tang.gets_file("6月报表.docx") == b"a report"
    await tang.taps("退回", on=filing)
    why = await tang.sees("请回复本条，写明原因")
    await tang.sends_photo()
    await tang.sees("这里要的是文字，文件没有收下")
    await tang.says("缺少附表", reply_to=why)
    await tang.sees("已退回（唐文静）：缺少附表")

    letter = await liu.sees("区社管办退回了这份材料：缺少附表")
    await liu.taps("重新报送", on=letter)
    await liu.sees("已报送1版，再报即为新版")
    await liu.says("补齐附表的小结")
    await liu.sees("第2版", "按时")
    await tang.sees("第2版", "补齐附表的小结")
    assert stage.rows.all(STATES, liu_unit(asked.text)) == [
        ("2013-06", 1, "returned"),
        ("2013-06", 2, "filed"),
    ]


async def test_a_briefing_waits_for_the_office_and_a_copy_is_pointed_out(stage: Stage) -> None:
    wang, tang = await stage.joins(WANG, "王小明"), stage.person("唐文静")
    await wang.says("/briefing")
    await wang.sees("第一行写标题")
    await wang.sends_photo()
    await wang.sees("已收到1个文件", "还缺标题和正文")
    await wang.says("社区调解室启用\n当天调解邻里纠纷三起，详见 https://example.org/a")
    await wang.sees("等区社管办审定", "社区调解室启用", "文件1个")
    letter = await tang.sees("社区调解室启用", "待审")
    await tang.taps("采用", on=letter)
    await tang.sees("已采用（唐文静）")
    await wang.sees("区社管办采用了这条信息")

    await wang.says("/briefing")
    await wang.says("社区调解室启用\n当天调解邻里纠纷四起，详见 https://example.org/a")
    await wang.sees("等区社管办审定")
    copy = await tang.sees("相似", "请核对是否重复")
    await tang.taps("待审信息", on=copy)
    await tang.sees("待审信息")
    await tang.taps("月塘街道 · 社区调解室启用")
    shown = await tang.sees("待审。")
    await tang.taps("不采用", on=shown)
    await tang.says("与前一条重复", reply_to=await tang.sees("写明原因"))
    await wang.sees("没有采用这条信息：与前一条重复")


async def test_a_workday_is_logged_and_one_is_excused(stage: Stage) -> None:
    liu, tang = stage.person("刘芳"), stage.person("唐文静")
    await liu.says("/workday")
    days = await liu.sees("请选择要登记的群众工作日")
    await liu.taps(next(key["text"] for row in days.keyboard for key in row if "6月8日" in key["text"]), on=days)
    asked = await liu.sees("2013年6月8日群众工作日", "12 8 5 调解邻里纠纷")
    await liu.says("接待十二人", reply_to=asked)
    await liu.sees("请写三个数和一句话")
    await liu.says("12，8，5 调解邻里纠纷", reply_to=asked)
    await liu.sees("已登记", "接待12人，受理8件，办结5件；调解邻里纠纷", "已过2013年6月8日 24:00，为迟报")
    # The day that is logged may be meant, to be corrected, as well as the one that is not.
    await liu.says("/workday")
    choice = await liu.sees("带 ✓ 的已登记，再登记即为新版")
    offered = [row[0]["text"].partition(" · ")[2] for row in choice.keyboard]
    assert offered == ["2013年6月9日", "2013年6月8日 ✓"]
    await liu.taps(choice.keyboard[1][0]["text"], on=choice)
    again = await liu.sees("2013年6月8日群众工作日", "已登记1版，再登记即为新版")
    await liu.says("13 8 5 调解邻里纠纷", reply_to=again)
    await liu.sees("已登记", "第2版", "接待13人")

    await tang.says("/todo")
    await tang.taps("台账", on=await tang.sees("您好"))
    await tang.taps(liu_unit(asked.text), on=await tang.sees("台账 · 2013年6月"))
    month = await tang.sees("2013年6月8日：迟报 2013年6月24日", "2013年6月9日：未报")
    await tang.taps("免报 2013年6月9日工作日", on=month)
    await tang.says("当日全员抗洪", reply_to=await tang.sees("免除", "写明原因"))
    await tang.sees("已免除", "当日全员抗洪")
    await liu.sees("区社管办免除", "2013年6月9日的群众工作日：当日全员抗洪")


async def test_who_files_for_two_units_chooses(stage: Stage) -> None:
    zhao = await stage.joins(BOTH, "赵一")
    await zhao.says("/report")
    await zhao.sees("请选择要报送的月报表")
    await zhao.taps("金山街道 · 2013年5月")
    await zhao.sees("金山街道 · 2013年5月月报表", "2013年5月26日 24:00前")
    await zhao.says("/briefing")
    await zhao.sees("请选择要报送的单位")
    await zhao.taps("月塘街道")
    await zhao.sees("月塘街道 · 信息")


async def test_in_english_and_for_those_who_do_not_file(stage: Stage) -> None:
    deng, zhou = stage.person("邓丽华"), stage.person("周建国")
    await deng.says("/report")
    await deng.sees("您的身份不能办理这一事项")
    await zhou.says("/workday")
    await zhou.sees("您的身份不能办理这一事项")
    await deng.says("/language")
    await deng.taps("English")
    await deng.sees("Please choose")
    await deng.says("/briefing")
    await deng.sees("briefing", "the title on the first line")
    await deng.says("A new mediation room")
    await deng.sees("Received; the office will decide on it.", "week 26 of 2013")


def liu_unit(text: str) -> str:
    """The unit that a question of the bot names first."""
    return text.partition(" · ")[0].removeprefix("<b>")
