"""A matrix that comes back (附件2): items down, departments across, reasons in a table of their own.

Answers for which column belongs to which sheet and which reason to which mark; `core.form_reading` says what a
column's cells say. A reason names its department by number or by name, because people add rows by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.form_cells import (
    cell_at,
    cell_name,
    column_of,
    header_place,
    named_item,
    plain,
    sheet_number,
    text_in,
)
from core.form_reading import (
    CellProblem,
    FormEntry,
    FormRead,
    FormWords,
    MarkColumn,
    Reason,
    SheetEntries,
    item_rows,
)
from core.rubric import Rubric
from core.workbooks.book import Book, Cell, Table

_Reasons = dict[tuple[int, int], Reason]
"""By sheet and item."""


def read_matrix(book: Book, rubric: Rubric, words: FormWords) -> FormRead:
    """The entries of a matrix, one `SheetEntries` for each department."""
    for table in book.tables:
        place = header_place(table, words.sheet_number)
        if place is not None and header_place(table, words.reason) is None:
            return _read_columns(book, table, place[0], rubric, words)
    first = book.tables[0].name if book.tables else ""
    return FormRead((), (CellProblem("no_sheet_numbers", first, "A1", ""),))


def _read_columns(book: Book, table: Table, header: int, rubric: Rubric, words: FormWords) -> FormRead:
    problems: list[CellProblem] = []
    columns = _sheet_columns(table, header, problems)
    reasons = _reasons(book, table, _by_name(table, header, columns), words, problems)
    rows = item_rows(table, header, problems)
    sheets = []
    for sheet_id, column in columns.items():
        marks, entries = MarkColumn(table, column, rubric, words), list[FormEntry]()
        for row, number in rows:
            read = marks.read(row, number, reasons.pop((sheet_id, number), None))
            if isinstance(read, CellProblem):
                problems.append(read)
            elif read is not None:
                entries.append(read)
        sheets.append(SheetEntries(sheet_id, tuple(entries), _is_skipped(table, header, column, words)))
    problems += [
        CellProblem("reason_of_no_item", reason.table, reason.cell, str(number), number)
        for (_, number), reason in reasons.items()
    ]
    return FormRead(tuple(sheets), tuple(problems))


def _sheet_columns(table: Table, header: int, problems: list[CellProblem]) -> dict[int, int]:
    """The column of each sheet."""
    found: dict[int, int] = {}
    for column, cell in enumerate(table.rows[header]):
        sheet_id = sheet_number(cell)
        if sheet_id is None:
            continue
        if sheet_id in found:
            problems.append(CellProblem("sheet_twice", table.name, cell_name(header, column), str(sheet_id)))
        else:
            found[sheet_id] = column
    return found


def _by_name(table: Table, header: int, columns: dict[int, int]) -> dict[str, int]:
    """The sheets by their numbers and by the departments' names, which stand above the numbers."""
    names = {str(sheet_id): sheet_id for sheet_id in columns}
    for sheet_id, column in columns.items():
        name = text_in(cell_at(table, header - 1, column)) if header else None
        if name is not None:
            names[plain(name)] = sheet_id
    return names


def _is_skipped(table: Table, header: int, column: int, words: FormWords) -> bool:
    cells = (cell_at(table, row, column) for row in range(header + 1, len(table.rows)))
    return any(isinstance(cell, str) and plain(cell) in words.skipped for cell in cells)


@dataclass(frozen=True, slots=True)
class _ReasonTable:
    """A table of reasons, and in which column it has what; None for a column it has not."""

    table: Table
    number: int | None
    department: int | None
    item: int | None

    def cell(self, row: int, column: int | None) -> Cell:
        return None if column is None else cell_at(self.table, row, column)


def _reasons(
    book: Book, marks: Table, sheets: dict[str, int], words: FormWords, problems: list[CellProblem]
) -> _Reasons:
    """The reasons by what they are about; `sheets` are the sheets' columns by number and by department."""
    found: _Reasons = {}
    for table in book.tables:
        place = header_place(table, words.reason)
        if table is marks or place is None:
            continue
        header, column = place
        reasons = _ReasonTable(
            table, *(column_of(table, header, each) for each in (words.sheet_number, words.department, words.item))
        )
        for row in range(header + 1, len(table.rows)):
            text = text_in(cell_at(table, row, column))
            if text is None:
                continue
            reason = Reason(text, table.name, cell_name(row, column))
            told = _whose(reasons, row, sheets)
            if told in found:
                told = "reason_twice"
            if isinstance(told, str):
                problems.append(CellProblem(told, reason.table, reason.cell, text[:20]))
            else:
                found[told] = reason
    return found


def _whose(reasons: _ReasonTable, row: int, sheets: dict[str, int]) -> tuple[int, int] | str:
    """Sheet and item of a reason, or what is wrong with it."""
    number, department = reasons.cell(row, reasons.number), reasons.cell(row, reasons.department)
    item = named_item(reasons.cell(row, reasons.item))
    told = department if number is None else number
    if told is None or item is None:
        return "reason_of_nothing"
    sheet_id = sheets.get(plain(str(told)))
    return "reason_of_no_sheet" if sheet_id is None else (sheet_id, item)
