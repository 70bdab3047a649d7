"""Forty departments and sixty people on a phone: every list pages, fits a message, and loses nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, NOON, PHRASES, RUBRICS, sheet_line

from bot.buttons.columns import PickInColumn
from bot.buttons.people import ShowPerson
from bot.buttons.progress import Nudge
from bot.buttons.sheets import ShowItem
from bot.buttons.why import ExplainRow
from bot.screens.columns import column_screen, submit_all_screen
from bot.screens.lists import sheets_screen
from bot.screens.people import people_screen
from bot.screens.progress import progress_screen
from bot.screens.screen import Screen
from bot.screens.why import choice_screen
from core.column_view import ColumnLine, ColumnView, HandedIn
from core.people import Role
from core.progress import Advance, ProgressLine, ProgressView, RoundName
from core.sheet import SheetState
from core.snapshots import Post, StaffLine, UnitLine

DEPARTMENTS, PEOPLE = 40, 60
LONGEST_MESSAGE, MOST_ROWS = 4096, 16
RUBRIC = RUBRICS["2013-department"]


def name(number: int) -> str:
    """What a unit or a person is called."""
    return f"{HOSTILE}{number}"


def column(language: str, page: int) -> Screen:
    """One item across all departments."""
    lines = tuple(ColumnLine(number, name(number), SheetState.OPEN, None, False) for number in range(DEPARTMENTS))
    items = tuple(item.number for item in RUBRIC.items)
    view = ColumnView(0, "2013-Q2", name(0), NOON, RUBRIC, RUBRIC.item(9), items, lines)
    return column_screen(PHRASES, language, view, page)


def progress(language: str, page: int) -> Screen:
    """A round with a sheet for each department by one township."""
    lines = tuple(
        ProgressLine(number + 1, name(number), name(number), Advance.UNTOUCHED, 0) for number in range(DEPARTMENTS)
    )
    view = ProgressView(RoundName(1, "2013-Q2", "department"), NOON, True, 15, lines, ())
    return progress_screen(PHRASES, language, view, 0, page)


def sheets(language: str, page: int) -> Screen:
    """The list of an officer's sheets."""
    return sheets_screen(PHRASES, language, [sheet_line(number + 1) for number in range(DEPARTMENTS)], page)


def people(language: str, page: int) -> Screen:
    """The roster."""
    post = (Post(Role.OFFICER, HOSTILE, date(2013, 1, 1)),)
    everybody = [StaffLine(number, name(number), None, False, "zh", post) for number in range(PEOPLE)]
    return people_screen(PHRASES, language, everybody, 0, page)


def units(language: str, page: int) -> Screen:
    """The units to ask about."""
    lines = [
        UnitLine(number, f"u{number}", "department", name(number), None, None, False) for number in range(DEPARTMENTS)
    ]
    return choice_screen(PHRASES, language, lines, {}, page)


def names_of(screen: Screen) -> set[object]:
    """The sheets, people and units that its keys lead to."""
    kinds = {PickInColumn: "sheet", Nudge: "sheet", ShowItem: "sheet", ShowPerson: "person", ExplainRow: "unit"}
    deeds = [key.deed for row in screen.rows for key in row]
    return {getattr(deed, kinds[type(deed)]) for deed in deeds if type(deed) in kinds}


def fits(screen: Screen) -> None:
    """Telegram takes it, and it is no wall of keys."""
    # Telegram counts what is left of the text once the entities are read.
    assert len(unescape(screen.text)) < LONGEST_MESSAGE
    assert len(screen.rows) <= MOST_ROWS
    assert all(len(key.label) <= 64 for row in screen.rows for key in row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("screen", "count"),
    [(column, DEPARTMENTS), (progress, DEPARTMENTS), (sheets, DEPARTMENTS), (units, DEPARTMENTS)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_department_is_on_one_page(screen: Callable[[str, int], Screen], count: int, language: str) -> None:
    pages = [screen(language, page) for page in range(5)]
    for each in pages:
        fits(each)
    shown = [names_of(each) - {0} for each in pages]
    assert len(set().union(*shown)) >= count - 1
    assert names_of(screen(language, 10**9)) == names_of(pages[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_people_page(language: str) -> None:
    pages = [people(language, page) for page in range(8)]
    for each in pages:
        fits(each)
    assert set().union(*(names_of(each) for each in pages)) == set(range(PEOPLE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_handing_in_forty_departments_fits(language: str) -> None:
    everyone = tuple(name(number) for number in range(DEPARTMENTS))
    fits(submit_all_screen(PHRASES, language, 1, HandedIn(everyone, everyone)))
