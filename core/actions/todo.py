"""/todo: everything a person owes, with the times by which it is due; and whether they want it every morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from core import filing as rules
from core.actions import admission, ledger
from core.actions.door import Moment
from core.actions.duty_calendar import duty_calendar
from core.actions.explanations import owed_by
from core.actions.filing import own_units
from core.actions.filing_desk import rules_of
from core.actions.overview import my_sheets
from core.calendar import Due, Duty, DutyCalendar, due_of, dues
from core.duties import DutyState, FilingState
from core.errors import NothingToFileFor
from core.explanations import OwedExplanation
from core.filing_views import OwedDuty, OwnUnit
from core.people import Actor
from core.periods import Period, PeriodKind, period_on
from core.permissions import Right, may
from core.rubric import UnitKind
from core.sheet import SheetState
from core.snapshots import SheetLine
from core.store import filings, objections, people, units
from core.store.engine import Db
from core.store.rules import policy_in_force

_OPEN = {DutyState.NOT_DUE, DutyState.SHIFTED, DutyState.MISSING}
_NO_DAY_YET = datetime.max.replace(tzinfo=UTC)

Owed: TypeAlias = OwedDuty | OwedExplanation | SheetLine
"""What somebody has to do by a time."""


@dataclass(frozen=True, slots=True)
class Todo:
    """What a person owes: sheets (finished ones too), duties and explanations, each kind the most urgent first.

    `pending` briefings, open `objections` and `held` rankings wait for the office.
    """

    sheets: tuple[SheetLine, ...]
    duties: tuple[OwedDuty, ...]
    pending: int
    wants_digests: bool
    explanations: tuple[OwedExplanation, ...] = ()
    objections: int = 0
    held: tuple[tuple[Period, UnitKind], ...] = ()

    @property
    def by_time(self) -> tuple[Owed, ...]:
        """What is not done yet, in the order in which it is due; what has no day yet comes last."""
        unfinished = (each for each in self.sheets if each.state is SheetState.OPEN)
        return tuple(sorted((*self.duties, *self.explanations, *unfinished), key=_ends_at))


def todo(db: Db, actor: Actor, at: Moment) -> Todo:
    """Everything a person owes."""
    owed = sorted(_duties(db, actor, at), key=lambda each: (each.ends_at, each.duty, each.key, each.unit_id))
    pending = len(filings.pending(db, actor.district_id)) if may(actor, Right.KEEP_LEDGER) else 0
    return Todo(
        sheets=tuple(my_sheets(db, actor, at)),
        duties=tuple(owed),
        pending=pending,
        wants_digests=people.wants_digests(db, actor.person_id),
        explanations=owed_by(db, actor, at),
        objections=objections.count_open(db, actor.district_id) if may(actor, Right.CORRECT) else 0,
        held=admission.held(db, actor, at),
    )


def set_digests(db: Db, actor: Actor, *, wanted: bool) -> None:
    """Whether a person wants the morning's digest; duties are reminded of all the same."""
    people.set_digest(db, actor.person_id, wanted=wanted)


def still_owed(db: Db, district_id: int, unit_id: int, duty: Duty, key: str, at: Moment) -> OwedDuty | None:
    """What a reminder is about, as it is now; None when it was filed or excused meanwhile."""
    calendar = duty_calendar(db, district_id, rules_of(db, district_id))
    due = due_of(duty, key, calendar)
    if ledger.state_of(db, unit_id, due, calendar.rules, at) not in _OPEN:
        return None
    return OwedDuty(unit_id, units.name_of(db, unit_id, at.today), due, is_over=due.ends_at <= at.now)


def _ends_at(owed: Owed) -> datetime:
    if isinstance(owed, SheetLine):
        return owed.closes_at
    return owed.ends_at or _NO_DAY_YET


def _duties(db: Db, actor: Actor, at: Moment) -> Iterator[OwedDuty]:
    if not may(actor, Right.FILE):
        return
    policy = policy_in_force(db, actor.district_id)
    if policy is None:
        return
    townships = units.unit_names(db, actor.district_id, "township", at.today)
    try:
        mine = own_units(db, actor, Duty.BRIEFING, at)
    except NothingToFileFor:
        return
    calendar = duty_calendar(db, actor.district_id, policy)
    for unit in mine:
        for due in _coming(calendar, at, is_township=unit.unit_id in townships):
            if _is_owed(db, actor, unit, due, calendar, at):
                yield OwedDuty(unit.unit_id, unit.unit, due, is_over=due.ends_at <= at.now)


def _coming(calendar: DutyCalendar, at: Moment, *, is_township: bool) -> Iterator[Due]:
    """What is due this month and week, and of the past what can still be filed."""
    month = period_on(PeriodKind.MONTH, at.today)
    days = set(rules.workdays_open(at.today, calendar))
    days |= {due for due in dues(Duty.WORKDAY, month, calendar) if due.ends_at > at.now}
    yield from sorted(days, key=lambda due: due.named)
    if is_township:
        months = {*rules.report_months(at.today, calendar.rules)[:1], month}
        yield from (due_of(Duty.MONTHLY_REPORT, str(each), calendar) for each in months)
        yield due_of(Duty.BRIEFING, rules.briefing_key(at.today), calendar)


def _is_owed(db: Db, actor: Actor, unit: OwnUnit, due: Due, calendar: DutyCalendar, at: Moment) -> bool:
    if ledger.state_of(db, unit.unit_id, due, calendar.rules, at) not in _OPEN:
        return False
    if due.duty is Duty.BRIEFING:
        filed = filings.of_unit(db, unit.unit_id, due.duty, [due.key])
        return all(each.state is not FilingState.PENDING for each in filed)
    if due.ends_at > at.now:
        return True
    # What was due before anybody filed such a thing is unknown, not missing.
    began = filings.began(db, actor.district_id).get(due.duty)
    return began is not None and due.ends_at > began
