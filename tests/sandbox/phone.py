"""The phone page in tests: served with a world of its own, its parts, and what on it nobody could reach or read."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Locator, Page
from pylopdf_fonts_zh_cn import sans_path

from bot.sandbox.phone.page import add_phone_page
from bot.sandbox.server import create_app
from bot.sandbox.values import Person
from bot.sandbox.world import World

from .conftest import serving
from .practice import START, Hand, Practice
from .scripted_bot import item_screen

_SMALLEST_TARGET = 43.9
"""44 pixels for a thumb, less the rounding of a layout."""
_SMALL_TARGETS = """least => [...document.querySelectorAll("button, select, textarea, input, a.key")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.matches(".answer"))
    .filter(one => one.getBoundingClientRect().height < least)
    .map(one => one.outerHTML)"""
_CUT_LABELS = """() => [...document.querySelectorAll(".key")]
    .filter(one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)
    .map(one => one.textContent)"""
_SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"

JUMPS = (("季末", "12-31"), ("次月1日", "01-01"), ("8日", "01-08"), ("26日", "01-26"), ("月末", "01-31"))
"""The clock's buttons in an order in which each leads further, and the days to which they lead from 20 December on."""


@contextlib.asynccontextmanager
async def phone_served() -> AsyncIterator[Practice]:
    """A world with the phone page, served for a while; NiceGUI bears one of them in a process."""
    hand = Hand()
    world = World(START, ticks=hand)
    app = create_app(world)
    add_phone_page(app, world, font_files={400: sans_path()})
    async with serving(world, hand, app) as practice:
        yield practice


async def shows_item(practice: Practice, person: Person) -> None:
    await practice.call("sendMessage", chat_id=person.id, **item_screen(""))


def at(person: Person) -> str:
    return f"/?chat={person.id}&person={person.id}"


def in_list(page: Page, person: Person) -> Locator:
    """The person's line in the list; the assessors of all tests share a name."""
    return page.get_by_role("button", name=person.first_name).and_(page.locator(f'[data-open="{person.id}"]'))


def key(page: Page, label: str) -> Locator:
    """The inline button with exactly this label."""
    return page.locator(".key").get_by_text(label, exact=True)


async def small_targets(page: Page) -> Any:
    """What is too small for a thumb, as HTML."""
    return await page.evaluate(_SMALL_TARGETS, _SMALLEST_TARGET)


async def cut_labels(page: Page) -> Any:
    """The labels of buttons that cannot be read to their end."""
    return await page.evaluate(_CUT_LABELS)


async def sideways(page: Page) -> Any:
    """By how many pixels the page is wider than the phone."""
    return await page.evaluate(_SIDEWAYS)
