"""Reading a workbook that somebody sent. It is opened in a process of its own, which a hostile file may kill.

Answers for limits on size, memory and time, and for cells as plain values. A formula counts as a blank cell, and
the table says where it stood. Never trusts what a file says about itself.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.errors import WorkbookRefused
from core.workbooks.book import Book, Cell, Table
from core.workbooks.limits import LIMITS, Limits, check_file

_log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent.parent
_TOLD = 2_000
"""How much of what the child complained of goes to the log, in bytes."""


def read_book(path: Path, limits: Limits = LIMITS) -> Book:
    """The workbook's tables. Raises WorkbookRefused."""
    check_file(path, limits)
    told = _ask_child(path, limits)
    if "refused" in told:
        raise WorkbookRefused(str(told["refused"]))
    return Book(tuple(_table(*table) for table in told["tables"]))


def _ask_child(path: Path, limits: Limits) -> dict[str, Any]:
    numbers = (limits.memory, max(1, int(limits.seconds)), limits.tables, limits.rows, limits.columns, limits.cells)
    command = [sys.executable, "-m", "core.workbooks.child", str(path.resolve()), *map(str, numbers)]
    try:
        child = subprocess.run(  # noqa: S603  # our own interpreter, our own module, a path of our own making
            command, cwd=_ROOT, capture_output=True, stdin=subprocess.DEVNULL, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise WorkbookRefused("too_slow") from error
    if child.returncode != 0 or not child.stdout:
        _log.warning("a workbook ended its reader: exit %s %r", child.returncode, child.stderr[-_TOLD:])
        raise WorkbookRefused("too_large")
    told: dict[str, Any] = json.loads(child.stdout)
    return told


def _table(name: str, rows: list[list[Any]], merged: list[list[int]], formulas: list[list[int]]) -> Table:
    absent = frozenset((row, column) for row, column in formulas)
    read = tuple(
        tuple(None if (row, column) in absent else _cell(value) for column, value in enumerate(cells))
        for row, cells in enumerate(rows)
    )
    ranges = tuple((top, left, bottom, right) for top, left, bottom, right in merged)
    return Table(_clean(name), read, ranges, absent)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return _clean(value) or None
    if isinstance(value, list):
        kind, text = value
        return Decimal(text) if kind == "n" else date.fromisoformat(text)
    return None if value is None else int(value)


def _clean(text: str) -> str:
    """Text in one spelling, without blanks around it and without characters that nobody can see.

    Line ends stay: an address or a reason may have several lines.
    """
    seen = "".join(
        letter
        for letter in unicodedata.normalize("NFC", text)
        if letter == "\n" or unicodedata.category(letter) not in _UNSEEN
    )
    return seen.strip()


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
