"""退回: the office looks into a sheet that was handed in, and gives an item of it back with the reason why.

The sheet is open again until it is handed in as the next version; nothing of the version before is lost. Whoever
scored it is told at once.
"""

from __future__ import annotations

from core import sheet as rules
from core.actions import corrections
from core.actions.door import Moment, view
from core.actions.marking import chained
from core.actions.reactions import happened
from core.errors import NoSuchEvidence, NoSuchSheet, NotHandedIn, RoundClosed
from core.events import SheetReturned
from core.people import Actor
from core.permissions import Right, require
from core.returns import AskedReturn, PieceOfEvidence, SubmittedSheet
from core.sheet import SheetState
from core.store import evidence, prompts, sheets, submissions
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.sheets import SheetRecord


def submitted(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SubmittedSheet:
    """A sheet that was handed in at least once. Raises NotAllowed, NoSuchSheet or NotHandedIn."""
    return _found(db, _record(db, actor, sheet_id, at), at)


def evidence_of(
    db: Db, actor: Actor, sheet_id: int, item: int, at: Moment
) -> tuple[SubmittedSheet, tuple[PieceOfEvidence, ...]]:
    """A sheet that was handed in and the pieces of one item. Raises as `submitted` does, and NoSuchItem."""
    found = submitted(db, actor, sheet_id, at)
    found.view.sheet.item(item)
    return found, tuple(evidence.of_item(db, sheet_id, item))


def piece(db: Db, actor: Actor, evidence_id: int, at: Moment) -> PieceOfEvidence:
    """One file of a sheet that was handed in. Raises as `submitted` does, and NoSuchEvidence while there is none."""
    require(actor, Right.FOLLOW_PROGRESS)
    found = evidence.find(db, evidence_id)
    if found is None or found.sha256 is None:
        raise NoSuchEvidence
    _record(db, actor, found.sheet_id, at)
    return found


def ask(db: Db, actor: Actor, sheet_id: int, item: int, at: Moment) -> AskedReturn:
    """Open the question why an item goes back. Raises as `return_item` does."""
    record = _returnable(db, actor, sheet_id, at)
    found = _found(db, record, at)
    found.view.sheet.item(item)
    return AskedReturn(found, item, prompts.add(db, actor.person_id, "return", sheet_id, item, at.now))


def return_item(db: Db, actor: Actor, sheet_id: int, item: int, text: str, at: Moment) -> SubmittedSheet:
    """Give an item back. Doing it twice with the same words is doing it once.

    Raises NotAllowed, NoSuchSheet, NotHandedIn, RoundClosed, NoSuchItem, ItemNotInFocus, ReasonMissing, ReasonTooLong.
    """
    record = _returnable(db, actor, sheet_id, at)
    found = _found(db, record, at)
    reason = rules.check_reason(found.view.sheet.item(item), text)
    prompts.close_item(db, sheet_id, item, at.now, person_id=actor.person_id)
    is_open = record.state == SheetState.OPEN
    if is_open and found.returned.get(item) == reason:
        return found
    if not is_open:
        sheets.set_state(db, sheet_id, SheetState.OPEN)
    submissions.put_return(db, sheet_id, record.version, item, reason, actor.person_id, at.now)
    chained(db, record, Act(at.now, actor.person_id, "return", {"item": item, "reason": reason}))
    happened(db, SheetReturned(sheet_id, record.version, item, reason, actor.person_id), at)
    return submitted(db, actor, sheet_id, at)


def _record(db: Db, actor: Actor, sheet_id: int, at: Moment, *, to_change: bool = False) -> SheetRecord:
    require(actor, Right.FOLLOW_PROGRESS)
    record = sheets.record(db, actor.district_id, sheet_id, at.today, to_change=to_change)
    if record is None:
        raise NoSuchSheet(sheet_id=sheet_id)
    # What was never handed in is its rater's own business.
    if record.version == 0:
        raise NotHandedIn(unit=record.unit)
    return record


def _returnable(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetRecord:
    record = _record(db, actor, sheet_id, at, to_change=True)
    if at.now >= record.closes_at:
        raise RoundClosed(closed_at=record.closes_at)
    if record.state == SheetState.SKIPPED:
        raise NotHandedIn(unit=record.unit)
    return record


def _found(db: Db, record: SheetRecord, at: Moment) -> SubmittedSheet:
    # While it is open again, the version that went back is the newest one itself.
    is_back = record.state == SheetState.OPEN
    before = record.version if is_back else record.version - 1
    return SubmittedSheet(
        view=view(db, record, at),
        round_id=record.round_id,
        version=record.version,
        before=submissions.marks_of(db, record.id, before),
        returned=submissions.returns_of(db, record.id, before),
        can_return=at.now < record.closes_at and record.state != SheetState.SKIPPED,
        can_correct=at.now >= record.closes_at and record.state == SheetState.SUBMITTED,
        waiting=corrections.waiting(db, record),
    )
