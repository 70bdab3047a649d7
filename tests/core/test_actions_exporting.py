"""/export: who may have what as a file, and what goes into it."""

from __future__ import annotations

import pytest
from bulletin_office import BEST_FIRST, office, published, scored
from district import LONG_AGO, NOON, District, moment
from inviting_office import ready
from townships import departments

from core.actions import exporting
from core.calendar import Duty
from core.errors import BadPeriod, NoSuchRanking, NoSuchRound, NotAllowed
from core.people import Actor, Role
from core.periods import Period, PeriodKind
from core.store import people
from core.store.engine import Db

LATER = moment("2013-07-02 12:00")


@pytest.fixture
def five(either_district: District) -> District:
    return ready(office(either_district))


def viewer(district: District) -> Actor:
    """A leader of the district who looks on."""

    def appoint(db: Db) -> Actor:
        person = people.add_person(db, district.id, "杨国平", 880009, "zh")
        people.appoint(db, person, Role.VIEWER, None, LONG_AGO)
        return people.actors(db, [880009], NOON.today)[880009]

    return district.act(appoint)


def test_the_newest_versions_are_offered_the_latest_period_first(five: District) -> None:
    departments(five, "区卫生局")
    published(five, "2013-06", "2013-07-01 09:00", "department")
    scored(five, "2013-Q1", BEST_FIRST)
    published(five, "2013-Q1", "2013-04-01 09:00")
    published(five, "2013-Q1", "2013-04-02 09:00")
    lines = five.act(exporting.rankings_to_export, five.tang)
    assert [(each.period, each.unit_kind, each.version) for each in lines] == [
        ("2013-06", "department", 1),
        ("2013-Q1", "township", 2),
    ]
    view = five.act(exporting.ranking, viewer(five), lines[1].ranking_id, LATER)
    assert view.ranking.period == "2013-Q1"
    with pytest.raises(NoSuchRanking):
        five.act(exporting.ranking, five.tang, 404, LATER)


def test_only_admins_and_viewers_export(five: District) -> None:
    for act in (exporting.rankings_to_export, exporting.rounds_to_export, exporting.ledgers_to_export):
        with pytest.raises(NotAllowed):
            five.act(act, five.liu)
    with pytest.raises(NotAllowed):
        five.act(exporting.ranking, five.zhou, 1, LATER)
    with pytest.raises(NotAllowed):
        five.act(exporting.round_sheets, five.zhou, five.round_id, LATER)
    with pytest.raises(NotAllowed):
        five.act(exporting.ledger_table, five.liu, Period.parse("2013-06"), LATER)


def test_what_a_township_gave_a_department_is_the_offices_alone(five: District) -> None:
    departments(five, "区卫生局")
    looking_on = viewer(five)
    mine, theirs = (five.act(exporting.rounds_to_export, each) for each in (five.tang, looking_on))
    assert {each.unit_kind for each in mine} == {"township", "department"}
    assert {each.unit_kind for each in theirs} == {"township"}
    [asked] = [each for each in mine if each.unit_kind == "department"]
    assert (asked.period, asked.sheets, asked.submitted) == ("2013-06", 2, 0)
    with pytest.raises(NotAllowed):
        five.act(exporting.round_sheets, looking_on, asked.round_id, LATER)
    assert len(five.act(exporting.round_sheets, five.tang, asked.round_id, LATER).rows) == 2


def test_sheets_show_marks_once_they_are_in_and_raters_to_the_office(five: District) -> None:
    five.submitted("仙庾镇", {4: 100}, not_applicable=(5,))
    draft = five.hand_out("月塘街道")
    five.tap(draft, 4, 200)
    found = five.act(exporting.round_sheets, five.tang, five.round_id, LATER)
    done, begun = found.rows
    assert (done.unit, done.rater, done.state) == ("仙庾镇", "周建国", "submitted")
    assert (done.marks[4].points, done.marks[4].reason) == (100, "台账缺页")
    assert done.total is not None
    assert (begun.unit, begun.state, begun.marks, begun.total, begun.submitted_at) == (
        "月塘街道",
        "open",
        {},
        None,
        None,
    )
    assert found.focus is None
    assert len(found.root) == 64
    theirs = five.act(exporting.round_sheets, viewer(five), five.round_id, LATER)
    assert [row.rater for row in theirs.rows] == [None, None]
    with pytest.raises(NoSuchRound):
        five.act(exporting.round_sheets, five.tang, 404, LATER)


def test_a_sheet_to_which_nothing_applies_has_no_total(five: District) -> None:
    five.submitted("仙庾镇", not_applicable=tuple(range(1, 24)))
    [row] = five.act(exporting.round_sheets, five.tang, five.round_id, LATER).rows
    assert (row.state, row.total) == ("submitted", None)


def test_the_ledger_of_a_month_and_of_a_quarter(five: District) -> None:
    scored(five, "2013-Q1", BEST_FIRST)
    assert [str(each) for each in five.act(exporting.ledgers_to_export, five.tang)] == ["2013-06", "2013-Q1"]
    # What was due before anybody filed is unknown: it is looked at while the report is still to come.
    early = moment("2013-06-10 12:00")
    table = five.act(exporting.ledger_table, viewer(five), Period.parse("2013-06"), early)
    assert [each.unit for each in table.units] == ["仙庾镇", "月塘街道", "明照乡", "金山街道", "桂花街道"]
    assert {len(each.entries[Duty.MONTHLY_REPORT]) for each in table.units} == {1}
    assert table.district == "荷塘区"
    with pytest.raises(BadPeriod):
        five.act(exporting.ledger_table, five.tang, Period.parse("2013"), LATER)


def test_the_ranks_of_a_year_are_everybodys(five: District) -> None:
    five.submitted("仙庾镇")
    published(five, "2013-06", "2013-07-01 09:00")
    found = five.act(exporting.trend, five.liu, "township", 0, 2013, PeriodKind.MONTH)
    assert len(found.lines) == 5
