"""Persons, their roles, and who a Telegram account is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, insert, or_, select, update

from core.people import Actor, Role
from core.store.engine import Db
from core.store.tables import Appointment, Person, table_of

_PERSON = table_of(Person)
_APPOINTMENT = table_of(Appointment)

_ACTORS = (
    select(_PERSON, _APPOINTMENT.c.role, _APPOINTMENT.c.unit_id)
    .select_from(
        _PERSON.outerjoin(
            _APPOINTMENT,
            and_(
                _APPOINTMENT.c.person_id == _PERSON.c.id,
                _APPOINTMENT.c.starts_on <= bindparam("today"),
                or_(_APPOINTMENT.c.ends_on.is_(None), _APPOINTMENT.c.ends_on > bindparam("today")),
            ),
        )
    )
    .where(_PERSON.c.telegram_id.in_(bindparam("telegram_ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to write to; without a Telegram account nothing can be sent."""

    person_id: int
    name: str
    telegram_id: int | None
    language: str


def actors(db: Db, telegram_ids: Collection[int], today: date) -> dict[int, Actor]:
    """Who of these accounts is somebody today, by Telegram id. Without any role a person is a stranger."""
    if not telegram_ids:
        return {}
    found: dict[int, Actor] = {}
    for row in db.execute(_ACTORS, {"telegram_ids": list(telegram_ids), "today": today}):
        if row.role is None:
            continue
        before = found.get(row.telegram_id)
        found[row.telegram_id] = Actor(
            person_id=row.id,
            district_id=row.district_id,
            telegram_id=row.telegram_id,
            name=row.name,
            language=row.language,
            roles=(before.roles if before else frozenset()) | {Role(row.role)},
            unit_ids=(before.unit_ids if before else frozenset()) | ({row.unit_id} - {None}),
            is_unreachable=row.unreachable_since is not None,
        )
    return found


def person_of(db: Db, telegram_id: int) -> int | None:
    """The person bound to an account, with or without a role."""
    return db.scalar(select(_PERSON.c.id).where(_PERSON.c.telegram_id == telegram_id))


def add_person(db: Db, district_id: int, name: str, telegram_id: int | None, language: str) -> int:
    """A new person; gives the id."""
    values = {"district_id": district_id, "name": name, "telegram_id": telegram_id, "language": language}
    return int(db.execute(insert(_PERSON).values(values).returning(_PERSON.c.id)).scalar_one())


def appoint(db: Db, person_id: int, role: Role, unit_id: int | None, starts_on: date) -> None:
    """Give a person a role from a day on."""
    values = {"person_id": person_id, "role": role, "unit_id": unit_id, "starts_on": starts_on}
    db.execute(insert(_APPOINTMENT).values(values))


def set_language(db: Db, person_id: int, language: str) -> None:
    """Remember the language a person reads."""
    db.execute(update(_PERSON).where(_PERSON.c.id == person_id).values(language=language))


def set_unreachable(db: Db, telegram_id: int, now: datetime) -> int | None:
    """Telegram lets nothing through to this account any more; gives the person, or None where that was known."""
    news = update(_PERSON).where(_PERSON.c.telegram_id == telegram_id, _PERSON.c.unreachable_since.is_(None))
    person_id: int | None = db.scalar(news.values(unreachable_since=now).returning(_PERSON.c.id))
    return person_id


def set_reachable(db: Db, person_ids: Collection[int]) -> None:
    """These people wrote again."""
    db.execute(update(_PERSON).where(_PERSON.c.id.in_(person_ids)).values(unreachable_since=None))


def admins(db: Db, district_id: int, today: date) -> list[Actor]:
    """The district's admins with a Telegram account."""
    ids = db.scalars(
        select(_PERSON.c.telegram_id)
        .join(_APPOINTMENT, _APPOINTMENT.c.person_id == _PERSON.c.id)
        .where(
            _PERSON.c.district_id == district_id,
            _PERSON.c.telegram_id.is_not(None),
            _APPOINTMENT.c.role == Role.ADMIN,
        )
    ).all()
    found = actors(db, set(ids), today)
    return [actor for _, actor in sorted(found.items()) if Role.ADMIN in actor.roles]


def holders(db: Db, district_id: int, role: Role, today: date) -> list[tuple[int, Addressee]]:
    """Who holds a role at a unit today, with the unit's id; those without an account too."""
    rows = db.execute(
        select(_APPOINTMENT.c.unit_id, _PERSON.c.id, _PERSON.c.name, _PERSON.c.telegram_id, _PERSON.c.language)
        .join(_PERSON, _PERSON.c.id == _APPOINTMENT.c.person_id)
        .where(
            _PERSON.c.district_id == district_id,
            _APPOINTMENT.c.role == role,
            _APPOINTMENT.c.unit_id.is_not(None),
            _APPOINTMENT.c.starts_on <= today,
            or_(_APPOINTMENT.c.ends_on.is_(None), _APPOINTMENT.c.ends_on > today),
        )
        .order_by(_APPOINTMENT.c.unit_id, _PERSON.c.id)
    )
    return [(row.unit_id, Addressee(row.id, row.name, row.telegram_id, row.language)) for row in rows]


def who_want_digests(db: Db, district_id: int) -> set[int]:
    """Everybody of the district who did not say that they want no digests."""
    wanting = select(_PERSON.c.id).where(_PERSON.c.district_id == district_id, _PERSON.c.digest.is_(True))
    return set(db.scalars(wanting))


def wants_digests(db: Db, person_id: int) -> bool:
    """Whether somebody gets the digests."""
    return bool(db.scalar(select(_PERSON.c.digest).where(_PERSON.c.id == person_id)))


def set_digest(db: Db, person_id: int, *, wanted: bool) -> None:
    """Remember whether somebody wants the digests."""
    db.execute(update(_PERSON).where(_PERSON.c.id == person_id).values(digest=wanted))


def addressee(db: Db, person_id: int) -> Addressee:
    """How to write to a person who is known to exist."""
    columns = (_PERSON.c.name, _PERSON.c.telegram_id, _PERSON.c.language)
    row = db.execute(select(*columns).where(_PERSON.c.id == person_id)).one()
    return Addressee(person_id, row.name, row.telegram_id, row.language)
