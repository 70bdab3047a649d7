"""The outbox: what the clock owes to chats, and what became of it.

pending → sending (committed before the call) → sent | failed | unknown. A `sending` row
whose call was interrupted becomes unknown, never pending: Telegram has no idempotency key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.engine import Db
from core.store.tables import Outbox, Person, table_of

_OUTBOX = table_of(Outbox)
_PERSON = table_of(Person)


_PUT_ONCE: Mapping[str, Any] = {
    name: each.insert(_OUTBOX).on_conflict_do_nothing(index_elements=[_OUTBOX.c.dedup_key])
    for name, each in (("sqlite", sqlite), ("postgresql", postgresql))
}

ANSWER = "upload:"
"""How the keys of answers begin: somebody has just sent a workbook and waits, at whatever hour."""

Owed = tuple[str, int, str]
"""A key, a chat, and the language it is written in."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to be sent; `view` names what is said.

    `attempt` counts the calls that may have reached the chat, and fences late answers: who puts a message back has
    had its answer.
    """

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


def due(db: Db, now: datetime, limit: int, not_to: Collection[int] = ()) -> list[Parcel]:
    """Messages that are due, still pending, the earliest first; at most `limit`, at most one for each chat.

    None for a chat to which one is under way, by whomever, and none for those of `not_to`.
    """
    busy = select(_OUTBOX.c.chat_id).where(_OUTBOX.c.state == "sending")
    rows = db.execute(
        select(_OUTBOX)
        .where(_is_due(now), _OUTBOX.c.chat_id.not_in(busy), _OUTBOX.c.chat_id.not_in(not_to))
        .order_by(_OUTBOX.c.not_before, _OUTBOX.c.id)
        .limit(limit)
    )
    first: dict[int, Parcel] = {}
    for row in rows:
        first.setdefault(row.chat_id, _parcel(row))
    return list(first.values())


def next_pending(db: Db, now: datetime) -> Parcel | None:
    """The message that is due next, still pending. At most one per chat is under way."""
    return next(iter(due(db, now, 1)), None)


def is_anything_due(db: Db, now: datetime, chat_ids: Collection[int]) -> bool:
    """Whether something is due for one of these chats."""
    return (
        db.execute(select(_OUTBOX.c.id).where(_is_due(now), _OUTBOX.c.chat_id.in_(chat_ids)).limit(1)).first()
        is not None
    )


def take_all(db: Db, parcels: Iterable[Parcel], now: datetime) -> list[Parcel]:
    """The same messages as `sending`, without those that somebody else took meanwhile. Commit before the calls."""
    wanted = {parcel.id: parcel for parcel in parcels}
    other = _OUTBOX.alias()
    busy = select(other.c.id).where(other.c.chat_id == _OUTBOX.c.chat_id, other.c.state == "sending")
    # What another process is just taking is left to it, not waited for.
    free = (
        select(_OUTBOX.c.id)
        .where(tuple_(_OUTBOX.c.id, _OUTBOX.c.attempt).in_([(each.id, each.attempt) for each in wanted.values()]))
        .where(_is_due(now), ~busy.exists())
        .with_for_update(skip_locked=True)
    )
    taken = update(_OUTBOX).where(_OUTBOX.c.id.in_(free)).returning(_OUTBOX.c.id)
    values = {"state": "sending", "attempt": _OUTBOX.c.attempt + 1, "started_at": now}
    ids = set(db.scalars(taken.values(values)))
    return [replace(each, state="sending", attempt=each.attempt + 1) for each in wanted.values() if each.id in ids]


def take(db: Db, parcel: Parcel, now: datetime) -> Parcel | None:
    """One message as `sending`, or None when somebody else took it meanwhile. Commit before the call."""
    return next(iter(take_all(db, [parcel], now)), None)


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
    """It may be there or not; send it once more then."""
    _settle(db, parcel, {"state": "pending", "not_before": not_before, "error": error})


def put_back(db: Db, parcel: Parcel, not_before: datetime, error: str) -> None:
    """It certainly was not sent; try again then. This was no attempt: what may be repeated once still may be."""
    values = {"state": "pending", "not_before": not_before, "error": error, "attempt": parcel.attempt - 1}
    _settle(db, parcel, values)


def decide(db: Db, parcel_id: int, district_id: int, *, resend: bool, now: datetime) -> bool:
    """An admin says what became of an unknown message; False when nothing was left to decide."""
    values: dict[str, Any] = {"state": "pending", "not_before": now} if resend else {"state": "sent"}
    decided = update(_OUTBOX).where(
        _OUTBOX.c.id == parcel_id, _OUTBOX.c.district_id == district_id, _OUTBOX.c.state == "unknown"
    )
    return db.execute(decided.values(values)).rowcount == 1


def hold_chat(db: Db, chat_id: int, until: datetime) -> None:
    """Telegram wants nothing for this chat until then: whatever is owed to it waits."""
    held = update(_OUTBOX).where(
        _OUTBOX.c.chat_id == chat_id, _OUTBOX.c.state == "pending", _OUTBOX.c.not_before < until
    )
    db.execute(held.values(not_before=until))


def hold_persons(db: Db, district_id: int, until: datetime, besides: Collection[int]) -> None:
    """Nothing that they did not ask for goes to the district's persons until then, but for those chats."""
    persons = select(_PERSON.c.telegram_id).where(
        _PERSON.c.district_id == district_id, _PERSON.c.telegram_id.not_in(besides)
    )
    held = update(_OUTBOX).where(
        _OUTBOX.c.state == "pending",
        _OUTBOX.c.not_before < until,
        _OUTBOX.c.chat_id.in_(persons),
        _OUTBOX.c.dedup_key.not_like(f"{ANSWER}%"),
    )
    db.execute(held.values(not_before=until))


def abandoned(db: Db, started_before: datetime | None = None, under_way: Collection[int] = ()) -> list[Parcel]:
    """Messages left in `sending` by a process that was killed, but not those of `under_way`.

    Where several processes send, only what was begun before a moment: the others are still at the rest.
    """
    left = select(_OUTBOX).where(_OUTBOX.c.state == "sending", _OUTBOX.c.id.not_in(under_way))
    if started_before is not None:
        left = left.where(_OUTBOX.c.started_at < started_before)
    return [_parcel(row) for row in db.execute(left.order_by(_OUTBOX.c.id))]


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


def _is_due(now: datetime) -> ColumnElement[bool]:
    in_time = or_(_OUTBOX.c.not_after.is_(None), _OUTBOX.c.not_after >= now)
    return and_(_OUTBOX.c.state == "pending", _OUTBOX.c.not_before <= now, in_time)


def _settle(db: Db, parcel: Parcel, values: dict[str, Any]) -> None:
    fenced = update(_OUTBOX).where(
        _OUTBOX.c.id == parcel.id, _OUTBOX.c.attempt == parcel.attempt, _OUTBOX.c.state == "sending"
    )
    db.execute(fenced.values(values))


def _parcel(row: Any) -> Parcel:
    return Parcel(**{name: getattr(row, name) for name in Parcel.__slots__})
