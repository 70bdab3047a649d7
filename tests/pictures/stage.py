"""The stage: the demo started as a person starts it, in a process of its own, and a browser to look at it."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, async_playwright

from bot.settings import child_environment

_CHROMIUM = Path("/usr/bin/chromium")
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START_SECONDS, _STOP_SECONDS = 60, 30


class DemoSilent(Exception):
    """The demo ended, or said no address in time. The message is what it said."""


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """The address of the running demo; ended as by Ctrl-C. Raises DemoSilent."""
    # An empty working folder, so that nothing of a developer's `.env` reaches the pictures.
    with TemporaryDirectory(prefix="hongqi-pictures-") as folder:
        root = str(Path(__file__).parents[2])
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "demo", "--port", "0"),
            cwd=folder,
            env=child_environment({"PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            yield await _address(process)
        finally:
            await _end(process)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, started."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
        )
        yield browser
        await browser.close()


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise RuntimeError("the demo was started without a pipe")
    try:
        async with asyncio.timeout(_START_SECONDS):
            said = (await process.stdout.readline()).decode()
    except TimeoutError:
        raise DemoSilent(f"no address within {_START_SECONDS} s") from None
    found = _ADDRESS.search(said)
    if found is None:
        raise DemoSilent(said.strip() or f"exit code {await process.wait()}")
    return found.group()


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
