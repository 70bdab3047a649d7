"""Outbox rows: what becomes of each answer to a call, how chats are paced, and what a kill leaves."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import (
    DISTRICT,
    GROUP,
    START,
    TANG,
    ZHOU,
    ZONE,
    Answering,
    AtOnce,
    HandClock,
    Rows,
    ScriptedApi,
    cancelled,
    demo_rows,
    in_no_time,
    practice_telegram,
    raising,
    transactions_on,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.pace import Pace
from bot.parcels import Parcels
from bot.posting import Wrapped
from bot.screens.screen import Screen
from bot.telegram_http import NotSent, TelegramApi, Unanswered
from bot.transaction import Transactions
from core.actions.rounds import rule_set, take_policy
from core.rubric_files import SHIPPED
from core.store import outbox
from core.store.outbox import Parcel

WHITE_DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
"""The smallest PNG."""


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        yield rows


def owe(rows: Rows, chat_id: int, text: str, thread_id: int | None = None) -> None:
    """Owe a chat a text under a key of the same name."""
    rows.act(outbox.put, DISTRICT, text, chat_id, json.dumps(text), START, language="zh", thread_id=thread_id)


async def read_out(parcel: Parcel) -> Wrapped:
    """Says what the view holds; what the admins are told is said by its name."""
    view = json.loads(parcel.view)
    return Wrapped(Screen(view if isinstance(view, str) else view["name"]))


async def with_picture(parcel: Parcel) -> Wrapped:
    return Wrapped((await read_out(parcel)).screen, WHITE_DOT)


def parcels(api: TelegramApi, transactions: Transactions, clock: HandClock) -> Parcels:
    return Parcels(api, transactions, clock, ZONE, read_out, lambda _: None, Pace(clock))


def state(rows: Rows, key: str) -> tuple[str, int]:
    ((state, attempt),) = rows.all("SELECT state, attempt FROM outbox WHERE dedup_key = ?", key)
    return state, attempt


def sending(rows: Rows, clock: HandClock, answering: Answering | None = None) -> ScriptedApi:
    """Send until nothing is due any more; gives the calls."""
    api = ScriptedApi(answering)

    async def story() -> None:
        sender = parcels(api, AtOnce(rows.database), clock)
        running = asyncio.create_task(sender.run())
        await sender.idle()
        sender.stop()
        await running

    in_no_time(story())
    return api


def test_a_parcel_is_sent_once_and_its_message_remembered(rows: Rows) -> None:
    owe(rows, GROUP, "通报", thread_id=3)
    api = sending(rows, HandClock())
    assert api.made("sendMessage") == [{"chat_id": GROUP, "parse_mode": "HTML", "message_thread_id": 3, "text": "通报"}]
    assert rows.all("SELECT state, message_id, error FROM outbox") == [("sent", 101, None)]
    assert sending(rows, HandClock()).calls == []


def test_it_is_written_down_as_sending_before_the_call(rows: Rows) -> None:
    owe(rows, GROUP, "通报")
    seen: list[tuple[str, int]] = []
    sending(rows, HandClock(), lambda _: seen.append(state(rows, "通报")))
    assert seen == [("sending", 1)]


@pytest.mark.parametrize(
    ("error", "pause"),
    [(NotSent("x"), 10), (InvalidToken("Unauthorized"), 10), (None, 40)],
    ids=["not sent", "token", "429"],
)
def test_what_certainly_did_not_arrive_is_sent_later(
    rows: Rows, error: Exception | None, pause: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The form the library is moving to: the old one warns when it is made.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    owe(rows, GROUP, "通报")
    clock = HandClock()
    assert len(sending(rows, clock, raising(error or RetryAfter(40))).calls) == 1
    assert state(rows, "通报") == ("pending", 0)
    clock.passes(seconds=pause - 1)
    assert sending(rows, clock).calls == []
    clock.passes(seconds=1)
    assert len(sending(rows, clock).calls) == 1
    assert state(rows, "通报") == ("sent", 1)


@pytest.mark.parametrize("error", [BadRequest("Chat not found"), Forbidden("Forbidden: bot was kicked")])
def test_what_is_refused_has_failed_and_the_admins_are_told(rows: Rows, error: Exception) -> None:
    owe(rows, GROUP, "通报")
    api = sending(rows, HandClock(), raising(error))
    assert state(rows, "通报") == ("failed", 1)
    assert [(call.parameters["chat_id"], call.parameters["text"]) for call in api.calls[1:]] == [
        (TANG, "failed_parcel")
    ]


def test_a_notice_to_one_person_that_is_refused_troubles_nobody_else(rows: Rows) -> None:
    owe(rows, ZHOU, "提醒")
    assert len(sending(rows, HandClock(), raising(BadRequest("Message is too long"))).calls) == 1
    assert state(rows, "提醒") == ("failed", 1)


def test_who_lets_nothing_through_is_told_of_once(rows: Rows) -> None:
    owe(rows, ZHOU, "一")
    owe(rows, ZHOU, "二")
    shut_out = Forbidden("Forbidden: bot was blocked by the user")
    api = sending(
        rows, HandClock(), lambda call: raising(shut_out)(call) if call.parameters["chat_id"] == ZHOU else None
    )
    assert [call.parameters["text"] for call in api.calls] == ["一", "unreachable", "二"]
    assert (state(rows, "一"), state(rows, "二")) == (("failed", 1), ("failed", 1))
    ((since,),) = rows.all("SELECT unreachable_since FROM person WHERE telegram_id = ?", ZHOU)
    assert since is not None


@pytest.mark.parametrize("error", [Unanswered("x"), Conflict("x")])
def test_a_bulletin_that_may_be_there_is_never_repeated_but_asked_about(rows: Rows, error: Exception) -> None:
    owe(rows, GROUP, "通报")
    api = sending(rows, HandClock(), raising(error))
    assert state(rows, "通报") == ("unknown", 1)
    assert [call.parameters["text"] for call in api.calls] == ["通报", "unknown_parcel"]
    assert api.calls[1].parameters["chat_id"] == TANG


def test_a_notice_that_may_be_there_is_repeated_once(rows: Rows) -> None:
    owe(rows, ZHOU, "提醒")
    api = sending(rows, HandClock(), raising(*[Unanswered("x")] * 5))
    assert len(api.calls) == 2
    assert state(rows, "提醒") == ("unknown", 2)


def test_a_notice_that_was_not_sent_before_is_repeated_once_all_the_same(rows: Rows) -> None:
    owe(rows, ZHOU, "提醒")
    clock = HandClock()
    sending(rows, clock, raising(NotSent("x")))
    clock.passes(seconds=10)
    api = sending(rows, clock, raising(Unanswered("x")))
    assert len(api.calls) == 2
    assert state(rows, "提醒") == ("sent", 2)


@pytest.mark.parametrize(
    ("chat_id", "key", "sent"), [(ZHOU, "提醒", 0), (TANG, "提醒", 1), (ZHOU, "upload:1:read", 1), (GROUP, "通报", 1)]
)
def test_a_second_try_wakes_nobody_but_the_office_and_who_waits(rows: Rows, chat_id: int, key: str, sent: int) -> None:
    in_force = rule_set(SHIPPED)["township"]
    rows.act(take_policy, DISTRICT, in_force.policy, in_force.policy_text)
    owe(rows, chat_id, key)
    clock = HandClock()
    # 19:59:55 there; the next try would be at 20:00:05.
    clock.passes(hours=9, minutes=59, seconds=55)
    sending(rows, clock, raising(NotSent("x")))
    clock.passes(seconds=10)
    assert len(sending(rows, clock).calls) == sent
    clock.passes(hours=11, minutes=29, seconds=55)
    assert len(sending(rows, clock).calls) == 1 - sent
    assert state(rows, key) == ("sent", 1)


def test_a_group_takes_one_in_three_seconds_a_person_one_a_second(rows: Rows) -> None:
    for chat_id, text in ((GROUP, "一"), (GROUP, "二"), (ZHOU, "甲"), (ZHOU, "乙")):
        owe(rows, chat_id, text)
    api = sending(rows, HandClock())
    when = [(call.parameters["text"], call.at) for call in api.calls]
    assert when == [("一", 0), ("甲", 0), ("乙", pytest.approx(1)), ("二", pytest.approx(3))]


def test_a_start_asks_about_what_a_kill_interrupted(rows: Rows) -> None:
    owe(rows, GROUP, "通报")
    owe(rows, ZHOU, "提醒")
    rows.change("UPDATE outbox SET state = 'sending', attempt = 1")
    api = sending(rows, HandClock())
    assert state(rows, "通报") == ("unknown", 1)
    assert state(rows, "提醒") == ("sent", 2)
    assert [call.parameters["text"] for call in api.calls] == ["提醒", "unknown_parcel"]


def test_what_somebody_else_took_meanwhile_is_not_sent(rows: Rows) -> None:
    owe(rows, ZHOU, "提醒")
    api = ScriptedApi()

    async def late(parcel: Parcel) -> Wrapped:
        rows.change("UPDATE outbox SET state = 'sent'")
        return await read_out(parcel)

    async def story() -> None:
        sender = Parcels(api, AtOnce(rows.database), HandClock(), ZONE, late, lambda _: None, Pace(HandClock()))
        running = asyncio.create_task(sender.run())
        await sender.idle()
        await cancelled(running)

    in_no_time(story())
    assert api.calls == []


def test_it_looks_by_itself_and_when_it_is_woken(rows: Rows) -> None:
    clock, api = HandClock(), ScriptedApi()

    async def story() -> None:
        sender = parcels(api, AtOnce(rows.database), clock)
        running = asyncio.create_task(sender.run())
        await sender.idle()
        owe(rows, ZHOU, "一")
        await asyncio.sleep(16)
        owe(rows, ZHOU, "二")
        sender.wake()
        await sender.idle()
        await cancelled(running)

    in_no_time(story())
    assert [(call.parameters["text"], call.at) for call in api.calls] == [("一", 15), ("二", 16)]


async def test_a_group_that_moved_is_followed_and_the_row_sent_there(rows: Rows) -> None:
    clock = HandClock()
    async with practice_telegram() as practice:
        with transactions_on(rows.database) as transactions:
            moved = practice.world.groups.upgrade(GROUP, TANG)
            owe(rows, GROUP, "通报")
            sender = Parcels(practice.api, transactions, clock, ZONE, with_picture, lambda _: None, Pace(clock))
            running = asyncio.create_task(sender.run())
            await sender.idle()
            sender.stop()
            await running
        (post,) = [message for message in practice.world.messages(moved.id) if message.kind == "photo"]
        assert post.text == "通报"
    assert rows.all("SELECT chat_id, state, attempt, message_id FROM outbox") == [(moved.id, "sent", 1, post.id)]
    assert rows.all("SELECT group_chat_id FROM district") == [(moved.id,)]
