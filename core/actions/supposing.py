"""What the office asks of a ranking that nobody else may: how its raters mark, and what it would be otherwise (若…).

Reads, orders in memory, and keeps nothing: no row is written, no act is recorded, and no estimate can be mistaken for
a version of the ranking.
"""

from __future__ import annotations

from core.actions.computing import canonical, ordered
from core.actions.door import Moment
from core.actions.ranking_inputs import Inputs, of_round, of_year
from core.errors import NoSuchRanking, NothingToSuppose
from core.focus import read_focus
from core.frozen_ranking import read_body, rows_of
from core.leniency import RankChange, Raters, ScoredSheet, leniency, rank_changes
from core.people import Actor
from core.periods import Period, PeriodKind
from core.permissions import Right, require
from core.policy_schedules import rhythm_of
from core.scoring import score_of
from core.store import rankings, rounds, sums
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rounds import RoundRecord
from core.store.rules import policy_of, rubric_of
from core.store.sums import RaterSheet
from core.what_if import AS_RULED, Estimate, Line, Supposition, weights_of


def estimate(
    db: Db, actor: Actor, ranking_id: int, at: Moment, *, without_rater: int = 0, untrimmed: bool = False, code: int = 0
) -> Estimate:
    """A ranking without one rater, without trimming, or by other weights (`core.what_if.code_of`), or all at once.

    Raises NotAllowed, NoSuchRanking, or NothingToSuppose for a half-year, which has no round of its own.
    """
    record, found = _found(db, actor, ranking_id)
    policy = policy_of(db, record.policy_hash)
    ruled = _ruled_weights(record, policy.rankings)
    supposed = Supposition(without_rater, untrimmed, weights_of(list(ruled), code))
    inputs = _inputs(db, found, at, supposed)
    rows = {row.unit_id: row for row in rows_of(read_body(record.body))}
    trim = policy.scoring.of(record.unit_kind).trim
    raters = {each.rater_id: each.rater for each in _raters(db, found, at)} if without_rater else {}
    return Estimate(
        ranking=record.id,
        period=record.period,
        unit_kind=record.unit_kind,
        lines=tuple(
            Line(
                inputs.names[each.unit_id],
                None if (row := rows.get(each.unit_id)) is None else row.rank,
                None if row is None else row.score,
                each.rank,
                each.score,
            )
            for each in ordered(inputs).standings
        ),
        ruled=ruled,
        weights={
            name: weight for name, weight in (ruled | dict(supposed.weights)).items() if name in inputs.components
        },
        trimmed=trim > 0 and not untrimmed,
        can_trim=trim > 0,
        rater=raters.get(without_rater),
        corrected=record.inputs is not None and record.inputs != canonical(inputs.pinned),
    )


def raters_of(db: Db, actor: Actor, ranking_id: int, at: Moment) -> Raters:
    """How the raters behind a ranking mark, and what the ranks would be without each. Raises as `estimate` does."""
    record, found = _found(db, actor, ranking_id)
    known = _raters(db, found, at)
    inputs = _inputs(db, found, at, AS_RULED)
    order = ordered(inputs).standings
    changes: dict[int, tuple[RankChange, ...]] = {}
    for rater_id in {each.rater_id for each in known}:
        without = ordered(_inputs(db, found, at, Supposition(without_rater=rater_id))).standings
        changes[rater_id] = rank_changes(order, without, inputs.names)
    return Raters(record.id, record.period, record.unit_kind, leniency(_scored(db, found, known), changes))


def _found(db: Db, actor: Actor, ranking_id: int) -> tuple[RankingRecord, RoundRecord]:
    """The newest version of a ranking, with the round that it rests on."""
    require(actor, Right.TEST_RANKINGS)
    asked = rankings.find(db, ranking_id)
    if asked is None or asked.district_id != actor.district_id:
        raise NoSuchRanking(period="")
    record = rankings.newest(db, asked.district_id, asked.period, asked.unit_kind) or asked
    found = rounds.find(db, record.district_id, record.period, record.unit_kind)
    if found is None:
        raise NothingToSuppose(period=record.period)
    return record, found


def _ruled_weights(record: RankingRecord, ruled: object) -> dict[str, int]:
    rhythm = rhythm_of(Period.parse(record.period).kind)
    weights: dict[str, int] = getattr(ruled, rhythm).weights.model_dump() if rhythm in {"monthly", "annual"} else {}
    return weights


def _inputs(db: Db, found: RoundRecord, at: Moment, supposed: Supposition) -> Inputs:
    if Period.parse(found.period).kind is PeriodKind.YEAR:
        return of_year(db, found, supposed)
    return of_round(db, found, at, supposed)


def _raters(db: Db, found: RoundRecord, at: Moment) -> list[RaterSheet]:
    rubric, focus = rubric_of(db, found.rubric_hash), read_focus(found.focus)
    return sums.raters(db, found.id, rubric, focus, at.today)


def _scored(db: Db, found: RoundRecord, known: list[RaterSheet]) -> list[ScoredSheet]:
    """The sheets that have a score; one on which nothing was applicable has none."""
    rubric, focus = rubric_of(db, found.rubric_hash), read_focus(found.focus)
    groups = {each.sheet_id: each.group for each in sums.unit_groups(db, found.id, rubric, focus, by_sheet=True)}
    scores = ((each, score_of(rubric, groups[each.sheet_id].points, groups[each.sheet_id].out_of)) for each in known)
    return [
        ScoredSheet(each.rater_id, each.rater, score.total, each.applicable, each.full)
        for each, score in scores
        if score is not None
    ]
