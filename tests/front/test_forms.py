"""空白表 and 空白总表: asked for on the phone, filled in elsewhere, sent back, looked at and saved."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from kit import Stage
from kit.district import asks_townships_about
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

CHANGES = (asks_townships_about("区民政局", "仙庾镇", "明照乡"),)


def filled(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """The form as somebody saved it after filling it in."""
    book = load_workbook(BytesIO(content))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def row_of(table: Worksheet, item: int) -> int:
    """The row of an item."""
    rows = enumerate(table.iter_rows(values_only=True), start=1)
    return next(number for number, row in rows if any(str(cell or "").startswith(f"{item}、") for cell in row))


def column_of(table: Worksheet, heading: str) -> int:
    """The column of a heading."""
    return next(int(cell.column or 0) for row in table.iter_rows() for cell in row if cell.value == heading)


async def blank_form(stage: Stage, name: str, unit: str) -> bytes:
    """The form of a sheet, as its rater gets it."""
    rater = stage.person(name)
    shown = await rater.opens_sheet(unit)
    if not any(button["text"] == "空白表" for row in shown.keyboard for button in row):
        await rater.taps("目录", on=shown)
        shown = await rater.sees(unit)
    await rater.taps("空白表", on=shown)
    return await rater.gets_file(unit)


async def test_a_form_is_filled_in_elsewhere_and_saved_after_a_look(stage: Stage) -> None:
    zhou = stage.person("周建国")
    content = await blank_form(stage, "周建国", "仙庾镇")
    sheet = stage.rows.sheet("仙庾镇", "周建国")
    before = stage.rows.marks(sheet)

    def fill(book: Workbook) -> None:
        table = book["评分表"]
        marks, reasons = column_of(table, "得分"), column_of(table, "扣分理由")
        for item, points in ((20, 1), (21, 0.5)):
            table.cell(row_of(table, item), marks, points)
        table.cell(row_of(table, 21), reasons, "台账不全")

    await zhou.sends_file(filled(content, fill), "仙庾镇.xlsx")
    preview = await zhou.sees("仙庾镇", "变更2条", "第21条 0.5（台账不全）", "还没有保存")
    assert stage.rows.marks(sheet) == before
    await zhou.taps("保存这些评分", on=preview)
    done = await zhou.sees("已保存2条评分")
    assert len(stage.rows.marks(sheet)) == len(before) + 2
    assert len(stage.rows.acts(sheet, "mark")) >= 2
    await zhou.taps("核对并提交", on=done)
    await zhou.sees("仙庾镇")
    # The same form once more asks for nothing.
    await zhou.sends_file(filled(content, fill), "仙庾镇.xlsx")
    again = await zhou.sees("表里没有新的评分")
    await zhou.taps("放弃", on=again)
    await zhou.sees("已放弃")


async def test_a_wrong_cell_is_named_and_nothing_is_saved(stage: Stage) -> None:
    zhou = stage.person("周建国")
    content = await blank_form(stage, "周建国", "仙庾镇")
    sheet = stage.rows.sheet("仙庾镇", "周建国")
    before = stage.rows.marks(sheet)

    def fill(book: Workbook) -> None:
        table = book["评分表"]
        marks = column_of(table, "得分")
        table.cell(row_of(table, 18), marks, 99)
        table.cell(row_of(table, 19), marks, "很好")
        table.cell(row_of(table, 22), marks, "=1+1")

    await zhou.sends_file(filled(content, fill), "仙庾镇.xlsx")
    told = await zhou.sees("表里有3处需要改", "第18条请填0到", "看不懂“很好”", "第22条是公式")
    table = load_workbook(BytesIO(content))["评分表"]
    assert f"评分表 {table.cell(row_of(table, 18), column_of(table, '得分')).coordinate}：" in told.text
    assert stage.rows.marks(sheet) == before


async def test_somebody_elses_form_is_refused_and_a_damaged_one_too(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    content = await blank_form(stage, "周建国", "仙庾镇")

    def fill(book: Workbook) -> None:
        book["评分表"].cell(row_of(book["评分表"], 20), column_of(book["评分表"], "得分"), 1)

    await luo.sends_file(filled(content, fill), "仙庾镇.xlsx")
    await luo.sees("这份表不能保存")

    def damage(book: Workbook) -> None:
        book["hongqi"]["A2"] = "another"

    await luo.sends_file(filled(content, damage), "仙庾镇.xlsx")
    await luo.sees("不是本机器人发出的评分表")


async def test_a_township_scores_its_departments_in_one_table(stage: Stage) -> None:
    liu = stage.person("刘芳")
    await liu.opens_sheet("区民政局")
    await liu.taps("目录")
    await liu.taps("我的评分表", on=await liu.sees("区民政局"))
    await liu.taps_what_begins("空白总表")
    content = await liu.gets_file("总表")
    sheet = stage.rows.sheet("区民政局", "仙庾镇")

    def fill(book: Workbook) -> None:
        table = book.worksheets[0]
        column = column_of(table, "区民政局")
        for item in (1, 2):
            row = row_of(table, item)
            table.cell(row, column, table.cell(row, 2).value)

    await liu.sends_file(filled(content, fill), "总表.xlsx")
    await liu.taps("保存这些评分", on=await liu.sees("区民政局", "变更2条"))
    await liu.sees("已保存2条评分")
    assert [mark[0] for mark in stage.rows.marks(sheet)] == [1, 2]
