"""Who scores whom: links, assignments, conflicts and people, as they hold on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Table, and_, or_, select

from core.people import Role
from core.store.engine import Db
from core.store.tables import Appointment, Assignment, Conflict, Link, Person, Unit, table_of

_PERSON = table_of(Person)
_UNIT = table_of(Unit)
_APPOINTMENT = table_of(Appointment)
_LINK = table_of(Link)
_ASSIGNMENT = table_of(Assignment)
_CONFLICT = table_of(Conflict)


@dataclass(frozen=True, slots=True)
class PersonOnRoster:
    """A person with the roles they hold, each with its unit if it has one."""

    id: int
    name: str
    code: str | None
    telegram_id: int | None
    language: str
    roles: tuple[tuple[Role, int | None], ...]


def links_on(db: Db, district_id: int, day: date) -> dict[int, list[int]]:
    """联点: the townships that score each department, by department."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = db.execute(
        select(_LINK.c.department_id, _LINK.c.township_id)
        .join(_UNIT, _UNIT.c.id == _LINK.c.department_id)
        .where(_UNIT.c.district_id == district_id, holds_on(_LINK, day))
        .order_by(_LINK.c.department_id, _LINK.c.township_id)
    )
    for row in rows:
        found[row.department_id].append(row.township_id)
    return dict(found)


def assignments_on(db: Db, district_id: int, day: date) -> list[tuple[int, int]]:
    """分工: which person scores which township."""
    return _pairs(db, _ASSIGNMENT, district_id, day)


def conflicts_on(db: Db, district_id: int, day: date) -> set[tuple[int, int]]:
    """回避: which person must not score which unit."""
    return set(_pairs(db, _CONFLICT, district_id, day))


def own_units_on(db: Db, district_id: int, day: date) -> set[tuple[int, int]]:
    """Which person belongs to which unit: nobody scores their own."""
    return set(_pairs(db, _APPOINTMENT, district_id, day))


def people_on(db: Db, district_id: int, day: date) -> list[PersonOnRoster]:
    """Everybody who holds a role on this day, by id."""
    rows = db.execute(
        select(_PERSON, _APPOINTMENT.c.role, _APPOINTMENT.c.unit_id)
        .join(_APPOINTMENT, _APPOINTMENT.c.person_id == _PERSON.c.id)
        .where(_PERSON.c.district_id == district_id, holds_on(_APPOINTMENT, day))
        .order_by(_PERSON.c.id, _APPOINTMENT.c.id)
    ).all()
    roles: dict[int, list[tuple[Role, int | None]]] = defaultdict(list)
    for row in rows:
        roles[row.id].append((Role(row.role), row.unit_id))
    persons = {row.id: row for row in rows}
    return [
        PersonOnRoster(row.id, row.name, row.code, row.telegram_id, row.language, tuple(roles[row.id]))
        for row in persons.values()
    ]


def holds_on(table: Table, day: date) -> ColumnElement[bool]:
    """Whether what begins and ends in this table holds on a day."""
    return and_(table.c.starts_on <= day, or_(table.c.ends_on.is_(None), table.c.ends_on > day))


def _pairs(db: Db, table: Table, district_id: int, day: date) -> list[tuple[int, int]]:
    rows = db.execute(
        select(table.c.person_id, table.c.unit_id)
        .join(_PERSON, _PERSON.c.id == table.c.person_id)
        .where(_PERSON.c.district_id == district_id, table.c.unit_id.is_not(None), holds_on(table, day))
        .order_by(table.c.person_id, table.c.unit_id)
    )
    return [(row.person_id, row.unit_id) for row in rows]
