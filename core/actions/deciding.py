"""The office and the ledger: looking into what was filed, deciding on it, excusing; every act in the unit's chain."""

from __future__ import annotations

from core import filing as rules
from core.actions import ledger
from core.actions.door import Moment
from core.actions.duty_calendar import duty_calendar
from core.actions.filing_desk import rules_of, view_of
from core.actions.reactions import happened
from core.calendar import Duty, due_of, dues
from core.duties import DutyState, FilingState
from core.errors import FilingDecided, NoSuchFiling, NoSuchUnit, NothingToExcuse
from core.events import DutyExcused
from core.events import FilingDecided as Decision
from core.filing_views import (
    AskedDecision,
    AskedExcuse,
    Board,
    BoardLine,
    Decided,
    Excused,
    FiledFile,
    FilingView,
    UnitMonth,
)
from core.people import Actor
from core.periods import Period
from core.permissions import Right, require
from core.snapshots import Question
from core.store import filing_files, filings, prompts, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.filings import FilingRecord

DECISIONS = ("return_filing", "reject_filing", "excuse")
"""The questions that are answered with a reason of the office's."""


def look(db: Db, actor: Actor, filing_id: int) -> FilingView:
    """One filing. Raises NotAllowed or NoSuchFiling."""
    return view_of(db, _record(db, actor, filing_id))


def files_of(db: Db, actor: Actor, filing_id: int) -> tuple[FilingView, tuple[FiledFile, ...]]:
    """A filing and its files. Raises NotAllowed or NoSuchFiling."""
    found = look(db, actor, filing_id)
    return found, () if found.prompt_id is None else tuple(filing_files.of_prompt(db, found.prompt_id))


def one_file(db: Db, actor: Actor, file_id: int, _at: Moment) -> FiledFile:
    """One file that was fetched. Raises NotAllowed, or NoSuchFiling while there is none."""
    require(actor, Right.KEEP_LEDGER)
    found = filing_files.find(db, file_id)
    if found is None or found.sha256 is None or filing_files.district_of(db, file_id) != actor.district_id:
        raise NoSuchFiling
    return found


def pending(db: Db, actor: Actor) -> tuple[FilingView, ...]:
    """Briefings that wait for the office, the oldest first. Raises NotAllowed."""
    require(actor, Right.KEEP_LEDGER)
    return tuple(view_of(db, record) for record in filings.pending(db, actor.district_id))


def accept(db: Db, actor: Actor, filing_id: int, at: Moment) -> FilingView:
    """采用 a briefing; doing it twice is doing it once. Raises NotAllowed, NoSuchFiling or FilingDecided."""
    record = _record(db, actor, filing_id, to_change=True)
    found = view_of(db, record)
    if found.state is FilingState.ACCEPTED:
        return found
    if not found.can_be_accepted:
        raise FilingDecided(unit=found.unit)
    return _decide(db, actor, record, FilingState.ACCEPTED, None, at)


def ask_decision(db: Db, actor: Actor, filing_id: int, at: Moment) -> AskedDecision:
    """Ask why a filing goes back, or a briefing is not accepted. Raises as `decide` does."""
    found = look(db, actor, filing_id)
    _check_open(found)
    kind = "reject_filing" if found.duty is Duty.BRIEFING else "return_filing"
    return AskedDecision(prompts.add_question(db, actor.person_id, kind, str(filing_id), at.now), found)


def ask_excuse(db: Db, actor: Actor, unit_id: int, duty: Duty, key: str, at: Moment) -> AskedExcuse:
    """Ask why a unit does not owe a due date. Raises as `take_reason` does."""
    unit = _excusable(db, actor, unit_id, duty, key, at)
    about = f"{unit_id}:{duty}:{key}"
    return AskedExcuse(prompts.add_question(db, actor.person_id, "excuse", about, at.now), unit, duty, key)


def take_reason(db: Db, actor: Actor, question: Question, text: str, at: Moment) -> Decided | Excused:
    """Take the office's reason and do what was asked for.

    Raises NotAllowed, NoSuchFiling, FilingDecided, NoSuchUnit, NothingToExcuse, TextMissing or TextTooLong.
    """
    require(actor, Right.KEEP_LEDGER)
    reason = rules.check_text(text, rules.LONGEST_REASON)
    if question.kind == "excuse":
        unit, duty, key = question.about.split(":", 2)
        done: Decided | Excused = _excuse(db, actor, int(unit), Duty(duty), key, reason, at)
    else:
        record = _record(db, actor, int(question.about), to_change=True)
        _check_open(view_of(db, record))
        state = FilingState.REJECTED if question.kind == "reject_filing" else FilingState.RETURNED
        done = Decided(_decide(db, actor, record, state, reason, at))
    prompts.close(db, question.prompt_id, at.now)
    return done


def board(db: Db, actor: Actor, month: Period, at: Moment) -> Board:
    """The ledger of a month. Raises NotAllowed."""
    require(actor, Right.KEEP_LEDGER)
    names = units.unit_names(db, actor.district_id, "township", month.last_day)
    calendar = duty_calendar(db, actor.district_id, rules_of(db, actor.district_id))
    began = filings.began(db, actor.district_id)
    lines = tuple(
        BoardLine(unit_id, name, ledger.kept(db, unit_id, month, calendar, began, at.now))
        for unit_id, name in names.items()
    )
    return Board(month, lines, len(filings.pending(db, actor.district_id)))


def unit_month(db: Db, actor: Actor, unit_id: int, month: Period, at: Moment) -> UnitMonth:
    """One unit's month in the ledger. Raises NotAllowed or NoSuchUnit."""
    line = next((each for each in board(db, actor, month, at).lines if each.unit_id == unit_id), None)
    if line is None:
        raise NoSuchUnit(unit_id=unit_id)
    calendar = duty_calendar(db, actor.district_id, rules_of(db, actor.district_id))
    records: list[FilingRecord] = []
    for duty in Duty:
        keys = [due.key for due in dues(duty, month, calendar)]
        records += filings.versions(db, unit_id, duty, keys)
    return UnitMonth(month, line, tuple(view_of(db, record) for record in records))


def _record(db: Db, actor: Actor, filing_id: int, *, to_change: bool = False) -> FilingRecord:
    require(actor, Right.KEEP_LEDGER)
    record = filings.find(db, actor.district_id, filing_id, to_change=to_change)
    if record is None:
        raise NoSuchFiling
    return record


def _check_open(found: FilingView) -> None:
    if not (found.can_be_rejected or found.can_be_returned):
        raise FilingDecided(unit=found.unit)


def _decide(
    db: Db, actor: Actor, record: FilingRecord, state: FilingState, reason: str | None, at: Moment
) -> FilingView:
    filings.decide(db, record.id, state, reason, actor.person_id, at.now)
    told: dict[str, str | int | None] = {
        "duty": record.duty.value,
        "key": record.key,
        "version": record.version,
        "reason": reason,
    }
    filings.append_act(db, record.unit_id, Act(at.now, actor.person_id, state.value, told))
    happened(db, Decision(record.id, actor.person_id), at)
    return view_of(db, record)


def _excusable(db: Db, actor: Actor, unit_id: int, duty: Duty, key: str, at: Moment) -> str:
    require(actor, Right.KEEP_LEDGER)
    name = units.unit_names(db, actor.district_id, "township", at.today).get(unit_id)
    if name is None:
        raise NoSuchUnit(unit_id=unit_id)
    calendar = duty_calendar(db, actor.district_id, rules_of(db, actor.district_id))
    state = ledger.state_of(db, unit_id, due_of(duty, key, calendar), calendar.rules, at)
    if state in {DutyState.FILED, DutyState.EXCUSED}:
        raise NothingToExcuse
    return name


def _excuse(db: Db, actor: Actor, unit_id: int, duty: Duty, key: str, reason: str, at: Moment) -> Excused:
    unit = _excusable(db, actor, unit_id, duty, key, at)
    filings.excuse(db, unit_id, duty, key, reason, actor.person_id, at.now)
    told: dict[str, str | int | None] = {"duty": duty.value, "key": key, "reason": reason}
    filings.append_act(db, unit_id, Act(at.now, actor.person_id, "excuse", told))
    happened(db, DutyExcused(unit_id, duty.value, key, reason, actor.person_id), at)
    return Excused(unit_id, unit, duty, key, reason)
