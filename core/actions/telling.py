"""Owing people a message: once per key, in their language, and not in the quiet hours.

What is told is a letter's name and its parameters; `bot` words it when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions.door import Moment
from core.people import Actor
from core.policy import Contact
from core.store import outbox, people, rules, units
from core.store.engine import Db
from core.store.people import Addressee

Letter = Mapping[str, object]
"""What is said: `name` says which letter it is, the rest are its parameters."""


def tell(
    db: Db, district_id: int, to: Addressee, key: str, letter: Letter, at: Moment, *, occurrence: str | None = None
) -> bool:
    """Owe a person a message, at once or when the quiet hours are over; `occurrence` names the firing it comes of.

    False when this key was owed before, or when no Telegram account is bound to the person.
    """
    if to.telegram_id is None:
        return False
    after = after_quiet_hours(db, district_id, at.now)
    view = json.dumps(letter, ensure_ascii=False)
    owed = f"{key}:{to.telegram_id}"
    return outbox.put(db, district_id, owed, to.telegram_id, view, after, language=to.language, occurrence=occurrence)


def tell_all(
    db: Db,
    district_id: int,
    to: Iterable[Addressee | Actor],
    key: str,
    letter: Letter,
    at: Moment,
    *,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    occurrence: str | None = None,
) -> None:
    """Owe many people the same message, as `tell` does, in one statement; after `not_after` it is not sent any more.

    `not_before`: the end of the quiet hours, from who knows it already.
    """
    owed = [(f"{key}:{each.telegram_id}", each.telegram_id, each.language) for each in to if each.telegram_id]
    after = after_quiet_hours(db, district_id, at.now) if not_before is None else not_before
    outbox.put_all(db, district_id, owed, json.dumps(letter, ensure_ascii=False), after, not_after, occurrence)


def tell_admins(
    db: Db, district_id: int, key: str, letter: Letter, at: Moment, *, occurrence: str | None = None
) -> None:
    """Owe every admin of the district a message, as `tell_all` does."""
    tell_all(db, district_id, people.admins(db, district_id, at.today), key, letter, at, occurrence=occurrence)


def alarm_admins(db: Db, district_id: int, key: str, letter: Letter, at: Moment) -> None:
    """Owe every admin a message at whatever hour: something that was to be sent is in trouble."""
    tell_all(db, district_id, people.admins(db, district_id, at.today), key, letter, at, not_before=at.now)


def after_quiet_hours(db: Db, district_id: int, now: datetime) -> datetime:
    """The first moment from now at which people of the district may be written to, in UTC."""
    policy = rules.policy_in_force(db, district_id)
    if policy is None:
        return now
    zone = ZoneInfo(units.district(db, district_id).timezone)
    return end_of_quiet_hours(policy.contact, now.astimezone(zone)).astimezone(now.tzinfo)


def keep_quiet(db: Db, at: Moment) -> None:
    """What could not be sent by day waits on when the quiet hours have begun: a second try must wake nobody either.

    Not what is owed to admins, of which some is an alarm, nor answers to what somebody sent.
    """
    for district in units.districts(db):
        until = after_quiet_hours(db, district.id, at.now)
        if until > at.now:
            office = [admin.telegram_id for admin in people.admins(db, district.id, at.today)]
            outbox.hold_persons(db, district.id, until, office)


def end_of_quiet_hours(contact: Contact, local: datetime) -> datetime:
    """The first moment from `local` (on the district's clock) at which people may be written to."""
    if not contact.is_quiet(local.time()):
        return local
    until = local.replace(hour=contact.quiet_until.hour, minute=contact.quiet_until.minute, second=0, microsecond=0)
    return until if until > local else until + timedelta(days=1)
