"""What the workbooks share: fonts, borders, dropdowns, the printed page, the hidden marker."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.workbooks.book import MARKER, column_letter

AnyCell: TypeAlias = Cell | MergedCell

BODY, HEAD = "SimSun", "SimHei"
"""The fonts of official papers; a machine without them shows its own."""

_CHOICES = "choices"
_PAPER_A4, _PAPER_A3 = 9, 8
_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
# Excel refuses what XML cannot carry; a reason may hold such a character from a strange keyboard.
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


def put(
    table: Worksheet, row: int, column: int, text: str | None, font: Font, alignment: Alignment | None = None
) -> AnyCell:
    """Write text that stays text: what begins with `=` is no formula, now or after an edit."""
    cell = table.cell(row, column)
    cell.font = font
    cell.alignment = alignment or Alignment(vertical="center", wrap_text=True)
    if text is not None:
        table.cell(row, column, text.translate(_UNPRINTABLE)).data_type = "s"
        cell.quotePrefix = True
    return cell


def dress(cell: AnyCell, *, centred: bool) -> None:
    """Borders and alignment. Before merging: afterwards only the first cell would get them."""
    cell.border = _BORDER
    cell.alignment = Alignment(horizontal="center" if centred else None, vertical="center", wrap_text=True)


def add_choices(book: Workbook, lists: Sequence[tuple[int, ...]], *words: str) -> dict[tuple[int, ...], str]:
    """A hidden table of the legal marks (hundredths); the range of each list, by the list.

    A range, because a list inside the rule itself may have only 255 characters.
    """
    table = book.create_sheet(_CHOICES)
    table.sheet_state = "veryHidden"
    ranges: dict[tuple[int, ...], str] = {}
    for choices in dict.fromkeys(lists):
        column = len(ranges) + 1
        for row, points in enumerate(choices, start=1):
            table.cell(row, column, Decimal(points) / 100)
        for row, word in enumerate(words, start=len(choices) + 1):
            table.cell(row, column, word)
        letter = column_letter(column - 1)
        ranges[choices] = f"{quote_sheetname(_CHOICES)}!${letter}$1:${letter}${len(choices) + len(words)}"
    return ranges


def add_texts(book: Workbook, texts: Sequence[str]) -> str:
    """One more list beside those of `add_choices`: texts to choose from; its range."""
    table = book[_CHOICES]
    column = table.max_column + 1
    for row, text in enumerate(texts, start=1):
        table.cell(row, column, text.translate(_UNPRINTABLE)).data_type = "s"
    letter = column_letter(column - 1)
    return f"{quote_sheetname(_CHOICES)}!${letter}$1:${letter}${len(texts)}"


def choose_from(table: Worksheet, row: int, column: int, choices: str) -> None:
    """Offer a range of choices in a cell. Whoever pastes is not stopped: what comes back is checked again."""
    rule = next((each for each in table.data_validations.dataValidation if each.formula1 == choices), None)
    if rule is None:
        rule = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
        table.add_data_validation(rule)
    cell = table.cell(row, column)
    rule.add(cell)
    cell.protection = Protection(locked=False)


def print_on(
    table: Worksheet,
    *,
    last_row: int,
    last_column: int,
    heading_row: int,
    footer: str,
    landscape: bool = False,
    large: bool = False,
    pages_across: int = 1,
    heading_columns: str | None = None,
) -> None:
    """A4 (`large`: A3), as wide as the page, headings on every page, the page's number below."""
    table.page_setup.paperSize = _PAPER_A3 if large else _PAPER_A4
    table.page_setup.orientation = "landscape" if landscape else "portrait"
    table.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    table.page_setup.fitToWidth = pages_across
    table.page_setup.fitToHeight = 0
    table.print_title_rows = f"{heading_row}:{heading_row}"
    if heading_columns is not None:
        table.print_title_cols = heading_columns
    table.print_area = f"A1:{column_letter(last_column - 1)}{last_row}"
    table.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=footer))
    table.freeze_panes = f"A{heading_row + 1}"


def mark_as(book: Workbook, kind: str, values: Sequence[str]) -> None:
    """Let the workbook be known again: the hidden marker."""
    table = book.create_sheet(MARKER)
    table.sheet_state = "veryHidden"
    for row, value in enumerate((kind, *values), start=1):
        table.cell(row, 1, value).data_type = "s"
