"""One tab of the phone page at a phone's size: what a person does there, and the picture of it."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from playwright.async_api import Browser, Locator, Page, expect

_WIDTH = 390
_SHARPNESS = 2
_PATIENCE_MS = 15_000


class Phone:
    """A tab that shows one chat as one person."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @classmethod
    async def open(
        cls,
        browser: Browser,
        address: str,
        *,
        height: int = 780,
        language: str = "zh",
        dark: bool = False,
    ) -> Self:
        """Open the page at an address that names chat and person. `language` is the page's own, not the bot's."""
        context = await browser.new_context(
            viewport={"width": _WIDTH, "height": height},
            device_scale_factor=_SHARPNESS,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            has_touch=True,
            is_mobile=True,
        )
        context.set_default_timeout(_PATIENCE_MS)
        await context.add_cookies([{"name": "hongqi_language", "value": language, "url": address}])
        page = await context.new_page()
        await page.goto(address)
        await expect(page.locator(".row").last).to_be_visible(timeout=_PATIENCE_MS)
        await page.evaluate("document.fonts.ready")
        return cls(page)

    async def say(self, text: str) -> None:
        """Type a message and send it; while a reply is asked for, it is the reply."""
        box = self._page.locator("textarea[name=text]")
        await box.fill(text)
        await box.press("Enter")
        await expect(self._page.locator(".mine").last).to_contain_text(text)

    async def tap(self, label: str) -> None:
        """Tap the button of this label under the newest message that has buttons."""
        await self._keyboard.get_by_text(label, exact=True).tap()

    async def sees(self, words: str) -> None:
        """Wait for these words in the newest message that has buttons."""
        await expect(self._screen).to_contain_text(words, timeout=_PATIENCE_MS)

    async def hears(self, words: str) -> None:
        """Wait for these words in the newest message from others."""
        await expect(self._page.locator(".theirs").last).to_contain_text(words, timeout=_PATIENCE_MS)

    async def attach_picture(self, path: Path) -> None:
        """Send a picture as a photo."""
        before = await self._page.locator(".photos img").count()
        await self._page.locator("[data-photo-input]").set_input_files(path)
        await self._page.locator("button.main[type=submit]:visible").tap()
        await expect(self._page.locator(".photos img")).to_have_count(before + 1, timeout=_PATIENCE_MS)

    async def is_asked(self) -> None:
        """Wait until the bot asks for a reply."""
        await expect(self._page.locator("[data-replying]")).to_be_visible(timeout=_PATIENCE_MS)

    async def jump(self, name: str) -> None:
        """Move the clock by one of the page's quick buttons, named as its `data-jump`; the clock then closes."""
        await self._page.locator(".bar [data-clock-open]").tap()
        await self._page.locator(f"[data-jump={name}]").tap()
        await expect(self._page.locator("[data-clock-close]").first).to_be_hidden()

    async def picture(self, path: Path) -> Path:
        """Take the picture once the words of the last tap are gone and every image is there."""
        await expect(self._page.locator(".toast.shown")).to_have_count(0, timeout=_PATIENCE_MS)
        await expect(self._page.locator(".key.pending")).to_have_count(0, timeout=_PATIENCE_MS)
        await self._page.wait_for_function("() => [...document.images].every(image => image.complete)")
        await self._page.screenshot(path=path, animations="disabled", caret="hide")
        return path

    @property
    def _screen(self) -> Locator:
        return self._page.locator(".row.wide").last

    @property
    def _keyboard(self) -> Locator:
        return self._screen.locator(".key")
