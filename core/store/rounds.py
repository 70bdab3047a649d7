"""Rounds (一次考评): one rubric, one period, one kind of unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from core.rubric import UnitKind
from core.store import audit_log
from core.store.audit_log import EMPTY, Act, Head
from core.store.engine import Db
from core.store.tables import Round, table_of

_ROUND = table_of(Round)


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """One round; the rules it pins are named by their hashes."""

    id: int
    district_id: int
    period: str
    unit_kind: UnitKind
    rubric_hash: str
    policy_hash: str
    opens_at: datetime
    closes_at: datetime
    focus: str | None = None
    head: Head = EMPTY


def add(db: Db, record: RoundRecord) -> int:
    """A new round (its `id` is ignored); gives the id."""
    values = {
        "district_id": record.district_id,
        "period": record.period,
        "unit_kind": record.unit_kind,
        "rubric_hash": record.rubric_hash,
        "policy_hash": record.policy_hash,
        "opens_at": record.opens_at,
        "closes_at": record.closes_at,
        "focus": record.focus,
        "audit_seq": record.head.seq,
        "audit_head": record.head.hash,
    }
    return int(db.execute(insert(_ROUND).values(values).returning(_ROUND.c.id)).scalar_one())


def find(db: Db, district_id: int, period: str, unit_kind: UnitKind) -> RoundRecord | None:
    """The round of a period and kind of unit, if there was one."""
    row = db.execute(
        select(_ROUND).where(
            _ROUND.c.district_id == district_id, _ROUND.c.period == period, _ROUND.c.unit_kind == unit_kind
        )
    ).first()
    if row is None:
        return None
    columns = dict(row._mapping)
    head = Head(columns.pop("audit_seq"), columns.pop("audit_head"))
    return RoundRecord(**columns, head=head)


def append_act(db: Db, record: RoundRecord, act: Act) -> None:
    """Append an act to the round's audit chain."""
    head = audit_log.append(db, f"round:{record.id}", record.head, act)
    db.execute(update(_ROUND).where(_ROUND.c.id == record.id).values(audit_seq=head.seq, audit_head=head.hash))
