"""Who is told of a sheet that went back: its rater; and the office, when it is handed in again."""

from __future__ import annotations

from core.actions.door import Moment
from core.actions.telling import tell_admins, tell_all
from core.events import SheetReturned, SheetSubmitted
from core.store import handing_out, sheets
from core.store.engine import Db


def sheet_returned(db: Db, event: SheetReturned, at: Moment) -> None:
    """Tell whoever scores the sheet which item went back, and why."""
    record = sheets.known(db, event.sheet_id, at.today)
    letter = {
        "name": "sheet_returned",
        "sheet": event.sheet_id,
        "unit": record.unit,
        "period": record.period,
        "item": event.item,
        "reason": event.reason,
    }
    key = f"returned:{event.sheet_id}:{event.version}:{event.item}:{at.now.isoformat()}"
    raters = handing_out.raters(db, record.round_id, at.today, only_sheet=event.sheet_id)
    tell_all(db, sheets.district_of(db, event.sheet_id), raters, key, letter, at)


def sheet_resubmitted(db: Db, event: SheetSubmitted, at: Moment) -> None:
    """Tell the office of a sheet that comes back; the first time it sees that in /progress."""
    if event.version == 1:
        return
    record = sheets.known(db, event.sheet_id, at.today)
    letter = {
        "name": "sheet_resubmitted",
        "sheet": event.sheet_id,
        "unit": record.unit,
        "period": record.period,
        "rater": record.rater,
        "version": event.version,
    }
    key = f"resubmitted:{event.sheet_id}:{event.version}"
    tell_admins(db, sheets.district_of(db, event.sheet_id), key, letter, at)
