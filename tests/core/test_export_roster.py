"""The roster's workbook: what is written is read back, whatever stands in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from rosters import LABELS, WORDS, rosters

from core.export.marked_workbook import CellNote, MarkedPaper, write_marked
from core.export.roster_workbook import Example, RosterColumn, RosterPaper, RosterTable, write_roster
from core.roster import Naming, Roster, UnitCategory, UnitEntry
from core.roster_cells import rows_of_roster
from core.roster_known import KnownRoster
from core.roster_reading import read_roster
from core.roster_rows import COLUMNS
from core.workbooks.book import Book, Table, from_plain, marker, to_plain
from core.workbooks.reading import read_book

DAY = date(2013, 1, 1)


def paper(roster: Roster) -> RosterPaper:
    """The workbook of a roster with little around it."""
    rows = rows_of_roster(roster, LABELS)
    tables = tuple(
        RosterTable(
            LABELS.tables[key],
            tuple(
                RosterColumn(
                    LABELS.columns[column],
                    f"note on {column}",
                    12,
                    tuple(LABELS.categories.values()) if column == "category" else (),
                    (0, 1) if column == "unit" else None,
                    day=column.endswith("s_on"),
                )
                for column in COLUMNS[key]
            ),
            rows[key],
        )
        for key in COLUMNS
    )
    return RosterPaper("说明", "名册", ("填好后发回。",), (Example("单位", ("编号",), (("a",),)),), tables, "&P")


def read(content: bytes) -> Book:
    """A workbook's bytes as the bot reads them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(content)
        return read_book(path)


def marked_copy(book: Book, *notes: CellNote) -> bytes:
    """A workbook with notes on its cells."""
    return write_marked(MarkedPaper("问题", ("表", "行", "列", "原内容", "改法"), "&P", book, notes))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rosters())
def test_what_is_written_is_read_back(roster: Roster) -> None:
    book = read(write_roster(paper(roster)))
    assert marker(book) == ("roster", ())
    found = read_roster(book, WORDS, KnownRoster(Roster()))
    assert found.problems == ()
    assert found.roster == roster


def test_text_that_looks_like_something_else_stays_text() -> None:
    namings = (Naming(DAY, "=1+1", "007"),)
    unit = UnitEntry("001", UnitCategory.TOWN, namings)
    book = read(write_roster(paper(Roster(units=(unit,)))))
    found = read_roster(book, WORDS, KnownRoster(Roster()))
    assert found.roster is not None
    assert found.roster.units == (unit,)


def test_the_workbook_helps_whoever_fills_it_in() -> None:
    book = load_workbook(BytesIO(write_roster(paper(Roster()))))
    assert book.sheetnames == ["说明", "单位", "人员", "联点", "分工", "回避", "choices", "hongqi"]
    assert [book[name].sheet_state for name in ("choices", "hongqi")] == ["veryHidden", "veryHidden"]
    units, people = book["单位"], book["人员"]
    assert units.freeze_panes == "A2"
    assert units["A1"].comment.text == "note on code"
    assert {rule.formula1 for rule in units.data_validations.dataValidation} == {"choices!$A$1:$A$4"}
    assert [cell.value for cell in book["choices"]["A"]] == ["乡镇", "街道", "管委会", "部门"]
    assert {rule.formula1 for rule in people.data_validations.dataValidation} == {"'单位'!$B$2:$B$20000"}


def test_a_workbook_keeps_its_cells_when_it_is_put_aside_and_marked() -> None:
    book = read(write_roster(paper(Roster(units=(UnitEntry("a", UnitCategory.TOWN, (Naming(DAY, "甲", "甲"),)),)))))
    kept = from_plain(to_plain(book))
    assert [(table.name, table.rows) for table in kept.tables] == [(table.name, table.rows) for table in book.tables]
    notes = (
        CellNote("单位", 2, "C", "乡镇", "请改。"),
        CellNote("单位", 2, "", "", "整行。"),
        CellNote("", 1, "", "", "没有表。"),
    )
    marked = marked_copy(kept, *notes)
    shown = load_workbook(BytesIO(marked))
    assert shown["单位"]["C2"].comment.text == "请改。"
    assert shown["单位"]["A2"].comment.text == "整行。"
    assert shown["问题"]["A2"].hyperlink.location == "'单位'!C2" or shown["问题"]["A2"].hyperlink.target
    again = read(marked)
    assert marker(again) == ("roster", ())
    # The page of problems is not carried into the next copy, whatever it holds.
    twice = load_workbook(
        BytesIO(write_marked(MarkedPaper("问题", ("表", "行", "列", "原内容", "改法"), "&P", again, ())))
    )
    assert twice.sheetnames.count("问题") == 1
    plain = Book((Table("t", (("x", 1, None, Decimal("4.5"), DAY),)),))
    assert from_plain(to_plain(plain)) == plain
    assert read(marked_copy(plain)).table("t") is not None


def test_a_workbook_with_headings_alone_is_no_roster() -> None:
    found = read_roster(read(write_roster(paper(Roster()))), WORDS, KnownRoster(Roster()))
    assert found.roster is None
    assert [problem.code for problem in found.problems] == ["no_rows"]
