"""Writes what a roster's plan says, in bulk: a handful of statements however many lines there are.

Nothing is deleted but the names of units, which the workbook gives whole: what ends is given the day it ends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, bindparam, cast, delete, insert, update

from core.roster import PersonEntry, UnitEntry
from core.store.engine import Db
from core.store.roster import holds_on
from core.store.tables import Appointment, Assignment, Link, Person, Unit, UnitName, table_of
from core.store.tables import Conflict as ConflictRow

_UNIT = table_of(Unit)
_NAME = table_of(UnitName)
_PERSON = table_of(Person)
_APPOINTMENT = table_of(Appointment)
_LINK = table_of(Link)
_ASSIGNMENT = table_of(Assignment)
_CONFLICT = table_of(ConflictRow)

Pairs = Sequence[tuple[int, int]]


def add_units(db: Db, district_id: int, units: Sequence[UnitEntry]) -> dict[str, int]:
    """New units without names; gives their ids by 编号."""
    rows = [
        {"district_id": district_id, "code": unit.code, "kind": unit.category.kind, "category": unit.category}
        for unit in units
    ]
    return dict(zip((unit.code for unit in units), _inserted(db, _UNIT, rows), strict=True))


def set_units(db: Db, units: Mapping[int, UnitEntry], ids: Mapping[str, int]) -> None:
    """Let units be what their entries say, names included. `ids` are those of all units by 编号."""
    if not units:
        return
    values = [
        {
            "unit": unit_id,
            "code": unit.code,
            "category": unit.category,
            "ends_on": unit.ends_on,
            "successor_id": None if unit.successor is None else ids[unit.successor],
            "successor_inherits": unit.inherits,
        }
        for unit_id, unit in units.items()
    ]
    # 编号 may change hands: nobody holds an old one while the new ones are given. None of ours begins with a blank.
    db.execute(update(_UNIT).where(_UNIT.c.id.in_(units)).values(code=" " + cast(_UNIT.c.id, String)))
    db.execute(update(_UNIT).where(_UNIT.c.id == bindparam("unit")), values)
    db.execute(delete(_NAME).where(_NAME.c.unit_id.in_(units)))
    names = [
        {"unit_id": unit_id, "valid_from": each.since, "name": each.name, "short_name": each.short_name}
        for unit_id, unit in units.items()
        for each in unit.namings
    ]
    db.execute(insert(_NAME), names)


def end_units(db: Db, unit_ids: Iterable[int], day: date) -> None:
    """Units that are none any more from this day on."""
    db.execute(update(_UNIT).where(_UNIT.c.id.in_(sorted(unit_ids))).values(ends_on=day))


def add_people(db: Db, district_id: int, people: Sequence[PersonEntry]) -> dict[str, int]:
    """New people without posts or accounts; gives their ids by key."""
    rows = [
        {"district_id": district_id, "name": each.name, "code": each.code, "language": each.language} for each in people
    ]
    ids = _inserted(db, _PERSON, rows)
    return dict(zip((each.key for each in people), ids, strict=True))


def clear_signs(db: Db, person_ids: Iterable[int]) -> None:
    """Take 编号 and accounts from people who are about to get others: they may change hands."""
    db.execute(update(_PERSON).where(_PERSON.c.id.in_(sorted(person_ids))).values(code=None, telegram_id=None))


def set_people(db: Db, people: Mapping[int, PersonEntry]) -> None:
    """Let people be what their entries say, without their posts."""
    if not people:
        return
    values = [
        {
            "person": person_id,
            "name": each.name,
            "code": each.code,
            "telegram_id": each.telegram_id,
            "language": each.language,
        }
        for person_id, each in people.items()
    ]
    db.execute(update(_PERSON).where(_PERSON.c.id == bindparam("person")), values)


def add_posts(db: Db, posts: Iterable[tuple[int, str, int | None]], day: date) -> None:
    """Appointments (person, role, unit) from this day on."""
    rows = [{"person_id": person, "role": role, "unit_id": unit, "starts_on": day} for person, role, unit in posts]
    if rows:
        db.execute(insert(_APPOINTMENT), rows)


def end_posts(db: Db, posts: Sequence[tuple[int, str, int | None]], day: date) -> None:
    """End appointments (person, role, unit) on this day."""
    in_unit = and_(_APPOINTMENT.c.role == bindparam("post"), _APPOINTMENT.c.unit_id == bindparam("unit"))
    nowhere = and_(_APPOINTMENT.c.role == bindparam("post"), _APPOINTMENT.c.unit_id.is_(None))
    somewhere = [{"who": who, "post": role, "unit": unit} for who, role, unit in posts if unit is not None]
    _end(db, _APPOINTMENT, in_unit, somewhere, day)
    _end(db, _APPOINTMENT, nowhere, [{"who": who, "post": role} for who, role, unit in posts if unit is None], day)


def add_links(db: Db, links: Pairs, day: date) -> None:
    """联点 (department, township) from this day on."""
    rows = [{"department_id": first, "township_id": second, "starts_on": day} for first, second in links]
    if rows:
        db.execute(insert(_LINK), rows)


def end_links(db: Db, links: Pairs, day: date) -> None:
    """End 联点 (department, township) on this day."""
    pair = and_(_LINK.c.department_id == bindparam("department"), _LINK.c.township_id == bindparam("township"))
    statement = update(_LINK).where(pair, holds_on(_LINK, day)).values(ends_on=day)
    if links:
        db.execute(statement, [{"department": first, "township": second} for first, second in links])


def add_assignments(db: Db, pairs: Pairs, day: date) -> None:
    """分工 (person, unit) from this day on."""
    rows = [{"person_id": person, "unit_id": unit, "starts_on": day} for person, unit in pairs]
    if rows:
        db.execute(insert(_ASSIGNMENT), rows)


def end_assignments(db: Db, pairs: Pairs, day: date) -> None:
    """End 分工 (person, unit) on this day."""
    _end(db, _ASSIGNMENT, _ASSIGNMENT.c.unit_id == bindparam("unit"), _named(pairs), day)


def add_conflicts(db: Db, conflicts: Iterable[tuple[int, int, str]], day: date) -> None:
    """回避 (person, unit, reason) from this day on."""
    rows = [
        {"person_id": person, "unit_id": unit, "reason": reason, "starts_on": day} for person, unit, reason in conflicts
    ]
    if rows:
        db.execute(insert(_CONFLICT), rows)


def end_conflicts(db: Db, pairs: Pairs, day: date) -> None:
    """End 回避 (person, unit) on this day."""
    _end(db, _CONFLICT, _CONFLICT.c.unit_id == bindparam("unit"), _named(pairs), day)


def _named(pairs: Pairs) -> list[dict[str, Any]]:
    return [{"who": person, "unit": unit} for person, unit in pairs]


def _end(db: Db, table: Table, which: ColumnElement[bool], values: list[dict[str, Any]], day: date) -> None:
    """End what holds on this day of a table that names a person."""
    statement = update(table).where(table.c.person_id == bindparam("who"), which, holds_on(table, day))
    if values:
        db.execute(statement.values(ends_on=day), values)


def _inserted(db: Db, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows; gives their ids in the same order."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(each) for each in db.execute(statement, rows).scalars()]
