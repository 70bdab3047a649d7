"""Which cells of a workbook hold formulas. The reader gives their last result, which nobody can vouch for."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from string import ascii_uppercase

from defusedxml.ElementTree import iterparse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def formula_cells(path: str) -> dict[str, set[tuple[int, int]]]:
    """Row and column, counted from 0, of every formula, by table. Raises KeyError for a workbook without parts."""
    with zipfile.ZipFile(path) as archive:
        parts = _parts(archive)
        return {name: set(_formulas(archive, part)) for name, part in parts.items() if part in archive.namelist()}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each table."""
    targets: dict[str, str] = {}
    with archive.open("xl/_rels/workbook.xml.rels") as source:
        for _, element in iterparse(source, forbid_dtd=True):
            if element.get("Id") and element.get("Target"):
                targets[element.get("Id")] = posixpath.normpath(posixpath.join("/xl", element.get("Target")))[1:]
    with archive.open("xl/workbook.xml") as source:
        return {
            element.get("name", ""): targets.get(element.get(_RELATION, ""), "")
            for _, element in iterparse(source, forbid_dtd=True)
            if element.tag == f"{_MAIN}sheet"
        }


def _formulas(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    with archive.open(part) as source:
        for _, element in iterparse(source, forbid_dtd=True):
            if element.tag == f"{_MAIN}c" and element.find(f"{_MAIN}f") is not None:
                match = _PLACE.fullmatch(element.get("r", ""))
                if match is not None:
                    yield int(match[2]) - 1, _column(match[1])
            if element.tag == f"{_MAIN}row":
                # What was looked at is let go: a large table must not be held twice.
                element.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number - 1
