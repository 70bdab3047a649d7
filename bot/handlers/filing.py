"""/report, /briefing, /workday: the question, and what is filed in answer to it."""

from __future__ import annotations

from bot.buttons.duties import FileBriefing, FileReport, FileWorkday
from bot.due_numbers import day_of, month_of
from bot.screens import filing as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import filing
from core.calendar import Duty
from core.filing import meant_report, meant_workday
from core.filing_views import AskedFiling, Filed, FileKept


async def report(visit: Visit) -> None:
    """/report: the one that is plainly meant; else a choice of all that can be filed."""
    reports = await visit.act(filing.open_reports, visit.actor, visit.at)
    meant = meant_report(reports, visit.at.today)
    if meant is None:
        visit.show(screens.choose_report(visit.phrases, visit.language, reports))
        return
    ask(visit, await visit.act(filing.ask_report, visit.actor, meant.unit_id, meant.month, visit.at))


async def briefing(visit: Visit) -> None:
    """/briefing: of one's only unit; else a choice."""
    mine = await visit.act(filing.own_units, visit.actor, Duty.BRIEFING, visit.at)
    if len(mine) > 1:
        visit.show(screens.choose_unit_to_brief(visit.phrases, visit.language, mine))
        return
    ask(visit, await visit.act(filing.ask_briefing, visit.actor, mine[0].unit_id, visit.at))


async def workday(visit: Visit) -> None:
    """/workday: the one that is plainly meant; else a choice of all that can be logged."""
    days = await visit.act(filing.open_workdays, visit.actor, visit.at)
    meant = meant_workday(days, visit.at.today)
    if meant is None:
        visit.show(screens.choose_workday(visit.phrases, visit.language, days))
        return
    ask(visit, await visit.act(filing.ask_workday, visit.actor, meant.unit_id, meant.day, visit.at))


async def file_report(visit: Visit, button: FileReport) -> None:
    """报月报表."""
    month = month_of(button.month)
    ask(visit, await visit.act(filing.ask_report, visit.actor, button.unit, month, visit.at))


async def file_briefing(visit: Visit, button: FileBriefing) -> None:
    """报信息."""
    ask(visit, await visit.act(filing.ask_briefing, visit.actor, button.unit, visit.at))


async def file_workday(visit: Visit, button: FileWorkday) -> None:
    """登记群众工作日."""
    day = day_of(button.day)
    ask(visit, await visit.act(filing.ask_workday, visit.actor, button.unit, day, visit.at))


def ask(visit: Visit, asked: AskedFiling) -> None:
    """Put the question."""
    visit.post(Screen(screens.filing_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


def show(visit: Visit, taken: Filed | FileKept, counter: str | None = None) -> None:
    """The receipt."""
    visit.leaves_work = True
    if isinstance(taken, FileKept):
        visit.post(Screen(screens.file_kept(visit.phrases, visit.language, taken)), counter=counter)
    else:
        visit.post(Screen(screens.receipt(visit.phrases, visit.language, taken)), counter=counter)
