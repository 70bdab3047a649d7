"""The ledger's rows: what units filed, what was decided on it, what was excused, and the chain of each unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from core.calendar import Duty
from core.duties import Filing, FilingState
from core.store import audit_log
from core.store.audit_log import EMPTY, Act, Head
from core.store.engine import Db
from core.store.tables import Excuse, FilingRow, UnitLedger, table_of

_FILING = table_of(FilingRow)
_EXCUSE = table_of(Excuse)
_LEDGER = table_of(UnitLedger)

# Asked at every tap on a township's sheet, so they are built once.
_BEGAN = (
    select(_FILING.c.duty, func.min(_FILING.c.filed_at))
    .where(_FILING.c.district_id == bindparam("district_id"))
    .group_by(_FILING.c.duty)
)
_OF_UNIT = select(_FILING.c.key, _FILING.c.version, _FILING.c.filed_at, _FILING.c.state).where(
    _FILING.c.unit_id == bindparam("unit_id"),
    _FILING.c.duty == bindparam("duty"),
    _FILING.c.key.in_(bindparam("keys", expanding=True)),
)
_EXCUSES = select(_EXCUSE.c.key, _EXCUSE.c.reason).where(
    _EXCUSE.c.unit_id == bindparam("unit_id"), _EXCUSE.c.duty == bindparam("duty")
)


@dataclass(frozen=True, slots=True)
class NewFiling:
    """What somebody files for their unit. `title` and `link` are a briefing's, the three numbers a workday's."""

    duty: Duty
    key: str
    text: str | None = None
    title: str | None = None
    link: str | None = None
    received: int | None = None
    heard: int | None = None
    solved: int | None = None
    prompt_id: int | None = None


@dataclass(frozen=True, slots=True)
class FilingRecord:
    """One filing as it stands in its row."""

    id: int
    district_id: int
    unit_id: int
    duty: Duty
    key: str
    version: int
    person_id: int
    prompt_id: int | None
    filed_at: datetime
    state: FilingState
    title: str | None
    text: str | None
    link: str | None
    received: int | None
    heard: int | None
    solved: int | None
    decided_by: int | None
    decision: str | None
    alike_id: int | None
    alike_percent: int | None


def add(db: Db, district_id: int, unit_id: int, person_id: int, new: NewFiling, now: datetime) -> tuple[int, int]:
    """File it as the next version under its key; gives the id and the version."""
    here = (_FILING.c.unit_id == unit_id, _FILING.c.duty == new.duty, _FILING.c.key == new.key)
    version = 1 + (db.scalar(select(func.max(_FILING.c.version)).where(*here)) or 0)
    values = {
        "district_id": district_id,
        "unit_id": unit_id,
        "duty": new.duty,
        "key": new.key,
        "version": version,
        "person_id": person_id,
        "filed_at": now,
        "state": FilingState.PENDING if new.duty is Duty.BRIEFING else FilingState.FILED,
        "title": new.title,
        "text": new.text,
        "link": new.link,
        "received": new.received,
        "heard": new.heard,
        "solved": new.solved,
        "prompt_id": new.prompt_id,
    }
    return int(db.execute(insert(_FILING).values(values).returning(_FILING.c.id)).scalar_one()), version


def set_text(db: Db, filing_id: int, text: str) -> None:
    """The words of a filing that so far had files only."""
    db.execute(update(_FILING).where(_FILING.c.id == filing_id).values(text=text))


def set_alike(db: Db, filing_id: int, other_id: int, percent: int) -> None:
    """Another briefing says much the same."""
    db.execute(update(_FILING).where(_FILING.c.id == filing_id).values(alike_id=other_id, alike_percent=percent))


def find(db: Db, district_id: int, filing_id: int, *, to_change: bool = False) -> FilingRecord | None:
    """One filing of the district. `to_change`: whoever asks has the turn until the transaction ends."""
    query = select(_FILING).where(_FILING.c.id == filing_id, _FILING.c.district_id == district_id)
    row = db.execute(query.with_for_update() if to_change else query).first()
    return None if row is None else _record(row)


def newest_of_prompt(db: Db, prompt_id: int) -> FilingRecord | None:
    """What was last filed in answer to a question."""
    query = select(_FILING).where(_FILING.c.prompt_id == prompt_id).order_by(_FILING.c.version.desc()).limit(1)
    row = db.execute(query).first()
    return None if row is None else _record(row)


def versions(db: Db, unit_id: int, duty: Duty, keys: Collection[str]) -> list[FilingRecord]:
    """Everything that a unit filed for these due dates, newest first."""
    rows = db.execute(
        select(_FILING)
        .where(_FILING.c.unit_id == unit_id, _FILING.c.duty == duty, _FILING.c.key.in_(keys))
        .order_by(_FILING.c.filed_at.desc(), _FILING.c.version.desc())
    )
    return [_record(row) for row in rows]


def pending(db: Db, district_id: int) -> list[FilingRecord]:
    """Briefings that wait for the office, the oldest first."""
    query = select(_FILING).where(_FILING.c.district_id == district_id, _FILING.c.state == FilingState.PENDING)
    return [_record(row) for row in db.execute(query.order_by(_FILING.c.id))]


def briefings_since(db: Db, district_id: int, since: datetime, limit: int) -> list[FilingRecord]:
    """The district's newest briefings, whatever was decided on them."""
    query = select(_FILING).where(
        _FILING.c.district_id == district_id, _FILING.c.duty == Duty.BRIEFING, _FILING.c.filed_at >= since
    )
    return [_record(row) for row in db.execute(query.order_by(_FILING.c.id.desc()).limit(limit))]


def decide(db: Db, filing_id: int, state: FilingState, reason: str | None, person_id: int, now: datetime) -> None:
    """The office's word on a filing."""
    values = {"state": state, "decision": reason, "decided_by": person_id, "decided_at": now}
    db.execute(update(_FILING).where(_FILING.c.id == filing_id).values(values))


def began(db: Db, district_id: int) -> Mapping[Duty, datetime]:
    """When the district's first filing of each duty came; duties that nobody ever filed are left out."""
    return {Duty(row[0]): row[1] for row in db.execute(_BEGAN, {"district_id": district_id})}


def of_unit(db: Db, unit_id: int, duty: Duty, keys: list[str]) -> list[Filing]:
    """What a unit filed for these due dates, every version."""
    rows = db.execute(_OF_UNIT, {"unit_id": unit_id, "duty": duty, "keys": keys})
    return [Filing(row.key, row.version, row.filed_at, FilingState(row.state)) for row in rows]


def excuses(db: Db, unit_id: int, duty: Duty) -> Mapping[str, str]:
    """The reasons for which a unit was excused, by due date."""
    rows = db.execute(_EXCUSES, {"unit_id": unit_id, "duty": duty})
    return {row.key: row.reason for row in rows}


def excuse(db: Db, unit_id: int, duty: Duty, key: str, reason: str, person_id: int, now: datetime) -> bool:
    """Excuse a unit from a due date; False when it was excused already."""
    if key in excuses(db, unit_id, duty):
        return False
    values = {
        "unit_id": unit_id,
        "duty": duty,
        "key": key,
        "reason": reason,
        "person_id": person_id,
        "excused_at": now,
    }
    db.execute(insert(_EXCUSE).values(values))
    return True


def append_act(db: Db, unit_id: int, act: Act) -> None:
    """Append an act to the audit chain of a unit's ledger. Whoever appends has the turn until the transaction ends."""
    heads = select(_LEDGER.c.audit_seq, _LEDGER.c.audit_head).where(_LEDGER.c.unit_id == unit_id)
    row = db.execute(heads.with_for_update()).first()
    before = EMPTY if row is None else Head(row.audit_seq, row.audit_head)
    head = audit_log.append(db, f"ledger:{unit_id}", before, act)
    values = {"audit_seq": head.seq, "audit_head": head.hash}
    if row is None:
        db.execute(insert(_LEDGER).values(values | {"unit_id": unit_id}))
    else:
        db.execute(update(_LEDGER).where(_LEDGER.c.unit_id == unit_id).values(values))


def heads(db: Db, unit_ids: Collection[int]) -> Mapping[int, Head]:
    """Where the ledger chains of these units stand; units that never filed anything are left out."""
    rows = db.execute(select(_LEDGER).where(_LEDGER.c.unit_id.in_(unit_ids)))
    return {row.unit_id: Head(row.audit_seq, row.audit_head) for row in rows}


def _record(row: Any) -> FilingRecord:
    values = {name: getattr(row, name) for name in FilingRecord.__slots__}
    return FilingRecord(**values | {"duty": Duty(row.duty), "state": FilingState(row.state)})
