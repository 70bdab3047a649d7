"""What a ranking is computed from, gathered for one period and one kind of unit (DOMAIN: 月度、季度、半年、年度).

Answers for each unit's components, each 0 to 100 in hundredths, for the lines that break ties, and for the names and
hashes of everything that went in. Never orders, never freezes; what is missing stays missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from core import scoring
from core.actions.components import Ledgers, ledgers_of
from core.actions.door import Moment
from core.duties import Tally
from core.focus import read_focus
from core.periods import Period
from core.policy import Policy
from core.policy_schedules import rhythm_of
from core.rubric import Rubric, UnitKind
from core.scoring import RoundScore, SheetScore, group_score, round_score, score_of
from core.store import sums, units
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.rules import policy_of, rubric_of

SUPERVISION, ROUND, QUARTERS, JANUARY = "supervision", "round", "quarters", "january"
"""The components that are no duty's: the month's round, the quarter's, the quarters' finals, the January round."""


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What a unit has in a period. `components` leaves out what it lacks; `categories` in the rubric's order.

    `sheets` were submitted for it, `dropped` are the totals that trimming left out, `excused` the components that the
    office waived. `quarters`: in how many of how many it was ranked, where the result is composed of quarters.
    """

    components: Mapping[str, Fraction]
    categories: tuple[Fraction, ...] = ()
    sheets: int = 0
    dropped: tuple[Fraction, ...] = ()
    excused: frozenset[str] = frozenset()
    ledger: Mapping[str, Tally] = field(default_factory=dict)
    quarters: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a ranking is computed from. `weights` in percent; `known`: the components that may count at all.

    `heads` are the audit chains that went in, with where they stand; `pinned` names rules, units and heads by hashes.
    """

    district_id: int
    period: Period
    unit_kind: UnitKind
    rubric: Rubric
    policy: Policy
    names: Mapping[int, str]
    results: Mapping[int, UnitResult]
    weights: Mapping[str, int]
    known: frozenset[str]
    heads: Sequence[tuple[str, str]]
    pinned: Mapping[str, object]
    round: RoundRecord | None = None


def of_round(db: Db, found: RoundRecord, at: Moment) -> Inputs:
    """Of a month or a quarter: its round, and for a month what the ledger says besides."""
    period = Period.parse(found.period)
    rubric, policy = rubric_of(db, found.rubric_hash), policy_of(db, found.policy_hash)
    names = units.unit_names(db, found.district_id, found.unit_kind, period.last_day)
    sheets = sums.heads(db, found.id)
    scores = _scores(db, found, rubric, policy)
    counts: dict[int, int] = defaultdict(int)
    for unit_id, _ in sheets.values():
        counts[unit_id] += 1
    own = SUPERVISION if rhythm_of(period.kind) == "monthly" else ROUND
    results = {
        unit_id: _result(own, counts[unit_id], scores.get(unit_id), policy.scoring.of(found.unit_kind).min_raters)
        for unit_id in names
    }
    heads = [(f"sheet:{sheet_id}", head) for sheet_id, (_, head) in sheets.items()]
    pinned: dict[str, object] = {
        "period": found.period,
        "focus": found.focus,
        "rubric": found.rubric_hash,
        "policy": found.policy_hash,
        "units": {str(unit_id): name for unit_id, name in names.items()},
        "sheets": {str(sheet_id): head for sheet_id, (_, head) in sheets.items()},
    }
    weights, known = {own: 100}, frozenset({own})
    if own == SUPERVISION:
        ledgers = ledgers_of(db, found.district_id, names, period, policy, at.now)
        results = {unit_id: _with_ledger(result, unit_id, ledgers) for unit_id, result in results.items()}
        weights, known = policy.rankings.monthly.weights.model_dump(), frozenset({own, *ledgers.known})
        heads += [(f"ledger:{unit}", head) for unit, head in ledgers.heads.items()]
        pinned["ledgers"] = {str(unit_id): head for unit_id, head in ledgers.heads.items()}
        pinned["began"] = {name: moment.isoformat() for name, moment in ledgers.began.items()}
    return Inputs(
        found.district_id,
        period,
        found.unit_kind,
        rubric,
        policy,
        names,
        results,
        weights,
        known,
        heads,
        pinned,
        found,
    )


def _scores(db: Db, found: RoundRecord, rubric: Rubric, policy: Policy) -> dict[int, RoundScore]:
    """Each unit's round score; a unit none of whose sheets has one is left out."""
    rule, focus = policy.scoring.of(found.unit_kind), read_focus(found.focus)
    if not rule.trim:
        groups: dict[int, list[scoring.SheetGroup]] = defaultdict(list)
        for each in sums.unit_groups(db, found.id, rubric, focus):
            groups[each.unit_id].append(each.group)
        added_up = {unit_id: group_score(rubric, own) for unit_id, own in groups.items()}
        return {unit_id: score for unit_id, score in added_up.items() if score is not None}
    single: dict[int, list[SheetScore]] = defaultdict(list)
    for each in sums.unit_groups(db, found.id, rubric, focus, by_sheet=True):
        score = score_of(rubric, each.group.points, each.group.out_of)
        if score is not None:
            single[each.unit_id].append(score)
    trimmed = {unit_id: round_score(scores, rule.trim, rule.trim_from) for unit_id, scores in single.items()}
    return {unit_id: score for unit_id, score in trimmed.items() if score is not None}


def _result(component: str, sheets: int, score: RoundScore | None, min_raters: int) -> UnitResult:
    if score is None or score.counted + len(score.dropped) < min_raters:
        return UnitResult({}, sheets=sheets)
    dropped = tuple(each.total for each in score.dropped)
    return UnitResult({component: score.score}, score.categories, sheets, dropped)


def _with_ledger(result: UnitResult, unit_id: int, ledgers: Ledgers) -> UnitResult:
    return UnitResult(
        {**result.components, **ledgers.scores[unit_id]},
        result.categories,
        result.sheets,
        result.dropped,
        ledgers.excused[unit_id],
        ledgers.tallies[unit_id],
    )
