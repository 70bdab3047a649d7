"""The office's ledger of duties: what was filed, deciding on it, excusing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons.duties import (
    AcceptBriefing,
    AskDecision,
    AskExcuse,
    FetchFiles,
    ListPending,
    ShowBoard,
    ShowFiling,
    ShowUnitMonth,
)
from bot.due_numbers import due_key, month_of
from bot.screens import ledger as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import deciding
from core.filing_views import Decided, Excused, FiledFile
from core.periods import PeriodKind, period_on


async def show_filing(visit: Visit, button: ShowFiling) -> None:
    """One filing."""
    found = await visit.act(deciding.look, visit.actor, button.filing)
    visit.show(screens.filing_screen(visit.phrases, visit.language, found))


async def fetch_files(visit: Visit, button: FetchFiles) -> None:
    """Its photos and files."""
    _, files = await visit.act(deciding.files_of, visit.actor, button.filing)
    send_files(visit, files)


def send_files(visit: Visit, files: Sequence[FiledFile]) -> None:
    """Send the files that are there, and say how many are not yet."""
    there = [file.file_id for file in files if file.sha256 is not None]
    told = {"there": len(there), "missing": len(files) - len(there)}
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.files_coming", **told))
    for file_id in there:
        visit.paper("filed", file_id)


async def accept(visit: Visit, button: AcceptBriefing) -> None:
    """采用."""
    found = await visit.act(deciding.accept, visit.actor, button.filing, visit.at)
    visit.leaves_work = True
    visit.show(screens.filing_screen(visit.phrases, visit.language, found))


async def ask_decision(visit: Visit, button: AskDecision) -> None:
    """Why does it go back, or is not accepted?"""
    asked = await visit.act(deciding.ask_decision, visit.actor, button.filing, visit.at)
    visit.post(Screen(screens.decision_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def list_pending(visit: Visit, button: ListPending) -> None:
    """Briefings that wait for the office."""
    found = await visit.act(deciding.pending, visit.actor)
    visit.show(screens.pending_screen(visit.phrases, visit.language, found, button.page))


async def show_board(visit: Visit, button: ShowBoard) -> None:
    """A month of all townships."""
    month = month_of(button.month) if button.month else period_on(PeriodKind.MONTH, visit.at.today)
    found = await visit.act(deciding.board, visit.actor, month, visit.at)
    visit.show(screens.board_screen(visit.phrases, visit.language, found, button.page))


async def show_unit_month(visit: Visit, button: ShowUnitMonth) -> None:
    """A month of one township."""
    month = month_of(button.month)
    found = await visit.act(deciding.unit_month, visit.actor, button.unit, month, visit.at)
    visit.show(screens.unit_month_screen(visit.phrases, visit.language, found))


async def ask_excuse(visit: Visit, button: AskExcuse) -> None:
    """Why does the unit not owe this?"""
    duty, key = due_key(button.duty, button.due)
    asked = await visit.act(deciding.ask_excuse, visit.actor, button.unit, duty, key, visit.at)
    visit.post(Screen(screens.excuse_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


def show_decided(visit: Visit, taken: Decided | Excused) -> None:
    """The reason was taken."""
    visit.leaves_work = True
    if isinstance(taken, Decided):
        visit.post(screens.filing_screen(visit.phrases, visit.language, taken.filing))
    else:
        visit.post(screens.excused_screen(visit.phrases, visit.language, taken))
