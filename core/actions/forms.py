"""Forms filled in without a network: what they would set, and setting it, all or nothing.

What is blank on a form is not assessed and clears nothing. A form sets marks through the same actions as taps, so
that rules, audit and the question of who may are the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from core.actions.door import Moment, enter, look, view
from core.actions.marking import give_reason, remarked, set_mark_with_reason, set_not_applicable
from core.actions.skipping import skip
from core.errors import (
    FormChanged,
    FormOfOtherRules,
    MarkMissing,
    MarksOfSkipped,
    NoOpenSheet,
    NoSuchSheet,
    NotYourSheet,
    Refusal,
)
from core.form_plan import FormPlan, MarkChange, SheetChanges
from core.form_reading import FormEntry, SheetEntries
from core.people import Actor
from core.permissions import Right, require
from core.rubric import Rubric
from core.sheet import Mark, Sheet, SheetState
from core.snapshots import SheetView
from core.store import rules, sheets
from core.store.engine import Db


def form_of(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """The sheet to be printed as a form. Raises what `door.look` raises."""
    require(actor, Right.SCORE)
    return look(db, actor, sheet_id, at)


def matrix_of(db: Db, actor: Actor, sheet_id: int, at: Moment) -> tuple[SheetView, ...]:
    """The sheets that the township of this sheet can still fill in its round, by id.

    Raises what `door.look` raises, NoSuchSheet for an assessor's sheet, and NoOpenSheet when all are handed in.
    """
    require(actor, Right.SCORE)
    look(db, actor, sheet_id, at)
    asked = sheets.record(db, actor.district_id, sheet_id, at.today)
    if asked is None or asked.rater_unit_id is None:
        raise NoSuchSheet(sheet_id=sheet_id)
    mine = sheets.of_rater(db, actor.district_id, -1, frozenset({asked.rater_unit_id}), at.today)
    records = sorted((each for each in mine if each.round_id == asked.round_id), key=lambda each: each.id)
    found = (view(db, record, at) for record in records)
    fillable = tuple(each for each in found if each.sheet.state in {SheetState.OPEN, SheetState.SKIPPED})
    if not fillable:
        raise NoOpenSheet
    return fillable


def printed_rubrics(db: Db, actor: Actor, _at: Moment) -> Mapping[str, Rubric]:
    """By their hashes, all rubrics that a form can have been printed from."""
    require(actor, Right.SCORE)
    return rules.rubrics(db)


def plan_form(db: Db, actor: Actor, read: Sequence[SheetEntries], rubric_hash: str, at: Moment) -> FormPlan:
    """What the form would do now. A sheet that cannot be changed is in the plan with its refusal."""
    require(actor, Right.SCORE)
    planned = tuple(_plan_sheet(db, actor, sheet, rubric_hash, at) for sheet in read)
    return FormPlan(planned, _digest(planned))


def apply_form(
    db: Db, actor: Actor, read: Sequence[SheetEntries], rubric_hash: str, confirmed: str, at: Moment
) -> FormPlan:
    """Do what was previewed; `confirmed` is the head of its digest.

    Raises FormChanged when it would be something else now, or the refusal of the first sheet in the way.
    """
    plan = plan_form(db, actor, read, rubric_hash, at)
    if not plan.digest.startswith(confirmed):
        raise FormChanged
    in_the_way = next((sheet.refused for sheet in plan.refused), None)
    if in_the_way is not None:
        raise in_the_way
    for sheet, planned in zip(read, plan.sheets, strict=True):
        if planned.skips:
            skip(db, actor, sheet.sheet_id, at)
        changing = {change.item for change in planned.changes}
        for entry in sheet.entries:
            if entry.item in changing:
                _set(db, actor, sheet.sheet_id, entry, at)
    return plan


def _plan_sheet(db: Db, actor: Actor, read: SheetEntries, rubric_hash: str, at: Moment) -> SheetChanges:
    refused: Refusal | None = None
    try:
        enter(db, actor, read.sheet_id, at)
    except (NoSuchSheet, NotYourSheet) as refusal:
        asks = bool(read.entries) or read.skipped
        return SheetChanges(read.sheet_id, getattr(refusal, "unit", ""), asks=asks, refused=refusal)
    except Refusal as refusal:
        refused = refusal
    # After the door, which holds the sheet until the end of this transaction: nobody marks it in between.
    seen = look(db, actor, read.sheet_id, at)
    try:
        planned = _changes(seen, read, rubric_hash)
    except Refusal as refusal:
        return SheetChanges(read.sheet_id, seen.unit, asks=True, refused=refused or refusal)
    if planned.is_skipped and not planned.asks:
        return planned
    return replace(planned, refused=refused)


def _changes(seen: SheetView, read: SheetEntries, rubric_hash: str) -> SheetChanges:
    sheet = seen.sheet
    if sheet.rubric.hash != rubric_hash:
        raise FormOfOtherRules(unit=seen.unit)
    changes = []
    for entry in read.entries:
        sheet.item(entry.item)
        old, new = sheet.marks.get(entry.item), _mark(sheet, entry)
        # A mark of 其余满分 that was printed and comes back is still one of 其余满分.
        if old is None or (new.points, new.reason) != (old.points, old.reason):
            changes.append(MarkChange(entry.item, old, new, (entry.table, entry.cell)))
    if read.skipped and changes:
        raise MarksOfSkipped(unit=seen.unit)
    after = replace(sheet, marks={**sheet.marks, **{change.item: change.new for change in changes}})
    skips = read.skipped and sheet.state is not SheetState.SKIPPED
    return SheetChanges(
        read.sheet_id,
        seen.unit,
        tuple(changes),
        len(read.entries) - len(changes),
        after.without_mark,
        after.reasons_owed,
        skips=skips,
        is_skipped=sheet.state is SheetState.SKIPPED,
        asks=bool(changes) or skips,
    )


def _mark(sheet: Sheet, entry: FormEntry) -> Mark:
    """The mark an entry makes. Raises MarkMissing for a reason without a mark to give it to."""
    if entry.not_applicable:
        return Mark(entry.item, None, not_applicable=True, reason=entry.reason)
    if entry.points is not None:
        return remarked(sheet, entry.item, entry.points, reason=entry.reason)
    old = sheet.marks.get(entry.item)
    if old is None:
        raise MarkMissing(item=entry.item)
    return replace(old, reason=entry.reason)


def _set(db: Db, actor: Actor, sheet_id: int, entry: FormEntry, at: Moment) -> None:
    if entry.not_applicable:
        set_not_applicable(db, actor, sheet_id, entry.item, entry.reason or "", at)
    elif entry.points is not None:
        set_mark_with_reason(db, actor, sheet_id, entry.item, entry.points, entry.reason, at)
    else:
        give_reason(db, actor, sheet_id, entry.item, entry.reason or "", at)


def _digest(planned: Sequence[SheetChanges]) -> str:
    told = [
        [
            sheet.sheet_id,
            [[change.item, _told(change.old), _told(change.new)] for change in sheet.changes],
            sheet.skips,
            None if sheet.refused is None else type(sheet.refused).__name__,
        ]
        for sheet in planned
    ]
    return sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _told(mark: Mark | None) -> list[int | str | None] | None:
    return None if mark is None else [mark.points, mark.reason]
