"""Forms that come back (评分表 filled in without a network): what each cell says. Values only, no files.

Answers for which cells hold marks and reasons, and for every cell that cannot be one. Never decides whether the
sheet may be changed, and never takes a blank cell for a mark: what is blank is not assessed.

A form is known by its marker: `form` with the sheet's id and the rubric's hash, or `matrix` with the hash alone,
whose columns carry the ids of their sheets. Points are hundredths of a point.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import MarkNotAStep, MarkOutOfRange, NoSuchItem
from core.form_cells import (
    WHOLE,
    cell_at,
    column_of,
    header_place,
    hundredths_in,
    item_number,
    plain,
    sheet_number,
    text_in,
)
from core.rubric import Item, Rubric
from core.sheet import LONGEST_REASON, check_points
from core.workbooks.book import Book, Cell, Table, column_letter, marker


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words by which columns and answers are known, in every language that forms are printed in."""

    mark: frozenset[str]
    reason: frozenset[str]
    not_applicable: frozenset[str]
    skipped: frozenset[str]
    sheet_number: frozenset[str]


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
    row, mark_column = place
    reason_column = column_of(table, row, words.reason)
    entries: list[FormEntry] = []
    problems: list[CellProblem] = []
    seen: set[int] = set()
    for index in range(row + 1, len(table.rows)):
        number = item_number(table.rows[index])
        if number is None:
            continue
        where = f"{column_letter(mark_column)}{index + 1}"
        reason = None if reason_column is None else text_in(cell_at(table, index, reason_column))
        read = _read_mark(cell_at(table, index, mark_column), reason, number, rubric, words, (table.name, where))
        if isinstance(read, CellProblem):
            problems.append(read)
        elif number in seen:
            problems.append(CellProblem("item_twice", table.name, where, str(number), number))
        elif read is not None:
            entries.append(read)
        seen.add(number)
    return FormRead((SheetEntries(sheet_id, tuple(entries)),), tuple(problems))


def read_matrix(book: Book, rubric: Rubric, words: FormWords) -> FormRead:
    """The entries of a matrix: items down, departments across, reasons in a table of their own."""
    for table in book.tables:
        place = header_place(table, words.sheet_number)
        if place is not None:
            return _read_columns(book, table, place[0], rubric, words)
    first = book.tables[0].name if book.tables else ""
    return FormRead((), (CellProblem("no_sheet_numbers", first, "A1", ""),))


def _read_columns(book: Book, table: Table, row: int, rubric: Rubric, words: FormWords) -> FormRead:
    problems: list[CellProblem] = []
    reasons = _reasons(book, table, words, problems)
    sheets: list[SheetEntries] = []
    known: set[int] = set()
    for column, cell in enumerate(table.rows[row]):
        sheet_id = sheet_number(cell)
        if sheet_id is None:
            continue
        where = f"{column_letter(column)}{row + 1}"
        if sheet_id in known:
            problems.append(CellProblem("sheet_twice", table.name, where, str(sheet_id)))
            continue
        known.add(sheet_id)
        entries, skipped = _read_column(table, row, column, rubric, reasons.get(sheet_id, {}), words, problems)
        sheets.append(SheetEntries(sheet_id, entries, skipped))
    problems += [
        CellProblem("reason_of_no_sheet", *place, str(sheet_id))
        for sheet_id, told in reasons.items()
        if sheet_id not in known
        for _, place in told.values()
    ]
    return FormRead(tuple(sheets), tuple(problems))


def _read_column(
    table: Table,
    row: int,
    column: int,
    rubric: Rubric,
    reasons: dict[int, tuple[str, tuple[str, str]]],
    words: FormWords,
    problems: list[CellProblem],
) -> tuple[tuple[FormEntry, ...], bool]:
    entries: list[FormEntry] = []
    skipped = False
    for index in range(row + 1, len(table.rows)):
        cell = cell_at(table, index, column)
        number = item_number(table.rows[index])
        if number is None:
            skipped = skipped or (isinstance(cell, str) and plain(cell) in words.skipped)
            continue
        reason, _ = reasons.get(number, (None, None))
        place = (table.name, f"{column_letter(column)}{index + 1}")
        read = _read_mark(cell, reason, number, rubric, words, place)
        if isinstance(read, CellProblem):
            problems.append(read)
        elif read is not None:
            entries.append(read)
    return tuple(entries), skipped


def _reasons(
    book: Book, marks: Table, words: FormWords, problems: list[CellProblem]
) -> dict[int, dict[int, tuple[str, tuple[str, str]]]]:
    """Reasons by sheet and item, each with its place, from the table whose header has both columns."""
    found: dict[int, dict[int, tuple[str, tuple[str, str]]]] = {}
    for table in book.tables:
        place = header_place(table, words.reason)
        if table is marks or place is None:
            continue
        row, column = place
        numbers = column_of(table, row, words.sheet_number)
        for index in range(row + 1, len(table.rows)):
            text = text_in(cell_at(table, index, column))
            if text is None:
                continue
            where = (table.name, f"{column_letter(column)}{index + 1}")
            sheet_id = None if numbers is None else sheet_number(cell_at(table, index, numbers))
            number = item_number(table.rows[index])
            if sheet_id is None or number is None:
                problems.append(CellProblem("reason_of_nothing", *where, text))
                continue
            found.setdefault(sheet_id, {})[number] = (text, where)
    return found


def _read_mark(
    cell: Cell, reason: str | None, number: int, rubric: Rubric, words: FormWords, place: tuple[str, str]
) -> FormEntry | CellProblem | None:
    table, where = place
    try:
        item = rubric.item(number)
    except NoSuchItem:
        return CellProblem("no_such_item", table, where, str(number), number)
    if reason is not None and len(reason) > LONGEST_REASON:
        return CellProblem("reason_too_long", table, where, reason[:20], number)
    if cell is None:
        return None if reason is None else FormEntry(number, None, False, reason, table, where)
    if isinstance(cell, str) and plain(cell) in words.not_applicable:
        if reason is None:
            return CellProblem("not_applicable_without_reason", table, where, cell, number)
        return FormEntry(number, None, True, reason, table, where)
    return _points(cell, item, rubric.step, reason, place)


def _points(cell: Cell, item: Item, step: int, reason: str | None, place: tuple[str, str]) -> FormEntry | CellProblem:
    table, where = place
    hundredths = hundredths_in(cell)
    if hundredths is None:
        return CellProblem("unreadable_mark", table, where, str(cell), item.number, item.max_points, step)
    try:
        check_points(item, hundredths, step)
    except MarkOutOfRange:
        return CellProblem("mark_out_of_range", table, where, str(cell), item.number, item.max_points, step)
    except MarkNotAStep:
        return CellProblem("mark_not_a_step", table, where, str(cell), item.number, item.max_points, step)
    return FormEntry(item.number, hundredths, False, reason, table, where)
