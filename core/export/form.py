"""The official form (评分表) as a workbook, to be filled in where there is no network.

Answers for how it looks: the source's columns, merged categories, A4, titles on every page, dropdowns of the legal
marks. Never decides a word or a mark: everything arrives as it is to be read, points in hundredths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from core.export.workbook_style import (
    BODY,
    HEAD,
    add_choices,
    choose_from,
    dress,
    mark_as,
    print_on,
    put,
)
from core.workbooks.book import column_letter

_WIDTHS = (12, 46, 7, 16, 9, 30)
_FIRST_ROW = 4
_CATEGORY, _ITEM, _MAX, _METHODS, _MARK, _REASON = range(1, 7)


@dataclass(frozen=True, slots=True)
class FormMark:
    """What an item has already: points in hundredths, or the word for 不适用."""

    points: int | str
    reason: str | None


@dataclass(frozen=True, slots=True)
class FormItem:
    """One row. `choices` are the legal marks in hundredths."""

    text: str
    max_points: int
    methods: tuple[str, ...]
    choices: tuple[int, ...]
    mark: FormMark | None


@dataclass(frozen=True, slots=True)
class FormCategory:
    """Rows that share one merged cell."""

    name: str
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one sheet. `columns` are the six headings, `facts` what stands above the table."""

    title: str
    sheet: str
    facts: tuple[str, ...]
    hint: str
    columns: tuple[str, ...]
    categories: tuple[FormCategory, ...]
    total: str
    not_applicable: str
    footer: str
    rubric_hash: str
    sheet_id: int


def write_form(form: Form) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    table = book.worksheets[0]
    table.title = form.sheet
    last = _write_head(table, form)
    row = _FIRST_ROW
    choices = add_choices(book, [item.choices for item in _items(form)], form.not_applicable)
    for category in form.categories:
        row = _write_category(table, category, row, choices)
    _write_total(table, form, row)
    for index, width in enumerate(_WIDTHS, start=1):
        table.column_dimensions[column_letter(index - 1)].width = width
    print_on(table, last_row=row, last_column=last, heading_row=_FIRST_ROW - 1, footer=form.footer)
    mark_as(book, "form", (form.rubric_hash, str(form.sheet_id)))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _items(form: Form) -> Sequence[FormItem]:
    return [item for category in form.categories for item in category.items]


def _write_head(table: Worksheet, form: Form) -> int:
    last = len(form.columns)
    put(table, 1, 1, form.title, Font(name=HEAD, size=15, bold=True), Alignment(horizontal="center", wrap_text=True))
    put(table, 2, 1, "　　".join((*form.facts, form.hint)), Font(name=BODY, size=9), Alignment(wrap_text=True))
    for row, height in ((1, 30), (2, 42)):
        table.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        table.row_dimensions[row].height = height
    for column, heading in enumerate(form.columns, start=1):
        cell = put(table, _FIRST_ROW - 1, column, heading, Font(name=BODY, size=10, bold=True))
        dress(cell, centred=True)
    return last


def _write_category(table: Worksheet, category: FormCategory, row: int, choices: dict[tuple[int, ...], str]) -> int:
    first = row
    for item in category.items:
        put(table, row, _CATEGORY, category.name if row == first else None, Font(name=BODY, size=10))
        put(table, row, _ITEM, item.text, Font(name=BODY, size=10))
        table.cell(row, _MAX, Decimal(item.max_points) / 100)
        put(table, row, _METHODS, "\n".join(item.methods), Font(name=BODY, size=9))
        _write_mark(table, row, item)
        for column in range(_CATEGORY, _REASON + 1):
            dress(table.cell(row, column), centred=column in {_CATEGORY, _MAX, _MARK})
        choose_from(table, row, _MARK, choices[item.choices])
        # A line holds some 22 Chinese characters at this width; Excel does not grow rows of merged columns by itself.
        table.row_dimensions[row].height = max(28.0, 14.0 * (1 + len(item.text) // 22))
        row += 1
    table.merge_cells(start_row=first, start_column=_CATEGORY, end_row=row - 1, end_column=_CATEGORY)
    return row


def _write_mark(table: Worksheet, row: int, item: FormItem) -> None:
    if item.mark is None:
        return
    if isinstance(item.mark.points, str):
        put(table, row, _MARK, item.mark.points, Font(name=BODY, size=10))
    else:
        table.cell(row, _MARK, Decimal(item.mark.points) / 100)
    put(table, row, _REASON, item.mark.reason, Font(name=BODY, size=9))


def _write_total(table: Worksheet, form: Form, row: int) -> None:
    """What the rater sees while filling in; whoever reads the form back adds up by itself."""
    put(table, row, _CATEGORY, form.total, Font(name=BODY, size=10, bold=True))
    for column in (_MAX, _MARK):
        letter = column_letter(column - 1)
        table.cell(row, column, f"=SUM({letter}{_FIRST_ROW}:{letter}{row - 1})")
    for column in range(_CATEGORY, _REASON + 1):
        dress(table.cell(row, column), centred=True)
