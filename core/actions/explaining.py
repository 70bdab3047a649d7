"""/why: why a unit stands where it stands; officers and liaisons of their own unit, admins and viewers of any.

What one township gave a department is nobody's to see but the office's: of departments only means are told, and only
when so many townships scored that a mean gives none of them away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.actions.applied_clauses import clauses_of
from core.actions.door import Moment
from core.actions.ranking_inputs import SUPERVISION
from core.actions.round_reasons import evidence_of_losses, round_reasons
from core.errors import BadPeriod, NoReasonsYet, NoSuchEvidence, NoSuchUnit, NoUnitToExplain, TooFewSheets
from core.frozen_text import Place, head_of, place_in, ranked_in, row_in
from core.people import Actor, Role
from core.periods import Period, PeriodKind
from core.permissions import Right, require
from core.policy_schedules import rhythm_of
from core.reasons import RoundReasons
from core.returns import PieceOfEvidence
from core.rubric import UnitKind
from core.snapshots import RankingRow, UnitLine
from core.store import evidence, rankings, rounds, sheets, staff
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rules import policy_of
from core.why import Moved, Part, QuarterLine, Why, beside, changes, item_changes


@dataclass(frozen=True, slots=True)
class Choice:
    """The units that a question can be about, and for each kind of unit the ranking that was asked for, if one was."""

    units: tuple[UnitLine, ...]
    rankings: Mapping[UnitKind, int]


def askable(db: Db, actor: Actor, name: str, at: Moment) -> list[UnitLine]:
    """The units a person may ask about whose name holds these words, townships first.

    Raises NotAllowed or NoUnitToExplain.
    """
    require(actor, Right.READ_REASONS)
    found = [
        unit
        for unit in staff.all_units(db, actor.district_id, at.today)
        if name in unit.name and _may_ask(actor, unit) and not unit.ended
    ]
    if not found:
        raise NoUnitToExplain(name=name)
    exact = [unit for unit in found if unit.name == name]
    return exact or sorted(found, key=lambda unit: unit.kind != "township")


def asked(db: Db, actor: Actor, words: str, at: Moment) -> Choice:
    """What somebody asks about by words: a unit, or part of its name, and a period behind it, each or none.

    Raises as `askable` does.
    """
    name, _, last = words.rpartition(" ")
    try:
        period = Period.parse(last)
    except BadPeriod:
        return Choice(tuple(askable(db, actor, words, at)), {})
    return _of_period(db, actor, name.strip(), period, at)


def asked_of(db: Db, actor: Actor, ranking_id: int, at: Moment) -> Choice:
    """All units that may be asked about, about the period of a ranking. Raises as `asked` does."""
    record = rankings.find(db, ranking_id)
    if record is None or record.district_id != actor.district_id:
        raise NoUnitToExplain(name="")
    return _of_period(db, actor, "", Period.parse(record.period), at)


def why(db: Db, actor: Actor, unit_id: int, at: Moment, ranking_id: int = 0) -> Why:
    """A unit's row of the newest ranking, or of the newest version of this one, explained.

    Raises NotAllowed, NoSuchUnit for one that is none of theirs, NoReasonsYet before there is a result, and
    TooFewSheets for a department that fewer townships scored than the policy's `min_raters`.
    """
    unit = _unit(db, actor, unit_id, at)
    known = rankings.newest_ids(db, actor.district_id, unit.kind)
    record = _newest(db, unit, known, ranking_id)
    place = place_in(record.body, unit_id)
    if place is None:
        raise NoReasonsYet(unit=unit.name)
    period, told = Period.parse(record.period), head_of(record.body)
    reasons = _round(db, record, place.row)
    _check_enough(db, record, place.row, reasons)
    above, below = beside(place, told["categories"])
    return Why(
        ranking=record.id,
        period=record.period,
        unit_kind=record.unit_kind,
        version=record.version,
        state=record.state,
        objections_until=record.objections_until if record.state == "provisional" else None,
        row=place.row,
        ranked=ranked_in(record.body),
        equals=tuple(each.unit for each in place.equals),
        above=above,
        below=below,
        parts=_parts(db, record, place.row, told["components"]),
        absent=tuple(told["absent"]),
        quarters=_quarters(db, period, unit_id, known),
        reasons=reasons,
        moved=_moved(db, known.get(period.previous()), place, told["categories"], reasons),
        clauses=clauses_of(db, record, place, known),
        before=known.get(period.previous()),
        after=known.get(period.next()),
        others=_others(known, period),
    )


def evidence_of(
    db: Db, actor: Actor, unit_id: int, ranking_id: int, item: int, at: Moment
) -> tuple[UnitLine, tuple[PieceOfEvidence, ...]]:
    """The evidence to what a township lost at an item; none of departments, whose raters it would tell.

    Raises as `why` does.
    """
    unit = _unit(db, actor, unit_id, at)
    known = rankings.newest_ids(db, actor.district_id, unit.kind)
    record = _newest(db, unit, known, ranking_id)
    found = rounds.find(db, record.district_id, record.period, record.unit_kind)
    if found is None or unit.kind != "township":
        return unit, ()
    pieces = evidence_of_losses(db, found, unit_id, record.inputs)
    return unit, tuple(each for each in pieces if each.item == item)


def piece(db: Db, actor: Actor, evidence_id: int, at: Moment) -> PieceOfEvidence:
    """One file of what `evidence_of` gives. Raises NotAllowed, NoSuchUnit, or NoSuchEvidence where it gives none."""
    require(actor, Right.READ_REASONS)
    found = evidence.find(db, evidence_id)
    if found is None or found.sha256 is None:
        raise NoSuchEvidence
    sheet = sheets.record(db, actor.district_id, found.sheet_id, at.today)
    if sheet is None:
        raise NoSuchEvidence
    frozen = rankings.newest(db, actor.district_id, sheet.period, sheet.unit_kind)
    if frozen is None:
        raise NoSuchEvidence
    _, pieces = evidence_of(db, actor, sheet.unit_id, frozen.id, found.item, at)
    if found not in pieces:
        raise NoSuchEvidence
    return found


def _of_period(db: Db, actor: Actor, name: str, period: Period, at: Moment) -> Choice:
    kinds: tuple[UnitKind, ...] = ("township", "department")
    newest = {kind: rankings.newest_ids(db, actor.district_id, kind).get(period) for kind in kinds}
    found = {kind: ranking for kind, ranking in newest.items() if ranking is not None}
    units = [each for each in askable(db, actor, name, at) if each.kind in found]
    if not units:
        raise NoReasonsYet(unit=name or str(period))
    return Choice(tuple(units), found)


def _may_ask(actor: Actor, unit: UnitLine) -> bool:
    return actor.is_any(Role.ADMIN, Role.VIEWER) or unit.unit_id in actor.unit_ids


def _unit(db: Db, actor: Actor, unit_id: int, at: Moment) -> UnitLine:
    require(actor, Right.READ_REASONS)
    unit = staff.one_unit(db, actor.district_id, unit_id, at.today)
    if unit is None or unit.ended or not _may_ask(actor, unit):
        raise NoSuchUnit(unit_id=unit_id)
    return unit


def _newest(db: Db, unit: UnitLine, known: Mapping[Period, int], ranking_id: int) -> RankingRecord:
    """The newest version of the ranking asked for; of the period that ended last where none was."""
    if not known:
        raise NoReasonsYet(unit=unit.name)
    if not ranking_id:
        return rankings.known(db, known[max(known)])
    if ranking_id in known.values():
        return rankings.known(db, ranking_id)
    older = rankings.find(db, ranking_id)
    newest = None if older is None else known.get(Period.parse(older.period))
    if newest is None:
        raise NoReasonsYet(unit=unit.name)
    return rankings.known(db, newest)


def _round(db: Db, record: RankingRecord, row: RankingRow, *, with_pieces: bool = True) -> RoundReasons | None:
    """The round behind a row; None where it has none, or none that may be told."""
    found = rounds.find(db, record.district_id, record.period, record.unit_kind)
    if found is None:
        return None
    published = _of_the_round(record, row)
    return round_reasons(db, found, row.unit_id, record.inputs, published, with_pieces=with_pieces)


def _of_the_round(record: RankingRecord, row: RankingRow) -> Fraction | None:
    """The score of the round that a row tells."""
    match Period.parse(record.period).kind:
        case PeriodKind.MONTH if row.components:
            return row.components.get(SUPERVISION)
        case PeriodKind.YEAR:
            return row.components.get("january")
    return row.score


def _check_enough(db: Db, record: RankingRecord, row: RankingRow, reasons: RoundReasons | None) -> None:
    if record.unit_kind == "department" and row.rank is None and row.sheets and reasons is None:
        least = policy_of(db, record.policy_hash).scoring.department.min_raters
        raise TooFewSheets(unit=row.unit, least=least)


def _parts(db: Db, record: RankingRecord, row: RankingRow, present: list[str]) -> tuple[Part, ...]:
    ruled = policy_of(db, record.policy_hash).rankings
    rhythm = rhythm_of(Period.parse(record.period).kind)
    if rhythm not in {"monthly", "annual"}:
        return ()
    weights: dict[str, int] = getattr(ruled, rhythm).weights.model_dump()
    excused = {name for name, tally in row.ledger.items() if tally.excused and not tally.counted}
    whole = sum(weight for name, weight in weights.items() if name in present and name not in excused)
    return tuple(
        Part(name, row.components.get(name), 0 if name in excused else weights[name], whole, row.ledger.get(name))
        for name in present
    )


def _quarters(db: Db, period: Period, unit_id: int, known: Mapping[Period, int]) -> tuple[QuarterLine, ...]:
    if period.kind not in {PeriodKind.HALF, PeriodKind.YEAR}:
        return ()
    return tuple(_quarter(db, each, unit_id, known.get(each)) for each in period.parts(PeriodKind.QUARTER))


def _quarter(db: Db, quarter: Period, unit_id: int, ranking_id: int | None) -> QuarterLine:
    record = None if ranking_id is None else rankings.known(db, ranking_id)
    if record is None or record.state != "final":
        return QuarterLine(str(quarter), None, None, None)
    row = row_in(record.body, unit_id)
    return QuarterLine(str(quarter), ranking_id, None if row is None else row.rank, None if row is None else row.score)


def _moved(db: Db, before_id: int | None, place: Place, lines: list[str], reasons: RoundReasons | None) -> Moved | None:
    """Against the ranking of the period before, if the unit was in it."""
    before = None if before_id is None else rankings.known(db, before_id)
    then = None if before is None else row_in(before.body, place.row.unit_id)
    if before is None or then is None:
        return None
    old = dict(zip(head_of(before.body)["categories"], then.categories, strict=False))
    return Moved(
        before.period,
        then.rank,
        then.score,
        changes(then.components, place.row.components),
        changes(old, dict(zip(lines, place.row.categories, strict=False))),
        item_changes(_round(db, before, then, with_pieces=False), reasons),
    )


def _others(known: Mapping[Period, int], period: Period) -> dict[str, int]:
    """Of each other rhythm the ranking that ended last by the end of this period, or the first one after it."""
    found = {}
    for kind in PeriodKind:
        of_kind = sorted(each for each in known if each.kind is kind and kind is not period.kind)
        by_then = [each for each in of_kind if each.last_day <= period.last_day]
        if of_kind:
            chosen = by_then[-1] if by_then else of_kind[0]
            found[str(chosen)] = known[chosen]
    return found
