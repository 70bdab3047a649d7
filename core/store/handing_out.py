"""Who is to score whom, and the sheets of a round as a set: which there are, new ones in bulk, who scores them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, insert, select, union

from core.people import Role
from core.store.audit_log import EMPTY
from core.store.engine import Db
from core.store.people import Addressee
from core.store.roster import holds_on
from core.store.tables import Appointment, Assignment, Link, Person, SheetRow, table_of

_SHEET = table_of(SheetRow)
_PERSON = table_of(Person)
_APPOINTMENT = table_of(Appointment)
_BLANK = {"state": "open", "version": 0, "audit_seq": EMPTY.seq, "audit_head": EMPTY.hash}


class Pairing(NamedTuple):
    """What makes a sheet one sheet within its round: the unit, and its rater, a person or a township."""

    unit_id: int
    person_id: int | None
    rater_unit_id: int | None


def assign(db: Db, person_id: int, unit_id: int, starts_on: date) -> None:
    """分工: an assessor scores a township from a day on."""
    values = {"person_id": person_id, "unit_id": unit_id, "starts_on": starts_on}
    db.execute(insert(table_of(Assignment)).values(values))


def link(db: Db, department_id: int, township_id: int, starts_on: date) -> None:
    """联点: a township scores a department from a day on."""
    values = {"department_id": department_id, "township_id": township_id, "starts_on": starts_on}
    db.execute(insert(table_of(Link)).values(values))


def pairings(db: Db, round_id: int) -> dict[Pairing, int]:
    """The sheets of a round, by who scores whom."""
    columns = (_SHEET.c.id, _SHEET.c.unit_id, _SHEET.c.rater_person_id, _SHEET.c.rater_unit_id)
    rows = db.execute(select(*columns).where(_SHEET.c.round_id == round_id))
    return {Pairing(row.unit_id, row.rater_person_id, row.rater_unit_id): row.id for row in rows}


def add_sheets(db: Db, round_id: int, wanted: Collection[Pairing]) -> None:
    """New, empty sheets; at least one."""
    rows = [
        _BLANK
        | {
            "round_id": round_id,
            "unit_id": each.unit_id,
            "rater_person_id": each.person_id,
            "rater_unit_id": each.rater_unit_id,
        }
        for each in wanted
    ]
    db.execute(insert(_SHEET), rows)


def raters(db: Db, round_id: int, day: date, *, first_sheet: int = 0, only_sheet: int = 0) -> list[Addressee]:
    """Who has a sheet of this round to finish: its assessors, and the officers of its townships on this day.

    `first_sheet` leaves out sheets of a smaller id, `only_sheet` (not 0) all others.
    """
    columns = (_PERSON.c.id, _PERSON.c.name, _PERSON.c.telegram_id, _PERSON.c.language)
    mine = and_(_SHEET.c.round_id == round_id, _SHEET.c.state == "open", _SHEET.c.id >= first_sheet)
    if only_sheet:
        mine = and_(mine, _SHEET.c.id == only_sheet)
    persons = select(*columns).join(_SHEET, _SHEET.c.rater_person_id == _PERSON.c.id).where(mine)
    officers = (
        select(*columns)
        .join(_APPOINTMENT, _APPOINTMENT.c.person_id == _PERSON.c.id)
        .join(_SHEET, _SHEET.c.rater_unit_id == _APPOINTMENT.c.unit_id)
        .where(
            mine,
            _APPOINTMENT.c.role == Role.OFFICER,
            holds_on(_APPOINTMENT, day),
        )
    )
    found = union(persons, officers).subquery()
    rows = db.execute(select(found).order_by(found.c.id))
    return [Addressee(row.id, row.name, row.telegram_id, row.language) for row in rows]
