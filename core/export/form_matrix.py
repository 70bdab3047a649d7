"""Annex 2 as one matrix: items down, departments across, reasons in a table of their own.

Answers for how it looks, as `core.export.form` does for a single sheet. A column is known by the id of its sheet,
which stands under the department's name, so that columns may be moved or left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from core.export.form import FormMark
from core.export.workbook_style import (
    BODY,
    HEAD,
    add_choices,
    add_texts,
    choose_from,
    dress,
    mark_as,
    print_on,
    put,
)
from core.workbooks.book import column_letter

_NAMES_ROW, _NUMBERS_ROW, _FIRST_ROW = 3, 4, 5
_TEXT, _MAX, _FIRST_COLUMN = 1, 2, 3
_COLUMNS_PER_PAGE = 14
_SPARE_ROWS = 40
"""For reasons that are added by hand."""


@dataclass(frozen=True, slots=True)
class MatrixItem:
    """One row. `choices` are the legal marks in hundredths."""

    number: int
    text: str
    max_points: int
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One department: its sheet's id, and the marks it has already by item number."""

    department: str
    sheet_id: int
    marks: dict[int, FormMark]
    skipped: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The departments of one township in one round."""

    title: str
    sheet: str
    reasons: str
    hint: str
    item: str
    max_points: str
    number: str
    department: str
    reason: str
    skipped: str
    not_applicable: str
    footer: str
    rubric_hash: str
    items: tuple[MatrixItem, ...]
    columns: tuple[MatrixColumn, ...]


def write_matrix(matrix: Matrix) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    table = book.worksheets[0]
    table.title = matrix.sheet
    last = _FIRST_COLUMN + len(matrix.columns) - 1
    _write_head(table, matrix, last)
    choices = add_choices(book, [item.choices for item in matrix.items], matrix.not_applicable)
    for row, item in enumerate(matrix.items, start=_FIRST_ROW):
        _write_item(table, matrix, item, row, choices[item.choices])
    row = _FIRST_ROW + len(matrix.items)
    _write_skipped(table, matrix, row)
    _set_widths(table, last)
    print_on(
        table,
        last_row=row,
        last_column=last,
        heading_row=_NUMBERS_ROW,
        footer=matrix.footer,
        landscape=True,
        large=True,
        pages_across=max(1, -(-len(matrix.columns) // _COLUMNS_PER_PAGE)),
        heading_columns="A:B",
    )
    table.print_title_rows = f"{_NAMES_ROW}:{_NUMBERS_ROW}"
    table.freeze_panes = f"{column_letter(_FIRST_COLUMN - 1)}{_FIRST_ROW}"
    departments = add_texts(book, [one.department for one in matrix.columns])
    items = add_texts(book, [item.text for item in matrix.items])
    _write_reasons(book.create_sheet(matrix.reasons), matrix, departments, items)
    mark_as(book, "matrix", (matrix.rubric_hash,))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_head(table: Worksheet, matrix: Matrix, last: int) -> None:
    put(table, 1, 1, matrix.title, Font(name=HEAD, size=15, bold=True))
    put(table, 2, 1, matrix.hint, Font(name=BODY, size=9))
    for row in (1, 2):
        table.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        table.row_dimensions[row].height = 30
    bold = Font(name=BODY, size=10, bold=True)
    put(table, _NAMES_ROW, _TEXT, matrix.item, bold)
    put(table, _NAMES_ROW, _MAX, matrix.max_points, bold)
    put(table, _NUMBERS_ROW, _TEXT, matrix.number, Font(name=BODY, size=8))
    for column, one in enumerate(matrix.columns, start=_FIRST_COLUMN):
        put(table, _NAMES_ROW, column, one.department, bold, Alignment(wrap_text=True))
        put(table, _NUMBERS_ROW, column, str(one.sheet_id), Font(name=BODY, size=8))
    for column in range(1, last + 1):
        dress(table.cell(_NAMES_ROW, column), centred=True)
        dress(table.cell(_NUMBERS_ROW, column), centred=True)
    table.row_dimensions[_NAMES_ROW].height = 48


def _write_item(table: Worksheet, matrix: Matrix, item: MatrixItem, row: int, choices: str) -> None:
    put(table, row, _TEXT, item.text, Font(name=BODY, size=10))
    table.cell(row, _MAX, Decimal(item.max_points) / 100)
    for column, one in enumerate(matrix.columns, start=_FIRST_COLUMN):
        mark = one.marks.get(item.number)
        if mark is not None and isinstance(mark.points, str):
            put(table, row, column, mark.points, Font(name=BODY, size=10))
        elif mark is not None and not isinstance(mark.points, str):
            table.cell(row, column, Decimal(mark.points) / 100)
        choose_from(table, row, column, choices)
        dress(table.cell(row, column), centred=True)
    dress(table.cell(row, _TEXT), centred=False)
    dress(table.cell(row, _MAX), centred=True)
    table.row_dimensions[row].height = max(28.0, 14.0 * (1 + len(item.text) // 20))


def _write_skipped(table: Worksheet, matrix: Matrix, row: int) -> None:
    put(table, row, _TEXT, matrix.skipped, Font(name=BODY, size=10, bold=True))
    for column, one in enumerate(matrix.columns, start=_FIRST_COLUMN):
        put(table, row, column, matrix.skipped if one.skipped else None, Font(name=BODY, size=10))
    for column in range(1, _FIRST_COLUMN + len(matrix.columns)):
        dress(table.cell(row, column), centred=True)


def _write_reasons(table: Worksheet, matrix: Matrix, departments: str, items: str) -> None:
    """The reasons that are there already, and rows to add others: department and item are chosen from lists."""
    bold = Font(name=BODY, size=10, bold=True)
    for column, heading in enumerate((matrix.number, matrix.department, matrix.item, matrix.reason), start=1):
        dress(put(table, 1, column, heading, bold), centred=True)
    row = 2
    for one in matrix.columns:
        for item in matrix.items:
            mark = one.marks.get(item.number)
            if mark is None or mark.reason is None:
                continue
            for column, text in enumerate((str(one.sheet_id), one.department, item.text, mark.reason), start=1):
                dress(put(table, row, column, text, Font(name=BODY, size=10)), centred=False)
            row += 1
    for spare in range(row, row + _SPARE_ROWS):
        for column in range(1, 5):
            dress(put(table, spare, column, None, Font(name=BODY, size=10)), centred=False)
        choose_from(table, spare, 2, departments)
        choose_from(table, spare, 3, items)
    for column, width in enumerate((10, 18, 46, 46)):
        table.column_dimensions[column_letter(column)].width = width
    print_on(table, last_row=row + _SPARE_ROWS - 1, last_column=4, heading_row=1, footer=matrix.footer, landscape=True)


def _set_widths(table: Worksheet, last: int) -> None:
    table.column_dimensions["A"].width = 42
    table.column_dimensions["B"].width = 6
    for column in range(_FIRST_COLUMN, last + 1):
        table.column_dimensions[column_letter(column - 1)].width = 9
