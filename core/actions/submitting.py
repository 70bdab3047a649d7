"""Handing a sheet in: only complete, and only once."""

from __future__ import annotations

from dataclasses import replace

from core import sheet as rules
from core.actions.door import Moment, enter, view_of
from core.actions.marking import chained
from core.people import Actor
from core.sheet import SheetState
from core.snapshots import SheetView
from core.store import sheets
from core.store.audit_log import Act
from core.store.engine import Db


def submit(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """Hand the sheet in. Raises what `door.enter` raises, and SheetIncomplete with all that is missing."""
    opened = enter(db, actor, sheet_id, at)
    rules.check_submittable(opened.sheet)
    sheets.set_submitted(db, sheet_id, at.now)
    record = chained(db, opened.record, Act(at.now, actor.person_id, "submit", {}))
    record = replace(record, state=SheetState.SUBMITTED, submitted_at=at.now)
    return view_of(db, record, replace(opened.sheet, state=SheetState.SUBMITTED))
