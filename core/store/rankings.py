"""Rankings as they were frozen: versions are added, and of none more is changed than that another took its place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, insert, select, update

from core.periods import Period
from core.rubric import UnitKind
from core.store.engine import Db
from core.store.tables import Occurrence, Ranking, table_of

_RANKING = table_of(Ranking)
_DUE = table_of(Occurrence)


@dataclass(frozen=True, slots=True)
class RankingRecord:
    """One frozen ranking; `body` is canonical JSON, the hashes name what it was computed from."""

    id: int
    district_id: int
    period: str
    unit_kind: UnitKind
    version: int
    state: str
    computed_at: datetime
    body: str
    inputs: str | None
    inputs_hash: str
    audit_root: str
    rubric_hash: str
    policy_hash: str
    objections_until: datetime | None = None
    final_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FinalText:
    """A final ranking of townships as far as awards rest on it."""

    period: Period
    version: int
    body: str
    final_at: datetime
    policy_hash: str


def add(db: Db, record: RankingRecord) -> RankingRecord:
    """Freeze a ranking (its `id` is ignored); gives it with its id."""
    values = {name: getattr(record, name) for name in RankingRecord.__slots__ if name != "id"}
    frozen = db.execute(insert(_RANKING).values(values).returning(_RANKING.c.id)).scalar_one()
    return replace(record, id=int(frozen))


def supersede(db: Db, ranking_id: int) -> None:
    """Another version takes this one's place; what it says stays as it was."""
    db.execute(update(_RANKING).where(_RANKING.c.id == ranking_id).values(state="superseded"))


def set_objections_until(db: Db, ranking_id: int, until: datetime) -> None:
    """Until when a provisional ranking may be objected to."""
    db.execute(update(_RANKING).where(_RANKING.c.id == ranking_id).values(objections_until=until))


def set_final(db: Db, ranking_id: int, now: datetime) -> None:
    """定稿: from now on it counts."""
    values = {"state": "final", "final_at": now}
    db.execute(update(_RANKING).where(_RANKING.c.id == ranking_id).values(values))


def in_state(db: Db, district_id: int, state: str) -> list[RankingRecord]:
    """All rankings of a district in this state, the earliest computed first."""
    rows = db.execute(
        select(_RANKING)
        .where(_RANKING.c.district_id == district_id, _RANKING.c.state == state)
        .order_by(_RANKING.c.computed_at, _RANKING.c.id)
    )
    return [RankingRecord(**row._mapping) for row in rows]


def finals(db: Db, district_id: int, periods: Collection[Period] | None = None) -> list[FinalText]:
    """The townships' finals of these periods, or of all, without what they were computed from."""
    query = select(
        _RANKING.c.period, _RANKING.c.version, _RANKING.c.body, _RANKING.c.final_at, _RANKING.c.policy_hash
    ).where(_RANKING.c.district_id == district_id, _RANKING.c.state == "final", _RANKING.c.unit_kind == "township")
    if periods is not None:
        query = query.where(_RANKING.c.period.in_([str(each) for each in periods]))
    return [FinalText(Period.parse(row[0]), *row[1:]) for row in db.execute(query)]


def find(db: Db, ranking_id: int) -> RankingRecord | None:
    """The ranking of this id."""
    row = db.execute(select(_RANKING).where(_RANKING.c.id == ranking_id)).first()
    return None if row is None else RankingRecord(**row._mapping)


def known(db: Db, ranking_id: int) -> RankingRecord:
    """A ranking that is known to exist."""
    return RankingRecord(**db.execute(select(_RANKING).where(_RANKING.c.id == ranking_id)).one()._mapping)


def of_version(db: Db, record: RankingRecord, version: int) -> RankingRecord | None:
    """Another version of the same ranking."""
    row = db.execute(
        select(_RANKING).where(
            _RANKING.c.district_id == record.district_id,
            _RANKING.c.period == record.period,
            _RANKING.c.unit_kind == record.unit_kind,
            _RANKING.c.version == version,
        )
    ).first()
    return None if row is None else RankingRecord(**row._mapping)


def versions(db: Db, district_id: int, period: str, unit_kind: UnitKind) -> dict[int, int]:
    """The ids of a period's versions, by the number of the version, the first first."""
    rows = db.execute(
        select(_RANKING.c.version, _RANKING.c.id)
        .where(_RANKING.c.district_id == district_id, _RANKING.c.period == period, _RANKING.c.unit_kind == unit_kind)
        .order_by(_RANKING.c.version)
    )
    return {row.version: row.id for row in rows}


def newest(db: Db, district_id: int, period: str, unit_kind: UnitKind) -> RankingRecord | None:
    """The newest version of a period's ranking."""
    row = db.execute(
        select(_RANKING)
        .where(_RANKING.c.district_id == district_id, _RANKING.c.period == period, _RANKING.c.unit_kind == unit_kind)
        .order_by(_RANKING.c.version.desc())
    ).first()
    return None if row is None else RankingRecord(**row._mapping)


def first_computed(db: Db, district_id: int, period: str, unit_kind: UnitKind, *, since: datetime) -> datetime | None:
    """When a period was first ranked after its round closed; None while it was not."""
    query = select(func.min(_RANKING.c.computed_at)).where(
        _RANKING.c.district_id == district_id,
        _RANKING.c.period == period,
        _RANKING.c.unit_kind == unit_kind,
        _RANKING.c.computed_at >= since,
    )
    first: datetime | None = db.execute(query).scalar_one()
    return first


def newest_ids(db: Db, district_id: int, unit_kind: UnitKind) -> dict[Period, int]:
    """The newest version of every period that was ranked, by its id."""
    rows = db.execute(
        select(_RANKING.c.period, _RANKING.c.id)
        .where(_RANKING.c.district_id == district_id, _RANKING.c.unit_kind == unit_kind)
        .order_by(_RANKING.c.version)
    )
    return {Period.parse(row.period): row.id for row in rows}


def periods(db: Db, district_id: int, unit_kind: UnitKind) -> list[str]:
    """The periods that were ranked, as keys, the latest computed first."""
    rows = db.execute(
        select(_RANKING.c.period)
        .where(_RANKING.c.district_id == district_id, _RANKING.c.unit_kind == unit_kind)
        .group_by(_RANKING.c.period)
        .order_by(func.max(_RANKING.c.computed_at).desc(), _RANKING.c.period.desc())
    )
    return [row.period for row in rows]


def unranked_periods(
    db: Db, district_id: int, schedule: str, kinds: Collection[UnitKind]
) -> list[tuple[Period, UnitKind]]:
    """Periods that a schedule made due and that were never ranked, for these kinds of unit; by when each was due."""
    due = select(_DUE.c.key).where(
        _DUE.c.district_id == district_id, _DUE.c.schedule == schedule, _DUE.c.outcome == "done"
    )
    ranked = select(_RANKING.c.period, _RANKING.c.unit_kind).where(_RANKING.c.district_id == district_id)
    known = {(row.period, row.unit_kind) for row in db.execute(ranked)}
    return [
        (Period.parse(row.key), kind)
        for row in db.execute(due.order_by(_DUE.c.fire_at))
        for kind in kinds
        if (row.key, kind) not in known
    ]
