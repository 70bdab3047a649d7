"""Forms that come back (评分表 filled in without a network): what each cell says. Values only, no files.

Answers for which cells hold marks and reasons, and for every cell that cannot be one. Never decides whether the
sheet may be changed, and never takes a blank cell for a mark: what is blank is not assessed.

A form is known by its marker: `form` with the sheet's id and the rubric's hash, or `matrix` with the hash alone,
whose columns carry the ids of their sheets. Points are hundredths of a point.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from core.errors import MarkNotAStep, MarkOutOfRange, NoSuchItem
from core.form_cells import (
    WHOLE,
    cell_at,
    cell_name,
    column_of,
    header_place,
    hundredths_in,
    item_number,
    plain,
    text_in,
)
from core.rubric import Item, Rubric
from core.sheet import LONGEST_REASON, check_points
from core.workbooks.book import Book, Cell, Table, marker


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words by which columns and answers are known, in every language that forms are printed in."""

    mark: frozenset[str]
    reason: frozenset[str]
    not_applicable: frozenset[str]
    skipped: frozenset[str]
    sheet_number: frozenset[str]
    department: frozenset[str]
    item: frozenset[str]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be taken: `code` names the sentence, `cell` the place as people read it (`F12`)."""

    code: str
    table: str
    cell: str
    value: str
    item: int | None = None
    max_points: int | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class FormEntry:
    """What one row says of one item. Neither points nor 不适用: only the reason of a mark that is there already."""

    item: int
    points: int | None
    not_applicable: bool
    reason: str | None
    table: str
    cell: str


@dataclass(frozen=True, slots=True)
class SheetEntries:
    """Everything a form says about one sheet. `skipped`: 不了解."""

    sheet_id: int
    entries: tuple[FormEntry, ...]
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class FormRead:
    """What a form says. With problems nothing of it may be taken."""

    sheets: tuple[SheetEntries, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class FormTarget:
    """What a form is for: its kind, the rubric it was printed from, and the sheet of a single form."""

    kind: str
    rubric_hash: str
    sheet_id: int | None


def target_of(book: Book) -> FormTarget | None:
    """What the marker says; None when the workbook is none of our forms or its marker was damaged."""
    found = marker(book)
    if found is None:
        return None
    kind, values = found
    told = [str(value) for value in values if value is not None]
    if kind == "form" and len(told) >= 2 and WHOLE.fullmatch(told[1]):
        return FormTarget(kind, told[0], int(told[1]))
    if kind == "matrix" and told:
        return FormTarget(kind, told[0], None)
    return None


def read_form(book: Book, rubric: Rubric, sheet_id: int, words: FormWords) -> FormRead:
    """The entries of a form for one sheet."""
    for table in book.tables:
        place = header_place(table, words.mark)
        if place is not None:
            return _read_rows(table, place, rubric, sheet_id, words)
    first = book.tables[0].name if book.tables else ""
    return FormRead((), (CellProblem("no_mark_column", first, "A1", ""),))


def _read_rows(table: Table, place: tuple[int, int], rubric: Rubric, sheet_id: int, words: FormWords) -> FormRead:
    header, mark_column = place
    reason_column = column_of(table, header, words.reason)
    marks = MarkColumn(table, mark_column, rubric, words)
    entries: list[FormEntry] = []
    problems: list[CellProblem] = []
    for row, number in item_rows(table, header, problems):
        reason = None
        if reason_column is not None:
            reason = Reason(text_in(cell_at(table, row, reason_column)), table.name, cell_name(row, reason_column))
        read = marks.read(row, number, reason)
        if isinstance(read, CellProblem):
            problems.append(read)
        elif read is not None:
            entries.append(read)
    return FormRead((SheetEntries(sheet_id, tuple(entries)),), tuple(problems))


def item_rows(table: Table, header: int, problems: list[CellProblem]) -> list[tuple[int, int]]:
    """Below the header, the rows that begin with an item's number; a number that comes twice is a problem."""
    found: dict[int, int] = {}
    for row in range(header + 1, len(table.rows)):
        number = item_number(table.rows[row])
        if number is None:
            continue
        if number in found:
            problems.append(CellProblem("item_twice", table.name, cell_name(row, 0), str(number), number))
        else:
            found[number] = row
    return [(row, number) for number, row in found.items()]


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason of one item as it stands in its cell, None when the cell is blank."""

    text: str | None
    table: str
    cell: str


class MarkColumn:
    """One column of marks: what its cells say, item by item."""

    def __init__(self, table: Table, column: int, rubric: Rubric, words: FormWords) -> None:
        """Of a table that was read from a workbook."""
        self._table = table
        self._column = column
        self._rubric = rubric
        self._words = words
        self._merged = sorted(
            (top, bottom)
            for top, left, bottom, right in table.merged
            if left <= column <= right and (top, left) != (bottom, right)
        )

    def read(self, row: int, number: int, reason: Reason | None) -> FormEntry | CellProblem | None:
        """What the cell of an item's row says; None when it says nothing."""
        table, where = self._table.name, cell_name(row, self._column)
        try:
            item = self._rubric.item(number)
        except NoSuchItem:
            return CellProblem("no_such_item", table, where, str(number), number)
        if (row, self._column) in self._table.formulas:
            return CellProblem("formula", table, where, "", number)
        if self._is_merged(row):
            return CellProblem("merged", table, where, "", number)
        text = None if reason is None else reason.text
        if reason is not None and text is not None and len(text) > LONGEST_REASON:
            return CellProblem("reason_too_long", reason.table, reason.cell, text[:20], number)
        return self._mark(cell_at(self._table, row, self._column), item, text, where)

    def _is_merged(self, row: int) -> bool:
        # Merged ranges do not overlap, so only the last one that begins above can reach this row.
        before = bisect_right(self._merged, (row, len(self._table.rows)))
        return before > 0 and self._merged[before - 1][1] >= row

    def _mark(self, cell: Cell, item: Item, reason: str | None, where: str) -> FormEntry | CellProblem | None:
        table, number = self._table.name, item.number
        if cell is None:
            return None if reason is None else FormEntry(number, None, False, reason, table, where)
        if isinstance(cell, str) and plain(cell) in self._words.not_applicable:
            if reason is None:
                return CellProblem("not_applicable_without_reason", table, where, cell, number)
            return FormEntry(number, None, True, reason, table, where)
        points = hundredths_in(cell)
        wrong = None if points is None else _fault(item, points, self._rubric.step)
        if points is None or wrong is not None:
            code = wrong or "unreadable_mark"
            return CellProblem(code, table, where, str(cell), number, item.max_points, self._rubric.step)
        return FormEntry(number, points, False, reason, table, where)


def _fault(item: Item, points: int, step: int) -> str | None:
    try:
        check_points(item, points, step)
    except MarkOutOfRange:
        return "mark_out_of_range"
    except MarkNotAStep:
        return "mark_not_a_step"
    return None
