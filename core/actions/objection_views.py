"""An objection as people see it: names and files gathered around its row."""

from __future__ import annotations

from datetime import date

from core.actions.door import Moment
from core.focus import read_focus
from core.objections import ObjectionView
from core.store import filing_files, objections, people, rankings, units
from core.store.engine import Db
from core.store.objections import ObjectionRecord


def view_of(db: Db, record: ObjectionRecord, today: date) -> ObjectionView:
    """The snapshot of an objection, its unit by the name of a day."""
    ranking = rankings.known(db, record.ranking_id)
    decided_by = None if record.decided_by is None else people.addressee(db, record.decided_by).name
    return ObjectionView(
        objection_id=record.id,
        ranking_id=ranking.id,
        version=ranking.version,
        period=ranking.period,
        unit_kind=ranking.unit_kind,
        unit_id=record.unit_id,
        unit=units.name_of(db, record.unit_id, today),
        items=items_in(record),
        text=record.text,
        person=people.addressee(db, record.person_id).name,
        raised_at=record.raised_at,
        until=ranking.objections_until,
        state=record.state,
        decided_by=decided_by,
        decided_at=record.decided_at,
        decision=record.decision,
        prompt_id=record.prompt_id,
        files=0 if record.prompt_id is None else filing_files.count(db, record.prompt_id),
    )


def items_in(record: ObjectionRecord) -> tuple[int, ...]:
    """The items that an objection names, ascending; none: the ranking as a whole."""
    return tuple(sorted(read_focus(record.items or None) or ()))


def known_view(db: Db, objection_id: int, at: Moment) -> ObjectionView:
    """The snapshot of an objection that there is, as letters tell of it."""
    return view_of(db, objections.known(db, objection_id), at.today)
