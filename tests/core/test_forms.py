"""Forms that are filled in without a network: printed, read back cell by cell, previewed and applied."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from district import shipped_rules
from openpyxl import load_workbook

from core.export.form import Form, FormCategory, FormItem, FormMark, write_form
from core.export.form_matrix import Matrix, MatrixColumn, MatrixItem, write_matrix
from core.form_matrix_reading import read_matrix
from core.form_reading import FormRead, FormWords, read_form, target_of
from core.sheet import LONGEST_REASON, legal_points
from core.workbooks.book import Book, Cell, Table, marker

RUBRIC = shipped_rules().rubric
DEPARTMENTS = shipped_rules("department").rubric
WORDS = FormWords(
    mark=frozenset({"得分", "points"}),
    reason=frozenset({"扣分理由"}),
    not_applicable=frozenset({"不适用", "n/a"}),
    skipped=frozenset({"不了解"}),
    sheet_number=frozenset({"编号"}),
    department=frozenset({"部门"}),
    item=frozenset({"考核内容"}),
)


def book_of(content: bytes) -> Book:
    """What a reader makes of a workbook; formulas count as absent."""
    tables = []
    for table in load_workbook(BytesIO(content), data_only=True).worksheets:
        rows = tuple(tuple(_cell(value) for value in row) for row in table.iter_rows(values_only=True))
        tables.append(Table(table.title, rows))
    return Book(tuple(tables))


def _cell(value: object) -> Cell:
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(str(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int) else None


def form(marks: dict[int, FormMark] | None = None, *, sheet_id: int = 7) -> Form:
    """The form of Annex 1."""
    known = marks or {}
    return Form(
        title=RUBRIC.title,
        sheet="评分表",
        facts=("考核对象：仙庾镇", "考评时间：2013年6月", "考核人：周建国"),
        hint="空着表示还没有评。",
        columns=("考核项目", "考核细则", "分值", "考核方式", "得分", "扣分理由"),
        categories=tuple(
            FormCategory(
                category.name,
                tuple(
                    FormItem(
                        f"{item.number}、{item.text}",
                        item.max_points,
                        item.methods,
                        legal_points(item, RUBRIC.step),
                        known.get(item.number),
                    )
                    for item in category.items
                ),
            )
            for category in RUBRIC.categories
        ),
        total="合计",
        not_applicable="不适用",
        footer="编号7 · 第 &P 页 / 共 &N 页",
        rubric_hash=RUBRIC.hash,
        sheet_id=sheet_id,
    )


def matrix(*columns: MatrixColumn) -> Matrix:
    """Annex 2 across some departments."""
    return Matrix(
        title="部门评分总表",
        sheet="评分表",
        reasons="理由",
        hint="空着表示还没有评。",
        item="考核内容",
        max_points="分值",
        number="编号",
        department="部门",
        reason="扣分理由",
        skipped="不了解",
        not_applicable="不适用",
        footer="第 &P 页",
        rubric_hash=DEPARTMENTS.hash,
        items=tuple(
            MatrixItem(
                item.number, f"{item.number}、{item.text}", item.max_points, legal_points(item, DEPARTMENTS.step)
            )
            for item in DEPARTMENTS.items
        ),
        columns=columns,
    )


def filled(content: bytes, cells: dict[str, object], table: str = "评分表") -> Book:
    """The workbook after somebody wrote into these cells."""
    book = load_workbook(BytesIO(content))
    for place, value in cells.items():
        book[table][place] = value  # type: ignore[assignment]  # whatever people write
    saved = BytesIO()
    book.save(saved)
    return book_of(saved.getvalue())


def entries(read: FormRead) -> dict[int, tuple[int | str | None, str | None]]:
    """Points or `n/a`, and the reason, by item."""
    assert read.problems == ()
    (sheet,) = read.sheets
    return {entry.item: ("n/a" if entry.not_applicable else entry.points, entry.reason) for entry in sheet.entries}


def problems(read: FormRead) -> list[tuple[str, str, str]]:
    """Code, place and value of every problem."""
    return [(problem.code, problem.cell, problem.value) for problem in read.problems]


def test_a_form_is_known_by_its_marker() -> None:
    target = target_of(book_of(write_form(form())))
    assert target is not None
    assert (target.kind, target.rubric_hash, target.sheet_id) == ("form", RUBRIC.hash, 7)
    assert target_of(Book((Table("Sheet1", (("得分",),)),))) is None
    for damaged in (("form",), ("form", RUBRIC.hash, "seven"), ("matrix",), ("receipt", "x", "1")):
        assert target_of(Book((Table("hongqi", tuple((cell,) for cell in damaged)),))) is None
    assert marker(Book((Table("hongqi", ()),))) is None


def test_an_empty_form_says_nothing() -> None:
    assert entries(read_form(book_of(write_form(form())), RUBRIC, 7, WORDS)) == {}


def test_marks_that_are_printed_in_are_read_as_they_are() -> None:
    marks = {4: FormMark(150, "迟报一天"), 10: FormMark("不适用", "没有这项工作"), 7: FormMark(450, None)}
    read = read_form(book_of(write_form(form(marks))), RUBRIC, 7, WORDS)
    assert entries(read) == {4: (150, "迟报一天"), 7: (450, None), 10: ("n/a", "没有这项工作")}
    assert read.sheets[0].sheet_id == 7


def test_numbers_are_read_in_whatever_way_they_are_written() -> None:
    written = {"E4": "２", "E5": " 2.5 分", "E6": 1, "E7": 0.5, "E8": "N/A", "F8": "本季度没有"}
    read = read_form(filled(write_form(form()), written), RUBRIC, 7, WORDS)
    assert entries(read) == {
        1: (200, None),
        2: (250, None),
        3: (100, None),
        4: (50, None),
        5: ("n/a", "本季度没有"),
    }


def test_every_cell_that_cannot_be_taken_is_named() -> None:
    wrong = {
        "E4": 9,
        "E5": 0.3,
        "E6": "很好",
        "E7": -1,
        "E8": "不适用",
        "F9": "长" * (LONGEST_REASON + 1),
        "E10": date(2013, 6, 1),
        "E11": "1e999999",
        "E12": "9" * 40,
        "E13": "1.005",
    }
    read = read_form(filled(write_form(form()), wrong), RUBRIC, 7, WORDS)
    assert problems(read) == [
        ("mark_out_of_range", "E4", "9"),
        ("mark_not_a_step", "E5", "0.3"),
        ("unreadable_mark", "E6", "很好"),
        ("mark_out_of_range", "E7", "-1"),
        ("not_applicable_without_reason", "E8", "不适用"),
        ("reason_too_long", "F9", "长" * 20),
        ("unreadable_mark", "E10", "2013-06-01"),
        ("unreadable_mark", "E11", "1e999999"),
        ("unreadable_mark", "E12", "9" * 40),
        ("unreadable_mark", "E13", "1.005"),
    ]


def test_rows_may_be_moved_but_not_doubled_or_made_up() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("考核细则", "得分"),
        ("4、按照工作报告制度", 1),
        ("4. 按照工作报告制度", 2),
        ("24、没有这一条", 2),
        ("备注", 2),
        ("1、进一步落实",),
    )
    read = read_form(Book((Table("表", rows),)), RUBRIC, 7, WORDS)
    assert problems(read) == [("item_twice", "A3", "4"), ("no_such_item", "B4", "24")]
    assert [entry.item for entry in read.sheets[0].entries] == [4]


def test_formulas_and_merged_cells_are_no_marks() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("考核细则", "得分", "扣分理由"),
        ("1、进一步落实", 2, None),
        ("2、积极开展", None, None),
        ("3、积极开展", 1, None),
        ("4、按照工作报告制度", None, None),
        ("5、不断完善", 2, None),
    )
    merged = ((1, 0, 2, 0), (1, 1, 1, 1), (3, 1, 4, 2))
    table = Table("表", rows, merged, frozenset({(2, 1)}))
    read = read_form(Book((table,)), RUBRIC, 7, WORDS)
    assert problems(read) == [("formula", "B3", ""), ("merged", "B4", ""), ("merged", "B5", "")]
    assert [entry.item for entry in read.sheets[0].entries] == [1, 5]


def test_a_workbook_without_the_column_of_marks_is_no_form() -> None:
    assert problems(read_form(Book((Table("表", (("考核细则",),)),)), RUBRIC, 7, WORDS)) == [
        ("no_mark_column", "A1", "")
    ]
    assert problems(read_form(Book(()), RUBRIC, 7, WORDS)) == [("no_mark_column", "A1", "")]


def test_a_matrix_says_every_department_and_its_reasons() -> None:
    content = write_matrix(
        matrix(
            MatrixColumn("区民政局", 11, {1: FormMark(950, None), 3: FormMark(100, "没有民情日记")}, skipped=False),
            MatrixColumn("区卫生局", 12, {2: FormMark("不适用", "没有联点村")}, skipped=False),
            MatrixColumn("区司法局", 13, {}, skipped=True),
        )
    )
    read = read_matrix(book_of(content), DEPARTMENTS, WORDS)
    assert read.problems == ()
    told = {
        sheet.sheet_id: ({entry.item: (entry.points, entry.reason) for entry in sheet.entries}, sheet.skipped)
        for sheet in read.sheets
    }
    assert told == {
        11: ({1: (950, None), 3: (100, "没有民情日记")}, False),
        12: ({2: (None, "没有联点村")}, False),
        13: ({}, True),
    }
    target = target_of(book_of(content))
    assert target is not None
    assert (target.kind, target.sheet_id) == ("matrix", None)


@pytest.mark.parametrize("table", ["评分表", "理由"])
def test_a_matrix_of_forty_departments_prints_with_titles_on_every_page(table: str) -> None:
    columns = [MatrixColumn(f"部门{number}", number, {}, skipped=False) for number in range(1, 41)]
    written = load_workbook(BytesIO(write_matrix(matrix(*columns))))[table]
    assert written.print_title_rows == ("$3:$4" if table == "评分表" else "$1:$1")
    assert written.page_setup.orientation == "landscape"
    assert written.page_setup.fitToWidth == (3 if table == "评分表" else 1)


def test_the_form_is_laid_out_like_the_source_and_fits_its_paper() -> None:
    written = load_workbook(BytesIO(write_form(form({4: FormMark(150, "=cmd|' /C calc'!A0\x07")}))))
    table = written["评分表"]
    assert [cell.value for cell in table[3]] == ["考核项目", "考核细则", "分值", "考核方式", "得分", "扣分理由"]
    merged = {str(each) for each in table.merged_cells.ranges}
    assert {"A1:F1", "A2:F2", "A4:A8"} <= merged
    assert table["A8"].border.left.style == "thin"
    assert (table.page_setup.paperSize, table.page_setup.fitToWidth, table.page_setup.fitToHeight) == (9, 1, 0)
    assert table.sheet_properties.pageSetUpPr is not None
    assert table.sheet_properties.pageSetUpPr.fitToPage
    assert (table.print_title_rows, table.print_area) == ("$3:$3", "'评分表'!$A$1:$F$27")
    rule = next(each for each in table.data_validations.dataValidation if "E7" in each.sqref)
    letter = str(rule.formula1).split("$")[1]
    assert [cell.value for cell in written["choices"][letter] if cell.value is not None] == [
        0,
        0.5,
        1,
        1.5,
        2,
        "不适用",
    ]
    # A reason that looks like a formula stays a text.
    assert (table["F7"].value, table["F7"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert written["choices"].sheet_state == written["hongqi"].sheet_state == "veryHidden"
