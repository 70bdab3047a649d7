"""What a unit's sheets of a round say, as far as it may be told: the published marks, not what became of them since.

Loads the sheets of the one unit, never a round. A mark that was changed after the ranking was computed does not
explain the number that was published: then the version that was handed in before is read, and it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from core import scoring
from core.focus import read_focus
from core.frozen_text import sheet_heads
from core.metrics import precedence_places
from core.reasons import Basis, RoundReasons, item_losses, items_left_out
from core.returns import PieceOfEvidence
from core.sheet import Mark, SheetState
from core.store import evidence, submissions, unit_sheets
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.rules import policy_of, rubric_of


def round_reasons(
    db: Db, found: RoundRecord, unit_id: int, inputs: str | None, published: Fraction | None, *, with_pieces: bool
) -> RoundReasons | None:
    """A unit's round explained; None where no sheet says anything, or too few to be told.

    `inputs` are those of the frozen ranking, `published` is the score of the round that it tells, if it does;
    evidence is counted `with_pieces`.
    """
    rubric, policy = rubric_of(db, found.rubric_hash), policy_of(db, found.policy_hash)
    rule, focus = policy.scoring.of(found.unit_kind), read_focus(found.focus)
    by_sheet, basis = _marks(db, found, unit_id, inputs)
    scored = [
        (sheet_id, score)
        for sheet_id, marks in by_sheet.items()
        if (score := scoring.sheet_score(rubric, marks, focus)) is not None
    ]
    scores, asked = [score for _, score in scored], precedence_places(rubric, policy.rankings)
    total = scoring.round_score(scores, rule.trim, rule.trim_from, asked)
    is_township = found.unit_kind == "township"
    if total is None or not (is_township or len(scored) >= rule.min_raters):
        return None
    places = scoring.counted_sheets(scores, rule.trim, rule.trim_from, asked)
    counted = {scored[place][0]: by_sheet[scored[place][0]] for place in sorted(places)}
    items = [item for item in rubric.items if focus is None or item.number in focus]
    sheets, least = list(counted.values()), 1 if is_township else min(rule.min_raters, total.counted)
    return RoundReasons(
        score=total.score,
        max_points=rubric.max_points,
        sheets=len(scored),
        counted=total.counted,
        categories=tuple(
            (category.name, part, category.max_points)
            for category, part in zip(rubric.categories, total.categories, strict=True)
        ),
        items=item_losses(items, sheets, with_reasons=is_township, least=least),
        basis=basis if published in {None, total.score} else "present",
        rubric_hash=found.rubric_hash,
        pieces=_pieces(db, found, counted) if is_township and with_pieces else {},
        left_out=items_left_out(items, sheets, with_reasons=is_township, least=least),
        scaled=any(sheet[item.number].not_applicable for item in items for sheet in sheets),
    )


def evidence_of_losses(db: Db, found: RoundRecord, unit_id: int, inputs: str | None) -> list[PieceOfEvidence]:
    """The evidence to every mark of a unit's published sheets that lost points, in the order in which it came."""
    by_sheet, _ = _marks(db, found, unit_id, inputs)
    return _evidence(db, found, by_sheet)


def _marks(
    db: Db, found: RoundRecord, unit_id: int, inputs: str | None
) -> tuple[Mapping[int, Mapping[int, Mark]], Basis]:
    """The marks that were published, by sheet, and what they are."""
    known = unit_sheets.of_unit(db, found.id, unit_id)
    handed_in = [sheet_id for sheet_id, (state, _) in known.items() if state == SheetState.SUBMITTED]
    present = unit_sheets.marks_of(db, handed_in)
    if inputs is None:
        return present, "frozen"
    published = sheet_heads(inputs, known)
    if published == {sheet_id: known[sheet_id][1] for sheet_id in handed_in}:
        return present, "frozen"
    kept: dict[int, Mapping[int, Mark]] = {}
    for sheet_id, head in published.items():
        unchanged = sheet_id in present and known[sheet_id][1] == head
        marks = present[sheet_id] if unchanged else submissions.marks_at(db, sheet_id, head)
        if marks is None:
            return present, "present"
        kept[sheet_id] = marks
    return kept, "corrected"


def _pieces(db: Db, found: RoundRecord, by_sheet: Mapping[int, Mapping[int, Mark]]) -> dict[int, int]:
    return dict(Counter(each.item for each in _evidence(db, found, by_sheet)))


def _evidence(db: Db, found: RoundRecord, by_sheet: Mapping[int, Mapping[int, Mark]]) -> list[PieceOfEvidence]:
    rubric = rubric_of(db, found.rubric_hash)
    lost = {
        (sheet_id, mark.item)
        for sheet_id, marks in by_sheet.items()
        for mark in marks.values()
        if mark.points is not None and mark.points < rubric.item(mark.item).max_points
    }
    pieces = evidence.of_sheets(db, [sheet_id for sheet_id, _ in lost]) if lost else []
    return [each for each in pieces if (each.sheet_id, each.item) in lost]
