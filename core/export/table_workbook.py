"""Tables as workbooks: a title, what stands above the table, headings that are repeated on every page, rows, notes.

Answers for how they look and print; never decides what stands in them. Text stays text, whatever it begins with.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from core.export.roster_workbook import dress_heading, put_value
from core.export.workbook_style import BODY, HEAD, dress, print_on, put
from core.workbooks.book import Cell, column_letter

HEADING_ROW = 3
"""Above it stand the title and the facts."""

_PLAIN, _SMALL = Font(name=BODY, size=11), Font(name=BODY, size=9)
_POINTS_FORMAT = "0.00"
# Merged rows do not grow by themselves: half of the columns' width in Chinese characters is taken for a line.
_LINE_HEIGHT, _LEAST_HEIGHT = 15, 18


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in characters; `centred` for short entries; `decimals`: numbers with two places."""

    heading: str
    width: int
    centred: bool = False
    decimals: bool = False


@dataclass(frozen=True, slots=True)
class TablePage:
    """One table of a workbook."""

    name: str
    title: str
    facts: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableBook:
    """The whole workbook; `footer` is printed below every page."""

    pages: tuple[TablePage, ...]
    footer: str


def write_tables(tables: TableBook) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    for place, page in enumerate(tables.pages):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet()
        sheet.title = page.name
        _write(sheet, page, tables.footer)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: Worksheet, page: TablePage, footer: str) -> None:
    wide = len(page.columns)
    for index, column in enumerate(page.columns):
        sheet.column_dimensions[column_letter(index)].width = column.width
        dress_heading(sheet, HEADING_ROW, index + 1, column.heading)
    _across(sheet, 1, wide, page.title, Font(name=HEAD, size=16, bold=True), "center")
    _across(sheet, 2, wide, page.facts, _SMALL, "left")
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = _height(page, page.facts)
    for row, cells in enumerate(page.rows, start=HEADING_ROW + 1):
        _write_row(sheet, row, page.columns, cells)
    last = HEADING_ROW + len(page.rows)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{column_letter(wide - 1)}{last}"
    for note in page.notes:
        last += 1
        _across(sheet, last, wide, note, _PLAIN, "left")
        sheet.row_dimensions[last].height = _height(page, note)
    print_on(sheet, last_row=last, last_column=wide, heading_row=HEADING_ROW, footer=footer, landscape=True)


def _write_row(sheet: Worksheet, row: int, columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> None:
    for index, (column, value) in enumerate(zip(columns, cells, strict=True), start=1):
        put_value(sheet, row, index, value)
        cell = sheet.cell(row, index)
        dress(cell, centred=column.centred)
        if column.decimals and value is not None and not isinstance(value, str):
            cell.number_format = _POINTS_FORMAT


def _across(sheet: Worksheet, row: int, wide: int, text: str, font: Font, side: str) -> None:
    put(sheet, row, 1, text, font, Alignment(horizontal=side, vertical="center", wrap_text=True))
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=wide)


def _height(page: TablePage, text: str) -> int:
    room = max(sum(column.width for column in page.columns) // 2, 1)
    lines = sum(1 + len(line) // room for line in text.split("\n"))
    return max(_LEAST_HEIGHT, _LINE_HEIGHT * lines)
