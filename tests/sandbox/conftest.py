"""A practice Telegram on a random port of this machine, with three people and a group; and a browser for its page."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Browser

from bot.sandbox.server import serve
from bot.sandbox.world import World

from .browser import Browsing, chromium, pictures_folder
from .practice import GROUP, LI, START, STRANGER, WANG, Hand, Practice
from .scripted_bot import running


@contextlib.asynccontextmanager
async def serving(world: World, hand: Hand, app: FastAPI | None = None) -> AsyncIterator[Practice]:
    """Serve a world, or an app that was made of it, for a while."""
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(world, "127.0.0.1", 0, port.set_result, app=app))
    base = f"http://127.0.0.1:{await port}"
    async with aiohttp.ClientSession() as client:
        yield Practice(world, hand, base, client)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    world.close()


@pytest.fixture
async def practice() -> AsyncIterator[Practice]:
    """Li has started the bot; Li and Wang are in the group with the bot; the queue is empty."""
    hand = Hand()
    world = World(START, ticks=hand)
    world.people.join("李<b>&", person_id=LI, username="li_officer")
    world.people.join("王五", person_id=WANG, language_code="en")
    world.people.join("路人", person_id=STRANGER)
    world.people.start(LI)
    world.groups.create("荷塘区通报群", [LI, WANG], group_id=GROUP)
    world.groups.add_bot(GROUP, LI)
    world.state.updates.clear()
    async with serving(world, hand) as practice:
        yield practice


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, for all tests of a module."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def browsing(practice: Practice, browser: Browser, tmp_path: Path) -> AsyncIterator[Browsing]:
    """Tabs that must end without an error on the console or a request to another host."""
    browsing = Browsing(browser, practice.base, pictures_folder(tmp_path))
    yield browsing
    for context in browser.contexts:
        await context.close()
    assert browsing.complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def bot(practice: Practice) -> AsyncIterator[None]:
    """The scripted bot at work, for a module that shares its world."""
    practice.world.state.updates.clear()
    async with running(practice):
        yield
