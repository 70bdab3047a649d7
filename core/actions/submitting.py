"""Handing a sheet in: only complete, and again only after it went back, as the next version."""

from __future__ import annotations

from dataclasses import replace

from core import sheet as rules
from core.actions.door import Moment, enter, view_of
from core.actions.marking import chained
from core.actions.reactions import happened
from core.events import SheetSubmitted
from core.people import Actor
from core.sheet import SheetState
from core.snapshots import SheetView
from core.store import sheets, submissions
from core.store.audit_log import Act
from core.store.engine import Db


def submit(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """Hand the sheet in. Raises what `door.enter` raises, and SheetIncomplete with all that is missing."""
    opened = enter(db, actor, sheet_id, at)
    rules.check_submittable(opened.sheet)
    version = opened.record.version + 1
    sheets.set_submitted(db, sheet_id, version, at.now)
    record = chained(db, opened.record, Act(at.now, actor.person_id, "submit", {}))
    submissions.add(db, sheet_id, version, actor.person_id, at.now, opened.sheet.marks, record.head.hash)
    happened(db, SheetSubmitted(sheet_id, version, actor.person_id), at)
    record = replace(record, state=SheetState.SUBMITTED, submitted_at=at.now, version=version)
    return view_of(db, record, replace(opened.sheet, state=SheetState.SUBMITTED))
