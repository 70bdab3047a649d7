"""The one guarded door to a sheet: does it exist, is it theirs, is it open?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.actions import ledger
from core.errors import (
    ConflictOfInterest,
    NoSuchSheet,
    NotYourSheet,
    RoundClosed,
    RoundNotOpen,
    SheetSkipped,
    SheetSubmitted,
)
from core.focus import read_focus
from core.people import Actor, Role
from core.sheet import Sheet, SheetState
from core.snapshots import Author, SheetView
from core.store import columns, sheets, submissions
from core.store.engine import Db
from core.store.rules import policy_of, rubric_of
from core.store.sheets import SheetRecord


@dataclass(frozen=True, slots=True)
class Moment:
    """When an action happens: the instant in UTC and the district's calendar date."""

    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet that may be changed, with what the change needs to know."""

    record: SheetRecord
    sheet: Sheet


def look(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """The sheet as its rater sees it, whatever its state. Raises NoSuchSheet or NotYourSheet."""
    return view(db, _own(db, actor, sheet_id, at), at)


def enter(db: Db, actor: Actor, sheet_id: int, at: Moment) -> OpenSheet:
    """The sheet, to be changed. Raises as `approach` does, SheetSubmitted, and SheetSkipped for 不了解."""
    record = approach(db, actor, sheet_id, at)
    if record.state == SheetState.SKIPPED:
        raise SheetSkipped(unit=record.unit)
    if record.state != SheetState.OPEN:
        raise SheetSubmitted(unit=record.unit)
    return OpenSheet(record, snapshot(db, record, at))


def approach(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetRecord:
    """A sheet of the person's in a round that is open, whatever state it is in, held until this transaction ends.

    Two officers of one township at the same sheet act one after the other, so that neither's mark is lost.
    Raises NoSuchSheet, NotYourSheet, ConflictOfInterest, RoundNotOpen or RoundClosed.
    """
    record = _own(db, actor, sheet_id, at, to_change=True)
    # Also for sheets handed out before: nobody scores their own unit, nor one they must keep away from (回避).
    if record.conflict or record.unit_id in actor.unit_ids:
        raise ConflictOfInterest(unit=record.unit)
    if at.now < record.opens_at:
        raise RoundNotOpen(opens_at=record.opens_at)
    if at.now >= record.closes_at:
        raise RoundClosed(closed_at=record.closes_at)
    return record


def view(db: Db, record: SheetRecord, at: Moment) -> SheetView:
    """The snapshot of a sheet that somebody was let in to."""
    return view_of(db, record, snapshot(db, record, at))


def view_of(db: Db, record: SheetRecord, sheet: Sheet) -> SheetView:
    """The snapshot around marks that are at hand already."""
    return SheetView(
        sheet=sheet,
        unit=record.unit,
        unit_kind=record.unit_kind,
        period=record.period,
        rater=record.rater,
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        submitted_at=record.submitted_at,
        evidence=sheets.evidence_counts(db, record.id),
        audit_head=record.head.hash,
        by_others=_by_others(db, record),
        returned=_returned(db, record),
    )


def _by_others(db: Db, record: SheetRecord) -> Mapping[int, Author]:
    # An assessor's sheet is theirs alone: nobody is asked for at their taps.
    if record.rater_unit_id is None or record.viewer_id is None:
        return {}
    return columns.authors(db, record.id, besides=record.viewer_id)


def _returned(db: Db, record: SheetRecord) -> Mapping[int, str]:
    # Asked for only where something can have gone back, not at every tap.
    if record.version == 0 or record.state != SheetState.OPEN:
        return {}
    return submissions.returns_of(db, record.id, record.version)


def snapshot(db: Db, record: SheetRecord, at: Moment) -> Sheet:
    """The sheet's marks against its rubric and, while it is open, what the ledger suggests.

    What was handed in under one ledger owes no reason because the ledger changed afterwards.
    """
    state = state_of(record, at)
    rubric, policy = rubric_of(db, record.rubric_hash), policy_of(db, record.policy_hash)
    return Sheet(
        id=record.id,
        rubric=rubric,
        marks=sheets.marks(db, record.id),
        state=state,
        reason_below_percent=policy.scoring.reason_below_percent,
        focus=read_focus(record.focus),
        suggestions=ledger.suggestions(db, record, rubric, policy, at.now) if state is SheetState.OPEN else {},
    )


def state_of(record: SheetRecord, at: Moment) -> SheetState:
    """A sheet is sealed from the moment its round closes; nobody has to seal it."""
    return SheetState.SEALED if at.now >= record.closes_at else SheetState(record.state)


def _own(db: Db, actor: Actor, sheet_id: int, at: Moment, *, to_change: bool = False) -> SheetRecord:
    record = sheets.record(db, actor.district_id, sheet_id, at.today, person_id=actor.person_id, to_change=to_change)
    if record is None:
        raise NoSuchSheet(sheet_id=sheet_id)
    personal = record.rater_person_id == actor.person_id and actor.is_any(Role.ASSESSOR)
    for_unit = record.rater_unit_id in actor.unit_ids and actor.is_any(Role.OFFICER)
    if not (personal or for_unit):
        raise NotYourSheet(unit=record.unit)
    return record
