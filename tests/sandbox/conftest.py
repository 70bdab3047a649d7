"""A practice Telegram on a random port of this machine, with three people and a group."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.server import serve
from bot.sandbox.world import World

from .practice import GROUP, LI, START, STRANGER, WANG, Hand, Practice


@contextlib.asynccontextmanager
async def serving(world: World, hand: Hand) -> AsyncIterator[Practice]:
    """Serve a world for a while."""
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(world, "127.0.0.1", 0, port.set_result))
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
