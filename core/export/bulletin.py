"""The 通报 of a ranking as a paper, and its table as a picture.

Answers for how they look. Never computes and never orders: everything arrives as it is to be read.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.export.typesetting import Language, compile_pdf, compile_png, shorten

ROWS_OF_A_PICTURE = 25
"""A picture of more rows could not be read on a phone: what is longer is a paper."""

_WIDEST_UPRIGHT = 7
"""Columns that an upright page has room for."""

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class BulletinColumn:
    """A column: `sort` is `unit` for names, `figure` for what is set flush right, `word` for what is centred."""

    heading: str
    sort: str


@dataclass(frozen=True, slots=True)
class BulletinTable:
    """The ranking's table; `first` says which rows share the first place, `unranked` which have none."""

    columns: tuple[BulletinColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    first: tuple[bool, ...]
    unranked: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class BulletinPaper:
    """A whole bulletin in the reader's language.

    issuer: who publishes it; kind: 排名通报 or 更正通报; title: of what; state: 公示, 定稿, 更正, which version;
    opening: what stands above the table; changes: old and new, a line each; notes: what follows from it, numbered;
    basis: by which clause and rules; signed: who, and on which day; footer: the root, with pages as in a receipt.
    """

    language: Language
    issuer: str
    kind: str
    title: str
    state: str
    opening: tuple[str, ...]
    changes_heading: str
    changes: tuple[str, ...]
    table: BulletinTable
    notes_heading: str
    notes: tuple[str, ...]
    basis: tuple[str, ...]
    signed: tuple[str, str]
    footer: str
    pages: str


@dataclass(frozen=True, slots=True)
class TablePicture:
    """The table alone, for a phone. more: a sentence where the table goes on elsewhere; else empty."""

    language: Language
    title: str
    state: str
    table: BulletinTable
    more: str
    footer: str


def set_bulletin(paper: BulletinPaper) -> bytes:
    """An A4 PDF, across where its table is wide. Raises TypesettingFailed."""
    return compile_pdf("bulletin", asdict(paper) | {"wide": len(paper.table.columns) > _WIDEST_UPRIGHT})


def draw_table(picture: TablePicture) -> bytes:
    """A PNG 1080 pixels wide and as high as its rows. Raises TypesettingFailed, or ValueError for too many rows."""
    if len(picture.table.rows) > ROWS_OF_A_PICTURE:
        raise ValueError(f"{len(picture.table.rows)} rows are no picture")
    rows = [[shorten(cell, _LONGEST_NAME) for cell in row] for row in picture.table.rows]
    data = asdict(picture)
    data["table"]["rows"] = rows
    return compile_png("ranking_table", data)[0]
