"""Reading the ledger of duties: a unit's entries in a period, and the marks that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.calendar import Duty, due_of, dues
from core.duties import DutyState, LedgerEntry, entries, tally
from core.periods import Period
from core.policy import Policy
from core.rubric import Rubric
from core.store import filings, units
from core.store.engine import Db
from core.store.sheets import SheetRecord
from core.suggestions import Suggestion, suggest

if TYPE_CHECKING:
    # `door` reads the ledger: at run time the arrow goes one way.
    from core.actions.door import Moment

_ALWAYS = datetime.min.replace(tzinfo=UTC)


def ledger(
    db: Db,
    district_id: int,
    unit_id: int,
    period: Period,
    policy: Policy,
    now: datetime,
    began: Mapping[Duty, datetime] | None = None,
) -> Mapping[Duty, tuple[LedgerEntry, ...]]:
    """A unit's entries in a period by duty; a duty that the district never filed has none.

    Whoever asks about many units may say when the district `began` to file each duty.
    """
    if began is None:
        began = filings.began(db, district_id)
    if not began:
        # Most of the taps of a district that keeps no ledger end here.
        return {}
    zone = zone_of(db, district_id)
    found = {}
    for duty, began_at in began.items():
        due = dues(duty, period, policy.duties, zone)
        filed = filings.of_unit(db, unit_id, duty, [each.key for each in due])
        found[duty] = entries(due, filed, filings.excuses(db, unit_id, duty), policy.duties, now, began_at)
    return found


def kept(
    db: Db, district_id: int, unit_id: int, period: Period, policy: Policy, at: Moment
) -> Mapping[Duty, tuple[LedgerEntry, ...]]:
    """A unit's entries in a period for people to see: also what is still to come where nobody ever filed one."""
    began, zone = filings.began(db, district_id), zone_of(db, district_id)
    found = {}
    for duty in Duty:
        due = dues(duty, period, policy.duties, zone)
        filed = filings.of_unit(db, unit_id, duty, [each.key for each in due])
        since = min(at.now, began.get(duty, at.now))
        found[duty] = entries(due, filed, filings.excuses(db, unit_id, duty), policy.duties, at.now, since)
    return found


def state_of(db: Db, district_id: int, unit_id: int, duty: Duty, key: str, policy: Policy, at: Moment) -> DutyState:
    """What the ledger says of one due date. Raises ValueError for a key that is none of this duty's."""
    due = due_of(duty, key, policy.duties, zone_of(db, district_id))
    filed, excused = filings.of_unit(db, unit_id, duty, [key]), filings.excuses(db, unit_id, duty)
    return entries((due,), filed, excused, policy.duties, at.now, _ALWAYS)[0].state


def zone_of(db: Db, district_id: int) -> ZoneInfo:
    """The district's clock."""
    return ZoneInfo(units.district(db, district_id).timezone)


def suggestions(db: Db, record: SheetRecord, rubric: Rubric, policy: Policy, now: datetime) -> Mapping[int, Suggestion]:
    """What the ledger suggests for items of a township's sheet, as of now; for a department's sheet nothing."""
    if record.unit_kind != "township":
        return {}
    found = ledger(db, record.district_id, record.unit_id, Period.parse(record.period), policy, now)
    return suggest(rubric, policy.duties.suggestions, {duty: tally(each) for duty, each in found.items()})
