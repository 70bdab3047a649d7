"""Computing a ranking (办法 六): ordered from its inputs, and frozen with the hashes of all it was computed from.

A ranking is never edited: computing anew adds a version and lets the one before be superseded. The same inputs give
the same bytes. When it is due, and who may object to it, is `core.actions.publishing`'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from core import audit
from core.actions.door import Moment
from core.actions.ranking import view_of
from core.actions.ranking_inputs import Inputs, UnitResult, of_round
from core.errors import RoundNotOver
from core.metrics import Ordered, metrics_of
from core.periods import Period
from core.policy import Policy, Publication
from core.policy_schedules import rhythm_of
from core.ranking import Standing
from core.rubric import UnitKind
from core.snapshots import RankingView
from core.store import rankings, rounds, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rounds import RoundRecord


def compute_monthly(db: Db, district_id: int, period: Period, at: Moment) -> RankingView | None:
    """Compute and freeze the townships' ranking of a month, as `compute_round` does; None when it had no round."""
    found = rounds.find(db, district_id, str(period), "township")
    return None if found is None else compute_round(db, found, at)


def compute_round(db: Db, found: RoundRecord, at: Moment) -> RankingView:
    """Compute and freeze the ranking of a round of a month or quarter.

    Computing it again gives the ranking that is there already, unless the round was reopened and has closed
    since: then the next version takes its place. Raises RoundNotOver while the round is open.
    """
    if at.now < found.closes_at:
        raise RoundNotOver(closes_at=found.closes_at)
    frozen = rankings.newest(db, found.district_id, found.period, found.unit_kind)
    if frozen is not None and frozen.computed_at >= found.closes_at:
        return view_of(db, frozen)
    inputs = of_round(db, found, at)
    # Without days for objections a ranking is final from the start.
    final_at = None if publication_of(inputs.policy, inputs.period).objection_days else at.now
    return view_of(db, freeze(db, inputs, final_at, at))


def publication_of(policy: Policy, period: Period) -> Publication:
    """The rules by which a ranking of this length of period is published."""
    rule: Publication = getattr(policy.rankings, rhythm_of(period.kind))
    return rule


def freeze(
    db: Db, inputs: Inputs, final_at: datetime | None, at: Moment, *, objections_until: datetime | None = None
) -> RankingRecord:
    """Order the units and keep the result as the period's next version; it is provisional without `final_at`."""
    before = rankings.newest(db, inputs.district_id, str(inputs.period), inputs.unit_kind)
    body, pinned = canonical(_body(db, inputs)), canonical(inputs.pinned)
    record = RankingRecord(
        id=0,
        district_id=inputs.district_id,
        period=str(inputs.period),
        unit_kind=inputs.unit_kind,
        version=1 if before is None else before.version + 1,
        state="provisional" if final_at is None else "final",
        computed_at=at.now,
        body=body,
        inputs=pinned,
        inputs_hash=sha256(pinned.encode()).hexdigest(),
        audit_root=audit.root(inputs.heads),
        rubric_hash=inputs.rubric_hash,
        policy_hash=inputs.policy_hash,
        objections_until=objections_until,
        final_at=final_at,
    )
    if before is not None:
        rankings.supersede(db, before.id)
    told = {"root": record.audit_root, "inputs": record.inputs_hash, "body": sha256(body.encode()).hexdigest()}
    told |= {"pinned": pinned, "state": record.state, "rubric": record.rubric_hash, "policy": record.policy_hash}
    until = None if objections_until is None else objections_until.isoformat()
    body_of_act = {"version": record.version, "objections_until": until, **told}
    append_act(db, record, Act(at.now, None, "rank", body_of_act))
    return rankings.add(db, record)


def ordered(inputs: Inputs) -> Ordered:
    """The units in their order; nothing is kept."""
    metrics = metrics_of(inputs.policy.rankings, inputs.unit_kind, rhythm_of(inputs.period.kind))
    return metrics.order({unit_id: each.results for unit_id, each in inputs.results.items()})


def append_act(db: Db, record: RankingRecord, act: Act) -> None:
    """Append an act on a ranking to the audit chain of its round, as `append_act_of` does."""
    append_act_of(db, record.district_id, record.period, record.unit_kind, act)


def append_act_of(db: Db, district_id: int, period: str, kind: UnitKind, act: Act) -> None:
    """Append an act to the audit chain of a period's round; where it has none to the district's."""
    found = rounds.find(db, district_id, period, kind)
    if found is not None:
        rounds.append_act(db, found, act)
        return
    about: dict[str, str | int | None] = {"period": period, "kind": kind}
    units.append_act(db, district_id, Act(act.at, act.person_id, act.name, about | act.body))


def canonical(value: Mapping[str, Any]) -> str:
    """The one way in which a value is written, so that the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _body(db: Db, inputs: Inputs) -> dict[str, Any]:
    """What is frozen. A tie line that a ranked unit lacks was not asked, but every row shows those that it has."""
    order = ordered(inputs)
    lines = [metric.name for metric in order.asked[1:]]
    return {
        "district": units.district(db, inputs.district_id).name,
        "components": list(inputs.components),
        "absent": list(inputs.absent),
        "categories": lines,
        "rubric": f"{inputs.rubric.id} v{inputs.rubric.version}",
        "policy": f"{inputs.policy.id} v{inputs.policy.version}",
        "rows": [
            _row(inputs.names[each.unit_id], inputs.results[each.unit_id], each, lines, order)
            for each in order.standings
        ],
    }


def _row(name: str, unit: UnitResult, standing: Standing, lines: Sequence[str], order: Ordered) -> dict[str, Any]:
    results, decided = unit.results, order.decided(standing)
    return {
        "components": {key: str(part) for key, part in results.components.items()},
        "ledger": {key: [each.on_time, each.late, each.missing, each.excused] for key, each in unit.ledger.items()},
        "unit_id": standing.unit_id,
        "unit": name,
        "rank": standing.rank,
        "tied": standing.tied,
        "score": None if standing.score is None else str(standing.score),
        "categories": [str(results.categories[line]) for line in lines] if results.categories else [],
        "tie_line": None if decided is None else decided.name,
        "sheets": unit.sheets,
        "dropped": [str(total) for total in unit.dropped],
        "quarters": None if unit.quarters is None else list(unit.quarters),
    }
