"""A roster workbook says a roster, or everything that is wrong with it, each cell by its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from rosters import LABELS, WORDS, book_of_roster, rosters

from core.people import Role
from core.roster import Conflict, Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry
from core.roster_known import KnownRoster
from core.roster_reading import RosterRead, read_roster
from core.roster_rows import COLUMNS, FROM_THE_START
from core.workbooks.book import Book, Cell, Table

NOTHING = Roster((), (), (), (), ())
UNITS = [("xianyu", "仙庾镇", "乡镇"), ("yuetang", "月塘街道", "街道"), ("minzheng", "区民政局", "部门")]
PEOPLE = [("周建国", None, "考核人员"), ("刘芳", "仙庾镇", "乡镇工作人员")]


@given(rosters())
def test_what_is_written_is_read_back(roster: Roster) -> None:
    read = read_roster(book_of_roster(roster), WORDS, KnownRoster(NOTHING))
    assert read.problems == ()
    assert read.roster == roster


@given(rosters())
def test_a_roster_survives_as_json(roster: Roster) -> None:
    assert Roster.from_json(roster.to_json()) == roster
    assert Roster.from_json(Roster().to_json()) == Roster()


def table(key: str, *rows: tuple[Cell, ...], columns: tuple[str, ...] | None = None) -> Table:
    """One table with its headings."""
    head = tuple(LABELS.columns[column] for column in columns or COLUMNS[key])
    return Table(LABELS.tables[key], (head, *rows))


def read(*tables: Table, known: Roster = NOTHING) -> RosterRead:
    """What a workbook of these tables says."""
    return read_roster(Book(tables), WORDS, KnownRoster(known))


def problems(*tables: Table, known: Roster = NOTHING) -> list[tuple[str, str, int, str, str]]:
    """Code, table, row, column and value of everything that is wrong."""
    found = read(*tables, known=known)
    assert found.roster is None
    return [(each.code, each.table, each.row, each.column, each.value) for each in found.problems]


def codes(*tables: Table) -> list[str]:
    """Only what is wrong."""
    return [code for code, *_ in problems(*tables)]


def test_a_small_roster() -> None:
    found = read(
        table("units", *UNITS),
        table("people", *PEOPLE),
        table("links", ("区民政局", "仙庾镇")),
        table("assignments", ("周建国", "yuetang")),
        table("conflicts", ("周建国", "仙庾镇", "配偶在该镇工作")),
    )
    assert found.problems == ()
    assert found.roster == Roster(
        units=(
            UnitEntry("minzheng", UnitCategory.DEPARTMENT, (Naming(FROM_THE_START, "区民政局", "区民政局"),)),
            UnitEntry("xianyu", UnitCategory.TOWN, (Naming(FROM_THE_START, "仙庾镇", "仙庾镇"),)),
            UnitEntry("yuetang", UnitCategory.SUBDISTRICT, (Naming(FROM_THE_START, "月塘街道", "月塘街道"),)),
        ),
        people=(
            PersonEntry("刘芳", None, None, "zh", (Post(Role.OFFICER, "xianyu"),)),
            PersonEntry("周建国", None, None, "zh", (Post(Role.ASSESSOR, None),)),
        ),
        links=(("minzheng", "xianyu"),),
        assignments=(("周建国", "yuetang"),),
        conflicts=(Conflict("周建国", "xianyu", "配偶在该镇工作"),),
    )


def test_what_a_workbook_leaves_out_is_looked_up_and_left_alone() -> None:
    known = read(table("units", *UNITS), table("people", *PEOPLE)).roster
    assert known is not None
    found = read(table("assignments", ("周建国", "月塘街道")), known=known).roster
    assert found == Roster(assignments=(("周建国", "yuetang"),))


def test_days_and_numbers_are_read_however_they_are_written() -> None:
    days: list[Cell] = ["2013-6-1", "2013.06.02", "2013年6月3日", "２０１３/6/4", 20130605, date(2013, 6, 6)]
    rows = [(f"u{number}", f"名{number}", "乡镇", None, day) for number, day in enumerate(days)]
    accounts: list[Cell] = ["880001", 880002, Decimal(880003), "８８０００４"]
    people = [(f"人{number}", None, "区领导", account) for number, account in enumerate(accounts)]
    found = read(table("units", *rows), table("people", *people)).roster
    assert found is not None
    assert [unit.namings[0].since.day for unit in found.units or ()] == [1, 2, 3, 4, 5, 6]
    assert [person.telegram_id for person in found.people or ()] == [880001, 880002, 880003, 880004]


def test_every_wrong_cell_of_the_units_is_named_at_once() -> None:
    assert problems(
        table(
            "units",
            (None, "无编号", "乡镇"),
            ("a", None, None),
            ("b", "乙镇", "县"),
            ("c", "长" * 61, "乡镇", None, "昨天", "2013-02-30"),
            ("d", "丁镇", "乡镇", None, "2013-01-01", "2012-01-01", "x", "也许"),
            ("e", "戊镇", "乡镇", None, "2013-01-01", None, "d"),
            ("e", "戊局", "部门", None, "2013-01-01"),
            ("f", "己镇", "乡镇", None, None, None, None, "是"),
        )
    ) == [
        ("blank", "单位", 2, "A", ""),
        ("blank", "单位", 3, "B", ""),
        ("blank", "单位", 3, "C", ""),
        ("unknown_word", "单位", 4, "C", "县"),
        ("too_long", "单位", 5, "B", "长" * 20),
        ("no_day", "单位", 5, "E", "昨天"),
        ("ends_before", "单位", 6, "F", "2012-01-01"),
        ("unknown_word", "单位", 6, "H", "也许"),
        ("day_twice", "单位", 8, "E", "2013-01-01"),
        ("kind_changed", "单位", 8, "C", "部门"),
        ("no_successor", "单位", 6, "G", "x"),
        ("inherits_unsaid", "单位", 6, "H", "x"),
        ("no_successor", "单位", 8, "G", "d"),
        ("inherits_unsaid", "单位", 8, "H", "d"),
        ("inherits_what", "单位", 9, "H", ""),
    ]


def test_names_and_mergers_of_units() -> None:
    assert codes(table("units", ("a", "甲镇", "乡镇"), ("b", "甲镇", "街道"))) == ["name_twice"]
    # A name may be borne again once its bearer is gone.
    assert read(table("units", ("a", "甲镇", "乡镇", None, None, "2013-01-01"), ("b", "甲镇", "街道"))).problems == ()
    merged = ("a", "甲镇", "乡镇", None, None, "2013-01-01", "b", "是")
    assert codes(table("units", merged, ("b", "乙局", "部门"))) == ["no_successor"]
    assert codes(table("units", (*merged[:5], None, "b", "是"), ("b", "乙镇", "乡镇"))) == ["merged_without_end"]
    circle = [(code, f"{code}镇", "乡镇", None, None, "2013-01-01", other, "否") for code, other in ("ab", "bc", "cb")]
    assert codes(table("units", *circle)) == ["merged_in_a_circle"] * 2
    assert codes(
        table(
            "units",
            ("a", "甲镇", "乡镇", None, "2012-01-01", "2014-01-01"),
            ("a", "甲街道", "街道", None, "2013-01-01", "2015-01-01"),
        )
    ) == ["said_twice"]


def test_every_wrong_cell_of_the_people_is_named_at_once() -> None:
    assert problems(
        table("units", *UNITS),
        table(
            "people",
            (None, None, "考核人员"),
            ("甲", None, None),
            ("乙", "仙女镇", "考核人员"),
            ("丙", None, "乡镇工作人员"),
            ("丁", None, "部门联络员"),
            ("戊", "区民政局", "乡镇工作人员"),
            ("己", "仙庾镇", "部门联络员"),
            ("庚", None, "区领导", "12"),
            ("辛", None, "区领导", 880001, "法文"),
            ("壬", None, "区领导", 880001),
            ("癸", None, "区领导"),
            ("癸", None, "区领导"),
        ),
    ) == [
        ("blank", "人员", 2, "A", ""),
        ("blank", "人员", 3, "C", ""),
        ("unknown_unit", "人员", 4, "B", "仙女镇"),
        ("officer_without_unit", "人员", 5, "B", ""),
        ("liaison_without_unit", "人员", 6, "B", ""),
        ("officer_of_department", "人员", 7, "B", "区民政局"),
        ("liaison_of_township", "人员", 8, "B", "仙庾镇"),
        ("no_telegram_id", "人员", 9, "D", "12"),
        ("unknown_word", "人员", 10, "E", "法文"),
        ("row_twice", "人员", 13, "A", "癸"),
        ("account_of_two", "人员", 11, "D", "880001"),
    ]


def test_people_of_one_name_need_a_number_each() -> None:
    def two(first: tuple[Cell, ...], second: tuple[Cell, ...]) -> list[str]:
        return codes(table("people", first, second))

    assert two(("张伟", None, "区领导", 880001), ("张伟", None, "考核人员", 880002)) == ["two_people"]
    assert two(("张伟", None, "区领导", None, "中文"), ("张伟", None, "考核人员", None, "English")) == ["two_people"]
    assert two(("张伟", None, "区领导", None, None, "01"), ("张伟", None, "考核人员")) == ["namesake_without_code"]
    assert two(("张伟", None, "区领导", None, None, "01"), ("01", None, "考核人员")) == ["code_of_two"]
    assert two(("张伟", None, "区领导", None, None, "01"), ("李娜", None, "考核人员", None, None, "01")) == [
        "code_of_two"
    ]
    numbered = [("张伟", None, "区领导", None, None, "01"), ("张伟", None, "考核人员", None, None, "02")]
    found = read(table("units", *UNITS), table("people", *numbered), table("assignments", ("02", "仙庾镇")))
    assert (found.problems, found.roster and found.roster.assignments) == ((), (("02", "xianyu"),))
    assert codes(table("units", *UNITS), table("people", *numbered), table("assignments", ("张伟", "仙庾镇"))) == [
        "several_person"
    ]


def test_who_must_not_score_whom_is_refused() -> None:
    staff = [*PEOPLE, ("罗晓梅", "月塘街道", "考核人员")]
    assert problems(
        table("units", *UNITS),
        table("people", *staff),
        table("links", ("仙庾镇", "区民政局"), ("区民政局", "仙庾镇"), ("minzheng", "xianyu"), ("区民政局", None)),
        table(
            "assignments",
            ("周建国", "仙庾镇"),
            ("罗晓梅", "月塘街道"),
            ("刘芳", "月塘街道"),
            ("周建国", "区民政局"),
            ("李四", "月塘街道"),
        ),
        table(
            "conflicts",
            ("周建国", "仙庾镇", "亲属"),
            ("周建国", "仙庾镇", "亲属"),
            ("罗晓梅", "仙庾镇", None),
            ("王五", "仙庾镇", "亲属"),
        ),
    ) == [
        ("not_a_department", "联点", 2, "A", "仙庾镇"),
        ("not_a_township", "联点", 2, "B", "区民政局"),
        ("row_twice", "联点", 4, "A", "minzheng xianyu"),
        ("blank", "联点", 5, "B", ""),
        ("row_twice", "回避", 3, "A", "周建国"),
        ("blank", "回避", 4, "C", ""),
        ("unknown_person", "回避", 5, "A", "王五"),
        ("must_keep_away", "分工", 2, "B", "仙庾镇"),
        ("own_unit", "分工", 3, "B", "月塘街道"),
        ("not_an_assessor", "分工", 4, "A", "刘芳"),
        ("not_a_township", "分工", 5, "B", "区民政局"),
        ("unknown_person", "分工", 6, "A", "李四"),
    ]


def test_headings_that_cannot_be_read() -> None:
    assert problems(table("links", columns=("department",))) == [("missing_column", "联点", 1, "", "")]
    assert problems(table("links", columns=("department", "township", "township"))) == [
        ("column_twice", "联点", 1, "", "乡镇")
    ]
    merged = Table("联点", (("部门", "乡镇"),), merged=((0, 0, 0, 1),))
    assert problems(merged) == [("merged_header", "联点", 1, "", "")]
    assert problems(Table("人员", ()))[0] == ("missing_column", "人员", 1, "", "")
    assert problems(Table("Sheet1", (("随便",),))) == [("no_table", "Sheet1", 1, "", "")]
    assert read_roster(Book(()), WORDS, KnownRoster(NOTHING)).problems[0].code == "no_table"


def test_a_formula_is_named_and_a_short_row_is_filled_up() -> None:
    with_formula = Table("联点", (("部门", "乡镇"), (None, None)), formulas=frozenset({(1, 1)}))
    assert problems(with_formula) == [("formula", "联点", 2, "B", "")]
    found = read(table("units", *UNITS), Table("联点", (("部门", "乡镇"), ("区民政局",))))
    assert [problem.code for problem in found.problems] == ["blank"]


@pytest.mark.parametrize(("category", "kind"), [("town", "township"), ("department", "department")])
def test_a_category_says_among_whom_a_unit_is_ranked(category: str, kind: str) -> None:
    assert UnitCategory(category).kind == kind
