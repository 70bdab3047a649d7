"""The practice clock: the sandbox's moment, followed through jumps and through an outage."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from rooms import START, cancelled, practice_telegram

from bot.practice_clock import PracticeClock


async def test_a_jump_is_acted_on_and_said_to_the_sandbox() -> None:
    async with practice_telegram() as practice:
        clock = PracticeClock(f"{practice.base}/sandbox/clock")
        await clock.start()
        assert START <= clock() < START + timedelta(minutes=1)
        jumped = asyncio.Event()

        async def act() -> None:
            jumped.set()

        following = asyncio.create_task(clock.follow(act))
        revision = practice.world.clock.jump(START + timedelta(days=7))
        async with asyncio.timeout(20):
            await jumped.wait()
        assert clock() >= START + timedelta(days=7)
        assert await practice.world.clock.acted(revision, 20)
        await cancelled(following)
