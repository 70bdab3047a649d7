"""A workbook that cannot be taken, written anew with every wrong cell marked and a page that lists them all.

Answers for what comes back to whoever sent it: their cells as they were read, never their file, which nobody trusts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from core.export.roster_workbook import dress_heading, put_value
from core.export.workbook_style import BODY, dress, print_on, put
from core.workbooks.book import MARKER, Book, Table, column_letter

_WRONG = PatternFill("solid", fgColor="FFC7CE")
_WIDTH, _LONGEST_NOTE = 16, 1000
_NOTE_WIDTH, _NOTE_HEIGHT = 280, 120


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is wrong with a cell. Rows count from 1; `column` is the letter, empty for the whole row."""

    table: str
    row: int
    column: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """The workbook as it was read, and what is wrong with it. `list` names the page that lists it."""

    list: str
    headings: tuple[str, str, str, str, str]
    footer: str
    book: Book
    notes: tuple[CellNote, ...]


def write_marked(paper: MarkedPaper) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    names = {table.name for table in paper.book.tables}
    _write_list(book.worksheets[0], paper, names)
    by_table: dict[str, list[CellNote]] = defaultdict(list)
    for note in paper.notes:
        by_table[note.table].append(note)
    for table in paper.book.tables:
        # The page of an earlier marked copy is not carried along.
        if table.name == paper.list:
            continue
        sheet = book.create_sheet(table.name)
        _write_table(sheet, table)
        _mark(sheet, by_table[table.name])
        if table.name == MARKER:
            sheet.sheet_state = "veryHidden"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_list(sheet: Worksheet, paper: MarkedPaper, names: set[str]) -> None:
    sheet.title = paper.list
    for column, heading in enumerate(paper.headings, start=1):
        dress_heading(sheet, 1, column, heading)
    for row, note in enumerate(paper.notes, start=2):
        cells = (note.table, str(note.row), note.column, note.value, note.text)
        for column, text in enumerate(cells, start=1):
            dress(put(sheet, row, column, text or None, Font(name=BODY, size=11)), centred=column in {2, 3})
        if note.table in names:
            sheet.cell(row, 1).hyperlink = f"#{quote_sheetname(note.table)}!{note.column or 'A'}{note.row}"
    for column, width in enumerate((12, 6, 6, 24, 84)):
        sheet.column_dimensions[column_letter(column)].width = width
    print_on(sheet, last_row=len(paper.notes) + 1, last_column=5, heading_row=1, footer=paper.footer, landscape=True)


def _write_table(sheet: Worksheet, table: Table) -> None:
    for row, cells in enumerate(table.rows, start=1):
        for column, value in enumerate(cells, start=1):
            if row == 1 and isinstance(value, str):
                dress_heading(sheet, row, column, value)
            else:
                put_value(sheet, row, column, value)
    for column in range(max((len(cells) for cells in table.rows), default=0)):
        sheet.column_dimensions[column_letter(column)].width = _WIDTH
    sheet.freeze_panes = "A2"


def _mark(sheet: Worksheet, notes: Sequence[CellNote]) -> None:
    told: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        told[f"{note.column or 'A'}{note.row}"].append(note.text)
    for place, texts in told.items():
        sheet[place].fill = _WRONG
        sheet[place].comment = Comment("\n".join(texts)[:_LONGEST_NOTE], "hongqi", _NOTE_HEIGHT, _NOTE_WIDTH)
