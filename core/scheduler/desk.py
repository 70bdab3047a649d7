"""The office's hand in the clock: one firing skipped, moved or fired now, and that taken back. Each with its reason.

A word is set, not added: the newest stands, and the district's audit chain keeps them all.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core import filing as texts
from core.actions.door import Moment
from core.actions.reactions import happened
from core.errors import (
    FiringInQuietHours,
    FiringOfRound,
    FiringOver,
    FiringPast,
    FiringTooFar,
    RoundNotOver,
)
from core.events import FiringChanged
from core.moving_time import read_new_time
from core.people import Actor
from core.schedule_views import FIRE, MOVE, SKIP, AskedChange, Changed, FiringLine, FiringNumber, ForTheClock, Plan
from core.scheduler.book import Book, look, open_book
from core.store import prompts, reschedulings, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.reschedulings import Change

FARTHEST = timedelta(days=60)
"""How far away a firing may be moved; not a rule of the measures."""

_ACTS = {SKIP: "skip_firing", MOVE: "move_firing", FIRE: "fire_now"}


def ask(db: Db, actor: Actor, kind: str, number: FiringNumber, at: Moment) -> AskedChange:
    """Ask why a firing is to be skipped, moved or fired now. Raises NotAllowed, NoSuchFiring, FiringOver,
    FiringOfRound; and for firing now what `take_answer` raises of the time.
    """
    book = open_book(db, actor)
    line = _changeable(db, book, number)
    if kind == FIRE:
        _check_time(book, line, at.now, at)
    about = f"{number.schedule}:{number.day}:{number.round}"
    return AskedChange(prompts.add_question(db, actor.person_id, kind, about, at.now), kind, line)


def take_answer(db: Db, actor: Actor, answer: ForTheClock, at: Moment) -> Changed:
    """Take the reason, and for a move the new time in front of it.

    Raises as `ask` does, FiringTimeUnreadable, FiringReasonMissing, FiringPast, FiringTooFar, FiringInQuietHours,
    RoundNotOver, TextMissing or TextTooLong.
    """
    book = open_book(db, actor)
    number = FiringNumber(*map(int, answer.about.split(":")))
    line = _changeable(db, book, number)
    fire_at, words = (None, answer.text) if answer.kind == SKIP else (at.now, answer.text)
    if answer.kind == MOVE:
        fire_at, words = read_new_time(answer.text, book.zone, at.today)
    reason = texts.check_text(words, texts.LONGEST_REASON)
    if fire_at is not None:
        _check_time(book, line, fire_at, at)
    change = Change(line.schedule, line.key, line.named_day, fire_at, reason, actor.person_id, at.now)
    reschedulings.change(db, book.district_id, change)
    prompts.close(db, answer.prompt_id, at.now)
    _record(db, actor, line, _ACTS[answer.kind], fire_at, reason, at)
    return Changed(answer.kind, look(db, open_book(db, actor), number))


def restore(db: Db, actor: Actor, number: FiringNumber, at: Moment) -> FiringLine:
    """Let a firing come as planned again; one that nobody changed stays as it is.

    Raises as `ask` does, and FiringPast when its own time has gone by.
    """
    book = open_book(db, actor)
    line = _changeable(db, book, number)
    if line.plan is Plan.PLANNED:
        return line
    if line.planned_at <= at.now:
        raise FiringPast(fire_at=line.planned_at)
    reschedulings.take_back(db, book.district_id, line.schedule, line.key)
    _record(db, actor, line, "restore_firing", line.planned_at, None, at)
    return look(db, open_book(db, actor), number)


def _changeable(db: Db, book: Book, number: FiringNumber) -> FiringLine:
    line = look(db, book, number)
    if line.plan is Plan.OF_ROUND:
        raise FiringOfRound
    if line.plan is Plan.OVER:
        raise FiringOver
    return line


def _check_time(book: Book, line: FiringLine, fire_at: datetime, at: Moment) -> None:
    if fire_at < at.now:
        raise FiringPast(fire_at=fire_at)
    latest = at.now + FARTHEST if line.latest is None else min(line.latest, at.now + FARTHEST)
    if fire_at > latest or fire_at == line.latest:
        raise FiringTooFar(latest=latest)
    if line.earliest is not None and fire_at < line.earliest:
        raise RoundNotOver(closes_at=line.earliest)
    contact = book.policy.contact
    if contact.is_quiet(fire_at.astimezone(book.zone).time()):
        raise FiringInQuietHours(quiet_from=contact.quiet_from, quiet_until=contact.quiet_until)


def _record(
    db: Db, actor: Actor, line: FiringLine, act: str, fire_at: datetime | None, reason: str | None, at: Moment
) -> None:
    old = None if line.is_skipped else line.fire_at.isoformat()
    told: dict[str, str | int | None] = {
        "schedule": line.schedule,
        "key": line.key,
        "old": old,
        "new": None if fire_at is None else fire_at.isoformat(),
        "reason": reason,
    }
    units.append_act(db, actor.district_id, Act(at.now, actor.person_id, act, told))
    happened(db, FiringChanged(actor.district_id, line.schedule, line.key, actor.person_id), at)
