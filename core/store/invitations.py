"""Invitations and the people they are for; the tries that opened nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from core.errors import AccountTaken
from core.invitations import Invitee, OpenInvitation
from core.people import Role
from core.store.engine import Db
from core.store.tables import Appointment, Invitation, Person, WrongCode, table_of
from core.store.units import name_on

T = TypeVar("T")

_INVITATION = table_of(Invitation)
_PERSON = table_of(Person)
_APPOINTMENT = table_of(Appointment)
_WRONG = table_of(WrongCode)

_OPEN = and_(_INVITATION.c.used_at.is_(None), _INVITATION.c.revoked_at.is_(None))


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """One invitation as it stands, whatever became of it."""

    id: int
    person_id: int
    district_id: int
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What is kept of an invitation that is being issued."""

    person_id: int
    nonce: str
    code_hash: str


def unbound(db: Db, district_id: int, today: date) -> tuple[Invitee, ...]:
    """Everybody who holds a role today and has no account, in the order of the roster."""
    query = _people(today).where(
        _PERSON.c.district_id == district_id, _PERSON.c.telegram_id.is_(None), _APPOINTMENT.c.role.is_not(None)
    )
    return _folded(db.execute(query))


def invitee(db: Db, district_id: int, person_id: int, today: date) -> Invitee | None:
    """One person of the district, bound or not, or None where there is none."""
    query = _people(today).where(_PERSON.c.district_id == district_id, _PERSON.c.id == person_id)
    return next(iter(_folded(db.execute(query))), None)


def by_hash(db: Db, code_hash: str) -> InvitationRecord | None:
    """The invitation of a code."""
    row = db.execute(
        select(_INVITATION, _PERSON.c.district_id)
        .join(_PERSON, _PERSON.c.id == _INVITATION.c.person_id)
        .where(_INVITATION.c.code_hash == code_hash)
    ).first()
    if row is None:
        return None
    return InvitationRecord(row.id, row.person_id, row.district_id, row.expires_at, row.used_at, row.revoked_at)


def account(db: Db, telegram_id: int) -> tuple[int, int] | None:
    """The person and the district that an account belongs to, with or without a role."""
    row = db.execute(select(_PERSON.c.id, _PERSON.c.district_id).where(_PERSON.c.telegram_id == telegram_id)).first()
    return None if row is None else (row.id, row.district_id)


def issue(db: Db, invitations: Collection[NewInvitation], issued_at: datetime, expires_at: datetime) -> None:
    """New invitations, at least one; what these people had before opens nothing any more."""
    people = [each.person_id for each in invitations]
    db.execute(update(_INVITATION).where(_INVITATION.c.person_id.in_(people), _OPEN).values(revoked_at=issued_at))
    rows = [
        {
            "person_id": each.person_id,
            "nonce": each.nonce,
            "code_hash": each.code_hash,
            "issued_at": issued_at,
            "expires_at": expires_at,
        }
        for each in invitations
    ]
    db.execute(insert(_INVITATION), rows)


def revoke(db: Db, district_id: int, person_id: int | None, now: datetime) -> list[int]:
    """Revoke the good links of one person, or (None) of everybody; whose they were."""
    people = select(_PERSON.c.id).where(_PERSON.c.district_id == district_id)
    if person_id is not None:
        people = people.where(_PERSON.c.id == person_id)
    revoked = (
        update(_INVITATION)
        .where(_INVITATION.c.person_id.in_(people), _OPEN, _INVITATION.c.expires_at > now)
        .values(revoked_at=now)
    )
    return sorted(db.scalars(revoked.returning(_INVITATION.c.person_id)))


def use(db: Db, invitation_id: int, telegram_id: int, now: datetime) -> bool:
    """Use an invitation up; False where it is open no more. Of two at once one gets True."""
    used = update(_INVITATION).where(_INVITATION.c.id == invitation_id, _OPEN, _INVITATION.c.expires_at > now)
    return db.execute(used.values(used_at=now, used_by=telegram_id)).rowcount == 1


def bind(db: Db, person_id: int, telegram_id: int) -> bool:
    """Bind an account to a person who has none; False where they have one.

    Raises AccountTaken where another process gave the account to somebody else meanwhile: the transaction is then
    good for nothing but being undone.
    """
    bound = update(_PERSON).where(_PERSON.c.id == person_id, _PERSON.c.telegram_id.is_(None))
    try:
        return db.execute(bound.values(telegram_id=telegram_id)).rowcount == 1
    except IntegrityError as error:
        raise AccountTaken from error


def wrong_codes(db: Db, telegram_id: int, since: datetime) -> int:
    """How many codes an account tried in vain after this moment."""
    counted = select(func.count()).where(_WRONG.c.telegram_id == telegram_id, _WRONG.c.at > since)
    return int(db.execute(counted).scalar_one())


def add_wrong_code(db: Db, telegram_id: int, now: datetime, *, forget_before: datetime) -> None:
    """One more try in vain; what is too old to count is forgotten, whoever tried."""
    db.execute(delete(_WRONG).where(_WRONG.c.at <= forget_before))
    db.execute(insert(_WRONG).values(telegram_id=telegram_id, at=now))


def _people(today: date) -> Select[Any]:
    holds = and_(
        _APPOINTMENT.c.person_id == _PERSON.c.id,
        _APPOINTMENT.c.starts_on <= today,
        or_(_APPOINTMENT.c.ends_on.is_(None), _APPOINTMENT.c.ends_on > today),
    )
    return (
        select(
            _PERSON.c.id,
            _PERSON.c.name,
            _PERSON.c.telegram_id,
            _APPOINTMENT.c.role,
            name_on(_APPOINTMENT.c.unit_id, today).label("unit"),
            _INVITATION.c.nonce,
            _INVITATION.c.code_hash,
            _INVITATION.c.expires_at,
        )
        .select_from(
            _PERSON.outerjoin(_APPOINTMENT, holds).outerjoin(
                _INVITATION, and_(_INVITATION.c.person_id == _PERSON.c.id, _OPEN)
            )
        )
        .order_by(_PERSON.c.id, _APPOINTMENT.c.id, _INVITATION.c.id)
    )


def _folded(rows: Iterable[Any]) -> tuple[Invitee, ...]:
    """One invitee for a person's rows, of which there is one for each of their roles."""
    found: dict[int, Invitee] = {}
    for row in rows:
        before = found.get(row.id)
        open_one = None if row.nonce is None else OpenInvitation(row.nonce, row.code_hash, row.expires_at)
        found[row.id] = Invitee(
            person_id=row.id,
            name=row.name,
            roles=_with(before.roles if before else (), None if row.role is None else Role(row.role)),
            units=_with(before.units if before else (), row.unit),
            telegram_id=row.telegram_id,
            invitation=open_one,
        )
    return tuple(found.values())


def _with(known: tuple[T, ...], one: T | None) -> tuple[T, ...]:
    return known if one is None or one in known else (*known, one)
