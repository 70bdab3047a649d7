"""The audit log: appending to a chain and reading it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from core import audit
from core.store.engine import Db
from core.store.tables import Audit, table_of

_TABLE = table_of(Audit)
_APPEND = insert(_TABLE)


@dataclass(frozen=True, slots=True)
class Act:
    """One entry to be. `body` holds what changed: old, new, reason, as plain values."""

    at: datetime
    person_id: int | None
    name: str
    body: dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: the number of entries and the newest one's hash."""

    seq: int
    hash: str


EMPTY = Head(0, audit.GENESIS)


def append(db: Db, chain: str, head: Head, act: Act) -> Head:
    """Append one act behind `head` and give the new head. A second writer fails on the primary key."""
    seq = head.seq + 1
    body = json.dumps(act.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = audit.chain_hash(head.hash, _entry(chain, seq, act.at, act.person_id, act.name, body))
    db.execute(
        _APPEND,
        {
            "chain": chain,
            "seq": seq,
            "at": act.at,
            "person_id": act.person_id,
            "act": act.name,
            "body": body,
            "prev_hash": head.hash,
            "hash": digest,
        },
    )
    return Head(seq, digest)


def links(db: Db, chain: str) -> list[audit.Link]:
    """A whole chain, oldest first, ready for `core.audit.verify`."""
    rows = db.execute(select(_TABLE).where(_TABLE.c.chain == chain).order_by(_TABLE.c.seq))
    return [
        audit.Link(row.prev_hash, row.hash, _entry(row.chain, row.seq, row.at, row.person_id, row.act, row.body))
        for row in rows
    ]


def is_told(db: Db, chain: str, name: str) -> bool:
    """Whether any act of a chain tells something under this name."""
    telling = select(_TABLE.c.seq).where(_TABLE.c.chain == chain, _TABLE.c.body.contains(f'"{name}":', autoescape=True))
    return db.execute(telling.limit(1)).first() is not None


def _entry(
    chain: str, seq: int, at: datetime, person_id: int | None, act: str, body: str
) -> dict[str, str | int | None]:
    return {"chain": chain, "seq": seq, "at": at.isoformat(), "person": person_id, "act": act, "body": body}
