"""Column mode (附件2): one item across all departments that a township scores, and handing all of them in.

Marks are set through the same action as taps on a sheet, so that rules, audit and turns are the same.
"""

from __future__ import annotations

from core.actions.door import Moment, look, snapshot, state_of
from core.actions.marking import set_mark
from core.actions.submitting import submit
from core.column_view import ColumnLine, ColumnView, HandedIn
from core.errors import NoSuchSheet, SheetIncomplete
from core.people import Actor
from core.permissions import Right, require
from core.sheet import SheetState
from core.snapshots import Marked, Place
from core.store import columns, sheets
from core.store.engine import Db
from core.store.sheets import SheetRecord


def column(db: Db, actor: Actor, sheet_id: int, item: int, at: Moment) -> ColumnView:
    """One item (0: the first that a department has no mark for) of all departments in the round of a sheet.

    Raises NotAllowed, what `door.look` raises, NoSuchSheet for an assessor's sheet, NoSuchItem or ItemNotInFocus.
    """
    require(actor, Right.SCORE)
    sheet = look(db, actor, sheet_id, at).sheet
    records = _departments(db, actor, sheet_id, at)
    numbers = tuple(each.number for each in sheet.items)
    if item == 0:
        opened = [each.id for each in records if state_of(each, at) is SheetState.OPEN]
        counts = columns.marked_sheets(db, opened)
        item = next((number for number in numbers if counts.get(number, 0) < len(opened)), numbers[0])
    entry = sheet.item(item)
    marks = columns.marks_of_item(db, [each.id for each in records], item)
    asked = next(each for each in records if each.id == sheet_id)
    return ColumnView(
        sheet_id=sheet_id,
        period=asked.period,
        rater=asked.rater,
        closes_at=asked.closes_at,
        rubric=sheet.rubric,
        item=entry,
        items=numbers,
        lines=tuple(
            ColumnLine(
                each.id,
                each.unit,
                state_of(each, at),
                mark := marks.get(each.id),
                mark is not None and sheet.owes(entry, mark),
            )
            for each in records
        ),
    )


def mark_in_column(db: Db, actor: Actor, place: Place, sheet_id: int, item: int, points: int, at: Moment) -> Marked:
    """Give one department its points (hundredths) for the column's item. Raises as `marking.set_mark` does."""
    marked = set_mark(db, actor, place, sheet_id, item, points, at)
    stands_in_column(db, place, sheet_id, item)
    return marked


def stands_in_column(db: Db, place: Place, sheet_id: int, item: int) -> None:
    """Remember that a column stands in a chat."""
    sheets.set_screen(db, place.chat_id, sheet_id, item, place.message_id, in_column=True)


def ready(db: Db, actor: Actor, sheet_id: int, at: Moment) -> HandedIn:
    """Which departments of the round can be handed in now. Raises as `column` does."""
    require(actor, Right.SCORE)
    look(db, actor, sheet_id, at)
    opened = [each for each in _departments(db, actor, sheet_id, at) if state_of(each, at) is SheetState.OPEN]
    complete = {each.id for each in opened if snapshot(db, each, at).is_complete}
    return HandedIn(
        tuple(each.unit for each in opened if each.id in complete),
        tuple(each.unit for each in opened if each.id not in complete),
    )


def submit_all(db: Db, actor: Actor, sheet_id: int, at: Moment) -> HandedIn:
    """全部提交: hand in every department that is complete; the others stay open. Raises as `submitting.submit` does."""
    require(actor, Right.SCORE)
    look(db, actor, sheet_id, at)
    complete, incomplete = [], []
    for each in _departments(db, actor, sheet_id, at):
        if state_of(each, at) is not SheetState.OPEN:
            continue
        try:
            submit(db, actor, each.id, at)
        except SheetIncomplete:
            incomplete.append(each.unit)
        else:
            complete.append(each.unit)
    return HandedIn(tuple(complete), tuple(incomplete))


def _departments(db: Db, actor: Actor, sheet_id: int, at: Moment) -> list[SheetRecord]:
    """The sheets of the same round and township, by id."""
    asked = sheets.record(db, actor.district_id, sheet_id, at.today)
    if asked is None or asked.rater_unit_id is None:
        raise NoSuchSheet(sheet_id=sheet_id)
    # Nobody's own sheets (-1): only those that the township's officers share.
    mine = sheets.of_rater(db, actor.district_id, -1, frozenset({asked.rater_unit_id}), at.today)
    return sorted((each for each in mine if each.round_id == asked.round_id), key=lambda each: each.id)
