"""What a ranking is computed from, gathered for one period and one kind of unit: a round, a ledger, finals.

Answers for each unit's results, for who is compared by what, and for the names and hashes of everything that went in.
Never orders, never freezes; what is missing stays missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256

from core.actions.components import Ledgers, ledgers_of
from core.actions.door import Moment
from core.composites import QuarterFinals, QuartersMean, annual, quarters_mean
from core.duties import Tally
from core.focus import read_focus
from core.frozen_ranking import read_body, results_of
from core.metrics import Results, precedence_places
from core.periods import Period, PeriodKind
from core.policy import Policy
from core.policy_schedules import rhythm_of
from core.ranking import composite, present_components
from core.rubric import Rubric, UnitKind
from core.scoring import RoundScore, SheetGroup, SheetScore, group_score, round_score, score_of
from core.store import rankings, rounds, sums, units
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rounds import RoundRecord
from core.store.rules import policy_of, rubric_of
from core.what_if import AS_RULED, Supposition

SUPERVISION = "supervision"
"""The month's component that the sheets of the round make; the others come from the ledger."""


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What a unit has in a period.

    `sheets` were submitted for it, `dropped` are the totals that trimming left out. `quarters`: in how many of how
    many it was ranked, where the result is composed of quarters.
    """

    results: Results
    sheets: int = 0
    dropped: tuple[Fraction, ...] = ()
    ledger: Mapping[str, Tally] = field(default_factory=dict)
    quarters: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a ranking is computed from. `components` are those that count, `absent` those that nobody had.

    `heads` are the audit chains that went in, with where they stand; `pinned` names rules, units and heads by hashes.
    """

    district_id: int
    period: Period
    unit_kind: UnitKind
    rubric_hash: str
    policy_hash: str
    rubric: Rubric
    policy: Policy
    names: Mapping[int, str]
    results: Mapping[int, UnitResult]
    components: tuple[str, ...]
    absent: tuple[str, ...]
    heads: Sequence[tuple[str, str]]
    pinned: Mapping[str, object]
    round: RoundRecord | None = None


def of_round(db: Db, found: RoundRecord, at: Moment, supposed: Supposition = AS_RULED) -> Inputs:
    """Of a month or a quarter: its round, and for a month what the ledger says besides.

    When a month is ranked its ledger closes: what a unit files afterwards was missing, also where a correction of
    something else has the month computed again. What the office decides of a filing, or excuses, counts at any time.
    """
    gathered = _of_round(db, found, supposed)
    if rhythm_of(gathered.period.kind) != "monthly":
        return gathered
    closed = rankings.first_computed(db, found.district_id, found.period, found.unit_kind, since=found.closes_at)
    ledgers = ledgers_of(db, found.district_id, gathered.names, gathered.period, gathered.policy, at.now, closed)
    return _with_ledgers(gathered, ledgers, supposed.weights)


def of_finals(db: Db, district_id: int, period: Period, kind: UnitKind) -> Inputs:
    """Of a half-year: the finals of its quarters. Raises LookupError while there are none."""
    sources = finals_of_quarters(db, district_id, period, kind)
    names = units.unit_names(db, district_id, kind, period.last_day)
    means = quarters_mean(_by_quarter(sources), names)
    newest = sources[max(sources)]
    return Inputs(
        district_id,
        period,
        kind,
        newest.rubric_hash,
        newest.policy_hash,
        rubric_of(db, newest.rubric_hash),
        policy_of(db, newest.policy_hash),
        names,
        {unit_id: UnitResult(mean.results, quarters=_ranked_in(mean)) for unit_id, mean in means.items()},
        (),
        (),
        _roots(sources),
        {"period": str(period), "units": _named(names), "finals": _bodies(sources)},
    )


def of_year(db: Db, found: RoundRecord, supposed: Supposition = AS_RULED) -> Inputs:
    """Of a year: the finals of its quarters, as far as there are any, and the round of the January after it."""
    january = _of_round(db, found, supposed)
    sources = finals_of_quarters(db, found.district_id, january.period, found.unit_kind)
    own = {unit_id: result.results for unit_id, result in january.results.items()}
    weights = january.policy.rankings.annual.weights.model_copy(update=dict(supposed.weights))
    years = annual(_by_quarter(sources), own, january.names, weights)
    weighed = list(weights.model_dump())
    present = present_components(each.results.components for each in years.values())
    return replace(
        january,
        results={
            unit_id: replace(
                january.results[unit_id], results=each.results, quarters=_ranked_in(each.quarters) if sources else None
            )
            for unit_id, each in years.items()
        },
        components=tuple(name for name in weighed if name in present),
        absent=tuple(name for name in weighed if name not in present),
        heads=[*january.heads, *_roots(sources)],
        pinned={**january.pinned, "finals": _bodies(sources)},
    )


def of_period(db: Db, district_id: int, period: Period, kind: UnitKind, at: Moment) -> Inputs:
    """Of whatever a period is ranked by, once more. Raises LookupError where there is nothing."""
    found = rounds.find(db, district_id, str(period), kind)
    if found is None:
        return of_finals(db, district_id, period, kind)
    return of_year(db, found) if period.kind is PeriodKind.YEAR else of_round(db, found, at)


def finals_of_quarters(db: Db, district_id: int, period: Period, kind: UnitKind) -> dict[Period, RankingRecord]:
    """The finals of a half-year's or year's quarters, as far as there are any."""
    newest = {each: rankings.newest(db, district_id, str(each), kind) for each in period.parts(PeriodKind.QUARTER)}
    return {each: record for each, record in newest.items() if record is not None and record.state == "final"}


def _of_round(db: Db, found: RoundRecord, supposed: Supposition) -> Inputs:
    period = Period.parse(found.period)
    rubric, policy = rubric_of(db, found.rubric_hash), policy_of(db, found.policy_hash)
    names = units.unit_names(db, found.district_id, found.unit_kind, period.last_day)
    heads, counts = sums.heads(db, found.id), sums.sheets(db, found.id)
    scores, least = _scores(db, found, rubric, policy, supposed), policy.scoring.of(found.unit_kind).min_raters
    return Inputs(
        found.district_id,
        period,
        found.unit_kind,
        found.rubric_hash,
        found.policy_hash,
        rubric,
        policy,
        names,
        {unit_id: _result(rubric, counts.get(unit_id, 0), scores.get(unit_id), least) for unit_id in names},
        (),
        (),
        [(f"sheet:{sheet_id}", head) for sheet_id, head in heads.items()],
        {
            "period": found.period,
            "focus": found.focus,
            "rubric": found.rubric_hash,
            "policy": found.policy_hash,
            "units": _named(names),
            "sheets": {str(sheet_id): head for sheet_id, head in heads.items()},
        },
        found,
    )


def _scores(db: Db, found: RoundRecord, rubric: Rubric, policy: Policy, supposed: Supposition) -> dict[int, RoundScore]:
    """Each unit's round score; a unit none of whose sheets has one is left out."""
    rule, focus = policy.scoring.of(found.unit_kind), read_focus(found.focus)
    trim = 0 if supposed.untrimmed else rule.trim
    groups: dict[int, list[SheetGroup]] = defaultdict(list)
    summed = sums.unit_groups(db, found.id, rubric, focus, by_sheet=trim > 0, without_rater=supposed.without_rater)
    for each in summed:
        groups[each.unit_id].append(each.group)
    if not trim:
        added_up = {unit_id: group_score(rubric, own) for unit_id, own in groups.items()}
        return {unit_id: score for unit_id, score in added_up.items() if score is not None}
    single = {unit_id: [score_of(rubric, each.points, each.out_of) for each in own] for unit_id, own in groups.items()}
    asked = precedence_places(rubric, policy.rankings)
    trimmed = {
        unit_id: round_score([each for each in scores if each is not None], trim, rule.trim_from, asked)
        for unit_id, scores in single.items()
    }
    return {unit_id: score for unit_id, score in trimmed.items() if score is not None}


def _result(rubric: Rubric, sheets: int, score: RoundScore | None, min_raters: int) -> UnitResult:
    if score is None or score.counted + len(score.dropped) < min_raters:
        return UnitResult(Results(None), sheets=sheets)
    categories = {category.name: part for category, part in zip(rubric.categories, score.categories, strict=True)}
    dropped: tuple[SheetScore, ...] = score.dropped
    return UnitResult(Results(score.score, categories), sheets, tuple(each.total for each in dropped))


def _with_ledgers(inputs: Inputs, ledgers: Ledgers, supposed: Mapping[str, int]) -> Inputs:
    """A month: composed of what was supervised and of what the ledger says, by the policy's weights or by others."""
    weights: dict[str, int] = inputs.policy.rankings.monthly.weights.model_dump() | dict(supposed)
    parts = {unit_id: _parts(result.results, ledgers.scores[unit_id]) for unit_id, result in inputs.results.items()}
    present = present_components(parts.values()) & {SUPERVISION, *ledgers.known}
    results = {
        unit_id: replace(
            result,
            results=Results(
                # Not assessed, not ranked, also in a month in which nobody was: the ledger alone is no assessment.
                None
                if result.results.total is None
                else composite(parts[unit_id], weights, present, ledgers.excused[unit_id]),
                result.results.categories,
                {name: part for name, part in parts[unit_id].items() if part is not None and name in present},
            ),
            ledger=ledgers.tallies[unit_id],
        )
        for unit_id, result in inputs.results.items()
    }
    return replace(
        inputs,
        results=results,
        components=tuple(name for name in weights if name in present),
        absent=tuple(name for name in weights if name not in present),
        heads=[*inputs.heads, *((f"ledger:{unit_id}", head) for unit_id, head in ledgers.heads.items())],
        pinned={
            **inputs.pinned,
            "ledgers": {str(unit_id): head for unit_id, head in ledgers.heads.items()},
            "began": {name: moment.isoformat() for name, moment in ledgers.began.items()},
            "moved": {key: day.isoformat() for key, day in ledgers.moved.items()},
        },
    )


def _parts(supervised: Results, kept: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
    return {SUPERVISION: supervised.total, **kept}


def _by_quarter(sources: Mapping[Period, RankingRecord]) -> QuarterFinals:
    return {quarter: results_of(read_body(record.body)) for quarter, record in sources.items()}


def _ranked_in(mean: QuartersMean) -> tuple[int, int]:
    return len(mean.ranked_in), len(mean.held)


def _named(names: Mapping[int, str]) -> dict[str, str]:
    return {str(unit_id): name for unit_id, name in names.items()}


def _roots(sources: Mapping[Period, RankingRecord]) -> list[tuple[str, str]]:
    return [(f"ranking:{quarter}:v{record.version}", record.audit_root) for quarter, record in sources.items()]


def _bodies(sources: Mapping[Period, RankingRecord]) -> dict[str, str]:
    return {f"{quarter} v{each.version}": sha256(each.body.encode()).hexdigest() for quarter, each in sources.items()}
