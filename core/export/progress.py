"""A round's progress as a workbook: one row for each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

from core.export.roster_workbook import dress_heading, put_value
from core.export.workbook_style import print_on
from core.workbooks.book import Cell, column_letter

_WIDTHS = (24, 20, 12, 8, 8)


@dataclass(frozen=True, slots=True)
class ProgressPaper:
    """Headings and rows, in words."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footer: str


def write_progress(paper: ProgressPaper) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = paper.sheet
    for column, heading in enumerate(paper.headings, start=1):
        dress_heading(sheet, 1, column, heading)
        sheet.column_dimensions[column_letter(column - 1)].width = _WIDTHS[column - 1]
    for row, cells in enumerate(paper.rows, start=2):
        for column, value in enumerate(cells, start=1):
            put_value(sheet, row, column, value)
    last = len(paper.rows) + 1
    print_on(sheet, last_row=last, last_column=len(paper.headings), heading_row=1, footer=paper.footer)
    sheet.auto_filter.ref = f"A1:{column_letter(len(paper.headings) - 1)}{last}"
    content = BytesIO()
    book.save(content)
    return content.getvalue()
