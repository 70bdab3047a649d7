"""/export: what there is as a file, sort by sort; each key names the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from bot.buttons.exports import ListExports, PrintLedger, PrintRanking, PrintRound
from bot.buttons.people import PrintRoster
from bot.period_numbers import period_number
from bot.phrases import Phrases
from bot.screens.paging import Page, page_of
from bot.screens.ranking import FORMS
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.export_views import RankingLine, RoundLine
from core.people import Actor
from core.periods import Period
from core.permissions import Right, may

T = TypeVar("T")

SORTS = ("rankings", "rounds", "ledgers")
"""What can be listed; a button names one by its place, and the next place is the choice between them."""

_ROSTER, _ROSTER_WITH_LINKS = 1, 2


def exports_screen(phrases: Phrases, language: str, actor: Actor) -> Screen:
    """The choice: what is to be exported? The roster is the office's own."""
    rows: list[tuple[Key, ...]] = [
        (Key(phrases.say_plain(language, f"keys.exports.{sort}"), ListExports(place, 0)),)
        for place, sort in enumerate(SORTS)
    ]
    if may(actor, Right.MANAGE_PEOPLE):
        roster = Key(phrases.say_plain(language, "keys.exports.roster"), PrintRoster(_ROSTER))
        links = Key(phrases.say_plain(language, "keys.exports.roster_links"), PrintRoster(_ROSTER_WITH_LINKS))
        rows.append((roster, links))
    return Screen(phrases.say(language, "exports.choose"), tuple(rows))


def rankings_screen(phrases: Phrases, language: str, lines: Sequence[RankingLine], number: int) -> Screen:
    """The rankings: each as a workbook, a 通报, a picture."""
    page = page_of(lines, number)
    rows = [
        (
            Key(phrases.say_plain(language, "keys.exports.ranking", line=line), PrintRanking(line.ranking_id, 0)),
            *(
                Key(phrases.say_plain(language, f"keys.exports.{form}"), PrintRanking(line.ranking_id, place))
                for place, form in enumerate(FORMS[1:], start=1)
            ),
        )
        for line in page.lines
    ]
    return _listed(phrases, language, 0, page, len(lines), rows)


def rounds_screen(phrases: Phrases, language: str, lines: Sequence[RoundLine], number: int) -> Screen:
    """The rounds whose sheets one may have."""
    page = page_of(lines, number)
    rows = [
        (Key(phrases.say_plain(language, "keys.exports.round", line=line), PrintRound(line.round_id)),)
        for line in page.lines
    ]
    return _listed(phrases, language, 1, page, len(lines), rows)


def ledgers_screen(phrases: Phrases, language: str, periods: Sequence[Period], number: int) -> Screen:
    """The months and quarters of the ledger."""
    page = page_of(periods, number)
    keys = [
        Key(phrases.say_plain(language, "keys.exports.ledger", period=str(each)), PrintLedger(period_number(each)))
        for each in page.lines
    ]
    return _listed(phrases, language, 2, page, len(periods), in_rows(keys, 2))


def _listed(
    phrases: Phrases, language: str, sort: int, page: Page[T], count: int, rows: Sequence[tuple[Key, ...]]
) -> Screen:
    text = phrases.say(language, f"exports.{SORTS[sort]}", count=count, page=page.number + 1, pages=page.last + 1)
    back = Key(phrases.say_plain(language, "keys.exports.back"), ListExports(len(SORTS), 0))
    return Screen(text, (*rows, *page.turns(phrases, language, partial(ListExports, sort)), (back,)))
