"""/why: why a unit has the score it has; officers and liaisons of their own unit, admins and viewers of any.

What one township gave a department is nobody's to see but the office's: of departments only means are told, and only
when so many townships scored that a mean gives none of them away.
"""

from __future__ import annotations

from core import reasons, scoring
from core.actions.corrections import marks_as_ranked
from core.actions.door import Moment
from core.errors import NoReasonsYet, NoSuchUnit, NoUnitToExplain, TooFewSheets
from core.focus import read_focus
from core.frozen_ranking import read_body, row_of
from core.metrics import precedence_places
from core.people import Actor, Role
from core.permissions import Right, require
from core.reasons import Why
from core.sheet import SheetState
from core.snapshots import UnitLine
from core.store import rankings, rounds, sheets, staff
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.rules import policy_of, rubric_of


def askable(db: Db, actor: Actor, name: str, at: Moment) -> list[UnitLine]:
    """The units a person may ask about whose name holds these words, townships first.

    Raises NotAllowed or NoUnitToExplain.
    """
    require(actor, Right.READ_REASONS)
    any_unit = actor.is_any(Role.ADMIN, Role.VIEWER)
    found = [
        unit
        for unit in staff.all_units(db, actor.district_id, at.today)
        if name in unit.name and (any_unit or unit.unit_id in actor.unit_ids) and not unit.ended
    ]
    if not found:
        raise NoUnitToExplain(name=name)
    exact = [unit for unit in found if unit.name == name]
    return exact or sorted(found, key=lambda unit: unit.kind != "township")


def why(db: Db, actor: Actor, unit_id: int, at: Moment) -> Why:
    """The newest result of a unit, explained.

    Raises NotAllowed, NoSuchUnit for one that is none of theirs, NoReasonsYet before there is a result, and
    TooFewSheets for a department that fewer townships scored than the policy's `min_raters`.
    """
    unit = next((each for each in askable(db, actor, "", at) if each.unit_id == unit_id), None)
    if unit is None:
        raise NoSuchUnit(unit_id=unit_id)
    return explained(db, _round(db, actor.district_id, unit, at), unit, at)


def explained(db: Db, found: RoundRecord, unit: UnitLine, at: Moment) -> Why:
    """What a round came to for a unit, as its ranking holds it. Raises NoReasonsYet or TooFewSheets."""
    rubric, policy = rubric_of(db, found.rubric_hash), policy_of(db, found.policy_hash)
    rule, focus = policy.scoring.of(unit.kind), read_focus(found.focus)
    frozen = rankings.newest(db, found.district_id, found.period, found.unit_kind)
    handed_in = [
        marks_as_ranked(db, each, frozen)
        for each in sheets.of_round(db, found.district_id, found.id, at.today)
        if each.unit_id == unit.unit_id and each.state == SheetState.SUBMITTED
    ]
    scored = [(marks, score) for marks in handed_in if (score := scoring.sheet_score(rubric, marks, focus)) is not None]
    if unit.kind == "department" and len(scored) < rule.min_raters:
        raise TooFewSheets(unit=unit.name, least=rule.min_raters)
    ranked = None if frozen is None else row_of(read_body(frozen.body), unit.unit_id)
    scores = [score for _, score in scored]
    asked = precedence_places(rubric, policy.rankings)
    total = scoring.round_score(scores, rule.trim, rule.trim_from, asked)
    if total is None:
        raise NoReasonsYet(unit=unit.name)
    counted = scoring.counted_sheets(scores, rule.trim, rule.trim_from, asked)
    return Why(
        unit_id=unit.unit_id,
        unit=unit.name,
        unit_kind=unit.kind,
        period=found.period,
        rank=None if ranked is None else ranked.rank,
        score=total.score,
        max_points=rubric.max_points,
        sheets=len(scored),
        counted=total.counted,
        categories=tuple(
            (category.name, part, category.max_points)
            for category, part in zip(rubric.categories, total.categories, strict=True)
        ),
        losses=reasons.losses(
            [item for item in rubric.items if focus is None or item.number in focus],
            [marks for place, (marks, _) in enumerate(scored) if place in counted],
            with_reasons=unit.kind == "township",
            least=min(rule.min_raters, total.counted) if unit.kind == "department" else 1,
        ),
        composed=ranked.score if ranked is not None and len(ranked.components) > 1 else None,
        components=() if ranked is None else tuple(ranked.components.items()),
    )


def _round(db: Db, district_id: int, unit: UnitLine, at: Moment) -> RoundRecord:
    """The round of the newest ranking; where departments were not ranked yet, the round that closed last."""
    periods = rankings.periods(db, district_id, unit.kind)
    found = rounds.find(db, district_id, periods[0], unit.kind) if periods else None
    if not periods and unit.kind == "department":
        found = rounds.newest_over(db, district_id, unit.kind, at.now)
    if found is None:
        raise NoReasonsYet(unit=unit.name)
    return found
