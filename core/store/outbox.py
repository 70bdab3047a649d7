"""The outbox: what the clock owes to chats, and what became of it.

pending → sending (committed before the call) → sent | failed | unknown. A `sending` row
whose call was interrupted becomes unknown, never pending: Telegram has no idempotency key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.engine import Db
from core.store.tables import Outbox, table_of

_OUTBOX = table_of(Outbox)


_PUT_ONCE: Mapping[str, Any] = {
    name: each.insert(_OUTBOX).on_conflict_do_nothing(index_elements=[_OUTBOX.c.dedup_key])
    for name, each in (("sqlite", sqlite), ("postgresql", postgresql))
}

Owed = tuple[str, int, str]
"""A key, a chat, and the language it is written in."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to be sent; `view` names what is said and `attempt` fences late answers."""

    id: int
    district_id: int
    dedup_key: str
    chat_id: int
    thread_id: int | None
    language: str
    view: str
    state: str
    attempt: int


def put(
    db: Db,
    district_id: int,
    dedup_key: str,
    chat_id: int,
    view: str,
    now: datetime,
    *,
    language: str,
    thread_id: int | None = None,
    occurrence: str | None = None,
) -> bool:
    """Owe a chat a message; False when this key was owed before, whatever became of it.

    `occurrence` names the firing of a schedule that it comes of.
    """
    if db.execute(select(_OUTBOX.c.id).where(_OUTBOX.c.dedup_key == dedup_key)).first() is not None:
        return False
    values = {
        "district_id": district_id,
        "dedup_key": dedup_key,
        "chat_id": chat_id,
        "thread_id": thread_id,
        "language": language,
        "view": view,
        "state": "pending",
        "attempt": 0,
        "not_before": now,
        "occurrence": occurrence,
    }
    db.execute(insert(_OUTBOX).values(values))
    return True


def put_all(
    db: Db,
    district_id: int,
    owed: Iterable[Owed],
    view: str,
    not_before: datetime,
    not_after: datetime | None = None,
    occurrence: str | None = None,
) -> None:
    """Owe many chats the same message, each in its language; keys that were owed before are passed over.

    What is still pending after `not_after` is given up (`expire`). `occurrence` as in `put`.
    """
    rows = [
        {
            "district_id": district_id,
            "dedup_key": key,
            "chat_id": chat_id,
            "language": language,
            "view": view,
            "state": "pending",
            "attempt": 0,
            "not_before": not_before,
            "not_after": not_after,
            "occurrence": occurrence,
        }
        for key, chat_id, language in owed
    ]
    if rows:
        db.execute(_PUT_ONCE[db.dialect.name], rows)


def newest_key(db: Db, chat_id: int, prefix: str) -> str | None:
    """The key of the newest message that a chat was owed under such a key, whatever became of it."""
    owed = select(_OUTBOX.c.dedup_key).where(
        _OUTBOX.c.chat_id == chat_id, _OUTBOX.c.dedup_key.startswith(prefix, autoescape=True)
    )
    return db.scalar(owed.order_by(_OUTBOX.c.id.desc()).limit(1))


def was_owed(db: Db, prefix: str) -> bool:
    """Whether anybody was owed a message under such a key, whatever became of it."""
    owed = select(_OUTBOX.c.id).where(_OUTBOX.c.dedup_key.startswith(prefix, autoescape=True))
    return db.execute(owed.limit(1)).first() is not None


def next_pending(db: Db, now: datetime) -> Parcel | None:
    """The message that is due next, still pending. At most one per chat is under way."""
    busy = select(_OUTBOX.c.chat_id).where(_OUTBOX.c.state == "sending")
    row = db.execute(
        select(_OUTBOX)
        .where(_OUTBOX.c.state == "pending", _OUTBOX.c.not_before <= now, _OUTBOX.c.chat_id.not_in(busy))
        .where(or_(_OUTBOX.c.not_after.is_(None), _OUTBOX.c.not_after >= now))
        .order_by(_OUTBOX.c.not_before, _OUTBOX.c.id)
        .limit(1)
    ).first()
    return None if row is None else _parcel(row)


def take(db: Db, parcel: Parcel, now: datetime) -> Parcel | None:
    """The same message as `sending`, or None when somebody else took it meanwhile. Commit before the call."""
    attempt = parcel.attempt + 1
    taken = update(_OUTBOX).where(
        _OUTBOX.c.id == parcel.id, _OUTBOX.c.state == "pending", _OUTBOX.c.attempt == parcel.attempt
    )
    if db.execute(taken.values(state="sending", attempt=attempt, started_at=now)).rowcount != 1:
        return None
    return replace(parcel, state="sending", attempt=attempt)


def set_sent(db: Db, parcel_id: int, message_id: int) -> bool:
    """Delivered, by the answer to the call or by a tap on the message itself; True when that was news."""
    values = {"state": "sent", "message_id": message_id, "error": None}
    settled = update(_OUTBOX).where(_OUTBOX.c.id == parcel_id, _OUTBOX.c.state != "sent").values(values)
    return db.execute(settled).rowcount == 1


def set_seen(db: Db, parcel_id: int, chat_id: int, message_id: int) -> None:
    """Somebody tapped the message itself: it is there, whatever the call's answer was."""
    seen = update(_OUTBOX).where(
        _OUTBOX.c.id == parcel_id, _OUTBOX.c.chat_id == chat_id, _OUTBOX.c.state.in_(("sending", "unknown"))
    )
    db.execute(seen.values(state="sent", message_id=message_id, error=None))


def set_failed(db: Db, parcel: Parcel, error: str) -> None:
    """Telegram refused it for good."""
    _settle(db, parcel, {"state": "failed", "error": error})


def set_unknown(db: Db, parcel: Parcel, error: str) -> None:
    """The call ended without an answer: it may be there or not."""
    _settle(db, parcel, {"state": "unknown", "error": error})


def set_pending(db: Db, parcel: Parcel, not_before: datetime, error: str) -> None:
    """It certainly was not sent; try again then."""
    _settle(db, parcel, {"state": "pending", "not_before": not_before, "error": error})


def decide(db: Db, parcel_id: int, district_id: int, *, resend: bool, now: datetime) -> bool:
    """An admin says what became of an unknown message; False when nothing was left to decide."""
    values: dict[str, Any] = {"state": "pending", "not_before": now} if resend else {"state": "sent"}
    decided = update(_OUTBOX).where(
        _OUTBOX.c.id == parcel_id, _OUTBOX.c.district_id == district_id, _OUTBOX.c.state == "unknown"
    )
    return db.execute(decided.values(values)).rowcount == 1


def abandoned(db: Db) -> list[Parcel]:
    """Messages that a killed process left in `sending`; call it before anything is sent."""
    return [_parcel(row) for row in db.execute(select(_OUTBOX).where(_OUTBOX.c.state == "sending"))]


def expire(db: Db, now: datetime) -> list[Parcel]:
    """Give up what was to be sent before now and was not; gives what was given up."""
    late = update(_OUTBOX).where(_OUTBOX.c.state == "pending", _OUTBOX.c.not_after < now)
    return [_parcel(row) for row in db.execute(late.values(state="failed", error="too late").returning(_OUTBOX))]


def next_due(db: Db) -> datetime | None:
    """When the earliest pending message is due."""
    due: datetime | None = db.scalar(select(func.min(_OUTBOX.c.not_before)).where(_OUTBOX.c.state == "pending"))
    return due


def move_chat(db: Db, old_chat_id: int, new_chat_id: int) -> None:
    """A group became a supergroup: what is still owed goes to the new id."""
    moved = update(_OUTBOX).where(_OUTBOX.c.chat_id == old_chat_id, _OUTBOX.c.state.in_(("pending", "sending")))
    db.execute(moved.values(chat_id=new_chat_id))


def _settle(db: Db, parcel: Parcel, values: dict[str, Any]) -> None:
    fenced = update(_OUTBOX).where(
        _OUTBOX.c.id == parcel.id, _OUTBOX.c.attempt == parcel.attempt, _OUTBOX.c.state == "sending"
    )
    db.execute(fenced.values(values))


def _parcel(row: Any) -> Parcel:
    return Parcel(**{name: getattr(row, name) for name in Parcel.__slots__})
