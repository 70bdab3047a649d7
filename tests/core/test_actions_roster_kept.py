"""Whatever roster is imported, the district exports the same one; and importing it again does nothing."""

from __future__ import annotations

from datetime import timedelta

from district import NOON
from hypothesis import HealthCheck, given, settings
from rosters import WORDS, book_of_roster, imported, rosters
from sqlalchemy import select

from core.actions import roster as actions
from core.actions.door import Moment
from core.errors import RosterUnfit
from core.roster import Roster
from core.roster_reading import read_roster
from core.store import units
from core.store.engine import Database, Db
from core.store.tables import Appointment, Assignment, Audit, Conflict, Link, Outbox, Person, Unit, UnitName, table_of

LATER = Moment(NOON.now + timedelta(days=3), NOON.today + timedelta(days=3))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rosters(), second=rosters())
def test_what_is_imported_is_exported(sqlite: Database, first: Roster, second: Roster) -> None:
    with sqlite.engine.connect() as db, db.begin() as transaction:
        holds_for(db, first, second)
        # Nothing stays for the next example.
        transaction.rollback()


def holds_for(db: Db, first: Roster, second: Roster) -> None:
    district_id = units.add_district(db, "荷塘区", "Asia/Shanghai", "zh")
    imported(db, district_id, first, NOON)
    known = actions.known(db, district_id, None, NOON)
    assert known.roster == first
    again = read_roster(book_of_roster(known.roster), WORDS, known)
    assert (again.problems, again.roster) == ((), first)
    assert actions.preview_import(db, district_id, None, first, NOON).plan.lines == ()
    before = written(db)
    try:
        imported(db, district_id, second, LATER)
    except RosterUnfit:
        assert written(db) == before
        return
    assert actions.preview_import(db, district_id, None, second, LATER).plan.lines == ()
    after = actions.known(db, district_id, None, LATER).roster
    assert (after.links, len(after.people or ())) == (second.links, len(second.people or ()))


def written(db: Db) -> list[object]:
    """Everything that an import writes to."""
    tables = (Unit, UnitName, Person, Appointment, Link, Assignment, Conflict, Audit, Outbox)
    return [db.execute(select(table_of(table))).all() for table in tables]
