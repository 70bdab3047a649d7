"""Objecting (异议) as a unit sees it: which ranking, which items, the question, the receipt, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from bot.buttons.objections import ChooseItems, ListOwnObjections, ShowOwnObjection, WriteObjection
from bot.phrases import Phrases
from bot.screens.paging import PER_PAGE, page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.objections import AskedObjection, ItemChoice, Objected, ObjectionView, Standing, choice_of

_KEYS_PER_ROW = 4


def choices_screen(
    phrases: Phrases, language: str, open_ones: Sequence[Standing], before: Sequence[ObjectionView], number: int
) -> Screen:
    """The rankings that can be objected to, each a key, and a page of what was objected before."""
    page, here = page_of(before, number), open_ones[:PER_PAGE]
    text = phrases.say(language, "objections.choices", open_ones=here, before=page.lines)
    rows = [
        (
            Key(
                phrases.say_plain(language, "keys.objections.ranking", standing=each),
                ChooseItems(each.ranking_id, each.unit_id, 0, 0),
            ),
        )
        for each in here
    ]
    shown = [
        Key(
            phrases.say_plain(language, "keys.objections.own", objection=each),
            ShowOwnObjection(each.objection_id),
        )
        for each in page.lines
    ]
    return Screen(text, (*rows, *in_rows(shown, 3), *page.turns(phrases, language, ListOwnObjections)))


def items_screen(phrases: Phrases, language: str, found: ItemChoice, chosen: Collection[int], number: int) -> Screen:
    """A page of the items with what was lost there. Every key names the choice that it leads to."""
    standing, page = found.standing, page_of(found.items, number)
    ranking, unit = standing.ranking_id, standing.unit_id
    text = phrases.say(
        language,
        "objections.items",
        standing=standing,
        lines=[(item, found.losses.get(item.number)) for item in page.lines],
        chosen=sorted(chosen),
        page=page.number + 1,
        pages=page.last + 1,
    )
    keys = []
    for item in page.lines:
        is_in = item.number in chosen
        then = choice_of({*chosen} ^ {item.number})
        keys.append(Key(f"{'☑' if is_in else '☐'} {item.number}", ChooseItems(ranking, unit, then, page.number)))
    turns = page.turns(phrases, language, partial(ChooseItems, ranking, unit, choice_of(chosen)))
    label = phrases.say_plain(language, "keys.objections.write", chosen=sorted(chosen))
    write = (Key(label, WriteObjection(ranking, unit, choice_of(chosen))),)
    return Screen(text, (*in_rows(keys, _KEYS_PER_ROW), *turns, write))


def objection_prompt(phrases: Phrases, language: str, asked: AskedObjection) -> str:
    """The question that is answered by objecting."""
    return phrases.say(language, "objections.prompts.objection", asked=asked)


def receipt(phrases: Phrases, language: str, taken: Objected) -> str:
    """It was received: its number, its items, and that nothing is final before it is answered."""
    return phrases.say(language, "objections.receipt", taken=taken, objection=taken.objection)


def own_screen(phrases: Phrases, language: str, found: ObjectionView) -> Screen:
    """One objection, and what became of it."""
    text = phrases.say(language, "objections.own", objection=found)
    back = Key(phrases.say_plain(language, "keys.objections.back"), ListOwnObjections(0))
    return Screen(text, ((back,),))


def objection_decided_letter(phrases: Phrases, language: str, _view: object, found: ObjectionView) -> Screen:
    """To the unit: what the office says."""
    return own_screen(phrases, language, found)
