"""Reading the ledger of duties: a unit's entries in a period, and the marks that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.actions.duty_calendar import duty_calendar
from core.calendar import Due, Duty, DutyCalendar, dues
from core.duties import DutyState, LedgerEntry, entries, tally
from core.periods import Period
from core.policy import Duties, Policy
from core.rubric import Rubric
from core.store import filings
from core.store.engine import Db
from core.store.sheets import SheetRecord
from core.suggestions import Suggestion, suggest

if TYPE_CHECKING:
    # `door` reads the ledger: at run time the arrow goes one way.
    from core.actions.door import Moment

_ALWAYS = datetime.min.replace(tzinfo=UTC)


def ledger(
    db: Db,
    unit_id: int,
    period: Period,
    calendar: DutyCalendar,
    began: Mapping[Duty, datetime],
    now: datetime,
    filed_by: datetime | None = None,
) -> Mapping[Duty, tuple[LedgerEntry, ...]]:
    """A unit's entries in a period by duty; a duty that the district never filed has none.

    `began` is when the district first filed each duty. What was filed after `filed_by` is left out.
    """
    return {
        duty: _entries(db, unit_id, duty, period, calendar, began_at, now, filed_by) for duty, began_at in began.items()
    }


def kept(
    db: Db, unit_id: int, period: Period, calendar: DutyCalendar, began: Mapping[Duty, datetime], now: datetime
) -> Mapping[Duty, tuple[LedgerEntry, ...]]:
    """A unit's entries in a period for people to see: also what is still to come where nobody ever filed one."""
    since = {duty: min(now, began.get(duty, now)) for duty in Duty}
    return {duty: _entries(db, unit_id, duty, period, calendar, since[duty], now) for duty in Duty}


def state_of(db: Db, unit_id: int, due: Due, rules: Duties, at: Moment) -> DutyState:
    """What the ledger says of one due date."""
    filed, excused = filings.of_unit(db, unit_id, due.duty, [due.key]), filings.excuses(db, unit_id, due.duty)
    return entries((due,), filed, excused, rules, at.now, _ALWAYS)[0].state


def suggestions(db: Db, record: SheetRecord, rubric: Rubric, policy: Policy, now: datetime) -> Mapping[int, Suggestion]:
    """What the ledger suggests for items of a township's sheet, as of now; for a department's sheet nothing."""
    if record.unit_kind != "township":
        return {}
    began = filings.began(db, record.district_id)
    if not began:
        # Most of the taps of a district that keeps no ledger end here.
        return {}
    calendar = duty_calendar(db, record.district_id, policy)
    found = ledger(db, record.unit_id, Period.parse(record.period), calendar, began, now)
    return suggest(rubric, policy.duties.suggestions, {duty: tally(each) for duty, each in found.items()})


def _entries(
    db: Db,
    unit_id: int,
    duty: Duty,
    period: Period,
    calendar: DutyCalendar,
    began_at: datetime,
    now: datetime,
    filed_by: datetime | None = None,
) -> tuple[LedgerEntry, ...]:
    due = dues(duty, period, calendar)
    filed = filings.of_unit(db, unit_id, duty, [each.key for each in due])
    if filed_by is not None:
        filed = [each for each in filed if each.filed_at <= filed_by]
    return entries(due, filed, filings.excuses(db, unit_id, duty), calendar.rules, now, began_at)
