"""/export: what is to be had as a file, and the files, which come when they are made."""

from __future__ import annotations

from bot.buttons.exports import ListExports, PrintLedger, PrintRanking, PrintRound
from bot.period_numbers import period_of
from bot.screens import exports as screens
from bot.screens.ranking import FORMS
from bot.visit import Visit
from core.actions import exporting


async def choose(visit: Visit) -> None:
    """/export: the choice."""
    visit.show(screens.exports_screen(visit.phrases, visit.language, visit.actor))


async def list_exports(visit: Visit, button: ListExports) -> None:
    """A page of what there is of one sort."""
    phrases, language = visit.phrases, visit.language
    if button.sort == 0:
        rankings = await visit.act(exporting.rankings_to_export, visit.actor)
        visit.show(screens.rankings_screen(phrases, language, rankings, button.page))
    elif button.sort == 1:
        rounds = await visit.act(exporting.rounds_to_export, visit.actor)
        visit.show(screens.rounds_screen(phrases, language, rounds, button.page))
    elif button.sort == 2:
        periods = await visit.act(exporting.ledgers_to_export, visit.actor)
        visit.show(screens.ledgers_screen(phrases, language, periods, button.page))
    else:
        await choose(visit)


async def print_ranking(visit: Visit, button: PrintRanking) -> None:
    """A ranking as a file."""
    await visit.act(exporting.ranking, visit.actor, button.ranking, visit.at)
    _comes(visit, f"ranking_{FORMS[min(button.form, len(FORMS) - 1)]}", button.ranking)


async def print_round(visit: Visit, button: PrintRound) -> None:
    """The sheets of a round as a workbook."""
    await visit.act(exporting.round_to_export, visit.actor, button.round)
    _comes(visit, "round_sheets", button.round)


async def print_ledger(visit: Visit, button: PrintLedger) -> None:
    """The ledger of a period as a workbook."""
    await visit.act(exporting.ledger_to_export, visit.actor, period_of(button.period))
    _comes(visit, "ledger_table", button.period)


def _comes(visit: Visit, kind: str, key: int) -> None:
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.paper_coming"))
    visit.paper(kind, key)
