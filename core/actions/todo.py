"""/todo: everything a person owes, with the times by which it is due; and whether they want it every morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core import filing as rules
from core.actions import ledger
from core.actions.door import Moment
from core.actions.explanations import owed_by
from core.actions.filing import own_units
from core.actions.filing_desk import rules_of
from core.actions.overview import my_sheets
from core.calendar import Due, Duty, due_of, dues
from core.duties import DutyState, FilingState
from core.errors import NothingToFileFor
from core.explanations import OwedExplanation
from core.filing_views import OwedDuty, OwnUnit
from core.people import Actor
from core.periods import PeriodKind, period_on
from core.permissions import Right, may
from core.policy import Policy
from core.snapshots import SheetLine
from core.store import filings, objections, people, units
from core.store.engine import Db
from core.store.rules import policy_in_force

_OPEN = {DutyState.NOT_DUE, DutyState.SHIFTED, DutyState.MISSING}


@dataclass(frozen=True, slots=True)
class Todo:
    """What a person owes: sheets (finished ones too) and duties, the most urgent first.

    `pending` briefings and open `objections` are for the office.
    """

    sheets: tuple[SheetLine, ...]
    duties: tuple[OwedDuty, ...]
    pending: int
    wants_digests: bool
    explanations: tuple[OwedExplanation, ...] = ()
    objections: int = 0


def todo(db: Db, actor: Actor, at: Moment) -> Todo:
    """Everything a person owes."""
    owed = sorted(_duties(db, actor, at), key=lambda each: (each.ends_at, each.duty, each.unit_id))
    pending = len(filings.pending(db, actor.district_id)) if may(actor, Right.KEEP_LEDGER) else 0
    return Todo(
        sheets=tuple(my_sheets(db, actor, at)),
        duties=tuple(owed),
        pending=pending,
        wants_digests=people.wants_digests(db, actor.person_id),
        explanations=owed_by(db, actor, at),
        objections=objections.count_open(db, actor.district_id) if may(actor, Right.CORRECT) else 0,
    )


def set_digests(db: Db, actor: Actor, *, wanted: bool) -> None:
    """Whether a person wants the morning's digest; duties are reminded of all the same."""
    people.set_digest(db, actor.person_id, wanted=wanted)


def still_owed(db: Db, district_id: int, unit_id: int, duty: Duty, key: str, at: Moment) -> OwedDuty | None:
    """What a reminder is about, as it is now; None when it was filed or excused meanwhile."""
    policy = rules_of(db, district_id)
    if ledger.state_of(db, district_id, unit_id, duty, key, policy, at) not in _OPEN:
        return None
    due = due_of(duty, key, policy.duties, ledger.zone_of(db, district_id))
    name = units.name_of(db, unit_id, at.today)
    return OwedDuty(unit_id, name, duty, key, due.ends_at, is_over=due.ends_at <= at.now)


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
    for unit in mine:
        for due in _coming(db, actor, policy, at, is_township=unit.unit_id in townships):
            if _is_owed(db, actor, unit, due, policy, at):
                yield OwedDuty(unit.unit_id, unit.unit, due.duty, due.key, due.ends_at, is_over=due.ends_at <= at.now)


def _coming(db: Db, actor: Actor, policy: Policy, at: Moment, *, is_township: bool) -> Iterator[Due]:
    """What is due this month and week, and of the past what can still be filed."""
    zone, duties = ledger.zone_of(db, actor.district_id), policy.duties
    month = period_on(PeriodKind.MONTH, at.today)
    days = set(rules.workdays_open(at.today, duties))
    days |= {due.day for due in dues(Duty.WORKDAY, month, duties, zone) if due.ends_at > at.now}
    yield from (due_of(Duty.WORKDAY, day.isoformat(), duties, zone) for day in sorted(days))
    if is_township:
        months = {*rules.report_months(at.today, duties)[:1], month}
        yield from (due_of(Duty.MONTHLY_REPORT, str(each), duties, zone) for each in months)
        yield due_of(Duty.BRIEFING, rules.briefing_key(at.today), duties, zone)


def _is_owed(db: Db, actor: Actor, unit: OwnUnit, due: Due, policy: Policy, at: Moment) -> bool:
    if ledger.state_of(db, actor.district_id, unit.unit_id, due.duty, due.key, policy, at) not in _OPEN:
        return False
    if due.duty is Duty.BRIEFING:
        filed = filings.of_unit(db, unit.unit_id, due.duty, [due.key])
        return all(each.state is not FilingState.PENDING for each in filed)
    if due.ends_at > at.now:
        return True
    # What was due before anybody filed such a thing is unknown, not missing.
    began = filings.began(db, actor.district_id).get(due.duty)
    return began is not None and due.ends_at > began
