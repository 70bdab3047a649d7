"""The office's ledger of duties: one filing, a month of all townships, a month of one, what is asked and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.buttons.duties import (
    AcceptBriefing,
    AskDecision,
    AskExcuse,
    FetchFiles,
    FileBriefing,
    FileReport,
    FileWorkday,
    ListPending,
    ShowBoard,
    ShowFiling,
    ShowUnitMonth,
)
from bot.due_numbers import DUTIES, due_number, month_number
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.calendar import Duty
from core.duties import DutyState, FilingState, LedgerEntry
from core.filing_views import AskedDecision, AskedExcuse, Board, Excused, FilingView, UnitMonth
from core.periods import Period, PeriodKind, period_on

_TO_SUNDAY = timedelta(days=6)

_EXCUSABLE = {DutyState.NOT_DUE, DutyState.SHIFTED, DutyState.LATE, DutyState.MISSING}


def filing_screen(phrases: Phrases, language: str, found: FilingView) -> Screen:
    """One filing, and what can be done about it."""
    text = phrases.say(language, "ledger.filing", filing=found)
    rows: list[tuple[Key, ...]] = []
    decisions = []
    if found.can_be_accepted:
        decisions.append(Key(phrases.say_plain(language, "keys.ledger.accept"), AcceptBriefing(found.filing_id)))
    if found.can_be_rejected:
        decisions.append(Key(phrases.say_plain(language, "keys.ledger.reject"), AskDecision(found.filing_id)))
    if found.can_be_returned:
        decisions.append(Key(phrases.say_plain(language, "keys.ledger.return"), AskDecision(found.filing_id)))
    if decisions:
        rows.append(tuple(decisions))
    if found.files:
        label = phrases.say_plain(language, "keys.ledger.files", files=found.files)
        rows.append((Key(label, FetchFiles(found.filing_id)),))
    if found.duty is Duty.BRIEFING:
        rows.append((Key(phrases.say_plain(language, "keys.ledger.pending"), ListPending(0)),))
    return Screen(text, (*rows, (_back_key(phrases, language, found.unit_id, found.duty, found.key),)))


def pending_screen(phrases: Phrases, language: str, found: Sequence[FilingView], number: int) -> Screen:
    """Briefings that wait, page by page, each a key."""
    page = page_of(found, number)
    text = phrases.say(language, "ledger.pending", count=len(found), page=page.number + 1, pages=page.last + 1)
    rows = [
        (Key(phrases.say_plain(language, "keys.ledger.briefing", filing=each), ShowFiling(each.filing_id)),)
        for each in page.lines
    ]
    return Screen(text, (*rows, *page.turns(phrases, language, ListPending), (board_key(phrases, language),)))


def board_screen(phrases: Phrases, language: str, found: Board, number: int) -> Screen:
    """A month: a line for each township, a key for each, other months a key away."""
    page = page_of(found.lines, number)
    month = month_number(found.month)
    text = phrases.say(
        language,
        "ledger.board",
        month=str(found.month),
        lines=[
            {"unit": line.unit, "states": [[entry.state.value for entry in line.entries[duty]] for duty in DUTIES]}
            for line in page.lines
        ],
        page=page.number + 1,
        pages=page.last + 1,
    )
    rows: list[tuple[Key, ...]] = []
    rows += in_rows([Key(line.unit, ShowUnitMonth(line.unit_id, month)) for line in page.lines], 2)
    rows += page.turns(phrases, language, partial(ShowBoard, month))
    if found.pending:
        label = phrases.say_plain(language, "keys.ledger.waiting", count=found.pending)
        rows.append((Key(label, ListPending(0)),))
    months = (found.month.previous(), found.month.next())
    labels = [phrases.say_plain(language, "keys.ledger.month", month=str(each)) for each in months]
    turn = tuple(
        Key(label, ShowBoard(month_number(each), page.number)) for label, each in zip(labels, months, strict=True)
    )
    return Screen(text, (*rows, turn))


def unit_month_screen(phrases: Phrases, language: str, found: UnitMonth) -> Screen:
    """What a township owed in a month, what it filed, and excusing it."""
    line = found.line
    rows: list[tuple[Key, ...]] = []
    looks = [
        Key(phrases.say_plain(language, "keys.ledger.look", filing=each), ShowFiling(each.filing_id))
        for each in found.filings
        if not each.withdrawn
    ]
    rows += in_rows(looks, 2)
    owed = [entry for duty in DUTIES for entry in line.entries[duty] if entry.state in _EXCUSABLE]
    rows += in_rows([_excuse_key(phrases, language, line.unit_id, entry) for entry in owed], 2)
    back = Key(phrases.say_plain(language, "keys.ledger.back"), ShowBoard(month_number(found.month), 0))
    text = phrases.say(
        language,
        "ledger.unit",
        unit=line.unit,
        month=str(found.month),
        parts=[{"duty": duty.value, "entries": line.entries[duty]} for duty in DUTIES],
    )
    return Screen(text, (*rows, (back,)))


def decision_prompt(phrases: Phrases, language: str, asked: AskedDecision) -> str:
    """Asks why a filing goes back, or a briefing is not accepted."""
    key = "reject" if asked.filing.duty is Duty.BRIEFING else "return"
    return phrases.say(language, f"ledger.prompts.{key}", filing=asked.filing)


def excuse_prompt(phrases: Phrases, language: str, asked: AskedExcuse) -> str:
    """Asks why a unit does not owe a due date."""
    return phrases.say(language, "ledger.prompts.excuse", asked=asked)


def excused_screen(phrases: Phrases, language: str, done: Excused) -> Screen:
    """A due date is excused."""
    back = _back_key(phrases, language, done.unit_id, done.duty, done.key)
    return Screen(phrases.say(language, "ledger.excused", done=done), ((back,),))


def filing_made_letter(phrases: Phrases, language: str, _view: Mapping[str, Any], found: FilingView) -> Screen:
    """To the office: a briefing waits, or something came again."""
    return filing_screen(phrases, language, found)


def filing_decided_letter(phrases: Phrases, language: str, _view: Mapping[str, Any], found: FilingView) -> Screen:
    """To its unit: what the office says, and a key to file again where that helps."""
    text = phrases.say(language, "ledger.decided", filing=found)
    if found.state is FilingState.ACCEPTED:
        return Screen(text)
    return Screen(text, ((Key(phrases.say_plain(language, "keys.filing.again"), _again(found)),),))


def duty_excused_letter(phrases: Phrases, language: str, view: Mapping[str, Any], _found: object) -> Screen:
    """To its unit: it need not file."""
    return Screen(phrases.say(language, "ledger.excused_letter", told=view))


def _month_of(duty: Duty, key: str) -> Period:
    """The month in whose ledger a due date stands; a week's is that of its Sunday."""
    if duty is Duty.MONTHLY_REPORT:
        return Period.parse(key)
    day = date.fromordinal(due_number(duty, key))
    return period_on(PeriodKind.MONTH, day + _TO_SUNDAY if duty is Duty.BRIEFING else day)


def _again(found: FilingView) -> FileReport | FileBriefing | FileWorkday:
    if found.duty is Duty.BRIEFING:
        return FileBriefing(found.unit_id)
    number = due_number(found.duty, found.key)
    if found.duty is Duty.WORKDAY:
        return FileWorkday(found.unit_id, number)
    return FileReport(found.unit_id, number)


def _excuse_key(phrases: Phrases, language: str, unit_id: int, entry: LedgerEntry) -> Key:
    duty, key = entry.due.duty, entry.due.key
    label = phrases.say_plain(language, "keys.ledger.excuse", duty=duty.value, due=key)
    return Key(label, AskExcuse(unit_id, DUTIES.index(duty), due_number(duty, key)))


def _back_key(phrases: Phrases, language: str, unit_id: int, duty: Duty, key: str) -> Key:
    """To the month of the unit in which the due date stands."""
    month = month_number(_month_of(duty, key))
    return Key(phrases.say_plain(language, "keys.ledger.back"), ShowUnitMonth(unit_id, month))


def board_key(phrases: Phrases, language: str) -> Key:
    """To this month's ledger, where the office comes from and goes on."""
    return Key(phrases.say_plain(language, "keys.ledger.board"), ShowBoard(0, 0))
