"""Who is told of objections, corrections and explanations: the office at once, the unit, the rater."""

from __future__ import annotations

from core.actions.door import Moment
from core.actions.filing_letters import who_files
from core.actions.telling import tell_admins, tell_all
from core.events import ExplanationFiled, ObjectionDecided, ObjectionRaised, SheetCorrected
from core.people import Role
from core.store import objections, people, sheets, staff, units
from core.store.engine import Db
from core.store.people import Addressee
from core.store.sheets import SheetRecord


def objection_raised(db: Db, event: ObjectionRaised, at: Moment) -> None:
    """The office hears of an objection at once, at whatever hour: the time for it runs."""
    record = objections.known(db, event.objection_id)
    letter = {"name": "objection_raised", "objection": record.id}
    tell_admins(db, record.district_id, f"objection:{record.id}", letter, at)


def objection_decided(db: Db, event: ObjectionDecided, at: Moment) -> None:
    """Everybody who acts for the unit hears what became of its objection, and why."""
    record = objections.known(db, event.objection_id)
    letter = {"name": "objection_decided", "objection": record.id}
    to = who_files(db, record.district_id, record.unit_id, at)
    tell_all(db, record.district_id, to, f"objection_decided:{record.id}", letter, at)


def sheet_corrected(db: Db, event: SheetCorrected, at: Moment) -> None:
    """Whoever scored the sheet hears which marks the office set anew, and why."""
    record = sheets.known(db, event.sheet_id, at.today)
    marks = sheets.marks(db, record.id)
    letter = {
        "name": "sheet_corrected",
        "unit": record.unit,
        "period": record.period,
        "marks": [[item, marks[item].points, marks[item].reason] for item in event.items],
    }
    key = f"corrected:{record.id}:v{event.version}"
    tell_all(db, record.district_id, _raters(db, record, at), key, letter, at)


def explanation_filed(db: Db, event: ExplanationFiled, at: Moment) -> None:
    """The office may read it."""
    letter = {
        "name": "explanation_filed",
        "unit": event.unit_id,
        "unit_name": units.name_of(db, event.unit_id, at.today),
        "quarter": event.period,
    }
    key = f"explained:{event.unit_id}:{event.period}:v{event.version}"
    tell_admins(db, units.district_of(db, event.unit_id), key, letter, at)


def _raters(db: Db, record: SheetRecord, at: Moment) -> list[Addressee]:
    """The assessor, while they are in office; of a township's sheet its officers."""
    if record.rater_person_id is None:
        held = people.holders(db, record.district_id, Role.OFFICER, at.today)
        return [who for unit, who in held if unit == record.rater_unit_id]
    line = staff.person(db, record.district_id, record.rater_person_id, at.today)
    return [people.addressee(db, record.rater_person_id)] if line is not None and line.posts else []
