"""Chromium for the page's tests: one browser, fresh contexts, and nothing tolerated that a person should not meet.

A context that ends with an error on its console, or that asked any host but ours, fails its test.
Screenshots go to the folder named by HONGQI_SCREENSHOTS (CI keeps it), else to the test's own temporary folder.
"""

import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = (1280, 800)
PHONE = (390, 844)
NARROW_PHONE = (360, 740)

needs_chromium = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"the page is driven in {CHROMIUM}, which is not here"
)


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, started."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@dataclass
class Browsing:
    """A browser at our page; `open` gives tabs that share nothing with each other."""

    browser: Browser
    base: str
    pictures: Path
    complaints: list[str] = field(default_factory=list)

    async def open(
        self, path: str = "/", size: tuple[int, int] = DESKTOP, *, dark: bool = False, language: str = "zh"
    ) -> Page:
        """A tab of this size, with the page drawn and its font loaded."""
        touch = size[0] < 500
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            has_touch=touch,
            is_mobile=touch,
        )
        context.set_default_timeout(15_000)
        await context.add_cookies([{"name": "hongqi_language", "value": language, "url": self.base}])
        page = await context.new_page()
        page.on("console", lambda told: self._complain(told.text) if told.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        await page.goto(f"{self.base}{path}")
        await expect(page.locator(".entry").first).to_be_attached()
        await page.evaluate("document.fonts.ready")
        return page

    async def picture(self, page: Page, name: str) -> None:
        """Keep a screenshot."""
        await page.screenshot(path=self.pictures / f"{name}.png", animations="disabled")

    def _complain(self, text: str) -> None:
        self.complaints.append(text)

    def _watch(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self._complain(f"asked another host: {urlsplit(url).netloc}")


def pictures_folder(temporary: Path) -> Path:
    """Where screenshots are kept."""
    kept = os.environ.get("HONGQI_SCREENSHOTS")  # noqa: TID251 -- a folder of CI, no setting of the program
    folder = Path(kept) if kept else temporary
    folder.mkdir(parents=True, exist_ok=True)
    return folder
