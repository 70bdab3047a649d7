"""The office and objections (异议): what waits, one of them, and the office's word on it."""

from __future__ import annotations

from bot.buttons.objections import AskReject, AskUphold, FetchObjectionFiles, ListObjections, ShowObjection
from bot.handlers.ledger import send_files
from bot.screens import objection_desk as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import objection_desk
from core.objections import AskedDecision, ObjectionAnswered


async def list_waiting(visit: Visit, button: ListObjections) -> None:
    """The objections that wait."""
    found = await visit.act(objection_desk.waiting, visit.actor, visit.at)
    visit.show(screens.waiting_screen(visit.phrases, visit.language, found, button.page))


async def show(visit: Visit, button: ShowObjection) -> None:
    """One objection with the unit's sheets."""
    found = await visit.act(objection_desk.look, visit.actor, button.objection, visit.at)
    visit.show(screens.case_screen(visit.phrases, visit.language, found, button.page))


async def fetch_files(visit: Visit, button: FetchObjectionFiles) -> None:
    """Its photos and files."""
    send_files(visit, await visit.act(objection_desk.files_of, visit.actor, button.objection))


async def ask_reject(visit: Visit, button: AskReject) -> None:
    """Why is it rejected?"""
    _ask(visit, await visit.act(objection_desk.ask, visit.actor, button.objection, visit.at, upholds=False))


async def ask_uphold(visit: Visit, button: AskUphold) -> None:
    """Why is it upheld?"""
    _ask(visit, await visit.act(objection_desk.ask, visit.actor, button.objection, visit.at, upholds=True))


def show_answered(visit: Visit, answered: ObjectionAnswered) -> None:
    """The office's word was taken."""
    visit.leaves_work = True
    visit.post(screens.answered_screen(visit.phrases, visit.language, answered))


def _ask(visit: Visit, asked: AskedDecision) -> None:
    text = screens.decision_prompt(visit.phrases, visit.language, asked)
    visit.post(Screen(text), prompt_id=asked.prompt_id)
