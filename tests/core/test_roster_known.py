"""What of a workbook the district cannot take, by its cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rosters import WORDS, book_of_roster

from core.people import Role
from core.roster import Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry
from core.roster_known import KnownRoster
from core.roster_reading import read_roster


def test_what_the_district_cannot_take_is_named_with_its_cell() -> None:
    town = UnitEntry("01", UnitCategory.TOWN, (Naming(date(2000, 1, 1), "仙庾镇", "仙庾"),))
    liu = PersonEntry("刘芳", "7", 880005, "zh", (Post(Role.VIEWER, None),))
    left = PersonEntry("陈立新", "P9", 880006, "zh", ())
    known = KnownRoster(Roster((town,), (liu,), (), (), ()), left=(left,), elsewhere=frozenset({880009}))
    department = replace(town, category=UnitCategory.DEPARTMENT)
    others = (
        replace(liu, code="1", telegram_id=880009),
        replace(liu, code="7", telegram_id=880005),
        replace(liu, code="8", name="周建国", telegram_id=880006),
        replace(liu, code="P9", name="陈立新", telegram_id=None),
    )
    read = read_roster(book_of_roster(Roster((department,), others)), WORDS, known)
    assert [(each.code, each.table, each.row, each.column, each.value, each.other) for each in read.problems] == [
        ("kind_fixed", "单位", 2, "C", "department", "仙庾镇"),
        ("account_elsewhere", "人员", 2, "D", "880009", "刘芳"),
        ("account_taken", "人员", 4, "D", "880006", "陈立新"),
    ]
    assert read.roster is None


def test_an_account_that_somebody_keeps_is_nobody_elses() -> None:
    liu = PersonEntry("刘芳", "7", 880005, "zh", (Post(Role.VIEWER, None),))
    known = KnownRoster(Roster((), (liu,), (), (), ()))
    keeps = replace(liu, telegram_id=None)
    takes = PersonEntry("周建国", "8", 880005, "zh", (Post(Role.VIEWER, None),))
    read = read_roster(book_of_roster(Roster(people=(keeps, takes))), WORDS, known)
    assert [(each.code, each.row, each.other) for each in read.problems] == [("account_taken", 3, "刘芳")]
    gets_another = replace(liu, telegram_id=880006)
    read = read_roster(book_of_roster(Roster(people=(gets_another, takes))), WORDS, known)
    assert read.problems == ()


def test_whoever_leaves_keeps_their_account() -> None:
    liu = PersonEntry("刘芳", "7", 880005, "zh", (Post(Role.VIEWER, None),))
    zhou = replace(liu, code="8", name="周建国", telegram_id=880006)
    known = KnownRoster(Roster((), (liu, zhou), (), (), ()))
    read = read_roster(book_of_roster(Roster(people=(replace(zhou, telegram_id=880005),))), WORDS, known)
    assert [(each.code, each.other) for each in read.problems] == [("account_taken", "刘芳")]
