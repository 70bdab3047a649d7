"""/object (异议): which ranking, which items, and the question; then what became of it."""

from __future__ import annotations

from bot.buttons.objections import ChooseItems, ListOwnObjections, RaiseObjection, ShowOwnObjection, WriteObjection
from bot.screens import objecting as screens
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import objecting
from core.objections import Objected, Standing, items_of


async def list_choices(visit: Visit) -> None:
    """/object: the items of the only ranking that it can be; else the rankings, and what was objected before."""
    open_ones = await visit.act(objecting.choices, visit.actor, visit.at)
    before = await visit.act(objecting.mine, visit.actor, visit.at)
    if len(open_ones) == 1 and not before:
        await _choose(visit, open_ones[0])
    else:
        visit.show(screens.choices_screen(visit.phrases, visit.language, open_ones, before, 0))


async def list_own(visit: Visit, button: ListOwnObjections) -> None:
    """The rankings, and a page of what was objected."""
    open_ones = await visit.act(objecting.choices, visit.actor, visit.at)
    before = await visit.act(objecting.mine, visit.actor, visit.at)
    visit.show(screens.choices_screen(visit.phrases, visit.language, open_ones, before, button.page))


async def open_privately(visit: Visit, button: RaiseObjection) -> None:
    """[异议] under a post: opens /object for that ranking in private, where it is asked whose it is."""
    visit.toast("", url=f"https://t.me/{visit.bot_name}?start=object-{button.ranking}")


async def open_ranking(visit: Visit, number: str) -> None:
    """The link of [异议]: the items of one's unit in that ranking; with several units a choice."""
    # A link can be typed by hand; what is no number of ours opens nothing.
    ranking_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    found = await visit.act(objecting.of_ranking, visit.actor, ranking_id, visit.at)
    if len(found) == 1:
        await _choose(visit, found[0])
    else:
        visit.show(screens.choices_screen(visit.phrases, visit.language, found, (), 0))


async def choose_items(visit: Visit, button: ChooseItems) -> None:
    """A page of the items, with those chosen so far."""
    chosen = items_of(button.items)
    found = await visit.act(objecting.choosing, visit.actor, button.ranking, button.unit, chosen, visit.at)
    visit.show(screens.items_screen(visit.phrases, visit.language, found, chosen, button.page))


async def write(visit: Visit, button: WriteObjection) -> None:
    """写理由: the question."""
    items = items_of(button.items)
    asked = await visit.act(objecting.ask, visit.actor, button.ranking, button.unit, items, visit.at)
    visit.post(Screen(screens.objection_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def show_own(visit: Visit, button: ShowOwnObjection) -> None:
    """One objection, and what became of it."""
    found = await visit.act(objecting.own, visit.actor, button.objection, visit.at)
    visit.show(screens.own_screen(visit.phrases, visit.language, found))


def show_receipt(visit: Visit, taken: Objected, counter: str | None = None) -> None:
    """It was received: its number, its items, until when."""
    visit.leaves_work = True
    visit.post(Screen(screens.receipt(visit.phrases, visit.language, taken)), counter=counter)


async def _choose(visit: Visit, standing: Standing) -> None:
    await choose_items(visit, ChooseItems(standing.ranking_id, standing.unit_id, 0, 0))
