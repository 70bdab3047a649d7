"""A district's plan as it is read: its policy, its table of days, the office's changes, and each firing as it stands.

Looks, and changes nothing (`desk` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.actions.filing_desk import rules_of
from core.actions.firing import Firing
from core.errors import NoSuchFiring
from core.people import Actor
from core.periods import Period
from core.permissions import Right, require
from core.policy import Policy
from core.policy_schedules import Nudge, Schedule, rhythm_of
from core.schedule_views import FiringLine, FiringNumber, Plan, Subject, schedule_number
from core.scheduler.due import is_carried_out
from core.scheduler.fire_times import closing_of, firing_on, firings, last_day, named_at, nudge_firings
from core.store import calendar_days, occurrences, people, reschedulings, rounds, units
from core.store.engine import Db
from core.store.reschedulings import Change
from core.store.rounds import RoundRecord
from core.workdays import Overrides, kind_of


@dataclass(frozen=True, slots=True)
class _Planned:
    """A firing as the policy plans it, with the line of the policy and the round that it is about."""

    line: Schedule | Nudge
    firing: Firing
    record: RoundRecord | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What a district's plan is read from; the changes by schedule and key."""

    district_id: int
    district: str
    zone: ZoneInfo
    policy: Policy
    overrides: Overrides
    changes: Mapping[tuple[str, str], Change]

    @property
    def entries(self) -> tuple[Schedule | Nudge, ...]:
        """Every line of the policy that makes the clock act."""
        return (*self.policy.schedules, *self.policy.nudges)


def open_book(db: Db, actor: Actor) -> Book:
    """Everything that the plan of the person's district is read from. Raises NotAllowed."""
    require(actor, Right.MANAGE_SCHEDULE)
    district = units.district(db, actor.district_id)
    return Book(
        district_id=district.id,
        district=district.name,
        zone=ZoneInfo(district.timezone),
        policy=rules_of(db, district.id),
        overrides=calendar_days.overrides(db, district.id),
        changes={(each.schedule, each.key): each for each in reschedulings.changes(db, district.id)},
    )


def look(db: Db, book: Book, number: FiringNumber) -> FiringLine:
    """The firing of this number as it stands. Raises NoSuchFiring."""
    if not 1 <= number.day <= date.max.toordinal():
        raise NoSuchFiring
    day = date.fromordinal(number.day)
    record = rounds.by_id(db, number.round) if number.round else None
    if number.round and (record is None or record.district_id != book.district_id):
        raise NoSuchFiring
    for line in (each for each in book.entries if schedule_number(each.id) == number.schedule):
        for planned in _of_day(book, line, day, record):
            (found,) = _stand(db, book, [planned])
            return found
    raise NoSuchFiring


def lines_between(
    db: Db, book: Book, after: datetime, until: datetime, known: Sequence[RoundRecord]
) -> list[FiringLine]:
    """The firings planned in (after, until], and all that were changed, by when they come; of digests only these."""
    found: dict[tuple[str, str], _Planned] = {}
    for schedule in book.policy.schedules:
        for planned in _of_schedule(db, book, schedule, after, until, known):
            found[planned.firing.schedule, planned.firing.key] = planned
    for nudge in book.policy.nudges:
        for planned in _of_rounds(book, nudge, known):
            found[planned.firing.schedule, planned.firing.key] = planned
    return sorted(_stand(db, book, found.values()), key=lambda each: (each.fire_at, each.schedule, each.key))


def _of_schedule(
    db: Db, book: Book, schedule: Schedule, after: datetime, until: datetime, known: Sequence[RoundRecord]
) -> Iterator[_Planned]:
    if schedule.kind != "send_digest":
        for firing in firings(schedule, book.zone, after, until, book.overrides):
            # A round that is there closes when it says, not when the policy does.
            if schedule.kind != "close_round" or not _has_rounds(db, book, schedule, firing):
                yield _Planned(schedule, firing)
    yield from _of_rounds(book, schedule, known)
    for changed, change in book.changes.items():
        own = firing_on(schedule, book.zone, change.day, book.overrides)
        if changed[0] == schedule.id and own is not None:
            yield _Planned(schedule, own)


def _of_rounds(book: Book, line: Schedule | Nudge, known: Sequence[RoundRecord]) -> Iterator[_Planned]:
    """What a line plans for rounds that are there: their closing, and reminders before it."""
    for record in known:
        if rhythm_of(Period.parse(record.period).kind) != line.rhythm:
            continue
        if isinstance(line, Nudge):
            for firing in nudge_firings(line, book.zone, record.id, record.closes_at):
                yield _Planned(line, firing, record)
        elif line.kind == "close_round":
            day = last_day(book.zone, record.closes_at)
            yield _Planned(line, Firing(line.id, day, record.closes_at, f"{record.id}:{day.isoformat()}"), record)


def _of_day(book: Book, line: Schedule | Nudge, day: date, record: RoundRecord | None) -> list[_Planned]:
    if record is not None or isinstance(line, Nudge):
        known = [] if record is None else [record]
        return [each for each in _of_rounds(book, line, known) if each.firing.day == day]
    own = firing_on(line, book.zone, day, book.overrides)
    return [] if own is None else [_Planned(line, own)]


def _has_rounds(db: Db, book: Book, schedule: Schedule, firing: Firing) -> bool:
    period = schedule.about(firing.day)
    kinds = book.policy.rounds.of(rhythm_of(period.kind))
    return any(rounds.find(db, book.district_id, str(period), kind) is not None for kind in kinds)


def _stand(db: Db, book: Book, found: Iterable[_Planned]) -> Iterator[FiringLine]:
    """How firings stand: changed, over, or as planned."""
    by_schedule: dict[str, list[_Planned]] = {}
    for planned in found:
        by_schedule.setdefault(planned.line.id, []).append(planned)
    for schedule, several in by_schedule.items():
        over = occurrences.claimed(db, book.district_id, schedule, [each.firing.key for each in several])
        yield from (_line(db, book, planned, is_over=planned.firing.key in over) for planned in several)


def _line(db: Db, book: Book, planned: _Planned, *, is_over: bool) -> FiringLine:
    firing, line, record = planned.firing, planned.line, planned.record
    change = book.changes.get((firing.schedule, firing.key))
    moved_to = None if change is None else change.fire_at
    fire_at = moved_to or firing.fire_at
    earliest, latest = _bounds(db, book, planned)
    return FiringLine(
        number=FiringNumber(
            schedule_number(firing.schedule), firing.day.toordinal(), 0 if record is None else record.id
        ),
        schedule=firing.schedule,
        key=firing.key,
        subject=subject_of(book, line, firing.day, record),
        named_day=firing.day,
        planned_at=firing.fire_at,
        fire_at=fire_at,
        day_kind=kind_of(last_day(book.zone, fire_at), book.overrides),
        plan=_plan(line, change, is_over=is_over),
        catch_up=line.catch_up,
        within_hours=line.within_hours,
        is_skipped=change is not None and moved_to is None,
        reason=None if change is None else change.reason,
        changed_by=None if change is None else people.addressee(db, change.person_id).name,
        earliest=earliest,
        latest=latest,
    )


def _plan(line: Schedule | Nudge, change: Change | None, *, is_over: bool) -> Plan:
    if isinstance(line, Schedule) and not is_carried_out(line):
        return Plan.OF_ROUND
    if is_over:
        return Plan.OVER
    if change is None:
        return Plan.PLANNED
    return Plan.SKIPPED if change.fire_at is None else Plan.MOVED


def subject_of(book: Book, line: Schedule | Nudge, day: date, record: RoundRecord | None) -> Subject:
    """What a firing is about that an entry names after this day, of this round where there is one."""
    kind = "nudge" if isinstance(line, Nudge) else line.kind
    if record is not None:
        return Subject(kind, record.period, (record.unit_kind,))
    if isinstance(line, Nudge) or not line.is_about_a_round:
        return Subject(kind)
    period = line.about(day)
    ranked = kind == "compute_ranking"
    return Subject(kind, str(period), () if ranked else book.policy.rounds.of(rhythm_of(period.kind)))


def _bounds(db: Db, book: Book, planned: _Planned) -> tuple[datetime | None, datetime | None]:
    """Between which moments a firing makes sense, as far as its round bounds it."""
    line, record = planned.line, planned.record
    if isinstance(line, Nudge):
        return None, None if record is None else record.closes_at
    if line.kind == "open_round":
        period, named = line.about(planned.firing.day), named_at(line, book.zone, planned.firing.day)
        return None, closing_of(book.policy, period, book.zone, named, book.overrides)
    if line.kind == "compute_ranking":
        period = line.about(planned.firing.day)
        ranked = rounds.find(db, book.district_id, str(period), "township")
        return period.ends_at(book.zone) if ranked is None else ranked.closes_at, None
    return None, None
