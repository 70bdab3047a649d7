"""Objections (异议) to rankings, explanations of last places (说明情况), and the office's word at the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, tuple_, update

from core.objections import ObjectionState
from core.rubric import UnitKind
from core.store.engine import Db
from core.store.tables import Explanation, Gate, Objection, Ranking, table_of
from core.store.upsert import upsert

_OBJECTION = table_of(Objection)
_EXPLANATION = table_of(Explanation)
_GATE = table_of(Gate)


@dataclass(frozen=True, slots=True)
class ObjectionRecord:
    """One objection; `items` as `core.focus` writes them, empty for the ranking as a whole."""

    id: int
    district_id: int
    ranking_id: int
    unit_id: int
    person_id: int
    prompt_id: int | None
    items: str
    text: str
    raised_at: datetime
    state: ObjectionState
    decided_by: int | None = None
    decided_at: datetime | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ExplanationRecord:
    """One version of what a unit said to its last place of a quarter."""

    unit_id: int
    period: str
    version: int
    prompt_id: int | None
    text: str
    person_id: int
    filed_at: datetime


def raise_objection(db: Db, record: ObjectionRecord) -> int:
    """Keep an objection (its `id` is ignored); gives the id."""
    values = {name: getattr(record, name) for name in ObjectionRecord.__slots__ if name != "id"}
    return int(db.execute(insert(_OBJECTION).values(values).returning(_OBJECTION.c.id)).scalar_one())


def find(db: Db, district_id: int, objection_id: int, *, to_change: bool = False) -> ObjectionRecord | None:
    """One objection of the district. `to_change`: whoever asks has the turn until the transaction ends."""
    query = select(_OBJECTION).where(_OBJECTION.c.id == objection_id, _OBJECTION.c.district_id == district_id)
    row = db.execute(query.with_for_update() if to_change else query).first()
    return None if row is None else ObjectionRecord(**row._mapping)


def known(db: Db, objection_id: int) -> ObjectionRecord:
    """An objection that is known to exist."""
    row = db.execute(select(_OBJECTION).where(_OBJECTION.c.id == objection_id)).one()
    return ObjectionRecord(**row._mapping)


def of_prompt(db: Db, prompt_id: int) -> ObjectionRecord | None:
    """What was objected last in answer to a question."""
    query = select(_OBJECTION).where(_OBJECTION.c.prompt_id == prompt_id).order_by(_OBJECTION.c.id.desc())
    row = db.execute(query.limit(1)).first()
    return None if row is None else ObjectionRecord(**row._mapping)


def of_district(db: Db, district_id: int, state: str | None = None) -> list[ObjectionRecord]:
    """The objections of a district, or those in a state, the oldest first."""
    query = select(_OBJECTION).where(_OBJECTION.c.district_id == district_id).order_by(_OBJECTION.c.id)
    rows = db.execute(query if state is None else query.where(_OBJECTION.c.state == state))
    return [ObjectionRecord(**row._mapping) for row in rows]


def of_unit(db: Db, unit_id: int) -> list[ObjectionRecord]:
    """What a unit objected to, the newest first."""
    rows = db.execute(select(_OBJECTION).where(_OBJECTION.c.unit_id == unit_id).order_by(_OBJECTION.c.id.desc()))
    return [ObjectionRecord(**row._mapping) for row in rows]


def count_open(db: Db, district_id: int) -> int:
    """How many objections wait for the office."""
    waiting = select(func.count()).where(_OBJECTION.c.district_id == district_id, _OBJECTION.c.state == "open")
    return int(db.execute(waiting).scalar_one())


def open_to(db: Db, ranking_id: int) -> int:
    """How many objections to a ranking wait for the office, whichever of its versions they were raised to."""
    mine = table_of(Ranking).alias()
    theirs = table_of(Ranking).alias()
    same = (theirs.c.district_id, theirs.c.period, theirs.c.unit_kind)
    versions = select(theirs.c.id).join(
        mine, tuple_(mine.c.district_id, mine.c.period, mine.c.unit_kind) == tuple_(*same)
    )
    waiting = select(func.count()).where(
        _OBJECTION.c.ranking_id.in_(versions.where(mine.c.id == ranking_id)), _OBJECTION.c.state == "open"
    )
    return int(db.execute(waiting).scalar_one())


def decide(db: Db, objection_id: int, state: str, reason: str, person_id: int, now: datetime) -> None:
    """The office's word on an objection."""
    values = {"state": state, "decision": reason, "decided_by": person_id, "decided_at": now}
    db.execute(update(_OBJECTION).where(_OBJECTION.c.id == objection_id).values(values))


def explain(
    db: Db, unit_id: int, period: str, text: str, prompt_id: int, person_id: int, now: datetime
) -> ExplanationRecord:
    """What a unit says to its last place; said again it is the next version."""
    here = (_EXPLANATION.c.unit_id == unit_id, _EXPLANATION.c.period == period)
    version = 1 + (db.scalar(select(func.max(_EXPLANATION.c.version)).where(*here)) or 0)
    record = ExplanationRecord(unit_id, period, version, prompt_id, text, person_id, now)
    db.execute(insert(_EXPLANATION).values({name: getattr(record, name) for name in ExplanationRecord.__slots__}))
    return record


def explained_in(db: Db, prompt_id: int) -> ExplanationRecord | None:
    """What was said last in answer to a question."""
    query = select(_EXPLANATION).where(_EXPLANATION.c.prompt_id == prompt_id).order_by(_EXPLANATION.c.version.desc())
    row = db.execute(query.limit(1)).first()
    return None if row is None else ExplanationRecord(**row._mapping)


def explanation(db: Db, unit_id: int, period: str) -> ExplanationRecord | None:
    """What a unit said last to its last place of a quarter."""
    query = select(_EXPLANATION).where(_EXPLANATION.c.unit_id == unit_id, _EXPLANATION.c.period == period)
    row = db.execute(query.order_by(_EXPLANATION.c.version.desc()).limit(1)).first()
    return None if row is None else ExplanationRecord(**row._mapping)


def open_gate(db: Db, district_id: int, period: str, kind: UnitKind, person_id: int, now: datetime) -> None:
    """An admin lets a ranking be published although something is missing."""
    told = {"period": period, "unit_kind": kind, "person_id": person_id, "opened_at": now}
    upsert(db, _GATE, {"district_id": district_id, **told})


def gate_opened_at(db: Db, district_id: int, period: str, kind: UnitKind) -> datetime | None:
    """When an admin let a ranking be published although something is missing; None: nobody did."""
    opened: datetime | None = db.scalar(
        select(_GATE.c.opened_at).where(
            _GATE.c.district_id == district_id, _GATE.c.period == period, _GATE.c.unit_kind == kind
        )
    )
    return opened
