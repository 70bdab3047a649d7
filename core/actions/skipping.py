"""不了解: a township does not know a department well enough to score it (附件2).

A skipped sheet counts for nothing: it is no zero, it is no sheet for `min_raters`, and it is not missing either.
Its marks are kept. It can be taken up again while the round is open. Every act sets; doing it twice is doing it once.
"""

from __future__ import annotations

from dataclasses import replace

from core.actions.door import Moment, approach, view
from core.actions.marking import chained
from core.actions.reactions import happened
from core.errors import NotSkippable, SheetSubmitted
from core.events import SheetResumed, SheetSkipped
from core.people import Actor
from core.permissions import Right, require
from core.sheet import SheetState
from core.snapshots import SheetView
from core.store import sheets
from core.store.audit_log import Act
from core.store.engine import Db


def skip(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """Say 不了解. Raises what `door.approach` raises, NotAllowed, SheetSubmitted, and NotSkippable for Annex 1."""
    return _set(db, actor, sheet_id, SheetState.SKIPPED, at)


def resume(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """Score the department after all (改为评分). Raises as `skip` does."""
    return _set(db, actor, sheet_id, SheetState.OPEN, at)


def _set(db: Db, actor: Actor, sheet_id: int, state: SheetState, at: Moment) -> SheetView:
    require(actor, Right.SCORE)
    record = approach(db, actor, sheet_id, at)
    if record.unit_kind != "department":
        raise NotSkippable(unit=record.unit)
    if record.state == SheetState.SUBMITTED:
        raise SheetSubmitted(unit=record.unit)
    if record.state == state:
        return view(db, record, at)
    sheets.set_state(db, sheet_id, state)
    skipped = state is SheetState.SKIPPED
    record = chained(db, record, Act(at.now, actor.person_id, "skip" if skipped else "resume", {}))
    event = SheetSkipped if skipped else SheetResumed
    happened(db, event(sheet_id, actor.person_id), at)
    return view(db, replace(record, state=state), at)
