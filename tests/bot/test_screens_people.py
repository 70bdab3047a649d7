"""/people and /units on a phone: with three thousand people, with hostile names, with forged pages."""

from __future__ import annotations

from datetime import date

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES

from bot.buttons.people import ChooseReceiver, HandOver, ShowPeople, ShowUnits
from bot.screens.people import FILTERS, people_screen, person_screen, receivers_screen
from bot.screens.screen import Screen
from bot.screens.units import unit_screen, units_screen
from core.people import Role
from core.snapshots import Draft, Handover, Naming, Post, StaffCard, StaffLine, UnitCard, UnitLine

DAY = date(2013, 1, 1)


def person(number: int, *roles: Role, bound: bool = False) -> StaffLine:
    posts = tuple(Post(role, HOSTILE, DAY) for role in roles)
    return StaffLine(number, f"{HOSTILE}{number}", None, bound, "zh", posts)


EVERYBODY = [person(number, tuple(Role)[number % 5], bound=number % 2 == 0) for number in range(3000)] + [person(3000)]


def deeds(screen: Screen) -> list[object]:
    return [key.deed for row in screen.rows for key in row]


def fits(screen: Screen) -> None:
    assert len(screen.text) < 4096
    assert len(screen.rows) <= 14
    assert all(len(key.label) <= 64 for row in screen.rows for key in row)
    assert '<b>&"' not in screen.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chosen", range(len(FILTERS)))
def test_every_page_of_three_thousand_people_fits(language: str, chosen: int) -> None:
    first = people_screen(PHRASES, language, EVERYBODY, chosen, 0)
    last = people_screen(PHRASES, language, EVERYBODY, chosen, 10**9)
    for screen in (first, last):
        fits(screen)
    assert (ShowPeople(chosen, 1) in deeds(first)) is (FILTERS[chosen][0] != "left")


def test_a_forged_filter_is_the_last_there_is() -> None:
    assert "已停用 · 1人" in people_screen(PHRASES, "zh", EVERYBODY, 99, 0).text


def test_a_search_shows_its_first_page_and_how_many_there_are() -> None:
    screen = people_screen(PHRASES, "zh", EVERYBODY, 0, 0, "299")
    fits(screen)
    # 299, 1299, 2299 and 2990 to 2999.
    assert "13人" in screen.text
    assert "只显示前8人" in screen.text
    assert "没有这样的人" in people_screen(PHRASES, "zh", EVERYBODY, 0, 0, "查无此人").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_with_forty_drafts_fits(language: str) -> None:
    drafts = tuple(Draft(number, HOSTILE, "2013-06") for number in range(40))
    fits(person_screen(PHRASES, language, StaffCard(person(1, *Role), drafts)))
    left = person_screen(PHRASES, language, StaffCard(person(1), ()))
    assert len(left.rows) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_receivers_are_paged_and_named_on_their_keys(language: str) -> None:
    sheet = Handover(7, HOSTILE, "2013-06", HOSTILE, 1, tuple(EVERYBODY[:60]))
    middle = receivers_screen(PHRASES, language, sheet, 3)
    fits(middle)
    assert HandOver(7, 24) in deeds(middle)
    assert {ChooseReceiver(7, 2), ChooseReceiver(7, 4)} <= set(deeds(middle))
    nobody = receivers_screen(PHRASES, language, Handover(7, "甲", "2013-06", "乙", 1, ()), 0)
    assert len(nobody.rows) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_hundred_units_page_and_one_with_everything_fits(language: str) -> None:
    units = [UnitLine(number, f"u{number}", "department", HOSTILE, None, None, False) for number in range(500)]
    page = units_screen(PHRASES, language, units, 9, 3)
    fits(page)
    assert ShowUnits(1, 4) in deeds(page)
    ended = UnitLine(1, "u1", "township", HOSTILE, DAY, HOSTILE, True)
    card = UnitCard(ended, (Naming(DAY, HOSTILE),) * 3, tuple(EVERYBODY[:50]), (HOSTILE,) * 40, (HOSTILE,) * 40)
    fits(unit_screen(PHRASES, language, card))
    empty = UnitCard(ended, (), (), (), ())
    assert len(unit_screen(PHRASES, language, empty).rows) == 1
    assert len(units_screen(PHRASES, language, [], 0, 0).rows) == 1
