"""The clock over HTTP: jumps, the bot's progress, and waits that end when the server does."""

import asyncio
from datetime import UTC, datetime

import pytest

from .practice import LI, START, Practice

JUMP = {"to": "2013-06-26T09:00:00+08:00"}


async def test_a_bot_learns_of_every_jump_and_says_when_it_has_acted(practice: Practice) -> None:
    first = await practice.control("GET", "clock?seen=0")
    assert first == {"revision": 1, "now": "2013-06-25T01:00:00Z"}
    waiting = asyncio.create_task(practice.control("GET", "clock?seen=1"))
    jumped = await practice.control("POST", "clock/jump", json=JUMP)
    assert jumped == {"revision": 2, "now": "2013-06-26T01:00:00Z"}
    assert await waiting == jumped
    assert await practice.control("GET", "clock/acted?revision=2&timeout=0") == {"acted": False}
    test = asyncio.create_task(practice.control("GET", "clock/acted?revision=2"))
    again = asyncio.create_task(practice.control("GET", "clock?seen=2"))
    assert await test == {"acted": True}
    assert not again.done()
    practice.world.clock.jump(datetime(2013, 7, 1, tzinfo=UTC))
    assert (await again)["revision"] == 3


async def test_nobody_can_have_acted_on_a_jump_to_come(practice: Practice) -> None:
    assert (await practice.control("GET", "clock?seen=9&timeout=0"))["revision"] == 1
    practice.world.clock.jump(datetime(2013, 7, 1, tzinfo=UTC))
    assert await practice.world.clock.acted(2, within=0) is False


async def test_time_runs_between_jumps_and_dates_messages(practice: Practice) -> None:
    practice.hand.seconds += 90
    assert practice.world.people.say(LI, "好").date == START.timestamp() + 90
    practice.world.clock.jump(datetime(2013, 7, 1, tzinfo=UTC))
    practice.hand.seconds += 5
    assert practice.world.clock.now() == datetime(2013, 7, 1, 0, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("to", ["2013-06-25T00:59:59Z", "2013-07-01T00:00:00"])
async def test_the_clock_goes_forward_and_needs_a_zone(practice: Practice, to: str) -> None:
    async with practice.client.post(f"{practice.base}/sandbox/clock/jump", json={"to": to}) as response:
        assert response.status in {400, 422}
    assert practice.world.clock.revision == 1
    with pytest.raises(ValueError, match=r"forward|time zone"):
        practice.world.clock.jump(datetime.fromisoformat(to))
    with pytest.raises(ValueError, match="younger"):
        practice.world.clock.age(-1)


async def test_every_wait_ends_with_the_server(practice: Practice) -> None:
    await practice.control("GET", "clock?seen=1&timeout=0")
    version = practice.world.version
    waits = [
        asyncio.create_task(practice.control("GET", path))
        for path in ("clock?seen=1", "clock/acted?revision=2", f"changed?after={version}")
    ]
    poll = asyncio.create_task(practice.updates(timeout=50))
    for _ in range(3):
        await practice.call("getMe")
    assert not any(wait.done() for wait in (*waits, poll))
    practice.world.stop_waiting()
    assert await asyncio.gather(*waits) == [
        {"revision": 1, "now": "2013-06-25T01:00:00Z"},
        {"acted": False},
        {"version": version},
    ]
    assert await poll == []


async def test_watchers_wake_at_every_change(practice: Practice) -> None:
    version = practice.world.version
    waiting = asyncio.create_task(practice.world.changed(version))
    practice.world.people.say(LI, "好")
    assert await waiting == version + 1
    assert await practice.world.changed(version + 1, within=0) == version + 1
