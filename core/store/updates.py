"""Updates that took effect, the replies still owed for them, and the ones that could not be handled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from core.store.engine import Db
from core.store.tables import DeadLetter, ProcessedUpdate, table_of

_PROCESSED = table_of(ProcessedUpdate)
_DEAD = table_of(DeadLetter)

_SEEN = select(_PROCESSED.c.update_id).where(_PROCESSED.c.update_id.in_(bindparam("ids", expanding=True)))
_REMEMBER = insert(_PROCESSED)
_REPLIED = update(_PROCESSED).where(_PROCESSED.c.update_id == bindparam("id")).values(owed=None)


@dataclass(frozen=True, slots=True)
class Processed:
    """An update that took effect; `owed` is its reply until that went out."""

    update_id: int
    at: datetime
    owed: str | None


def seen(db: Db, update_ids: Collection[int]) -> set[int]:
    """Which of these updates took effect before."""
    return set(db.scalars(_SEEN, {"ids": list(update_ids)}))


def remember(db: Db, processed: Collection[Processed]) -> None:
    """These updates took effect in this transaction."""
    if processed:
        db.execute(_REMEMBER, [{"update_id": each.update_id, "at": each.at, "owed": each.owed} for each in processed])


def replied(db: Db, update_ids: Collection[int]) -> None:
    """The replies to these updates went out."""
    if update_ids:
        db.execute(_REPLIED, [{"id": update_id} for update_id in update_ids])


def owed(db: Db) -> list[Processed]:
    """Updates whose reply may not have gone out, oldest first."""
    rows = db.execute(select(_PROCESSED).where(_PROCESSED.c.owed.is_not(None)).order_by(_PROCESSED.c.update_id))
    return [Processed(row.update_id, row.at, row.owed) for row in rows]


def bury(db: Db, code: str, update_id: int | None, body: str, traceback: str, now: datetime) -> None:
    """Keep an update that could not be handled, whole, under the code that people are told."""
    values = {"code": code, "update_id": update_id, "body": body, "traceback": traceback, "at": now}
    db.execute(insert(_DEAD).values(values))
