"""The whole demo in a browser: the real bot behind the phone page, played as a stranger plays it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pictures.phone import Phone
from pictures.stage import chromium, demo
from playwright.async_api import Browser
from sandbox.browser import needs_chromium, pictures_folder

from bot.demo.data import demo as cast

pytestmark = needs_chromium

_ASSESSOR = next(person for person in cast().people if person.name == "周建国")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started."""
    async with chromium() as started:
        yield started


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_three_items_a_picture_the_clock_and_the_announcement(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    folder = pictures_folder(tmp_path)
    async with demo() as base:
        mine = f"{base}/?chat={_ASSESSOR.telegram_id}&person={_ASSESSOR.telegram_id}"
        phone = await Phone.open(browser, mine, language=language)
        await phone.say("/score")
        await phone.sees("第15条")
        await phone.tap("4")
        await phone.sees("第16条")
        await phone.tap("2")
        await phone.is_asked()
        await phone.say("两代表一委员只参与一次")
        await phone.sees("第17条")
        await phone.attach_picture(Path(__file__).parents[2] / "docs/pictures/phone-dark.png")
        await phone.sees("第17条：已收到1张")
        await phone.tap("接着看第17条")
        await phone.sees("📷 1")
        await phone.tap("5")
        await phone.sees("第18条")
        await phone.sees("17/23")
        await phone.picture(folder / f"demo-sheet-{language}.png")

        group = f"{base}/?chat={cast().group}&person={cast().people[0].telegram_id}"
        members = await Phone.open(browser, group, language=language, height=890)
        await members.jump("first")
        await members.hears("流动红旗：月塘街道")
        await members.hears("未考核2个单位")
        await members.hears("办法 六-1")
        await members.picture(folder / f"demo-announcement-{language}.png")
