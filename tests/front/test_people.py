"""/people and /units: find somebody, end them, hand their sheet over."""

from __future__ import annotations

from kit import Stage


async def test_who_is_ended_has_no_rights_and_their_sheet_goes_on_with_another(stage: Stage) -> None:
    tang, zhou, luo = stage.person("唐文静"), stage.person("周建国"), stage.person("罗晓梅")
    sheet = stage.rows.sheet("仙庾镇", "周建国")
    marked = len(stage.rows.marks(sheet))
    await tang.says("/people 周")
    await tang.sees("人员", "1人")
    await tang.taps("周建国 · 考核 ✓")
    await tang.sees("仙庾镇 · 2013年6月")
    await tang.taps("停用")
    await tang.sees("现在停用周建国？")
    await tang.taps("确认停用")
    card = await tang.sees("已停用，没有任何权限")
    await zhou.says("/score")
    await zhou.sees("本机器人只供考核工作使用")
    await tang.taps("移交 仙庾镇", on=card)
    receivers = await tang.sees("连同已有评分移交给谁")
    assert "罗晓梅" in [button["text"] for row in receivers.keyboard for button in row]
    await tang.taps("罗晓梅", on=receivers)
    await tang.sees("已停用")
    await luo.sees("周建国的仙庾镇2013年6月评分表移交给您了")
    assert stage.rows.sheet("仙庾镇", "罗晓梅") == sheet
    assert len(stage.rows.marks(sheet)) == marked
    answer = await tang.taps("罗晓梅", on=receivers)
    assert answer.text == "已移交"
    assert len(stage.rows.acts(sheet, "hand_over")) == 1


async def test_the_lists_are_filtered_and_paged(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await tang.says("/people")
    await tang.sees("人员", "全部")
    await tang.taps("乡镇")
    await tang.sees("乡镇社管办工作人员")
    await tang.taps("未绑定")
    await tang.sees("未绑定 · ")
    await tang.says("/units")
    await tang.sees("乡镇、街道、管委会")
    await tang.taps("部门")
    await tang.sees("部门 · ")
    await tang.taps("乡镇、街道、管委会")
    await tang.sees("乡镇、街道、管委会")
    await tang.taps("仙庾镇")
    await tang.sees("仙庾镇（xianyu）", "联点部门：区卫生局")
    await tang.taps("单位列表")
    await tang.sees("乡镇、街道、管委会")


async def test_only_admins_see_them(stage: Stage) -> None:
    liu = stage.person("刘芳")
    for command in ("/people", "/units"):
        await liu.says(command)
        await liu.sees("您的身份不能办理这一事项")
