"""A matrix that comes back: which column is whose, and which reason belongs to which mark."""

from __future__ import annotations

import pytest
from district import shipped_rules

from core.form_matrix_reading import read_matrix
from core.form_reading import FormRead, FormWords
from core.sheet import LONGEST_REASON
from core.workbooks.book import Book, Cell, Table

RUBRIC = shipped_rules("department").rubric
WORDS = FormWords(
    mark=frozenset({"得分"}),
    reason=frozenset({"扣分理由"}),
    not_applicable=frozenset({"不适用"}),
    skipped=frozenset({"不了解"}),
    sheet_number=frozenset({"编号"}),
    department=frozenset({"部门"}),
    item=frozenset({"考核内容"}),
)
Rows = tuple[tuple[Cell, ...], ...]
MARKS: Rows = (
    ("考核内容", "区民政局", "区卫生局"),
    ("编号", 11, "12"),
    ("1、积极开展", 9, 2),
    ("2、紧密联系", None, 3),
)
HEAD = ("编号", "部门", "考核内容", "扣分理由")


def read(marks: Rows, *reasons: tuple[Cell, ...]) -> FormRead:
    """What a matrix with these reasons says."""
    return read_matrix(Book((Table("评分表", marks), Table("理由", (HEAD, *reasons)))), RUBRIC, WORDS)


def problems(found: FormRead) -> list[tuple[str, str, str, str]]:
    """Code, place and value of every problem."""
    return [(problem.code, problem.table, problem.cell, problem.value) for problem in found.problems]


@pytest.mark.parametrize("item", ["1、积极开展", "1", 1, "第1条", "１．"])
@pytest.mark.parametrize(("number", "department"), [("11", None), (11, None), (None, "区民政局"), (None, " 区民政局 ")])
def test_a_reason_names_its_department_and_item_in_whatever_way(number: Cell, department: Cell, item: Cell) -> None:
    found = read(MARKS, (number, department, item, "没有走访计划"))
    assert found.problems == ()
    told = {
        sheet.sheet_id: [(entry.item, entry.points, entry.reason) for entry in sheet.entries] for sheet in found.sheets
    }
    assert told == {11: [(1, 900, "没有走访计划")], 12: [(1, 200, None), (2, 300, None)]}


def test_every_problem_of_a_matrix_names_table_and_cell() -> None:
    marks: Rows = (
        ("考核内容", "区民政局", "区卫生局", "区民政局"),
        ("编号", 11, 12, "11"),
        ("1、积极开展", 99, "不适用", 3),
        ("1、积极开展", 1, 2, 3),
        ("99、没有这一条", 1, None, None),
    )
    found = read(
        marks,
        (None, "区卫生局", "2、紧密联系", "没有这一行"),
        ("11", None, "哪一条", "没有写条目"),
        (None, None, 1, "没有写部门"),
        (13, None, "1、积极开展", "没有这一列"),
        (12, None, "1", "没有联点村"),
        (12, None, "1", "又写了一遍"),
        (11, None, 1, "长" * (LONGEST_REASON + 1)),
        (11, None, 2, None),
    )
    assert problems(found) == [
        ("sheet_twice", "评分表", "D2", "11"),
        ("reason_of_nothing", "理由", "D3", "没有写条目"),
        ("reason_of_nothing", "理由", "D4", "没有写部门"),
        ("reason_of_no_sheet", "理由", "D5", "没有这一列"),
        ("reason_twice", "理由", "D7", "又写了一遍"),
        ("item_twice", "评分表", "A4", "1"),
        ("reason_too_long", "理由", "D8", "长" * 20),
        ("no_such_item", "评分表", "B5", "99"),
        ("no_such_item", "评分表", "C5", "99"),
        ("reason_of_no_item", "理由", "D2", "2"),
    ]


def test_reasons_in_a_table_without_departments_belong_to_nothing() -> None:
    reasons = Table("理由", (("扣分理由",), ("为什么",)))
    found = read_matrix(Book((Table("评分表", MARKS), reasons)), RUBRIC, WORDS)
    assert problems(found) == [("reason_of_nothing", "理由", "A2", "为什么")]


def test_a_matrix_whose_names_were_cut_off_goes_by_its_numbers() -> None:
    found = read_matrix(Book((Table("评分表", MARKS[1:]),)), RUBRIC, WORDS)
    assert found.problems == ()
    assert [sheet.sheet_id for sheet in found.sheets] == [11, 12]


def test_a_workbook_without_numbers_of_sheets_is_no_matrix() -> None:
    for book in (Book(()), Book((Table("表", (("考核内容",),)),)), Book((Table("表", (HEAD,)),))):
        name = book.tables[0].name if book.tables else ""
        assert problems(read_matrix(book, RUBRIC, WORDS)) == [("no_sheet_numbers", name, "A1", "")]
