"""What single cells of a form hold: marks, item numbers, the ids of sheets. People fill forms in by many programs.

Answers for reading a number whether it is one or is written as text, in half-width or full-width digits. Never
knows a rubric: whether a mark is legal is settled by its item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from core.workbooks.book import Cell, Table, column_letter

# Not followed by a digit: 4.5 in a cell is a mark, not the fourth item.
_NUMBERED = re.compile(r"(\d{1,3})[、.](?!\d)")
_NAMED = re.compile(r"第?(\d{1,3})(?:条|[、.](?!\d)|$)")
WHOLE = re.compile(r"[1-9][0-9]{0,17}")
"""The id of a sheet, as a database key can be."""

_LARGEST = 10_000
"""Above this many points a cell holds no mark of any rubric."""


def hundredths_in(cell: Cell) -> int | None:
    """The points of a cell, whether it holds a number or a number as text; None when it is neither."""
    if not isinstance(cell, int | Decimal | str):
        return None
    try:
        points = Decimal(plain(cell).removesuffix("分")) if isinstance(cell, str) else Decimal(cell)
    except InvalidOperation:
        return None
    # Before multiplying: a number with a thousand digits is not worth writing out.
    if not points.is_finite() or abs(points) > _LARGEST:
        return None
    hundredths = points * 100
    return int(hundredths) if hundredths == hundredths.to_integral_value() else None


def header_place(table: Table, words: frozenset[str]) -> tuple[int, int] | None:
    """Row and column of the first cell that is one of these words."""
    for row in range(len(table.rows)):
        column = column_of(table, row, words)
        if column is not None:
            return row, column
    return None


def column_of(table: Table, row: int, words: frozenset[str]) -> int | None:
    """The first column of a row whose cell is one of these words."""
    return next((column for column, text in _texts(table.rows[row]) if text in words), None)


def _texts(row: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    return ((column, plain(cell)) for column, cell in enumerate(row) if isinstance(cell, str))


def item_number(row: Sequence[Cell]) -> int | None:
    """The number that an item's text begins with: `12、…`."""
    for _, text in _texts(row):
        match = _NUMBERED.match(text)
        if match is not None:
            return int(match[1])
    return None


def named_item(cell: Cell) -> int | None:
    """The item that a cell names: `3`, `第3条`, or the item's text with its number."""
    match = _NAMED.match(plain(str(cell)))
    return None if match is None else int(match[1])


def sheet_number(cell: Cell) -> int | None:
    """The id of a sheet in a cell."""
    told = plain(cell) if isinstance(cell, str) else str(cell)
    return int(told) if WHOLE.fullmatch(told) else None


def cell_at(table: Table, row: int, column: int) -> Cell:
    """The cell of a row that may be shorter than the table is wide."""
    cells = table.rows[row]
    return cells[column] if column < len(cells) else None


def cell_name(row: int, column: int) -> str:
    """The name of a cell as people read it, of a row and a column counted from 0: `F12`."""
    return f"{column_letter(column)}{row + 1}"


def text_in(cell: Cell) -> str | None:
    """The words of a cell, without blanks around them."""
    text = "" if cell is None else str(cell).strip()
    return text or None


def plain(text: str) -> str:
    """Full-width letters and digits as half-width ones, without blanks, in small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
