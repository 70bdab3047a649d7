"""Rounds (一次考评): one rubric, one period, one kind of unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update

from core.rubric import UnitKind
from core.store import audit_log
from core.store.audit_log import EMPTY, Act, Head
from core.store.engine import Db
from core.store.tables import Occurrence, Ranking, Round, SheetRow, table_of

_ROUND = table_of(Round)
_SHEET = table_of(SheetRow)
_RANKING = table_of(Ranking)
_DUE = table_of(Occurrence)


@dataclass(frozen=True, slots=True)
class Count:
    """A round's sheets: all, those submitted now, and those that were handed in at least once."""

    sheets: int
    submitted: int
    handed_in: int


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
    return None if row is None else _record(row)


def by_id(db: Db, round_id: int) -> RoundRecord | None:
    """The round of this id, of whatever district."""
    row = db.execute(select(_ROUND).where(_ROUND.c.id == round_id)).first()
    return None if row is None else _record(row)


def known(db: Db, round_id: int) -> RoundRecord:
    """A round that is known to exist."""
    return _record(db.execute(select(_ROUND).where(_ROUND.c.id == round_id)).one())


def counted(db: Db, district_id: int) -> list[tuple[RoundRecord, Count]]:
    """All rounds of a district, the newest first, with their sheets counted."""
    handed_in = or_(_SHEET.c.state == "submitted", _SHEET.c.version > 0)
    rows = db.execute(
        select(
            _ROUND,
            func.count(_SHEET.c.id).label("sheets"),
            func.coalesce(func.sum(case((_SHEET.c.state == "submitted", 1), else_=0)), 0).label("submitted"),
            func.coalesce(func.sum(case((handed_in, 1), else_=0)), 0).label("handed_in"),
        )
        .outerjoin(_SHEET, _SHEET.c.round_id == _ROUND.c.id)
        .where(_ROUND.c.district_id == district_id)
        .group_by(_ROUND.c.id)
        .order_by(_ROUND.c.opens_at.desc(), _ROUND.c.id.desc())
    )
    return [(_record(row), Count(row.sheets, row.submitted, row.handed_in)) for row in rows]


def open_ones(db: Db, district_id: int, now: datetime) -> list[RoundRecord]:
    """The rounds that can be scored now, the oldest first."""
    rows = db.execute(
        select(_ROUND)
        .where(_ROUND.c.district_id == district_id, _ROUND.c.opens_at <= now, _ROUND.c.closes_at > now)
        .order_by(_ROUND.c.id)
    )
    return [_record(row) for row in rows]


def unranked(db: Db, district_id: int, schedule: str, now: datetime) -> list[RoundRecord]:
    """Rounds that are over, were due to be ranked, and have no ranking since they closed.

    By when each was due. A round that was reopened after it was ranked comes again.
    """
    since = (
        select(_RANKING.c.id)
        .where(
            _RANKING.c.district_id == _ROUND.c.district_id,
            _RANKING.c.period == _ROUND.c.period,
            _RANKING.c.unit_kind == _ROUND.c.unit_kind,
            _RANKING.c.computed_at >= _ROUND.c.closes_at,
        )
        .correlate(_ROUND)
        .exists()
    )
    rows = db.execute(
        select(_ROUND)
        .join(_DUE, and_(_DUE.c.district_id == _ROUND.c.district_id, _DUE.c.key == _ROUND.c.period))
        .where(
            _ROUND.c.district_id == district_id,
            _ROUND.c.closes_at <= now,
            _DUE.c.schedule == schedule,
            # A ranking that the office skipped is not due.
            _DUE.c.outcome == "done",
            ~since,
        )
        .order_by(_DUE.c.fire_at, _ROUND.c.id)
    )
    return [_record(row) for row in rows]


def set_closing(db: Db, record: RoundRecord, closes_at: datetime) -> RoundRecord:
    """Let the round close at another time."""
    db.execute(update(_ROUND).where(_ROUND.c.id == record.id).values(closes_at=closes_at))
    return replace(record, closes_at=closes_at)


def set_focus(db: Db, record: RoundRecord, focus: str | None) -> RoundRecord:
    """Let these items count, as `core.focus` writes them."""
    db.execute(update(_ROUND).where(_ROUND.c.id == record.id).values(focus=focus))
    return replace(record, focus=focus)


def append_act(db: Db, record: RoundRecord, act: Act) -> RoundRecord:
    """Append an act to the round's audit chain; gives the round with its new head."""
    head = audit_log.append(db, f"round:{record.id}", record.head, act)
    db.execute(update(_ROUND).where(_ROUND.c.id == record.id).values(audit_seq=head.seq, audit_head=head.hash))
    return replace(record, head=head)


def _record(row: Any) -> RoundRecord:
    values = {name: getattr(row, name) for name in RoundRecord.__slots__ if name != "head"}
    return RoundRecord(**values, head=Head(row.audit_seq, row.audit_head))
