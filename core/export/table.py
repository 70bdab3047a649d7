"""A ranking as a table: pictures for the chat, a PDF for the file.

Answers for how it looks and how it is divided into pages. Never orders, ranks or rounds:
rows are drawn as they come, unassessed units below the ranked ones.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil
from typing import Literal

from core.export.typesetting import Language, compile_pdf, compile_png, shorten

# Telegram shrinks a photo's longer side to 1280 pixels; with more rows the words can't be read on a phone.
ROWS_PER_PICTURE = 22
# What is longer is cut in a picture; the PDF prints all of it.
LONGEST_NAME = 60
LONGEST_FIGURE = 16
LONGEST_NOTE = 300

ColumnKind = Literal["rank", "name", "score", "part"]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it: the rank, the unit, the score that decides, a part of it."""

    label: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class RankingTable:
    """A ranking in the reader's words; every cell is already as it is to be read.

    rows: the ranked units in order; unassessed: the units below the line, which have no rank;
    notes: lines below the table (公示, dropped components); footer: clause, versions, audit root;
    pages: a pattern with {page} and {pages}.
    Raises ValueError where a row has not as many cells as there are columns, or for no rows at all.
    """

    language: Language
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    unassessed: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    footer: str
    pages: str

    def __post_init__(self) -> None:
        every_row = self.rows + self.unassessed
        if not every_row:
            raise ValueError("a table needs at least one row")
        for cells in every_row:
            if len(cells) != len(self.columns):
                raise ValueError(f"{len(cells)} cells in {len(self.columns)} columns: {cells!r}")


def draw_table(table: RankingTable) -> list[bytes]:
    """PNG pictures 1080 pixels wide, as high as their rows, which they share evenly. Raises TypesettingFailed."""
    names = [column.kind == "name" for column in table.columns]
    every_row = [(_short(cells, names), True) for cells in table.rows]
    every_row += [(_short(cells, names), False) for cells in table.unassessed]
    height = ceil(len(every_row) / ceil(len(every_row) / ROWS_PER_PICTURE))
    words = asdict(table) | {
        "title": shorten(table.title, LONGEST_NAME),
        "subtitle": shorten(table.subtitle, LONGEST_NAME),
        "notes": [shorten(note, LONGEST_NOTE) for note in table.notes],
        "footer": shorten(table.footer, LONGEST_NOTE),
        "sheets": [_sheet(every_row[start : start + height]) for start in range(0, len(every_row), height)],
        "picture": True,
    }
    return compile_png("table", words)


def set_table(table: RankingTable) -> bytes:
    """The same on A4 as a PDF, with the headings repeated on each page. Raises TypesettingFailed."""
    sheets = [{"rows": table.rows, "unassessed": table.unassessed}]
    return compile_pdf("table", asdict(table) | {"sheets": sheets, "picture": False})


def _short(cells: tuple[str, ...], names: list[bool]) -> list[str]:
    """The cells of a picture's row; where `names` is true a unit's name stands, elsewhere a figure."""
    return [shorten(cell, LONGEST_NAME if name else LONGEST_FIGURE) for cell, name in zip(cells, names, strict=True)]


def _sheet(part: list[tuple[list[str], bool]]) -> dict[str, list[list[str]]]:
    """The rows of one picture, ranked and unassessed apart."""
    return {
        "rows": [cells for cells, ranked in part if ranked],
        "unassessed": [cells for cells, ranked in part if not ranked],
    }
