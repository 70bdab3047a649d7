"""A workbook as plain values: tables of cells, and the marker by which our own workbooks are known.

Answers for what a cell can be. Never a float: a whole number is an int, any other a Decimal of its shortest text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_uppercase
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | Decimal | date | None
"""A blank cell, and one of nothing but blanks, is None; text has no blanks around it."""

MARKER = "hongqi"
"""The name of the hidden table in workbooks that the program wrote: A1 says what kind it is, A2 … hold values."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook. `rows[0]` is row 1; rows may be of different length.

    `merged` are the ranges of merged cells as (first row, first column, last row, last column), counted from 0;
    all cells of a range but its first are blank. `formulas` are the cells that hold one, as (row, column): they
    are blank here, because nobody can vouch for a result that a file claims.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's tables, in their order."""

    tables: tuple[Table, ...]

    def table(self, name: str) -> Table | None:
        """The table of this name."""
        return next((table for table in self.tables if table.name == name), None)


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, len(ascii_uppercase))
        letters = ascii_uppercase[digit] + letters
    return letters


def marker(book: Book) -> tuple[str, tuple[Cell, ...]] | None:
    """The kind and the values of a workbook that the program wrote; None for any other."""
    table = book.table(MARKER)
    if table is None:
        return None
    cells = [row[0] if row else None for row in table.rows]
    return (cells[0], tuple(cells[1:])) if cells and isinstance(cells[0], str) else None


def to_plain(book: Book) -> list[list[Any]]:
    """The cells of the tables as JSON can carry them; `from_plain` reads it back. Merges and formulas are left out."""
    return [[table.name, [[_told(cell) for cell in row] for row in table.rows]] for table in book.tables]


def from_plain(told: list[list[Any]]) -> Book:
    """The workbook that `to_plain` told."""
    return Book(tuple(Table(name, tuple(tuple(map(_cell, row)) for row in rows)) for name, rows in told))


def _told(cell: Cell) -> Any:
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    return ["n", str(cell)] if isinstance(cell, Decimal) else cell


def _cell(told: Any) -> Cell:
    if isinstance(told, list):
        kind, text = told
        return Decimal(text) if kind == "n" else date.fromisoformat(text)
    read: Cell = told
    return read
