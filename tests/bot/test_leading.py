"""One process polls: it begins when it leads, stops when it does not, and leaves so that another may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

import pytest
from rooms import PATIENCE, cancelled

from bot.leading import Leading
from core.store.leadership import Leadership


class Seat:
    """Answers what the test says; the last answer stays."""

    def __init__(self, *gains: bool, holds: Sequence[bool] = (True,)) -> None:
        self.gains, self.held = list(gains), list(holds)
        self.resigned = False

    def gain(self) -> bool:
        return self.gains.pop(0) if len(self.gains) > 1 else self.gains[0]

    def holds(self) -> bool:
        return self.held.pop(0) if len(self.held) > 1 else self.held[0]

    def present(self) -> int:
        return 3

    def resign(self) -> None:
        self.resigned = True


class Works:
    """Counts how often they were begun and cancelled."""

    def __init__(self) -> None:
        self.begun = self.stopped = 0
        self.began = asyncio.Event()

    def __call__(self) -> list[Coroutine[Any, Any, None]]:
        return [self._work()]

    async def _work(self) -> None:
        self.begun += 1
        self.began.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped += 1


async def soon(_seconds: float) -> None:
    await asyncio.sleep(0)


def leading(seat: Seat, counted: Callable[[int], None] = lambda _: None) -> Leading:
    return Leading(cast(Leadership, seat), counted, soon)


async def test_it_waits_until_nobody_else_leads_and_says_how_many_there_are() -> None:
    counts: list[int] = []
    seat, works = Seat(False, False, True), Works()
    process = leading(seat, counts.append)
    running = asyncio.create_task(process.run(works))
    async with asyncio.timeout(PATIENCE):
        await works.began.wait()
    assert process.leads
    await cancelled(running)
    assert (works.begun, works.stopped) == (1, 1)
    assert process.leads, "told to stop, it still leads: it may acknowledge what it took"
    assert counts[:2] == [3, 3]
    await process.close()
    assert seat.resigned
    assert not process.leads


async def test_who_leads_no_more_stops_and_begins_again_when_it_does() -> None:
    seat, works = Seat(True, False, True), Works()
    seat.held = [True, False, True]
    running = asyncio.create_task(leading(seat).run(works))
    async with asyncio.timeout(PATIENCE):
        while works.begun < 2:
            works.began.clear()
            await works.began.wait()
    assert works.stopped == 1
    await cancelled(running)


async def test_a_work_that_fails_ends_it() -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await leading(Seat(True)).run(lambda: [broken()])


async def test_a_database_that_does_not_answer_takes_the_lead_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.leading._ANSWER_SECONDS", 0)
    seat, works = Seat(True), Works()
    process = leading(seat)
    running = asyncio.create_task(process.run(works))
    for _ in range(100):
        await asyncio.sleep(0)
    assert works.begun == 0
    await cancelled(running)
