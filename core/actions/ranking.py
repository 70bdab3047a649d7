"""Reading frozen rankings back (办法 六): the newest of a period, one by its number, and the flag that follows.

A ranking is never edited; how it comes about is `core.actions.computing`'s, what becomes of it `publishing`'s.
"""

from __future__ import annotations

from core.awards import red_flag
from core.errors import NoSuchRanking
from core.frozen_ranking import read_body, rows_of
from core.frozen_text import firsts_of
from core.periods import Period, PeriodKind
from core.rubric import UnitKind
from core.snapshots import RankingView
from core.store import rankings, units
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rules import policy_of


def newest_ranking(db: Db, district_id: int, period: str | None, kind: UnitKind = "township") -> RankingView:
    """The newest version of a period's ranking, or the latest of all. Raises NoSuchRanking or BadPeriod."""
    if period is None:
        known = rankings.periods(db, district_id, kind)
        if not known:
            raise NoSuchRanking(period="")
        period = known[0]
    record = rankings.newest(db, district_id, str(Period.parse(period)), kind)
    if record is None:
        raise NoSuchRanking(period=period)
    return view_of(db, record)


def ranking_by_id(db: Db, district_id: int, ranking_id: int) -> RankingView:
    """A frozen ranking of the district. Raises NoSuchRanking."""
    record = rankings.find(db, ranking_id)
    if record is None or record.district_id != district_id:
        raise NoSuchRanking(period="")
    return view_of(db, record)


def view_of(db: Db, record: RankingRecord) -> RankingView:
    """The snapshot of a frozen ranking; of a month with the flag that it entitles to, and who holds it until then."""
    told = read_body(record.body)
    rows = rows_of(told)
    names = {row.unit_id: row.unit for row in rows}
    given_to, before = _flag(db, record)
    return RankingView(
        ranking_id=record.id,
        district=told["district"],
        period=record.period,
        unit_kind=record.unit_kind,
        version=record.version,
        state=record.state,
        computed_at=record.computed_at,
        components=tuple(told["components"]),
        absent=tuple(told["absent"]),
        rows=rows,
        categories=tuple(told["categories"]),
        flag=tuple(names[unit_id] for unit_id in given_to),
        held_before=before,
        audit_root=record.audit_root,
        inputs_hash=record.inputs_hash,
        rubric=told["rubric"],
        policy=told["policy"],
        objections_until=record.objections_until,
        final_at=record.final_at,
        least=policy_of(db, record.policy_hash).scoring.of(record.unit_kind).min_raters,
    )


def _flag(db: Db, record: RankingRecord) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Whom a month's ranking gives the red flag, and who held it before: by the finals of the months before it."""
    period = Period.parse(record.period)
    if record.unit_kind != "township" or period.kind is not PeriodKind.MONTH:
        return (), ()
    return _given_by(db, record), _held_before(db, record.district_id, period)


def _held_before(db: Db, district_id: int, month: Period) -> tuple[str, ...]:
    # By the calendar, not by when they were computed: an earlier month may be corrected after a later one.
    for earlier in sorted(map(Period.parse, rankings.periods(db, district_id, "township")), reverse=True):
        if earlier.kind is not PeriodKind.MONTH or earlier >= month:
            continue
        record = rankings.newest(db, district_id, str(earlier), "township")
        if record is not None and record.state == "final" and (given_to := _given_by(db, record)):
            return tuple(units.name_of(db, unit_id, month.last_day) for unit_id in given_to)
    return ()


def _given_by(db: Db, record: RankingRecord) -> tuple[int, ...]:
    rule = policy_of(db, record.policy_hash).awards.red_flag
    return red_flag(firsts_of(record.body), rule.tie)
