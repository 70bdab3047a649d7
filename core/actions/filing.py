"""Filing: a unit's 月报表, 信息 and 群众工作日, each in answer to the bot's question.

What answers a question is filed at once, with the time at which it was sent. Words that come again are the next
version; files add to what was filed in answer to the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core import filing as rules
from core.actions import answer_files
from core.actions.door import Moment
from core.actions.duty_calendar import duty_calendar
from core.actions.filing_desk import rules_of, view_of
from core.actions.reactions import happened
from core.calendar import Due, Duty, due_of
from core.duties import FilingState
from core.errors import NothingToFileFor, NotYourUnit
from core.events import FilingMade
from core.filing_views import AskedFiling, Filed, FileKept, OpenDue, OwnUnit
from core.people import Actor
from core.periods import Period
from core.permissions import Right, require
from core.snapshots import Question
from core.store import filing_files, filings, prompts, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.filings import FilingRecord, NewFiling

KINDS = {"report": Duty.MONTHLY_REPORT, "briefing": Duty.BRIEFING, "workday": Duty.WORKDAY}
"""The questions that are answered by filing."""

# Among what briefings are looked through for one that says the same.
_ALIKE_DAYS, _ALIKE_MOST = timedelta(days=62), 300
_RIGHTS = {Duty.MONTHLY_REPORT: Right.FILE_REPORTS, Duty.BRIEFING: Right.FILE, Duty.WORKDAY: Right.FILE}


def own_units(db: Db, actor: Actor, duty: Duty, at: Moment) -> tuple[OwnUnit, ...]:
    """The units that a person files this for. Raises NotAllowed or NothingToFileFor."""
    require(actor, _RIGHTS[duty])
    known = units.unit_names(db, actor.district_id, "township", at.today)
    if duty is not Duty.MONTHLY_REPORT:
        known |= units.unit_names(db, actor.district_id, "department", at.today)
    found = tuple(OwnUnit(unit_id, name) for unit_id, name in known.items() if unit_id in actor.unit_ids)
    if not found:
        raise NothingToFileFor
    return found


def ask_report(db: Db, actor: Actor, unit_id: int, month: Period, at: Moment) -> AskedFiling:
    """Ask for a month's report. Raises NotAllowed, NotYourUnit or NoSuchDutyDay."""
    months = rules.report_months(at.today, rules_of(db, actor.district_id).duties)
    return _ask(db, actor, "report", unit_id, rules.check_report(month, months), at)


def ask_briefing(db: Db, actor: Actor, unit_id: int, at: Moment) -> AskedFiling:
    """Ask for a briefing. Raises NotAllowed or NotYourUnit."""
    return _ask(db, actor, "briefing", unit_id, rules.briefing_key(at.today), at)


def ask_workday(db: Db, actor: Actor, unit_id: int, day: date, at: Moment) -> AskedFiling:
    """Ask how a 群众工作日 went. Raises NotAllowed, NotYourUnit or NoSuchDutyDay."""
    calendar = duty_calendar(db, actor.district_id, rules_of(db, actor.district_id))
    return _ask(db, actor, "workday", unit_id, rules.check_workday(day, at.today, calendar).key, at)


def open_reports(db: Db, actor: Actor, at: Moment) -> tuple[OpenDue, ...]:
    """The reports that a person can file now, of each unit the likeliest first; raises as `own_units` does."""
    mine = own_units(db, actor, Duty.MONTHLY_REPORT, at)
    calendar = duty_calendar(db, actor.district_id, rules_of(db, actor.district_id))
    months = rules.report_months(at.today, calendar.rules)
    dues = [due_of(Duty.MONTHLY_REPORT, str(month), calendar) for month in months]
    return _open(db, Duty.MONTHLY_REPORT, mine, dues)


def open_workdays(db: Db, actor: Actor, at: Moment) -> tuple[OpenDue, ...]:
    """The days that a person can log now, of each unit the newest first; raises as `own_units` does."""
    mine = own_units(db, actor, Duty.WORKDAY, at)
    calendar = duty_calendar(db, actor.district_id, rules_of(db, actor.district_id))
    return _open(db, Duty.WORKDAY, mine, rules.workdays_open(at.today, calendar))


def take_words(db: Db, actor: Actor, question: Question, text: str, sent_at: datetime, at: Moment) -> Filed:
    """File the words that answer a question; `sent_at` (UTC) is when they were sent, which is when they count.

    Raises NotAllowed, NotYourUnit, TextMissing, TextTooLong or WorkdayUnreadable.
    """
    duty, unit_id, key = _asked_for(db, actor, question, at)
    before = filings.newest_of_prompt(db, question.prompt_id)
    zone = ZoneInfo(units.district(db, actor.district_id).timezone)
    if duty is Duty.BRIEFING:
        key = rules.briefing_key(sent_at.astimezone(zone).date())
    new = _read(duty, key, text, question.prompt_id)
    if before is not None and _says_the_same(before, new):
        return Filed(view_of(db, before), again=True)
    if before is not None and before.text is None and before.state is FilingState.FILED and duty is not Duty.WORKDAY:
        filings.set_text(db, before.id, new.text or "")
        return _filed(db, actor, question, before.id, at, act="word")
    if before is not None and before.state is FilingState.PENDING:
        filings.decide(db, before.id, FilingState.REJECTED, None, actor.person_id, at.now)
        _append(db, actor, before, "withdraw", {}, at)
    filing_id, _ = filings.add(db, actor.district_id, unit_id, actor.person_id, new, sent_at)
    if duty is Duty.BRIEFING:
        _point_out_likeness(db, actor.district_id, filing_id, sent_at)
    return _filed(db, actor, question, filing_id, at, act="file")


def take_file(
    db: Db, actor: Actor, question: Question, piece: Piece, text: str, sent_at: datetime, at: Moment
) -> Filed | FileKept:
    """File a photo or file that answers a question, with the words beneath it.

    Raises as `take_words` does, and FileTooBig for a file that could never be fetched.
    """
    duty, unit_id, key = _asked_for(db, actor, question, at)
    is_new = answer_files.keep(db, actor, question, piece, at)
    if text:
        return replace(take_words(db, actor, question, text, sent_at, at), added_file=True)
    before = filings.newest_of_prompt(db, question.prompt_id)
    if before is None and duty is not Duty.MONTHLY_REPORT:
        return FileKept(duty.value, filing_files.count(db, question.prompt_id))
    if before is None:
        new = NewFiling(duty, key, prompt_id=question.prompt_id)
        filing_id, _ = filings.add(db, actor.district_id, unit_id, actor.person_id, new, sent_at)
        return replace(_filed(db, actor, question, filing_id, at, act="file"), added_file=True)
    if is_new:
        _append(db, actor, before, "attach", {"source": piece.source_key}, at)
    return Filed(view_of(db, before), added_file=True, again=not is_new)


def _open(db: Db, duty: Duty, mine: Sequence[OwnUnit], dues: Sequence[Due]) -> tuple[OpenDue, ...]:
    found: list[OpenDue] = []
    for own in mine:
        known = filings.of_unit(db, own.unit_id, duty, [due.key for due in dues])
        filed = {each.key for each in known if each.state is FilingState.FILED}
        found += [OpenDue(own.unit_id, own.unit, due, due.key in filed) for due in dues]
    return tuple(found)


def _ask(db: Db, actor: Actor, kind: str, unit_id: int, key: str, at: Moment) -> AskedFiling:
    duty = KINDS[kind]
    unit = next((each.unit for each in own_units(db, actor, duty, at) if each.unit_id == unit_id), None)
    if unit is None:
        raise NotYourUnit
    prompt_id = prompts.add_question(db, actor.person_id, kind, f"{unit_id}:{key}", at.now)
    due = due_of(duty, key, duty_calendar(db, actor.district_id, rules_of(db, actor.district_id)))
    versions = 0 if duty is Duty.BRIEFING else len(filings.versions(db, unit_id, duty, [key]))
    return AskedFiling(prompt_id, unit, due, versions)


def _asked_for(db: Db, actor: Actor, question: Question, at: Moment) -> tuple[Duty, int, str]:
    duty = KINDS[question.kind]
    unit, _, key = question.about.partition(":")
    if int(unit) not in {each.unit_id for each in own_units(db, actor, duty, at)}:
        raise NotYourUnit
    return duty, int(unit), key


def _read(duty: Duty, key: str, text: str, prompt_id: int) -> NewFiling:
    if duty is Duty.BRIEFING:
        told = rules.read_briefing(text)
        return NewFiling(duty, key, told.text, told.title, told.link, prompt_id=prompt_id)
    if duty is Duty.WORKDAY:
        day = rules.read_workday(text)
        return NewFiling(
            duty, key, day.text, received=day.received, heard=day.heard, solved=day.solved, prompt_id=prompt_id
        )
    return NewFiling(duty, key, rules.check_text(text), prompt_id=prompt_id)


def _says_the_same(before: FilingRecord, new: NewFiling) -> bool:
    fields = ("title", "text", "link", "received", "heard", "solved")
    stands = before.state in {FilingState.FILED, FilingState.PENDING, FilingState.ACCEPTED}
    return stands and all(getattr(before, name) == getattr(new, name) for name in fields)


def _filed(db: Db, actor: Actor, question: Question, filing_id: int, at: Moment, *, act: str) -> Filed:
    prompts.close(db, question.prompt_id, at.now)
    record = filings.find(db, actor.district_id, filing_id)
    assert record is not None  # noqa: S101 -- written a moment ago, in this transaction
    told: dict[str, str | int | None] = {
        "filed_at": record.filed_at.isoformat(),
        "title": record.title,
        "text": record.text,
        "link": record.link,
        "prompt_id": record.prompt_id,
        "alike_id": record.alike_id,
        "alike_percent": record.alike_percent,
    }
    numbers: dict[str, str | int | None] = {"received": record.received, "heard": record.heard, "solved": record.solved}
    _append(db, actor, record, act, told | numbers, at)
    happened(db, FilingMade(filing_id, actor.person_id), at)
    return Filed(view_of(db, record))


def _append(
    db: Db, actor: Actor, record: FilingRecord, act: str, told: dict[str, str | int | None], at: Moment
) -> None:
    what: dict[str, str | int | None] = {"duty": record.duty.value, "key": record.key, "version": record.version}
    filings.append_act(db, record.unit_id, Act(at.now, actor.person_id, act, what | told))


def _point_out_likeness(db: Db, district_id: int, filing_id: int, sent_at: datetime) -> None:
    """Remember the one that says most nearly the same. A withdrawn version of itself is no other briefing."""
    known = filings.briefings_since(db, district_id, sent_at - _ALIKE_DAYS, _ALIKE_MOST)
    own = next(each for each in known if each.id == filing_id)
    likest, most = 0, 0
    for other in known:
        if other.prompt_id == own.prompt_id:
            continue
        percent = rules.likeness(_whole(own), _whole(other))
        if percent > most:
            likest, most = other.id, percent
    if most >= rules.ALIKE_PERCENT:
        filings.set_alike(db, filing_id, likest, most)


def _whole(record: FilingRecord) -> str:
    return f"{record.title or ''}{record.text or ''}"
