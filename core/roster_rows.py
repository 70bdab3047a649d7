"""The tables of a roster workbook as rows of named cells, with every cell that cannot be read named.

Answers for headings, blank rows and the reading of single cells: words, days, Telegram ids. Never knows what a
row means for another row; that is `core.roster_reading`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from core.people import Role
from core.roster import UnitCategory
from core.workbooks.book import Book, Cell, Table, column_letter

T = TypeVar("T")

FROM_THE_START = date(2000, 1, 1)
"""The day a unit begins whose 启用日 is left blank: before anything that can be assessed."""

LONGEST_NAME = 60
"""Characters of a name, a code or a short name: they stand on buttons."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "units": ("code", "name", "category", "short_name", "starts_on", "ends_on", "successor", "inherits"),
    "people": ("person", "unit", "role", "telegram_id", "language", "person_code"),
    "links": ("department", "township"),
    "assignments": ("assessor", "unit"),
    "conflicts": ("who", "unit", "reason"),
}
"""The columns of each table, in the order of the template."""

_OPTIONAL = {"short_name", "starts_on", "ends_on", "successor", "inherits", "telegram_id", "language", "person_code"}
_DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
_ID = re.compile(r"[1-9][0-9]{4,15}")


@dataclass(frozen=True, slots=True)
class RosterWords:
    """The words of the workbook in every language: names of tables and columns, and what stands for a value."""

    tables: Mapping[str, frozenset[str]]
    columns: Mapping[str, frozenset[str]]
    categories: Mapping[str, UnitCategory]
    roles: Mapping[str, Role]
    languages: Mapping[str, str]
    answers: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """What is wrong, and where: `code` names the sentence with its remedy. Rows count from 1.

    `column` is its letter, `key` names it as `COLUMNS` does.
    """

    code: str
    table: str
    row: int
    column: str
    value: str
    other: str = ""
    key: str = ""


@dataclass(slots=True)
class Problems:
    """All that was found, in the order of the tables. `places` are the first rows of units and people, by key."""

    found: list[RosterProblem] = field(default_factory=list)
    places: dict[tuple[str, str], Row] = field(default_factory=dict)

    def add(self, code: str, place: Row, column: str, value: object = "", other: str = "") -> None:
        """Note a problem of one cell of a row."""
        told = "" if value is None else str(value)
        self.found.append(RosterProblem(code, place.table, place.number, place.letter(column), told, other, column))


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: cells by column key."""

    table: str
    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]

    def letter(self, column: str) -> str:
        """Where the column stands; empty when the workbook has none."""
        return self.letters.get(column, "")

    def text(self, column: str, problems: Problems, *, longest: int = LONGEST_NAME) -> str | None:
        """The words of a cell on one line; None when it is blank or too long, which is noted."""
        cell = self.cells.get(column)
        if cell is None:
            return None
        words = " ".join(str(cell).split())
        if len(words) > longest:
            problems.add("too_long", self, column, words[:20], str(longest))
            return None
        return words or None

    def word(self, column: str, words: Mapping[str, T], problems: Problems) -> T | None:
        """What a word of a fixed list stands for; None when blank or unknown, which is noted."""
        text = self.text(column, problems)
        if text is None:
            return None
        if plain(text) not in words:
            problems.add("unknown_word", self, column, text)
            return None
        return words[plain(text)]

    def day(self, column: str, problems: Problems) -> date | None:
        """A day, however it is written; None when blank or none, which is noted."""
        cell = self.cells.get(column)
        if cell is None or isinstance(cell, date):
            return cell
        match = _DAY.fullmatch(plain(str(cell)))
        parts = [] if match is None else [int(part) for part in match.groups() if part is not None]
        try:
            return date(*parts)
        except (TypeError, ValueError):
            # Three numbers that are no day, or no three numbers.
            problems.add("no_day", self, column, cell)
            return None

    def telegram_id(self, problems: Problems) -> int | None:
        """A Telegram id; None when blank or none, which is noted."""
        cell = self.cells.get("telegram_id")
        if cell is None:
            return None
        # A long number in a cell may come as a decimal or as text.
        text = str(int(cell)) if isinstance(cell, Decimal) and cell == cell.to_integral_value() else plain(str(cell))
        if _ID.fullmatch(text) is None:
            problems.add("no_telegram_id", self, "telegram_id", cell)
            return None
        return int(text)


def plain(text: str) -> str:
    """A word as it is compared: half-width, without blanks, in small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def rows_of(book: Book, key: str, words: RosterWords, problems: Problems) -> list[Row] | None:
    """The rows of one of the roster's tables; None when the workbook does not hold it, or not its columns."""
    table = next((table for table in book.tables if plain(table.name) in words.tables[key]), None)
    if table is None:
        return None
    columns = _columns(table, key, words, problems)
    return None if columns is None else list(_rows(table, columns, problems))


def _columns(table: Table, key: str, words: RosterWords, problems: Problems) -> dict[str, int] | None:
    header = Row(table.name, 1, {}, {})
    if any(top == 0 for top, _, _, _ in table.merged):
        problems.add("merged_header", header, "")
        return None
    cells = table.rows[0] if table.rows else ()
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        for column in COLUMNS[key]:
            if isinstance(cell, str) and plain(cell) in words.columns[column]:
                if column in found:
                    problems.add("column_twice", header, "", cell)
                found.setdefault(column, index)
    missing = [column for column in COLUMNS[key] if column not in found and column not in _OPTIONAL]
    for column in missing:
        problems.add("missing_column", header, column)
    return None if missing else found


def _rows(table: Table, columns: Mapping[str, int], problems: Problems) -> Iterator[Row]:
    letters = {column: column_letter(index) for column, index in columns.items()}
    for number, cells in enumerate(table.rows[1:], start=2):
        read = {column: cells[index] if index < len(cells) else None for column, index in columns.items()}
        row = Row(table.name, number, read, letters)
        for column, index in columns.items():
            if (number - 1, index) in table.formulas:
                problems.add("formula", row, column)
        if any(cell is not None for cell in read.values()):
            yield row


def by_names(each: Sequence[tuple[T, Sequence[str | None]]]) -> dict[str, list[T]]:
    """Things by every name that they go by."""
    found: dict[str, list[T]] = {}
    for thing, names in each:
        for name in sorted({plain(name) for name in names if name}):
            found.setdefault(name, []).append(thing)
    return found


def named(known: Mapping[str, Sequence[T]], row: Row, column: str, problems: Problems, what: str) -> T | None:
    """The one thing that a cell names; None when blank, unknown or one of several, which is noted."""
    text = row.text(column, problems)
    if text is None:
        problems.add("blank", row, column)
        return None
    found = known.get(plain(text), ())
    if len(found) == 1:
        return found[0]
    problems.add(f"several_{what}" if found else f"unknown_{what}", row, column, text)
    return None
