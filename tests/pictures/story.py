"""What is played: 周建国 finishes 仙庾镇's sheet by taps, the clock moves to the 1st, the group hears of the flag."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser

from bot.demo.data import demo as cast

from .phone import Phone
from .stage import chromium, demo

_ASSESSOR = "周建国"
_LOST, _REASON = "3", "9日下午无人值班"
# The items the demo leaves open after the one that loses a point, each with its maximum.
_FULL = {16: "4", 17: "5", 18: "5", 19: "5", 20: "5", 21: "3", 22: "4", 23: "3"}

# The flag and its caption, whole.
_ANNOUNCEMENT_HEIGHT = 890


async def play(folder: Path) -> list[Path]:
    """Play the demo and keep its pictures in this folder; gives their paths."""
    async with demo() as base, chromium() as browser:
        scored = await _score(browser, base, folder)
        return [*scored, await _announce(browser, base, folder)]


async def _score(browser: Browser, base: str, folder: Path) -> list[Path]:
    """The sheet from item 15 to its receipt; the item screen and the contents are kept."""
    me = next(person.telegram_id for person in cast().people if person.name == _ASSESSOR)
    mine = f"{base}/?chat={me}&person={me}"
    phone = await Phone.open(browser, mine)
    await phone.say("/score")
    await phone.sees("第15条")
    await phone.tap(_LOST)
    await phone.is_asked()
    await phone.say(_REASON)
    await phone.sees("第16条")
    await phone.tap("◀")
    await phone.sees(f"理由：{_REASON}")
    kept = [await phone.picture(folder / "phone-zh.png")]
    kept.append(await _in_english(browser, mine, folder))  # leaves item 16 on the screen
    for item, full in _FULL.items():
        await phone.sees(f"第{item}条")
        await phone.tap(full)
    dark = await Phone.open(browser, mine, dark=True)
    await dark.sees("23 ✓")
    kept.append(await dark.picture(folder / "phone-dark.png"))
    await phone.tap("提交")
    await phone.tap("确认提交")
    await phone.hears(".pdf")
    return kept


async def _in_english(browser: Browser, mine: str, folder: Path) -> Path:
    phone = await Phone.open(browser, mine, language="en")
    await phone.say("/language")
    await phone.tap("English")
    await phone.sees("✓ English")
    await phone.say("/score")
    await phone.sees("Item 16")
    await phone.tap("◀")
    await phone.sees("Item 15")
    path = await phone.picture(folder / "phone-en.png")
    await phone.say("/language")
    await phone.tap("中文")
    await phone.sees("✓ 中文")
    await phone.say("/score")
    await phone.sees("第16条")
    return path


async def _announce(browser: Browser, base: str, folder: Path) -> Path:
    group, member = cast().group, cast().people[0].telegram_id
    phone = await Phone.open(browser, f"{base}/?chat={group}&person={member}", height=_ANNOUNCEMENT_HEIGHT)
    await phone.jump("first")
    await phone.hears("流动红旗：仙庾镇")
    return await phone.picture(folder / "group-zh.png")
