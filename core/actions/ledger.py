"""Reading the ledger of duties: a unit's entries in a period, and the marks that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from core.calendar import Duty, dues
from core.duties import LedgerEntry, entries, tally
from core.periods import Period
from core.policy import Policy
from core.rubric import Rubric
from core.store import filings, units
from core.store.engine import Db
from core.store.sheets import SheetRecord
from core.suggestions import Suggestion, suggest


def ledger(
    db: Db, district_id: int, unit_id: int, period: Period, policy: Policy, now: datetime
) -> Mapping[Duty, tuple[LedgerEntry, ...]]:
    """A unit's entries in a period by duty; a duty that the district never filed has none."""
    began = filings.began(db, district_id)
    if not began:
        # Most of the taps of a district that keeps no ledger end here.
        return {}
    zone = ZoneInfo(units.district(db, district_id).timezone)
    found = {}
    for duty, began_at in began.items():
        due = dues(duty, period, policy.duties, zone)
        filed = filings.of_unit(db, unit_id, duty, [each.key for each in due])
        found[duty] = entries(due, filed, filings.excuses(db, unit_id, duty), policy.duties, now, began_at)
    return found


def suggestions(db: Db, record: SheetRecord, rubric: Rubric, policy: Policy, now: datetime) -> Mapping[int, Suggestion]:
    """What the ledger suggests for items of a township's sheet, as of now; for a department's sheet nothing."""
    if record.unit_kind != "township":
        return {}
    found = ledger(db, record.district_id, record.unit_id, Period.parse(record.period), policy, now)
    return suggest(rubric, policy.duties.suggestions, {duty: tally(each) for duty, each in found.items()})
