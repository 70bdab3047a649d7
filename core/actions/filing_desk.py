"""What filing and deciding share: the policy in force, and a filing as it is shown."""

from __future__ import annotations

from core.actions.duty_calendar import duty_calendar
from core.calendar import Duty, due_of
from core.duties import FilingState
from core.filing_views import FilingView
from core.policy import Policy
from core.store import filing_files, filings, people, units
from core.store.engine import Db
from core.store.filings import FilingRecord
from core.store.rules import policy_in_force


def rules_of(db: Db, district_id: int) -> Policy:
    """The policy in force. Raises LookupError in a district that has none yet."""
    policy = policy_in_force(db, district_id)
    if policy is None:
        raise LookupError(f"district {district_id} has no policy")
    return policy


def view_of(db: Db, record: FilingRecord) -> FilingView:
    """A filing as it is shown, as it is now; units by the names that they bore when it was filed."""
    fresh = filings.find(db, record.district_id, record.id) or record
    calendar = duty_calendar(db, record.district_id, rules_of(db, record.district_id))
    day = record.filed_at.astimezone(calendar.zone).date()
    due = due_of(record.duty, record.key, calendar)
    alike = None if fresh.alike_id is None else filings.find(db, record.district_id, fresh.alike_id)
    newest = max(each.version for each in filings.versions(db, record.unit_id, record.duty, [record.key]))
    return FilingView(
        filing_id=fresh.id,
        unit_id=fresh.unit_id,
        unit=units.name_of(db, fresh.unit_id, day),
        due=due,
        version=fresh.version,
        state=fresh.state,
        filed_at=fresh.filed_at,
        person_id=fresh.person_id,
        person=people.addressee(db, fresh.person_id).name,
        title=fresh.title,
        text=fresh.text,
        link=fresh.link,
        received=fresh.received,
        heard=fresh.heard,
        solved=fresh.solved,
        files=0 if fresh.prompt_id is None else filing_files.count(db, fresh.prompt_id),
        prompt_id=fresh.prompt_id,
        decided_by=None if fresh.decided_by is None else people.addressee(db, fresh.decided_by).name,
        decision=fresh.decision,
        withdrawn=fresh.state is FilingState.REJECTED and fresh.decided_by == fresh.person_id,
        alike=None if alike is None else alike.title,
        alike_unit=None if alike is None else units.name_of(db, alike.unit_id, day),
        alike_percent=fresh.alike_percent,
        is_newest=fresh.duty is Duty.BRIEFING or fresh.version == newest,
    )
