"""Computing the monthly ranking (办法 六-1) and reading frozen rankings back.

A ranking is computed once from the submitted sheets, frozen with the hashes of all it was
computed from, and never edited. The same inputs give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from typing import Any

from core import audit, awards, scoring
from core import ranking as order
from core.actions.components import Ledgers, ledgers_of
from core.actions.door import Moment
from core.errors import NoSuchRanking, RoundNotOver
from core.focus import read_focus
from core.periods import Period
from core.policy import Policy
from core.rubric import Rubric, UnitKind
from core.scoring import RoundScore
from core.sheet import SheetState
from core.snapshots import RankingRow, RankingView
from core.store import rankings, rounds, sheets, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rounds import RoundRecord
from core.store.rules import policy_of, rubric_of
from core.store.sheets import SheetRecord

# The month's component that the sheets of the round make; the others come from the ledger.
SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Everything a monthly ranking is computed from."""

    district: str
    round: RoundRecord
    rubric: Rubric
    policy: Policy
    units: Mapping[int, str]
    submitted: Sequence[SheetRecord]
    scores: Mapping[int, RoundScore | None]
    sheet_counts: Mapping[int, int]
    ledgers: Ledgers
    held_before: tuple[str, ...]


def compute_monthly(db: Db, district_id: int, period: Period, at: Moment) -> RankingView | None:
    """Compute and freeze the townships' ranking of a month, as `compute_round` does; None when it had no round."""
    found = rounds.find(db, district_id, str(period), "township")
    return None if found is None else compute_round(db, found, at)


def compute_round(db: Db, found: RoundRecord, at: Moment) -> RankingView:
    """Compute and freeze the ranking of a month's round.

    Computing it again gives the ranking that is there already, unless the round was reopened and has closed
    since: then the next version takes its place. Raises RoundNotOver while the round is open.
    """
    if at.now < found.closes_at:
        raise RoundNotOver(closes_at=found.closes_at)
    frozen = rankings.newest(db, found.district_id, found.period, "township")
    if frozen is not None and frozen.computed_at >= found.closes_at:
        return view_of(frozen)
    inputs = _gather(db, found, at)
    heads = [(f"sheet:{record.id}", record.head.hash) for record in inputs.submitted]
    root = audit.root([*heads, *((f"ledger:{unit}", head) for unit, head in inputs.ledgers.heads.items())])
    record = RankingRecord(
        id=0,
        district_id=found.district_id,
        period=found.period,
        unit_kind="township",
        version=1 if frozen is None else frozen.version + 1,
        # Without days for objections a ranking is final from the start.
        state="provisional" if inputs.policy.rankings.monthly.objection_days else "final",
        computed_at=at.now,
        body=_canonical(_body(inputs)),
        inputs_hash=sha256(_canonical(_pinned(inputs)).encode()).hexdigest(),
        audit_root=root,
        rubric_hash=inputs.round.rubric_hash,
        policy_hash=inputs.round.policy_hash,
    )
    if frozen is not None:
        rankings.supersede(db, frozen.id)
    record = replace(record, id=rankings.add(db, record))
    rounds.append_act(db, inputs.round, Act(at.now, None, "rank", _told(record, _pinned(inputs))))
    return view_of(record)


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
    return view_of(record)


def ranking_by_id(db: Db, district_id: int, ranking_id: int) -> RankingView:
    """A frozen ranking of the district. Raises NoSuchRanking."""
    record = rankings.find(db, ranking_id)
    if record is None or record.district_id != district_id:
        raise NoSuchRanking(period="")
    return view_of(record)


def view_of(record: RankingRecord) -> RankingView:
    """The snapshot of a frozen ranking."""
    body: dict[str, Any] = json.loads(record.body)
    rows = tuple(
        RankingRow(
            unit_id=row["unit_id"],
            unit=row["unit"],
            rank=row["rank"],
            tied=row["tied"],
            score=None if row["score"] is None else Fraction(row["score"]),
            categories=tuple(Fraction(part) for part in row["categories"]),
            tie_line=row["tie_line"],
            sheets=row["sheets"],
            # Rankings from before the ledger counted have supervision alone.
            components={name: Fraction(part) for name, part in row.get("components", {}).items()},
        )
        for row in body["rows"]
    )
    return RankingView(
        ranking_id=record.id,
        district=body["district"],
        period=record.period,
        unit_kind=record.unit_kind,
        version=record.version,
        state=record.state,
        computed_at=record.computed_at,
        components=tuple(body["components"]),
        absent=tuple(body["absent"]),
        rows=rows,
        categories=tuple(body["categories"]),
        flag=tuple(body["flag"]),
        held_before=tuple(body["held_before"]),
        audit_root=record.audit_root,
        inputs_hash=record.inputs_hash,
        rubric=body["rubric"],
        policy=body["policy"],
    )


def _gather(db: Db, found: RoundRecord, at: Moment) -> _Inputs:
    district_id, period = found.district_id, Period.parse(found.period)
    rubric, policy = rubric_of(db, found.rubric_hash), policy_of(db, found.policy_hash)
    submitted = [
        record
        for record in sheets.of_round(db, district_id, found.id, at.today)
        if record.state == SheetState.SUBMITTED
    ]
    by_unit: dict[int, list[scoring.SheetScore]] = {}
    counts: dict[int, int] = {}
    for record in submitted:
        score = scoring.sheet_score(rubric, sheets.marks(db, record.id), read_focus(found.focus))
        counts[record.unit_id] = counts.get(record.unit_id, 0) + 1
        if score is not None:
            by_unit.setdefault(record.unit_id, []).append(score)
    names = units.unit_names(db, district_id, "township", period.last_day)
    rule = policy.scoring.township
    scores = {
        unit_id: scoring.round_score(by_unit[unit_id], rule.trim, rule.trim_from)
        if len(by_unit.get(unit_id, ())) >= rule.min_raters
        else None
        for unit_id in names
    }
    held_before = _holders(db, district_id, period)
    name = units.district(db, district_id).name
    ledgers = ledgers_of(db, district_id, names, period, policy, at.now)
    return _Inputs(name, found, rubric, policy, names, submitted, scores, counts, ledgers, held_before)


def _holders(db: Db, district_id: int, period: Period) -> tuple[str, ...]:
    """Who held the red flag before this month: the newest flag that was given to anybody (流动)."""
    # By the calendar, not by when they were computed: an earlier month may be corrected after a later one.
    for earlier in sorted(map(Period.parse, rankings.periods(db, district_id, "township")), reverse=True):
        if earlier.kind is period.kind and earlier < period:
            record = rankings.newest(db, district_id, str(earlier), "township")
            if record is not None and (flag := view_of(record).flag):
                return flag
    return ()


def _body(inputs: _Inputs) -> dict[str, Any]:
    precedence = inputs.policy.rankings.precedence.township
    places = [category.name for category in inputs.rubric.categories]
    columns = [places.index(name) for name in precedence]
    weights = inputs.policy.rankings.monthly.weights.model_dump()
    components = {unit_id: _components(inputs, unit_id) for unit_id in inputs.scores}
    present = order.present_components(components.values()) & {SUPERVISION, *inputs.ledgers.known}
    entries = [
        order.Entry(
            unit_id,
            order.composite(components[unit_id], weights, present, inputs.ledgers.excused[unit_id]),
            () if score is None else tuple(score.categories[column] for column in columns),
        )
        for unit_id, score in inputs.scores.items()
    ]
    standings = order.rank(entries)
    flag = awards.red_flag(standings, inputs.policy.awards.red_flag.tie)
    return {
        "district": inputs.district,
        "components": [name for name in weights if name in present],
        "absent": [name for name in weights if name not in present],
        "categories": list(precedence),
        "flag": [inputs.units[unit_id] for unit_id in flag],
        "held_before": list(inputs.held_before),
        "rubric": f"{inputs.rubric.id} v{inputs.rubric.version}",
        "policy": f"{inputs.policy.id} v{inputs.policy.version}",
        "rows": [_row(inputs, standing, precedence, columns, present) for standing in standings],
    }


def _components(inputs: _Inputs, unit_id: int) -> dict[str, Fraction | None]:
    score = inputs.scores[unit_id]
    return {SUPERVISION: None if score is None else score.score, **inputs.ledgers.scores[unit_id]}


def _row(
    inputs: _Inputs,
    standing: order.Standing,
    precedence: Sequence[str],
    columns: Sequence[int],
    present: Collection[str],
) -> dict[str, Any]:
    score = inputs.scores[standing.unit_id]
    parts = _components(inputs, standing.unit_id)
    tallies = inputs.ledgers.tallies[standing.unit_id]
    return {
        "components": {name: str(part) for name, part in parts.items() if name in present and part is not None},
        "ledger": {name: [each.on_time, each.late, each.missing, each.excused] for name, each in tallies.items()},
        "unit_id": standing.unit_id,
        "unit": inputs.units[standing.unit_id],
        "rank": standing.rank,
        "tied": standing.tied,
        "score": None if standing.score is None else str(standing.score),
        "categories": [] if score is None else [str(score.categories[column]) for column in columns],
        "tie_line": None if standing.tie_line is None else precedence[standing.tie_line],
        "sheets": inputs.sheet_counts.get(standing.unit_id, 0),
    }


def _pinned(inputs: _Inputs) -> dict[str, Any]:
    """What the hash of the inputs covers: the rules and the head of every sheet that was counted."""
    return {
        "period": inputs.round.period,
        "focus": inputs.round.focus,
        "rubric": inputs.round.rubric_hash,
        "policy": inputs.round.policy_hash,
        "units": {str(unit_id): name for unit_id, name in inputs.units.items()},
        "sheets": {str(record.id): record.head.hash for record in inputs.submitted},
        "ledgers": {str(unit_id): head for unit_id, head in inputs.ledgers.heads.items()},
        "began": {name: moment.isoformat() for name, moment in inputs.ledgers.began.items()},
    }


def _told(record: RankingRecord, pinned: Mapping[str, Any]) -> dict[str, str | int | None]:
    """What the round's chain says of a ranking: all that is frozen, and what it was computed from."""
    return {
        "root": record.audit_root,
        "inputs": record.inputs_hash,
        "pinned": _canonical(pinned),
        "state": record.state,
        "body": sha256(record.body.encode()).hexdigest(),
    }


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
