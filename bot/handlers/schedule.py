"""/schedule: what the clock will do and has done; the office skips, moves or fires one of it, with a reason."""

from __future__ import annotations

from bot.buttons.schedule import (
    AskFireNow,
    AskMoveFiring,
    AskSkipFiring,
    FiringButton,
    ListFired,
    PrintCalendar,
    RestoreFiring,
    ShowFiring,
    ShowSchedule,
)
from bot.screens import schedule as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.periods import Period, PeriodKind
from core.schedule_views import FIRE, MOVE, SKIP, FiringNumber, ForTheClock
from core.scheduler import agenda, carry_out_due, desk


async def list_schedule(visit: Visit) -> None:
    """/schedule: the next days."""
    await show_schedule(visit, ShowSchedule(0))


async def show_schedule(visit: Visit, button: ShowSchedule) -> None:
    """A page of the next days."""
    found = await visit.act(agenda.agenda, visit.actor, visit.at)
    visit.show(screens.agenda_screen(visit.phrases, visit.language, found, button.page, visit.at.today.year))


async def show_firing(visit: Visit, button: ShowFiring) -> None:
    """One firing."""
    line = await visit.act(agenda.firing_line, visit.actor, _number(button))
    visit.show(screens.firing_screen(visit.phrases, visit.language, line, visit.at.now))


async def ask_skip(visit: Visit, button: AskSkipFiring) -> None:
    """Why not?"""
    await _ask(visit, SKIP, button)


async def ask_move(visit: Visit, button: AskMoveFiring) -> None:
    """When, and why?"""
    await _ask(visit, MOVE, button)


async def ask_fire(visit: Visit, button: AskFireNow) -> None:
    """Why now?"""
    await _ask(visit, FIRE, button)


async def restore(visit: Visit, button: RestoreFiring) -> None:
    """At its own time again."""
    line = await visit.act(desk.restore, visit.actor, _number(button), visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.schedule.restored"))
    visit.show(screens.firing_screen(visit.phrases, visit.language, line, visit.at.now))


async def list_fired(visit: Visit, _button: ListFired) -> None:
    """What came last."""
    found = await visit.act(agenda.last_fired, visit.actor)
    visit.show(screens.last_screen(visit.phrases, visit.language, found))


async def print_calendar(visit: Visit, button: PrintCalendar) -> None:
    """The year as a file."""
    # Raises BadPeriod for a year that only a forged button can name.
    year = Period(PeriodKind.YEAR, button.year, 1).year
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.schedule.calendar", year=year))
    visit.paper("calendar", year)


async def take_answer(visit: Visit, answer: ForTheClock) -> None:
    """The reason was given: the firing as it stands now. What is to come now comes now."""
    changed = await visit.act(desk.take_answer, visit.actor, answer, visit.at)
    line = changed.line
    if changed.kind == FIRE:
        await visit.act(carry_out_due, visit.desk.rules, visit.phrases.zone, visit.at)
        visit.leaves_work = True
        line = await visit.act(agenda.firing_line, visit.actor, line.number)
    visit.post(screens.changed_screen(visit.phrases, visit.language, changed.kind, line, visit.at.now))


async def _ask(visit: Visit, kind: str, button: FiringButton) -> None:
    asked = await visit.act(desk.ask, visit.actor, kind, _number(button), visit.at)
    visit.post(Screen(screens.change_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


def _number(button: FiringButton) -> FiringNumber:
    return FiringNumber(button.schedule, button.day, button.round)
