"""What the clock reminds of (月报表, 群众工作日, 信息, what is due today): who is told, each once per date.

Claiming the occurrence and owing the letters is one transaction. A letter names unit and due date; what it says of
them is looked up when it is sent, so that nobody is reminded of what they filed meanwhile as if they had not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions import ledger
from core.actions.door import Moment
from core.actions.duty_calendar import duty_calendar
from core.actions.explanations import unexplained
from core.actions.firing import Firing
from core.actions.telling import Letter, after_quiet_hours, tell_admins, tell_all
from core.calendar import Due, Duty, DutyCalendar, due_of, dues, week_key
from core.duties import DutyState, FilingState
from core.people import Role
from core.periods import PeriodKind, period_on
from core.policy import Policy
from core.policy_schedules import DutyKind, Schedule
from core.store import calendar_days, filings, handing_out, occurrences, people, roster, rounds, units
from core.store.engine import Db
from core.store.people import Addressee
from core.store.units import DistrictView
from core.workdays import Overrides, is_known, kind_of

_DONE = {DutyState.FILED, DutyState.LATE, DutyState.EXCUSED}


@dataclass(frozen=True, slots=True)
class _Occasion:
    """One firing in one district; `overrides` are the days that its office entered."""

    district: DistrictView
    policy: Policy
    schedule: Schedule
    firing: Firing
    calendar: DutyCalendar
    overrides: Overrides

    @property
    def not_after(self) -> datetime | None:
        """Until when it is worth sending (UTC)."""
        return self.firing.worth_until(self.schedule.within_hours)

    @property
    def key(self) -> str:
        """The part of the letters' keys that makes them this firing's."""
        return f"{self.schedule.id}:{self.district.id}:{self.firing.day.isoformat()}"


def remind(db: Db, district: DistrictView, policy: Policy, schedule: Schedule, firing: Firing, at: Moment) -> None:
    """Owe everybody whom a firing of a duty's schedule concerns their letter, once."""
    if not occurrences.claim(db, district.id, schedule.id, firing.day.isoformat(), firing.fire_at, at.now):
        return
    for kind, act in _ACTS.items():
        if kind == schedule.kind:
            calendar = duty_calendar(db, district.id, policy)
            overrides = calendar_days.overrides(db, district.id)
            act(db, _Occasion(district, policy, schedule, firing, calendar, overrides), at)


def nudge_raters(
    db: Db,
    district: DistrictView,
    nudge: str,
    round_id: int,
    firing: Firing,
    at: Moment,
    *,
    within_hours: int | None = None,
) -> None:
    """Remind whoever is not finished with a round that it is about to end; not later than so long after its time."""
    key = f"{round_id}:{firing.day.isoformat()}"
    if not occurrences.claim(db, district.id, nudge, key, firing.fire_at, at.now):
        return
    raters, letter = handing_out.raters(db, round_id, at.today), {"name": "nudge", "round": round_id}
    until, marked = firing.worth_until(within_hours), f"{nudge}:{key}"
    tell_all(db, district.id, raters, marked, letter, at, not_after=until, occurrence=marked)


def tell_missed(db: Db, district: DistrictView, missed: Iterable[tuple[str, Firing]], at: Moment) -> None:
    """Reminders that an outage made too late are not sent; the office hears which.

    Not of digests: they only sum up what the reminders say.
    """
    told = [
        (kind, firing.fire_at.isoformat())
        for kind, firing in missed
        if occurrences.claim(
            db, district.id, firing.schedule, firing.day.isoformat(), firing.fire_at, at.now, missed=True
        )
        and kind != "send_digest"
    ]
    if told:
        letter = {"name": "reminders_missed", "missed": told}
        tell_admins(db, district.id, f"missed:{district.id}:{at.now.isoformat()}", letter, at)


def _report(db: Db, occasion: _Occasion, at: Moment) -> None:
    """月报表: every officer of a township; when chasing, those whose unit has not filed."""
    key = str(period_on(PeriodKind.MONTH, occasion.firing.day))
    due = due_of(Duty.MONTHLY_REPORT, key, occasion.calendar)
    _tell_units(db, occasion, due, _townships(db, occasion, at), at)


def _workday(db: Db, occasion: _Occasion, at: Moment) -> None:
    """群众工作日: officers, and liaisons of linked departments; when chasing, those whose unit has not logged it."""
    month = period_on(PeriodKind.MONTH, occasion.firing.day)
    coming = (*dues(Duty.WORKDAY, month, occasion.calendar), *dues(Duty.WORKDAY, month.next(), occasion.calendar))
    # By the day that the measures name: that one both the schedule and the duty were moved from.
    due = next(each for each in coming if each.named >= occasion.firing.day)
    _tell_units(db, occasion, due, {**_townships(db, occasion, at), **_linked_departments(db, occasion, at)}, at)


def _briefing(db: Db, occasion: _Occasion, at: Moment) -> None:
    """信息: townships with none accepted or pending this week."""
    due = due_of(Duty.BRIEFING, week_key(occasion.firing.day), occasion.calendar)
    waiting = {
        unit_id: who
        for unit_id, who in _townships(db, occasion, at).items()
        if all(each.state is not FilingState.PENDING for each in filings.of_unit(db, unit_id, Duty.BRIEFING, [due.key]))
    }
    _tell_units(db, occasion, due, waiting, at)


def _digest(db: Db, occasion: _Occasion, at: Moment) -> None:
    """Whoever owes something that is due today, unless they want no digests."""
    day = occasion.firing.day
    found: dict[int, Addressee] = {}
    for duty in Duty:
        owing = _townships(db, occasion, at)
        if duty is Duty.WORKDAY:
            owing = {**owing, **_linked_departments(db, occasion, at)}
        for due in _due_on(duty, day, occasion):
            for unit_id, who in owing.items():
                if _state(db, occasion, unit_id, due, at) not in _DONE:
                    found |= {each.person_id: each for each in who}
    officers = _townships(db, occasion, at)
    for owed in unexplained(db, occasion.district.id, at):
        if owed.due == day:
            found |= {each.person_id: each for each in officers.get(owed.unit_id, ())}
    for record in rounds.open_ones(db, occasion.district.id, at.now):
        if _last_day(record.closes_at, _zone(occasion)) == day:
            found |= {each.person_id: each for each in handing_out.raters(db, record.id, at.today)}
    wanted = people.who_want_digests(db, occasion.district.id)
    to = [each for person_id, each in sorted(found.items()) if person_id in wanted]
    _owe(db, occasion, to, occasion.key, {"name": "digest"}, at)


def _holidays(db: Db, occasion: _Occasion, at: Moment) -> None:
    """The office, while nobody knows which days of next year are worked."""
    year = occasion.firing.day.year + 1
    if not is_known(year, occasion.overrides):
        letter = {"name": "holidays_unknown", "year": year}
        tell_admins(db, occasion.district.id, occasion.key, letter, at, occurrence=occasion.firing.occurrence)


_ACTS: Mapping[DutyKind, Callable[[Db, _Occasion, Moment], None]] = {
    "remind_report": _report,
    "chase_report": _report,
    "remind_workday": _workday,
    "chase_workday": _workday,
    "chase_briefing": _briefing,
    "send_digest": _digest,
    "warn_holidays": _holidays,
}


def _tell_units(db: Db, occasion: _Occasion, due: Due, owing: Mapping[int, list[Addressee]], at: Moment) -> None:
    # Once for all units: the clock's hand holds the database meanwhile, and people tap.
    not_before = after_quiet_hours(db, occasion.district.id, at.now)
    is_chasing = occasion.schedule.kind.startswith("chase_")
    for unit_id, who in owing.items():
        state = _state(db, occasion, unit_id, due, at)
        if state is DutyState.EXCUSED or (is_chasing and state in _DONE):
            continue
        letter = {
            "name": "reminder",
            "kind": occasion.schedule.kind,
            "unit": unit_id,
            "duty": due.duty,
            "key": due.key,
            "ends_at": due.ends_at.isoformat(),
            "day": kind_of(due.day, occasion.overrides),
            # The office may move a reminder to another day than the one it is about.
            "is_today": due.day == occasion.firing.fire_at.astimezone(_zone(occasion)).date(),
        }
        _owe(db, occasion, who, f"{occasion.key}:{unit_id}", letter, at, not_before)


def _owe(
    db: Db,
    occasion: _Occasion,
    to: Iterable[Addressee],
    key: str,
    letter: Letter,
    at: Moment,
    not_before: datetime | None = None,
) -> None:
    """Owe people a letter of this firing, while it is worth sending."""
    tell_all(
        db,
        occasion.district.id,
        to,
        key,
        letter,
        at,
        not_before=not_before,
        not_after=occasion.not_after,
        occurrence=occasion.firing.occurrence,
    )


def _townships(db: Db, occasion: _Occasion, at: Moment) -> dict[int, list[Addressee]]:
    return _holders(db, occasion, Role.OFFICER, units.unit_names(db, occasion.district.id, "township", at.today), at)


def _linked_departments(db: Db, occasion: _Occasion, at: Moment) -> dict[int, list[Addressee]]:
    """Departments that townships score: the linked ones, and by the policy those without any link."""
    departments = units.unit_names(db, occasion.district.id, "department", at.today)
    if occasion.policy.scoring.unlinked_department == "nobody":
        links = roster.links_on(db, occasion.district.id, at.today)
        departments = {unit_id: name for unit_id, name in departments.items() if unit_id in links}
    return _holders(db, occasion, Role.LIAISON, departments, at)


def _holders(db: Db, occasion: _Occasion, role: Role, known: Iterable[int], at: Moment) -> dict[int, list[Addressee]]:
    found: dict[int, list[Addressee]] = {unit_id: [] for unit_id in known}
    for unit_id, who in people.holders(db, occasion.district.id, role, at.today):
        if unit_id in found:
            found[unit_id].append(who)
    return found


def _state(db: Db, occasion: _Occasion, unit_id: int, due: Due, at: Moment) -> DutyState:
    return ledger.state_of(db, unit_id, due, occasion.calendar.rules, at)


def _due_on(duty: Duty, day: date, occasion: _Occasion) -> list[Due]:
    month = period_on(PeriodKind.MONTH, day)
    # What is due today may have been moved from the month before, or the one after.
    months = (month.previous(), month, month.next())
    return [due for each in months for due in dues(duty, each, occasion.calendar) if due.day == day]


def _last_day(closes_at: datetime, zone: ZoneInfo) -> date:
    """A round that closes at 00:00 has the day before as its last."""
    return (closes_at - timedelta(microseconds=1)).astimezone(zone).date()


def _zone(occasion: _Occasion) -> ZoneInfo:
    return ZoneInfo(occasion.district.timezone)
