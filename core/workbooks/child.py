"""The process that opens a workbook: started for one file, limited in memory and time, gone afterwards.

    python -m core.workbooks.child FILE MEMORY SECONDS TABLES ROWS COLUMNS CELLS

Prints one line of JSON: the tables, or the cause for which the file is refused. Imports as little as it can, so
that it starts quickly and holds little that a hostile file could reach.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from core.workbooks.formulas import formula_cells

Told = list[Any]


class TooLarge(Exception):
    """The workbook holds more tables, rows, columns or cells than anybody fills in."""


def main(path: str, *numbers: str) -> None:
    """Read the file and print what is in it."""
    memory, seconds, *most = map(int, numbers)
    _limit(memory, seconds)
    # After the limits: the reader is what they are for.
    from python_calamine import CalamineError, PasswordError

    try:
        tables = list(_tables(path, *most))
        told: dict[str, Any] = {"tables": tables} if tables else {"refused": "empty"}
    except TooLarge:
        told = {"refused": "too_large"}
    except (CalamineError, PasswordError, ParseError, ValueError, KeyError, MemoryError) as error:
        told = {"refused": "too_large" if isinstance(error, MemoryError) else "damaged"}
    print(json.dumps(told, ensure_ascii=True))  # noqa: T201  # the answer to the parent


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:
        # Not on Windows; there the parent's time limit and the limits on the file stand alone.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tables(path: str, tables: int, rows: int, columns: int, cells: int) -> Iterator[Told]:
    from python_calamine import load_workbook

    formulas = formula_cells(path)
    book = load_workbook(path)
    if len(book.sheet_names) > tables:
        raise TooLarge
    left = cells
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        # Not its `total_height`: that counts one too few (python-calamine 0.9).
        height, width = (0, 0) if sheet.end is None else (sheet.end[0] + 1, sheet.end[1] + 1)
        if height > rows or width > columns:
            raise TooLarge
        left -= height * width
        if left < 0:
            raise TooLarge
        read = [[_told(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        yield [name, read, merged, sorted(formulas.get(name, ()))]


def _told(value: object) -> object:
    """A cell as JSON: text, a whole number, another number as `["n", text]`, a day as `["d", text]`."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # The shortest text that gives this float again is what the person typed.
        return int(value) if value.is_integer() and abs(value) < 2**53 else ["n", str(Decimal(repr(value)))]
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time | timedelta):
        return str(value)
    return value


if __name__ == "__main__":
    main(*sys.argv[1:])
