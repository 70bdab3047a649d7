"""Who is told of sheets that changed hands: who got one."""

from __future__ import annotations

from core.actions.door import Moment
from core.actions.telling import tell
from core.events import SheetHandedOver
from core.store import people, staff
from core.store.engine import Db


def sheet_handed_over(db: Db, event: SheetHandedOver, at: Moment) -> None:
    """Tell the receiver whose sheet it was, and for which unit."""
    to = people.addressee(db, event.to_person_id)
    before = people.addressee(db, event.from_person_id)
    draft = next(
        each for each in staff.drafts(db, event.to_person_id, at.now, at.today) if each.sheet_id == event.sheet_id
    )
    letter = {"name": "sheet_handed_over", "unit": draft.unit, "period": draft.period, "rater": before.name}
    key = f"handed_over:{event.sheet_id}:{event.from_person_id}:{at.now.isoformat()}"
    tell(db, staff.district_of(db, event.to_person_id), to, key, letter, at)
