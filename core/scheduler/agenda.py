"""What the office sees of the clock: the firings to come as it changed them, the last that came, a whole year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from core.actions.door import Moment
from core.people import Actor
from core.periods import Period, PeriodKind
from core.policy_schedules import Nudge, Schedule
from core.schedule_views import Agenda, Fired, FiringLine, FiringNumber, LastFired, Plan, Subject, YearPlan
from core.scheduler.book import Book, lines_between, look, open_book, subject_of
from core.store import deliveries, occurrences, rounds
from core.store.engine import Db
from core.store.occurrences import Claimed

DAYS_SHOWN = 30
LAST_SHOWN = 10


def agenda(db: Db, actor: Actor, at: Moment) -> Agenda:
    """The firings of the next days, as the office changed them. Raises NotAllowed."""
    book = open_book(db, actor)
    until = at.now + timedelta(days=DAYS_SHOWN)
    lines = lines_between(db, book, at.now, until, rounds.open_ones(db, book.district_id, at.now))
    coming = [
        line
        for line in lines
        if line.plan is not Plan.OVER and at.now < line.fire_at and (line.fire_at <= until or line.plan is Plan.MOVED)
    ]
    digests = tuple(each.time for each in book.policy.schedules if each.kind == "send_digest")
    return Agenda(tuple(coming), digests)


def firing_line(db: Db, actor: Actor, number: FiringNumber) -> FiringLine:
    """One firing. Raises NotAllowed or NoSuchFiring."""
    return look(db, open_book(db, actor), number)


def year_plan(db: Db, actor: Actor, year: int, at: Moment) -> YearPlan:
    """A calendar year. Raises NotAllowed, or BadPeriod for a year that cannot be assessed."""
    book = open_book(db, actor)
    period = Period(PeriodKind.YEAR, year, 1)
    after = datetime.combine(period.first_day, time(), tzinfo=book.zone).astimezone(UTC) - timedelta(microseconds=1)
    until = period.ends_at(book.zone) - timedelta(microseconds=1)
    known = [record for record, _ in rounds.counted(db, book.district_id)]
    lines = lines_between(db, book, after, until, known)
    shown = [each for each in lines if after < each.fire_at <= until and each.subject.kind != "send_digest"]
    return YearPlan(book.district_id, book.district, year, tuple(shown), at.now)


def last_fired(db: Db, actor: Actor) -> LastFired:
    """What came last, and what became of its messages. Raises NotAllowed."""
    book = open_book(db, actor)
    digests = [each.id for each in book.policy.schedules if each.kind == "send_digest"]
    claimed = occurrences.newest(db, book.district_id, LAST_SHOWN, besides=digests)
    daily = occurrences.newest(db, book.district_id, 1, of=digests) if digests else []
    messages = deliveries.counts(db, book.district_id, [f"{each.schedule}:{each.key}" for each in (*claimed, *daily)])
    shown = [_fired(db, book, each, messages.get(f"{each.schedule}:{each.key}", {})) for each in (*claimed, *daily)]
    return LastFired(tuple(shown[: len(claimed)]), shown[-1] if daily else None)


def _fired(db: Db, book: Book, claimed: Claimed, messages: Mapping[str, int]) -> Fired:
    change = book.changes.get((claimed.schedule, claimed.key))
    lines = (each for each in book.entries if each.id == claimed.schedule)
    return Fired(
        schedule=claimed.schedule,
        subject=next((_past_subject(db, book, line, claimed.key) for line in lines), None),
        fire_at=claimed.fire_at,
        outcome=claimed.outcome,
        messages=messages,
        moved=change is not None and change.fire_at is not None,
        reason=None if change is None else change.reason,
    )


def _past_subject(db: Db, book: Book, line: Schedule | Nudge, key: str) -> Subject:
    if isinstance(line, Nudge):
        return subject_of(book, line, date.min, rounds.known(db, int(key.partition(":")[0])))
    if line.kind == "compute_ranking":
        return Subject(line.kind, key)
    return subject_of(book, line, date.fromisoformat(key), None)
