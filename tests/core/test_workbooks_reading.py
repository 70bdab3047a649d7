"""Workbooks that people send: read as plain cells, or refused with a cause, whatever is in them."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import WorkbookRefused
from core.workbooks import child, reading
from core.workbooks.formulas import formula_cells
from core.workbooks.limits import LIMITS, Limits
from core.workbooks.reading import read_book

# What a workbook holds has no zone.
_HALF_PAST_NINE = datetime(2013, 6, 1, 9, 30)  # noqa: DTZ001  # likewise


def workbook(fill: Callable[[Worksheet], object] = lambda table: table.append(["编号", "名称"])) -> bytes:
    """A workbook with one table."""
    book = Workbook()
    book.worksheets[0].title = "单位"
    fill(book.worksheets[0])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes, *, instead_of: str | None = None) -> bytes:
    """The same workbook with one part more, or another one."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename != instead_of:
                target.writestr(entry.filename, source.read(entry))
        target.writestr(name, part)
    return changed.getvalue()


def first_table(content: bytes, change: Callable[[str], str]) -> bytes:
    """The same workbook with its first table's XML changed."""
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(BytesIO(content)) as source:
        xml = source.read(name).decode()
    return with_part(content, name, change(xml).encode(), instead_of=name)


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """Why a file is refused."""

    def cause(content: bytes, limits: Limits = LIMITS) -> str:
        path = tmp_path / "sent.xlsx"
        path.write_bytes(content)
        with pytest.raises(WorkbookRefused) as refusal:
            read_book(path, limits)
        return refusal.value.cause

    return cause


def test_cells_come_as_plain_values(tmp_path: Path) -> None:
    def fill(table: Worksheet) -> None:
        table.append(["  仙庾镇\u200b\x85 ", 7, 4.5, 0.1, True, date(2013, 6, 1), _HALF_PAST_NINE, None])
        table.append([time(9, 30), timedelta(hours=30), "007", "一行\n两行", "   ", 1e20, "e\u0301"])

    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(fill))
    (table,) = read_book(path).tables
    assert table.name == "单位"
    assert table.rows[0][:7] == (
        "仙庾镇",
        7,
        Decimal("4.5"),
        Decimal("0.1"),
        "TRUE",
        date(2013, 6, 1),
        date(2013, 6, 1),
    )
    assert table.rows[1][2:5] == ("007", "一行\n两行", None)
    assert table.rows[1][5] == Decimal("1E+20")
    assert table.rows[1][6] == "é"
    assert not any(isinstance(cell, float) for row in table.rows for cell in row)


def test_a_formula_counts_as_blank_and_is_told(tmp_path: Path) -> None:
    def fill(table: Worksheet) -> None:
        table["B3"] = "=1+1"
        table["C3"] = 5

    path = tmp_path / "book.xlsx"
    # With a result that the file claims.
    path.write_bytes(
        first_table(workbook(fill), lambda xml: xml.replace("<v></v>", "<v>99</v>").replace("<v />", "<v>99</v>"))
    )
    (table,) = read_book(path).tables
    assert (table.rows[2], table.formulas) == ((None, None, 5), frozenset({(2, 1)}))


def test_merged_cells_are_told(tmp_path: Path) -> None:
    def fill(table: Worksheet) -> None:
        table.append(["编号和名称", None, "类别"])
        table.merge_cells("A1:B1")

    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(fill))
    (table,) = read_book(path).tables
    assert (table.rows[0], table.merged) == (("编号和名称", None, "类别"), ((0, 0, 0, 1),))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "no_workbook"),
        (b"a,b\n1,2\n", "no_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .xls, renamed", "old_or_locked"),
        (b"PK\x03\x04 cut off", "damaged"),
        (workbook()[:-200], "damaged"),
        (with_part(workbook(), "xl/vbaProject.bin", b"macros"), "macros"),
        (with_part(workbook(), "xl/externalLinks/externalLink1.xml", b"<a/>"), "external_links"),
        (with_part(workbook(), "XL/WORKBOOK.xml", b"<a/>"), "no_workbook"),
        (with_part(workbook(), "xl/other.xml", b"", instead_of="xl/workbook.xml"), "no_workbook"),
        (with_part(workbook(), "xl/bomb.xml", b"0" * 3_000_000), "unfolds"),
        (first_table(workbook(), lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml), "no_workbook"),
        (first_table(workbook(), lambda xml: xml[: len(xml) // 2]), "damaged"),
        (with_part(workbook(), "xl/workbook.xml", b"<workbook/>", instead_of="xl/workbook.xml"), "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_plain_workbook_is_refused(refused: Callable[..., str], content: bytes, cause: str) -> None:
    assert refused(content) == cause


def test_what_is_too_much_is_refused(refused: Callable[..., str]) -> None:
    def fill(table: Worksheet) -> None:
        for _ in range(30):
            table.append([1] * 30)

    content = workbook(fill)
    for limits in (
        replace(LIMITS, rows=29),
        replace(LIMITS, columns=29),
        replace(LIMITS, cells=899),
        replace(LIMITS, tables=0),
    ):
        assert refused(content, limits) == "too_large"
    assert refused(content, replace(LIMITS, size=100)) == "too_big"
    assert refused(content, replace(LIMITS, entries=3)) == "too_many_parts"


def test_a_table_that_claims_millions_of_rows_is_read_or_refused_quickly(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    claimed = first_table(workbook(), lambda xml: xml.replace('ref="A1:B1"', 'ref="A1:XFD10000000"'))
    assert b"XFD10000000" in zipfile.ZipFile(BytesIO(claimed)).read("xl/worksheets/sheet1.xml")
    path = tmp_path / "claimed.xlsx"
    path.write_bytes(claimed)
    assert read_book(path).tables[0].rows == (("编号", "名称"),)
    # One cell in the farthest corner makes the reader want the whole rectangle.
    far = workbook(lambda table: table.cell(1_048_576, 16_384, "x"))
    assert refused(far) == "too_large"


def test_a_reader_that_dies_or_hangs_takes_nobody_with_it(
    refused: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    assert refused(workbook(), replace(LIMITS, memory=1024 * 1024)) == "too_large"
    assert "ended its reader" in caplog.text
    # The interpreter alone takes longer than this to start.
    assert refused(workbook(), replace(LIMITS, seconds=0.000_1)) == "too_slow"


def test_the_child_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, so that its lines count as run; its limits must not become the tests' own."""
    monkeypatch.setattr(child, "_limit", lambda _memory, _seconds: None)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook())
    most = [str(each) for each in (0, 0, 5, 100, 100, 1000)]
    child.main(str(path), *most)
    assert capsys.readouterr().out.startswith('{"tables": [["')
    child.main(str(path), *most[:2], "0", "0", "0", "0")
    assert capsys.readouterr().out == '{"refused": "too_large"}\n'
    path.write_bytes(first_table(workbook(), lambda xml: xml[:200]))
    child.main(str(path), *most)
    assert capsys.readouterr().out == '{"refused": "damaged"}\n'


def test_odd_cells_are_text() -> None:
    assert reading._clean(" a\x07\ud800b ") == "ab"


def test_without_limits_of_the_system_the_parents_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    child._limit(1, 1)


def test_a_formula_that_says_no_place_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    nowhere = workbook(lambda table: table.cell(1, 1, "=1+1"))
    path.write_bytes(first_table(nowhere, lambda xml: xml.replace('r="A1"', "")))
    assert formula_cells(str(path)) == {"单位": set()}
