"""What a workbook may be before anybody looks into it: small, a plain .xlsx, without macros or links to elsewhere.

A file of 150 KB was measured to unfold to 150 MB and 439 MB of memory; the reader's own limits come too late.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.errors import WorkbookRefused

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old .xls files, and .xlsx files locked with a password, begin with this."""

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes and memory in bytes, `ratio` unpacked to packed, `seconds` of the child's whole life."""

    size: int = 5 * 1024 * 1024
    entries: int = 200
    unpacked: int = 50 * 1024 * 1024
    ratio: int = 100
    tables: int = 60
    rows: int = 20_000
    columns: int = 300
    cells: int = 400_000
    seconds: float = 20.0
    memory: int = 700 * 1024 * 1024


LIMITS = Limits()


def check_file(path: Path, limits: Limits = LIMITS) -> None:
    """Raises WorkbookRefused unless the file may be opened."""
    size = path.stat().st_size
    if size > limits.size:
        raise WorkbookRefused("too_big", size=size, limit=limits.size)
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(_COMPOUND):
        raise WorkbookRefused("old_or_locked")
    if not magic.startswith(_ZIP):
        raise WorkbookRefused("no_workbook")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, size, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        # Damaged, packed in a way nobody uses, or locked entry by entry: all the same to whoever sent it.
        raise WorkbookRefused("damaged") from error


def _check_archive(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise WorkbookRefused("too_many_parts")
    names = {entry.filename.casefold() for entry in entries}
    if len(names) < len(entries) or "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise WorkbookRefused("no_workbook")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise WorkbookRefused("macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise WorkbookRefused("external_links")
    most = min(limits.unpacked, size * limits.ratio)
    _unpack(archive, entries, most)


def _unpack(archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], most: int) -> None:
    """Count what really comes out, whatever the headers say, and look for what must not be in it."""
    total = 0
    for entry in entries:
        with archive.open(entry) as part:
            before = b""
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > most:
                    raise WorkbookRefused("unfolds")
                # No workbook program writes a document type; it is there only to swell or to reach elsewhere.
                if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
                    raise WorkbookRefused("no_workbook")
                before = chunk[-16:]
