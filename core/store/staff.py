"""People and units as the office looks at them: everybody, whether they hold a role or not, and ending a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select, update

from core.awards import Succession
from core.people import Role
from core.snapshots import Draft, Naming, Post, StaffLine, UnitLine
from core.store.engine import Db
from core.store.roster import holds_on
from core.store.tables import Appointment, Assignment, Person, Round, SheetRow, Unit, UnitName, table_of
from core.store.units import name_on

_PERSON = table_of(Person)
_APPOINTMENT = table_of(Appointment)
_ASSIGNMENT = table_of(Assignment)
_SHEET = table_of(SheetRow)
_ROUND = table_of(Round)
_UNIT = table_of(Unit)
_NAME = table_of(UnitName)


def everybody(db: Db, district_id: int, today: date) -> list[StaffLine]:
    """All people of the district with the roles they hold today, in the order in which they came."""
    return _folded(db.execute(_people(today).where(_PERSON.c.district_id == district_id)))


def person(db: Db, district_id: int, person_id: int, today: date) -> StaffLine | None:
    """One person of the district."""
    one = _people(today).where(_PERSON.c.district_id == district_id, _PERSON.c.id == person_id)
    return next(iter(_folded(db.execute(one))), None)


def district_of(db: Db, person_id: int) -> int:
    """Whose roster a person who is known to exist stands in."""
    return int(db.execute(select(_PERSON.c.district_id).where(_PERSON.c.id == person_id)).scalar_one())


def at_unit(db: Db, unit_id: int, today: date) -> list[StaffLine]:
    """Who holds a role at a unit today."""
    return _folded(db.execute(_people(today).where(_APPOINTMENT.c.unit_id == unit_id)))


def assessors_of(db: Db, unit_id: int, today: date) -> list[str]:
    """Who scores a unit by the 分工 of today, by name."""
    names = (
        select(_PERSON.c.name)
        .join(_ASSIGNMENT, _ASSIGNMENT.c.person_id == _PERSON.c.id)
        .where(_ASSIGNMENT.c.unit_id == unit_id, holds_on(_ASSIGNMENT, today))
    )
    return list(db.scalars(names.order_by(_PERSON.c.id)))


def drafts(db: Db, person_id: int, now: datetime, today: date) -> list[Draft]:
    """The sheets that a person has not handed in, in rounds that are not over."""
    rows = db.execute(
        select(_SHEET.c.id, _ROUND.c.period, name_on(_SHEET.c.unit_id, today).label("unit"))
        .join(_ROUND, _ROUND.c.id == _SHEET.c.round_id)
        .where(_SHEET.c.rater_person_id == person_id, _SHEET.c.state == "open", _ROUND.c.closes_at > now)
        .order_by(_ROUND.c.closes_at, _SHEET.c.id)
    )
    return [Draft(row.id, row.unit, row.period) for row in rows]


def end_person(db: Db, person_id: int, today: date) -> bool:
    """End every role and 分工 of a person today, those to come included; False when there was no role."""
    return end_people(db, [person_id], today)


def end_people(db: Db, person_ids: Collection[int], today: date) -> bool:
    """`end_person` for many at once; False when none had a role."""
    ended = 0
    for table in (_ASSIGNMENT, _APPOINTMENT):
        mine = and_(table.c.person_id.in_(person_ids), or_(table.c.ends_on.is_(None), table.c.ends_on > today))
        begun = update(table).where(mine, table.c.starts_on <= today).values(ends_on=today)
        # What had not begun ends on the day it would have.
        waiting = or_(table.c.ends_on.is_(None), table.c.ends_on > table.c.starts_on)
        to_come = update(table).where(mine, waiting, table.c.starts_on > today).values(ends_on=table.c.starts_on)
        ended = db.execute(begun).rowcount + db.execute(to_come).rowcount
    return ended > 0


def set_rater(db: Db, sheet_id: int, person_id: int) -> None:
    """Another person scores this sheet."""
    db.execute(update(_SHEET).where(_SHEET.c.id == sheet_id).values(rater_person_id=person_id))


def successions(db: Db, district_id: int) -> list[Succession]:
    """Units that were merged into another, by id."""
    rows = db.execute(
        select(_UNIT.c.id, _UNIT.c.successor_id, _UNIT.c.ends_on, _UNIT.c.successor_inherits)
        .where(_UNIT.c.district_id == district_id, _UNIT.c.successor_id.is_not(None), _UNIT.c.ends_on.is_not(None))
        .order_by(_UNIT.c.id)
    )
    return [Succession(row.id, row.successor_id, row.ends_on, row.successor_inherits) for row in rows]


_SUCCESSOR = _UNIT.alias()
_UNITS = (
    select(
        _UNIT.c.id,
        _UNIT.c.code,
        _UNIT.c.kind,
        _UNIT.c.ends_on,
        name_on(_UNIT.c.id, bindparam("today")).label("name"),
        name_on(_SUCCESSOR.c.id, bindparam("today")).label("successor"),
    )
    .outerjoin(_SUCCESSOR, _SUCCESSOR.c.id == _UNIT.c.successor_id)
    .where(_UNIT.c.district_id == bindparam("district_id"))
    .order_by(_UNIT.c.code)
)
_ONE_UNIT = _UNITS.where(_UNIT.c.id == bindparam("unit_id"))


def all_units(db: Db, district_id: int, today: date) -> list[UnitLine]:
    """All units, also those that are none any more, with the newest name they bore by today."""
    return [_unit_line(row, today) for row in db.execute(_UNITS, {"district_id": district_id, "today": today})]


def one_unit(db: Db, district_id: int, unit_id: int, today: date) -> UnitLine | None:
    """One unit of the district, as `all_units` tells it."""
    row = db.execute(_ONE_UNIT, {"district_id": district_id, "unit_id": unit_id, "today": today}).first()
    return None if row is None else _unit_line(row, today)


def _unit_line(row: Any, today: date) -> UnitLine:
    name = row.name or row.code
    return UnitLine(row.id, row.code, row.kind, name, row.ends_on, row.successor, _ended(row, today))


def namings(db: Db, unit_id: int) -> list[Naming]:
    """The names of a unit, oldest first."""
    rows = db.execute(select(_NAME).where(_NAME.c.unit_id == unit_id).order_by(_NAME.c.valid_from))
    return [Naming(row.valid_from, row.name) for row in rows]


def _ended(row: Any, today: date) -> bool:
    return row.ends_on is not None and row.ends_on <= today


def _people(today: date) -> Select[Any]:
    held = and_(_APPOINTMENT.c.person_id == _PERSON.c.id, holds_on(_APPOINTMENT, today))
    unit = name_on(_APPOINTMENT.c.unit_id, today).label("unit")
    columns = (_APPOINTMENT.c.role, _APPOINTMENT.c.starts_on, unit)
    joined = select(_PERSON, *columns).select_from(_PERSON.outerjoin(_APPOINTMENT, held))
    return joined.order_by(_PERSON.c.id, _APPOINTMENT.c.id)


def _folded(rows: Iterable[Any]) -> list[StaffLine]:
    """One line for each person, from one row for each role."""
    posts: dict[int, list[Post]] = {}
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.id, row)
        held = posts.setdefault(row.id, [])
        if row.role is not None:
            held.append(Post(Role(row.role), row.unit, row.starts_on))
    return [
        StaffLine(
            row.id,
            row.name,
            row.code,
            row.telegram_id is not None,
            row.language,
            tuple(posts[number]),
            row.unreachable_since,
        )
        for number, row in first.items()
    ]
