"""What a phone does not let people do, and what the sandbox forgets."""

import asyncio
import threading
from collections.abc import Callable

import aiohttp
import pytest

from bot.sandbox import records
from bot.sandbox.server import serve
from bot.sandbox.values import Attachment
from bot.sandbox.world import World

from .practice import GROUP, LI, START, STRANGER, WANG, Hand, png

Deed = Callable[[World], object]
PICTURES = [Attachment("photo", png())] * 2


def start_after_deletion(world: World) -> None:
    world.people.deactivate(LI)
    world.people.start(LI)


def say_while_blocking(world: World) -> None:
    world.people.block(LI)
    world.people.say(LI, "x")


REFUSALS: list[tuple[Deed, str]] = [
    (lambda world: world.people.send_album(LI, PICTURES, caption_on=2), "no item 2"),
    (lambda world: world.people.send_photo(LI, png(), caption="长" * 1025), "at most 1024"),
    (lambda world: world.people.edit(LI, world.people.send_location(LI, 1, 2).id, "x"), "has no text of"),
    (lambda world: world.people.edit(LI, world.people.say(LI, "x").id, " "), "changed to nothing"),
    (lambda world: world.people.say(LI, "x", reply_to=99), "no message 99"),
    (start_after_deletion, "has deleted the account"),
    (say_while_blocking, "cannot write"),
    (lambda world: world.people.block(STRANGER), "no chat"),
    (lambda world: world.groups.create("x", [LI], group_id=GROUP), "a chat .* already"),
    (lambda world: world.groups.promote(GROUP, LI), "stays what they are"),
    (lambda world: world.groups.add_topic(GROUP, LI, "x"), "has no topics"),
    (lambda world: world.groups.add_bot(GROUP, STRANGER), "is not in"),
    (lambda world: world.groups.upgrade(world.groups.upgrade(GROUP, LI).id, LI), "supergroup already"),
    (lambda world: (world.groups.upgrade(GROUP, LI), world.groups.add_bot(GROUP, LI)), "has become the supergroup"),
    (lambda world: world.person(1), "no person"),
]


@pytest.fixture
def world() -> World:
    """Li has started the bot; Li and Wang are in the group."""
    world = World(START, ticks=Hand())
    for who, name in ((LI, "李"), (WANG, "王"), (STRANGER, "路人")):
        world.people.join(name, person_id=who)
    world.people.start(LI)
    world.groups.create("群", [LI, WANG], group_id=GROUP)
    return world


@pytest.mark.parametrize(("deed", "why"), REFUSALS)
def test_is_refused(world: World, deed: Deed, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        deed(world)


def test_joining_again_changes_the_profile(world: World) -> None:
    world.people.join("李四", person_id=LI, note="考核组成员")
    assert (world.person(LI).first_name, world.person(LI).note) == ("李四", "考核组成员")
    assert len(world.persons()) == 3


def test_only_recent_taps_are_remembered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "KEPT_TAPS", 2)
    first, *others = [world.people.forge_tap(LI, 1, str(number)) for number in range(3)]
    with pytest.raises(ValueError, match="no tap"):
        world.people.answer(first)
    assert [world.people.answer(tap) for tap in others] == [None, None]


def test_the_same_seed_gives_the_same_ids(world: World) -> None:
    def ids(seed: str) -> tuple[int, str]:
        fresh = World(START, ticks=Hand(), seed=seed)
        fresh.people.join("李", person_id=LI)
        fresh.people.start(LI)
        return fresh.state.updates.fetch()[0]["update_id"], fresh.people.forge_tap(LI, 1, "x")

    assert ids("hongqi") == ids("hongqi")
    assert ids("hongqi") != ids("other")
    assert world.state.updates.fetch()[0]["update_id"] == ids("hongqi")[0]


async def test_it_serves_outside_the_main_thread() -> None:
    """A benchmark may run it beside itself; signals are then left alone."""
    started, stop = threading.Event(), threading.Event()
    ports: list[int] = []

    def ready(port: int) -> None:
        ports.append(port)
        started.set()

    async def run() -> None:
        world = World(START, ticks=Hand())
        serving = asyncio.create_task(serve(world, "127.0.0.1", 0, ready))
        await asyncio.to_thread(stop.wait)
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        world.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    await asyncio.to_thread(started.wait)
    async with (
        aiohttp.ClientSession() as client,
        client.get(f"http://127.0.0.1:{ports[0]}/sandbox/drained") as response,
    ):
        assert await response.json() == {"drained": True}
    stop.set()
    thread.join()
