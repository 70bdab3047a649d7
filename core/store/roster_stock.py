"""What the roster and the calendar say, as one hash for each table: every act on them tells it, verifying counts again.

A person, a unit or a link is changed by many acts, a workbook changes thousands at once, a notice of holidays a year of
days: instead of every row, the chain tells what all of them come to. Left out is what people set for themselves or the
bot notes of them: language, digests, reminders, whether they can be reached; where the group is; and which policy is in
force, which every start sets anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, Table

from core.store.audit_rows import Narrow, stored
from core.store.engine import Db
from core.store.tables import (
    Appointment,
    Assignment,
    CalendarDay,
    Conflict,
    District,
    Invitation,
    Link,
    Person,
    Rescheduling,
    Unit,
    UnitName,
    table_of,
)

_DISTRICT = table_of(District)
_UNIT = table_of(Unit)
_PERSON = table_of(Person)

_COLUMNS: Mapping[Table, tuple[str, ...]] = {
    _DISTRICT: ("id", "name", "timezone"),
    _PERSON: ("id", "district_id", "code", "name", "telegram_id"),
}
"""Of these tables only some columns are told; of all others every one."""

_OWNERS: Mapping[Table, tuple[Table, str] | None] = {
    _DISTRICT: None,
    _UNIT: None,
    table_of(UnitName): (_UNIT, "unit_id"),
    _PERSON: None,
    table_of(Appointment): (_PERSON, "person_id"),
    table_of(Link): (_UNIT, "department_id"),
    table_of(Assignment): (_PERSON, "person_id"),
    table_of(Conflict): (_PERSON, "person_id"),
    table_of(Invitation): (_PERSON, "person_id"),
    table_of(CalendarDay): None,
    table_of(Rescheduling): None,
}
"""The tables of the roster and the calendar, and through whom a row belongs to a district."""


def stock(db: Db, district_id: int) -> dict[str, str]:
    """The hash over all rows of each of the roster's tables."""
    return {table.name: _hashed(db, table, district_id) for table in _OWNERS}


def told(db: Db, district_id: int) -> str:
    """`stock` as an act tells it."""
    return json.dumps(stock(db, district_id), sort_keys=True, separators=(",", ":"))


def _hashed(db: Db, table: Table, district_id: int) -> str:
    names = _COLUMNS.get(table) or tuple(column.name for column in table.columns)
    digest = sha256()
    for row in stored(db, table, names, _of_district(table, district_id)):
        digest.update(json.dumps(list(row.values()), ensure_ascii=False).encode())
    return digest.hexdigest()


def _of_district(table: Table, district_id: int) -> Narrow:
    return partial(_narrowed, table=table, district_id=district_id)


def _narrowed(query: Select[Any], *, table: Table, district_id: int) -> Select[Any]:
    owner = _OWNERS[table]
    if owner is not None:
        query = query.join(owner[0], owner[0].c.id == table.c[owner[1]])
        query = query.where(owner[0].c.district_id == district_id)
    else:
        query = query.where(table.c["id" if table is _DISTRICT else "district_id"] == district_id)
    return query.order_by(*table.primary_key.columns)
