"""The whole roster of a district on a day, as one value with the ids of its rows. A handful of statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from core.people import Role
from core.roster import Conflict, Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry
from core.roster_known import KnownRoster
from core.roster_rows import plain
from core.store import roster
from core.store.engine import Db
from core.store.roster import holds_on
from core.store.tables import Appointment, Person, Unit, UnitName, table_of
from core.store.tables import Conflict as ConflictRow

_UNIT = table_of(Unit)
_NAME = table_of(UnitName)
_PERSON = table_of(Person)
_APPOINTMENT = table_of(Appointment)
_CONFLICT = table_of(ConflictRow)


def known_roster(db: Db, district_id: int, day: date, own: int | None = None) -> KnownRoster:
    """Everything of a district's roster that holds on a day. `own` is the person who asks."""
    units, codes = _units(db, district_id)
    present, left = _people(db, district_id, day, codes)
    keys = {person_id: person.key for person_id, person in (*present.items(), *left.items())}
    links = roster.links_on(db, district_id, day)
    assignments = roster.assignments_on(db, district_id, day)
    return KnownRoster(
        roster=Roster(
            units,
            tuple(sorted(present.values(), key=lambda person: person.key)),
            tuple(sorted({(codes[department], codes[each]) for department in links for each in links[department]})),
            tuple(sorted({(keys[person], codes[unit]) for person, unit in assignments if person in present})),
            _conflicts(db, district_id, day, {each: present[each].key for each in present}, codes),
        ),
        left=tuple(left.values()),
        unit_ids={code: unit_id for unit_id, code in codes.items()},
        person_ids={key: person_id for person_id, key in keys.items()},
        elsewhere=_accounts_elsewhere(db, district_id),
        own=None if own is None else keys.get(own),
    )


def _units(db: Db, district_id: int) -> tuple[tuple[UnitEntry, ...], dict[int, str]]:
    """All units with all their names, by 编号; and the 编号 by id."""
    rows = db.execute(select(_UNIT).where(_UNIT.c.district_id == district_id).order_by(_UNIT.c.code)).all()
    codes: dict[int, str] = {row.id: row.code for row in rows}
    namings: dict[int, list[Naming]] = defaultdict(list)
    named = select(_NAME).join(_UNIT, _UNIT.c.id == _NAME.c.unit_id).where(_UNIT.c.district_id == district_id)
    for row in db.execute(named.order_by(_NAME.c.unit_id, _NAME.c.valid_from)):
        namings[row.unit_id].append(Naming(row.valid_from, row.name, row.short_name))
    units = [
        UnitEntry(
            row.code,
            UnitCategory(row.category),
            tuple(namings[row.id]),
            row.ends_on,
            codes.get(row.successor_id),
            row.successor_inherits,
        )
        for row in rows
    ]
    return tuple(sorted(units, key=lambda unit: unit.code)), codes


def _people(
    db: Db, district_id: int, day: date, codes: Mapping[int, str]
) -> tuple[dict[int, PersonEntry], dict[int, PersonEntry]]:
    """Who holds a role, and who holds none any more, by id."""
    rows = db.execute(select(_PERSON).where(_PERSON.c.district_id == district_id).order_by(_PERSON.c.id)).all()
    posts: dict[int, set[Post]] = defaultdict(set)
    held = (
        select(_APPOINTMENT.c.person_id, _APPOINTMENT.c.role, _APPOINTMENT.c.unit_id)
        .join(_PERSON, _PERSON.c.id == _APPOINTMENT.c.person_id)
        .where(_PERSON.c.district_id == district_id, holds_on(_APPOINTMENT, day))
    )
    for row in db.execute(held):
        posts[row.person_id].add(Post(Role(row.role), codes.get(row.unit_id)))
    numbers = _codes_of([row for row in rows if row.id in posts], [row for row in rows if row.id not in posts])
    people = {
        row.id: PersonEntry(
            row.name,
            numbers[row.id],
            row.telegram_id,
            row.language,
            tuple(sorted(posts[row.id], key=lambda post: (post.role, post.unit or ""))) if row.id in posts else (),
        )
        for row in rows
    }
    return (
        {person_id: person for person_id, person in people.items() if person_id in posts},
        {person_id: person for person_id, person in people.items() if person_id not in posts},
    )


def _codes_of(present: Sequence[Any], left: Sequence[Any]) -> dict[int, str | None]:
    """What each person's 编号 is, by id; one is made up for namesakes who have none, and for who left without one.

    So whoever is exported can be told apart in the workbook, and is known again by that 编号.
    """
    taken = Counter(plain(word) for row in present for word in {row.code, row.name} if word is not None)
    taken.update(plain(row.code) for row in left if row.code is not None)
    found: dict[int, str | None] = {}
    for row in present:
        # A name that somebody else bears, or that is somebody else's 编号, tells nobody.
        told = row.code is not None or taken[plain(row.name)] == 1
        found[row.id] = row.code if told else _made_up(row.id, taken)
    for row in left:
        found[row.id] = row.code or _made_up(row.id, taken)
    return found


def _made_up(person_id: int, taken: Mapping[str, int]) -> str:
    code = f"P{person_id}"
    while taken.get(plain(code)):
        code += "-"
    return code


def _conflicts(
    db: Db, district_id: int, day: date, keys: Mapping[int, str], codes: Mapping[int, str]
) -> tuple[Conflict, ...]:
    rows: Iterable[Any] = db.execute(
        select(_CONFLICT.c.person_id, _CONFLICT.c.unit_id, _CONFLICT.c.reason)
        .join(_PERSON, _PERSON.c.id == _CONFLICT.c.person_id)
        .where(_PERSON.c.district_id == district_id, holds_on(_CONFLICT, day))
        .order_by(_CONFLICT.c.id)
    )
    # What keeps somebody away who left is no part of the roster, and stays as it is.
    found = {(keys[row.person_id], codes[row.unit_id]): row.reason for row in rows if row.person_id in keys}
    return tuple(Conflict(person, unit, found[person, unit]) for person, unit in sorted(found))


def _accounts_elsewhere(db: Db, district_id: int) -> frozenset[int]:
    accounts = select(_PERSON.c.telegram_id).where(
        _PERSON.c.district_id != district_id, _PERSON.c.telegram_id.is_not(None)
    )
    return frozenset(db.scalars(accounts))
