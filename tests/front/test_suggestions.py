"""采用建议: the ledger's arithmetic on the item's screen, adopted with one tap or overridden with a reason."""

from __future__ import annotations

from datetime import date

from kit import Stage
from kit.district import hands_out, logs_workday
from kit.people import sheet_of

from bot.buttons import pack
from bot.buttons.sheets import SetMark

LUO, LIU = 880003, 880005
WORKDAYS = 15
CHANGES = (hands_out("仙庾镇", LUO), logs_workday("仙庾镇", LIU, date(2013, 6, 8)))
WHY = "SELECT points, reason FROM mark WHERE sheet_id = ? AND item = ?"


async def test_the_ledger_suggests_and_the_rater_decides(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    screen = await luo.opens_sheet("仙庾镇", item=WORKDAYS)
    assert "应登记2次，已登记1次" in screen.text
    sheet = sheet_of(screen)
    (label,) = [key["text"] for row in screen.keyboard for key in row if key["text"].startswith("采用建议")]
    toast = await luo.taps(label, on=screen)
    assert "已保存" in toast.text
    ((points, reason),) = stage.rows.all(WHY, sheet, WORKDAYS)
    assert "群众工作日应登记2次，已登记1次；1÷2" in reason
    again = await luo.opens_sheet("仙庾镇", item=WORKDAYS)
    assert not [key for row in again.keyboard for key in row if key["text"].startswith("采用建议")]
    await luo.forges(pack(SetMark(sheet, WORKDAYS, points * 2)), on=again)
    asked = await luo.sees("与台账建议", "不同的理由")
    await luo.says("9日因抗洪改在10日开展", reply_to=asked)
    await luo.sees("仙庾镇")
    assert stage.rows.all(WHY, sheet, WORKDAYS) == [(points * 2, "9日因抗洪改在10日开展")]
