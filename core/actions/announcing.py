"""What becomes of messages that the clock owes: too late, of unknown fate, refused, or settled by an admin's word."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from core.actions.door import Moment
from core.actions.telling import alarm_admins, tell_admins
from core.people import Actor
from core.permissions import Right, require
from core.store import outbox, people
from core.store.engine import Db
from core.store.outbox import Parcel


def give_up_late(db: Db, at: Moment) -> None:
    """Reminders that could not go out in their time are given up; the office hears how many."""
    given_up: dict[int, int] = {}
    for parcel in outbox.expire(db, at.now):
        given_up[parcel.district_id] = given_up.get(parcel.district_id, 0) + 1
    for district_id, count in given_up.items():
        letter = {"name": "reminders_late", "count": count}
        tell_admins(db, district_id, f"late:{district_id}:{at.now.isoformat()}", letter, at)


def report_unknown(db: Db, parcel: Parcel, at: Moment) -> None:
    """Ask the admins about a message that may or may not have gone out."""
    view = {"name": "unknown_parcel", "parcel": parcel.id, "attempt": parcel.attempt}
    alarm_admins(db, parcel.district_id, f"unknown:{parcel.id}:{parcel.attempt}", view, at)


def settle_failed(db: Db, parcel: Parcel, error: str, at: Moment, *, shut_out: bool = False) -> None:
    """Telegram refused it for good; `shut_out`: because the chat does not let us in."""
    outbox.set_failed(db, parcel, error)
    if _is_to_group(db, parcel):
        view = {"name": "failed_parcel", "parcel": parcel.id, "error": error}
        alarm_admins(db, parcel.district_id, f"failed:{parcel.id}:{parcel.attempt}", view, at)
    elif shut_out:
        _report_unreachable(db, parcel, at)


def _report_unreachable(db: Db, parcel: Parcel, at: Moment) -> None:
    """The admins hear of it once, until the person writes again."""
    person_id = people.set_unreachable(db, parcel.chat_id, at.now)
    if person_id is not None:
        letter = {"name": "unreachable", "person": person_id, "since": at.now.isoformat()}
        tell_admins(db, parcel.district_id, f"unreachable:{person_id}:{at.now.isoformat()}", letter, at)


def recover(db: Db, at: Moment, *, started_before: datetime | None = None, under_way: Collection[int] = ()) -> None:
    """After a kill: what was being sent may be there or not, and nobody but people can know."""
    for parcel in outbox.abandoned(db, started_before, under_way):
        settle_unknown(db, parcel, "interrupted", at)


def settle_unknown(db: Db, parcel: Parcel, error: str, at: Moment) -> None:
    """The call ended without an answer. A bulletin is asked about; a notice to one person is repeated once."""
    if _is_to_group(db, parcel):
        outbox.set_unknown(db, parcel, error)
        report_unknown(db, parcel, at)
    elif parcel.attempt == 1:
        outbox.set_pending(db, parcel, at.now, error)
    else:
        outbox.set_unknown(db, parcel, error)


def seen(db: Db, parcel_id: int, chat_id: int, message_id: int) -> None:
    """Somebody tapped a post in its chat: it is there, whatever the call's answer was."""
    outbox.set_seen(db, parcel_id, chat_id, message_id)


def decide(db: Db, actor: Actor, parcel_id: int, at: Moment, *, resend: bool) -> bool:
    """An admin says whether an unknown message is there; False when that was settled already."""
    require(actor, Right.ANNOUNCE)
    return outbox.decide(db, parcel_id, actor.district_id, resend=resend, now=at.now)


def _is_to_group(db: Db, parcel: Parcel) -> bool:
    # Not compared with the bound group: that may have moved, or another been bound, while this was on its way.
    return people.person_of(db, parcel.chat_id) is None
