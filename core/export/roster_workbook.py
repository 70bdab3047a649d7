"""The roster as a workbook to fill in: a page that explains, and a table for each matter.

Answers for how it looks and what can be chosen; `core.roster_reading` reads it back. Never decides what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.export.workbook_style import BODY, HEAD, AnyCell, dress, mark_as, print_on, put
from core.workbooks.book import Cell, column_letter

KIND = "roster"
"""What the marker of a roster workbook says."""

_CHOICES = "choices"
_LAST_ROW = 20_000
"""As far as choices are offered: as many rows as are read."""

_HEADING_FILL = PatternFill("solid", fgColor="FFF2CC")
_NOTE_WIDTH, _NOTE_HEIGHT = 260, 110
_TEXT_FORMAT, _DAY_FORMAT = "@", "yyyy-mm-dd"
_PLAIN, _BOLD = Font(name=BODY, size=11), Font(name=BODY, size=11, bold=True)


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column. `choices` are words to choose from; `names` is where names to choose stand: table, column, from 0."""

    heading: str
    note: str
    width: int
    choices: tuple[str, ...] = ()
    names: tuple[int, int] | None = None
    day: bool = False


@dataclass(frozen=True, slots=True)
class RosterTable:
    """One table with the rows below its headings."""

    name: str
    columns: tuple[RosterColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """How a table is filled in: headings and rows of words."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RosterPaper:
    """The whole workbook. `guide` names the page that explains."""

    guide: str
    title: str
    lines: tuple[str, ...]
    examples: tuple[Example, ...]
    tables: tuple[RosterTable, ...]
    footer: str


def write_roster(paper: RosterPaper) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    _write_guide(book.worksheets[0], paper)
    names = [table.name for table in paper.tables]
    for table in paper.tables:
        sheet = book.create_sheet(table.name)
        _write_table(sheet, table, paper.footer)
    choices = _add_choices(book, [column.choices for table in paper.tables for column in table.columns])
    for table in paper.tables:
        for index, column in enumerate(table.columns):
            if column.names is not None:
                there, place = column.names
                letter = column_letter(place)
                _offer(book[table.name], index, f"{quote_sheetname(names[there])}!${letter}$2:${letter}${_LAST_ROW}")
            elif column.choices:
                _offer(book[table.name], index, choices[column.choices])
    mark_as(book, KIND, ())
    # The first table to fill in, not the explanation, where there is something in it already.
    book.active = 1 if paper.tables[0].rows else 0
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_guide(sheet: Worksheet, paper: RosterPaper) -> None:
    sheet.title = paper.guide
    put(sheet, 1, 1, paper.title, Font(name=HEAD, size=16, bold=True), Alignment(vertical="center"))
    wide = max(len(example.headings) for example in paper.examples)
    row = 2
    for line in paper.lines:
        put(sheet, row, 1, line, _PLAIN)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=wide)
        sheet.row_dimensions[row].height = 16.0 * (1 + len(line) // 52)
        row += 1
    for example in paper.examples:
        row += 1
        put(sheet, row, 1, example.name, Font(name=HEAD, size=12, bold=True), Alignment(vertical="center"))
        for cells, font in ((example.headings, _BOLD), *((each, _PLAIN) for each in example.rows)):
            row += 1
            for column, text in enumerate(cells, start=1):
                dress(put(sheet, row, column, text or None, font), centred=False)
        row += 1
    for column in range(wide):
        sheet.column_dimensions[column_letter(column)].width = 15
    print_on(sheet, last_row=row, last_column=wide, heading_row=1, footer=paper.footer, landscape=True)


def _write_table(sheet: Worksheet, table: RosterTable, footer: str) -> None:
    for index, column in enumerate(table.columns):
        heading = dress_heading(sheet, 1, index + 1, column.heading)
        heading.comment = Comment(column.note, "hongqi", height=_NOTE_HEIGHT, width=_NOTE_WIDTH)
        dimension = sheet.column_dimensions[column_letter(index)]
        dimension.width = column.width
        # Before anybody types: a spreadsheet would show 880000000001 as 8.8E+11 and eat the zeros of 001.
        dimension.number_format = _DAY_FORMAT if column.day else _TEXT_FORMAT
    for row, cells in enumerate(table.rows, start=2):
        for index, value in enumerate(cells, start=1):
            put_value(sheet, row, index, value)
    last = len(table.rows) + 1
    print_on(sheet, last_row=last, last_column=len(table.columns), heading_row=1, footer=footer, landscape=True)


def dress_heading(sheet: Worksheet, row: int, column: int, text: str) -> AnyCell:
    """A heading of a table, as the workbooks show them."""
    cell = put(sheet, row, column, text, _BOLD)
    dress(cell, centred=True)
    cell.fill = _HEADING_FILL
    return cell


def put_value(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """Write a cell as what it is: text stays text, a day a day, a number a number."""
    if isinstance(value, str):
        put(sheet, row, column, value, _PLAIN).number_format = _TEXT_FORMAT
    elif value is not None:
        cell = sheet.cell(row, column, value)
        cell.font = _PLAIN
        if isinstance(value, date):
            cell.number_format = _DAY_FORMAT


def _add_choices(book: Workbook, lists: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    sheet = book.create_sheet(_CHOICES)
    sheet.sheet_state = "veryHidden"
    ranges: dict[tuple[str, ...], str] = {}
    for column, words in enumerate(dict.fromkeys(each for each in lists if each), start=1):
        for row, word in enumerate(words, start=1):
            sheet.cell(row, column, word).data_type = "s"
        letter = column_letter(column - 1)
        ranges[words] = f"{_CHOICES}!${letter}$1:${letter}${len(words)}"
    return ranges


def _offer(sheet: Worksheet, index: int, choices: str) -> None:
    # A hint, not a bar: names may be given by 编号 or by an old name too, and all is checked when it comes back.
    rule = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(rule)
    letter = column_letter(index)
    rule.add(f"{letter}2:{letter}{_LAST_ROW}")
