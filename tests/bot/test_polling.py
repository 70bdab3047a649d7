"""Polling: the offset moves only after the commit; no answer of Telegram's ends it."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from rooms import Answering, Call, ScriptedApi, cancelled, in_no_time, raising
from sqlalchemy.exc import OperationalError
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter

from bot.deliver import Deliver
from bot.intake import Intake, Raw
from bot.polling import ALLOWED_UPDATES, Polling
from bot.telegram_http import NotSent, Unanswered


class Desk:
    """Takes batches; fails with these errors first."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.taken: list[list[int]] = []

    async def take(self, raws: list[Raw]) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append([raw["update_id"] for raw in raws])


class Calm:
    """A sender that is never busy."""

    async def calm(self) -> None:
        return


def polling(answers: list[Any], desk: Desk) -> tuple[Polling, ScriptedApi]:
    """Telegram answers these one after the other (an exception is raised) and is silent afterwards."""
    left = list(answers)

    async def answer(_call: Call) -> Any:
        if not left:
            await asyncio.sleep(86400)
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return [{"update_id": number} for number in found]

    api = ScriptedApi(cast(Answering, answer))
    return Polling(api, cast(Intake, desk), cast(Deliver, Calm()), lambda _: None), api


async def polls(work: Polling, seconds: float) -> None:
    """Poll for so long."""
    running = asyncio.create_task(work.run())
    await asyncio.sleep(seconds)
    await cancelled(running)


def test_the_offset_follows_what_was_taken_and_every_poll_names_its_kinds() -> None:
    desk = Desk()
    work, api = polling([[7, 8], [], [9]], desk)
    in_no_time(polls(work, 1))
    assert desk.taken == [[7, 8], [9]]
    assert [call.parameters.get("offset") for call in api.calls] == [None, 9, 9, 10]
    assert all(call.parameters["allowed_updates"] == list(ALLOWED_UPDATES) for call in api.calls)


def test_nothing_is_acknowledged_when_the_database_refuses() -> None:
    desk = Desk(OperationalError("COMMIT", {}, Exception("disk is full")))
    work, api = polling([[7], [7]], desk)
    in_no_time(polls(work, 5))
    assert desk.taken == [[7]]
    assert [(call.parameters.get("offset"), call.at) for call in api.calls] == [(None, 0), (None, 1), (8, 1)]


@pytest.mark.parametrize("error", [InvalidToken("Unauthorized"), InvalidToken("404"), Conflict("other poll")])
def test_a_refusal_turns_health_red_and_is_tried_again_slowly(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        work, api = polling([error, [7]], Desk())
        running = asyncio.create_task(work.run())
        await asyncio.sleep(14)
        assert (work.healthy, len(api.calls)) == (False, 1)
        await asyncio.sleep(2)
        assert work.healthy
        assert [call.at for call in api.calls] == [0, 15, 15]
        await cancelled(running)

    in_no_time(story())
    assert "CRITICAL" in caplog.text


def test_trouble_on_the_way_backs_off_and_starts_anew_after_success() -> None:
    errors = [NotSent("x"), Unanswered("x"), BadRequest("x"), NotSent("x"), NotSent("x"), NotSent("x"), NotSent("x")]
    work, api = polling([*errors, [], NotSent("x"), []], Desk())
    in_no_time(polls(work, 200))
    assert [call.at for call in api.calls] == [0, 1, 3, 7, 15, 31, 61, 91, 91, 92, 92]


def test_429_waits_as_long_as_telegram_says(monkeypatch: pytest.MonkeyPatch) -> None:
    # The form the library is moving to: the old one warns when it is made.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    work, api = polling([RetryAfter(40), []], Desk())
    in_no_time(polls(work, 60))
    assert [call.at for call in api.calls] == [0, 40, 40]


@pytest.mark.parametrize("last", [[], Unanswered("x")])
def test_what_was_taken_is_acknowledged_before_leaving(last: Any) -> None:
    async def story() -> None:
        work, api = polling([[7]], Desk())
        await work.acknowledge()
        assert api.calls == [], "nothing was taken, nothing is acknowledged"
        await polls(work, 1)
        api.answering = None if last == [] else raising(last)
        await work.acknowledge()
        assert api.calls[-1].parameters == {"offset": 8, "limit": 1, "timeout": 0}

    in_no_time(story())
