"""Who is told of what was filed: the office of a briefing, and of what comes again; the unit of what was decided."""

from __future__ import annotations

from core.actions.door import Moment
from core.actions.telling import tell, tell_all
from core.calendar import Duty
from core.duties import FilingState
from core.events import DutyExcused, FilingDecided, FilingMade
from core.people import Role
from core.store import filings, people, staff, units
from core.store.engine import Db
from core.store.filings import FilingRecord
from core.store.people import Addressee


def filing_made(db: Db, event: FilingMade, at: Moment) -> None:
    """A briefing waits for the office; of the rest it is told what comes again after it went back."""
    record = _known(db, event.filing_id, event.person_id)
    versions = filings.versions(db, record.unit_id, record.duty, [record.key])
    went_back = any(each.state is FilingState.RETURNED for each in versions)
    if record.duty is not Duty.BRIEFING and not went_back:
        return
    admins = people.admins(db, record.district_id, at.today)
    office = [Addressee(each.person_id, each.name, each.telegram_id, each.language) for each in admins]
    letter = {"name": "filing_made", "filing": record.id}
    tell_all(db, record.district_id, office, f"filed:{record.id}:{at.now.isoformat()}", letter, at)


def filing_decided(db: Db, event: FilingDecided, at: Moment) -> None:
    """Who filed it hears what became of it; of a report that went back everybody of the unit who may file it."""
    record = _known(db, event.filing_id, event.person_id)
    letter = {"name": "filing_decided", "filing": record.id}
    key = f"decided:{record.id}:{at.now.isoformat()}"
    if record.state is not FilingState.RETURNED:
        tell(db, record.district_id, people.addressee(db, record.person_id), key, letter, at)
        return
    tell_all(db, record.district_id, who_files(db, record.district_id, record.unit_id, at), key, letter, at)


def duty_excused(db: Db, event: DutyExcused, at: Moment) -> None:
    """The unit need not file."""
    district_id = units.district_of(db, event.unit_id)
    letter = {
        "name": "duty_excused",
        "unit": units.name_of(db, event.unit_id, at.today),
        "duty": event.duty,
        "key": event.key,
        "reason": event.reason,
    }
    key = f"excused:{event.unit_id}:{event.duty}:{event.key}"
    tell_all(db, district_id, who_files(db, district_id, event.unit_id, at), key, letter, at)


def who_files(db: Db, district_id: int, unit_id: int, at: Moment) -> list[Addressee]:
    """The officers and liaisons of a unit today, each once."""
    held = [
        *people.holders(db, district_id, Role.OFFICER, at.today),
        *people.holders(db, district_id, Role.LIAISON, at.today),
    ]
    return list({who.person_id: who for unit, who in held if unit == unit_id}.values())


def _known(db: Db, filing_id: int, person_id: int) -> FilingRecord:
    record = filings.find(db, staff.district_of(db, person_id), filing_id)
    assert record is not None  # noqa: S101 -- the event tells of it
    return record
