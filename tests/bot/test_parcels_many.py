"""Many chats at once: none waits for another, the whole keeps Telegram's pace, and no trouble loses or doubles one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from rooms import (
    DISTRICT,
    GROUP,
    LUO,
    START,
    TANG,
    ZHOU,
    ZONE,
    Answering,
    AtOnce,
    Call,
    HandClock,
    Rows,
    ScriptedApi,
    cancelled,
    demo_rows,
    in_no_time,
    seconds_gone,
)
from sqlalchemy.exc import OperationalError
from telegram.error import RetryAfter

from bot.pace import Pace
from bot.parcels import Parcels
from bot.posting import Wrapped
from bot.screens.screen import Screen
from bot.telegram_http import NotSent
from core.store import outbox
from core.store.engine import Db
from core.store.outbox import Parcel

P = ParamSpec("P")
T = TypeVar("T")

STATES = "SELECT dedup_key, state, attempt FROM outbox ORDER BY dedup_key"


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        yield rows


class Counting(AtOnce):
    """Counts its transactions, and refuses one of them by its number."""

    def __init__(self, rows: Rows, refused: int = 0) -> None:
        super().__init__(rows.database)
        self.number = 0
        self._refused = refused

    async def once(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.number += 1
        if self.number == self._refused:
            raise OperationalError("COMMIT", {}, Exception("disk is full"))
        return await super().once(action, *args, **kwargs)


async def say(parcel: Parcel) -> Wrapped:
    return Wrapped(Screen(parcel.dedup_key))


def owe(rows: Rows, *owed: tuple[int, str]) -> None:
    for chat_id, key in owed:
        rows.act(outbox.put, DISTRICT, key, chat_id, '{"name": "x"}', START, language="zh")


def sender(api: ScriptedApi, transactions: AtOnce, clock: HandClock | None = None, **more: Any) -> Parcels:
    clock = clock or HandClock()
    wrap = more.pop("wrap", say)
    return Parcels(api, transactions, clock, ZONE, wrap, lambda _: None, Pace(clock), **more)


def slowly(seconds: dict[int, float]) -> Answering:
    """Each chat's answer takes so long."""

    async def answer(call: Call) -> None:
        await asyncio.sleep(seconds.get(call.parameters["chat_id"], 0.05))

    return answer


def test_a_thousand_go_out_at_thirty_a_second_in_few_transactions(rows: Rows) -> None:
    keys = [(f"k{number:04}", 1_000_000 + number, "zh") for number in range(1000)]
    rows.act(outbox.put_all, DISTRICT, keys, "{}", START)
    api, transactions = ScriptedApi(slowly({})), Counting(rows)
    in_no_time(sender(api, transactions).send_due())
    when = [call.at for call in api.calls]
    assert when[-1] - when[0] == pytest.approx(1000 / 30, rel=0.02)
    assert {call.parameters["text"] for call in api.calls} == {key for key, _, _ in keys}
    assert transactions.number < 200
    assert rows.all("SELECT state, attempt, count(*) FROM outbox GROUP BY state, attempt") == [("sent", 1, 1000)]


def test_a_slow_chat_and_a_slow_picture_hold_up_nobody(rows: Rows) -> None:
    async def draw(parcel: Parcel) -> Wrapped:
        await asyncio.sleep(20 if parcel.chat_id == GROUP else 0)
        return await say(parcel)

    async def story() -> None:
        owe(rows, (TANG, "a"), (GROUP, "b"), (ZHOU, "c"), (ZHOU, "d"))
        api = ScriptedApi(slowly({TANG: 10}))
        await sender(api, AtOnce(rows.database), wrap=draw).send_due()
        when = {call.parameters["text"]: call.at for call in api.calls}
        assert when == {"a": 0, "c": 0, "d": pytest.approx(1), "b": pytest.approx(20)}

    in_no_time(story())


def test_429_holds_one_chat_whatever_is_owed_to_it(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    # The form the library is moving to: the old one warns when it is made.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    owe(rows, (ZHOU, "a"), (ZHOU, "b"), (LUO, "c"))
    clock, left = HandClock(), [RetryAfter(40)]

    def answer(call: Call) -> None:
        if call.parameters["chat_id"] == ZHOU and left:
            raise left.pop()

    api = ScriptedApi(answer)
    work = sender(api, AtOnce(rows.database), clock)
    in_no_time(work.send_due())
    assert rows.all(STATES) == [("a", "pending", 0), ("b", "pending", 0), ("c", "sent", 1)]
    clock.passes(seconds=39)
    in_no_time(sender(api, AtOnce(rows.database), clock).send_due())
    assert len(api.calls) == 2
    clock.passes(seconds=1)
    in_no_time(sender(api, AtOnce(rows.database), clock).send_due())
    assert rows.all(STATES) == [("a", "sent", 1), ("b", "sent", 1), ("c", "sent", 1)]


@pytest.mark.parametrize("refused", [1, 2, 3])
def test_a_database_that_refuses_loses_and_doubles_nothing(rows: Rows, refused: int) -> None:
    owe(rows, (ZHOU, "a"), (LUO, "b"))
    api = ScriptedApi()
    in_no_time(sender(api, Counting(rows, refused)).send_due())
    assert sorted(call.parameters["text"] for call in api.calls) == ["a", "b"]
    assert rows.all(STATES) == [("a", "sent", 1), ("b", "sent", 1)]


def test_words_that_the_database_does_not_tell_now_are_asked_for_again(rows: Rows) -> None:
    owe(rows, (ZHOU, "a"))
    left: list[Exception] = [OperationalError("SELECT", {}, Exception("gone"))]

    async def wrap(parcel: Parcel) -> Wrapped:
        if left:
            raise left.pop()
        return await say(parcel)

    api = ScriptedApi()
    in_no_time(sender(api, AtOnce(rows.database), wrap=wrap).send_due())
    assert [(call.parameters["text"], call.at) for call in api.calls] == [("a", 2)]


def test_an_answer_nobody_can_read_is_an_unknown_fate(rows: Rows) -> None:
    owe(rows, (GROUP, "a"))
    api = ScriptedApi(lambda call: {"no": "id"} if call.parameters["chat_id"] == GROUP else None)
    in_no_time(sender(api, AtOnce(rows.database)).send_due())
    assert rows.all("SELECT state FROM outbox WHERE dedup_key = 'a'") == [("unknown",)]
    assert sum(call.parameters["chat_id"] == GROUP for call in api.calls) == 1


def test_a_call_that_never_ends_is_given_up_and_its_fate_unknown(rows: Rows) -> None:
    async def story() -> None:
        owe(rows, (GROUP, "a"))
        api = ScriptedApi(slowly({GROUP: 100_000}))
        await sender(api, AtOnce(rows.database)).send_due()
        assert rows.all("SELECT state FROM outbox WHERE dedup_key = 'a'") == [("unknown",)]
        assert 90 <= await seconds_gone() < 100

    in_no_time(story())


def test_told_to_stop_it_finishes_what_it_is_sending_and_begins_nothing(rows: Rows) -> None:
    async def story() -> None:
        owe(rows, (ZHOU, "a"), (ZHOU, "b"), (LUO, "c"))
        api = ScriptedApi(slowly({ZHOU: 5, LUO: 5}))
        work = sender(api, AtOnce(rows.database))
        running = asyncio.create_task(work.run())
        await asyncio.sleep(1)
        work.stop()
        await running
        assert rows.all(STATES) == [("a", "sent", 1), ("b", "pending", 0), ("c", "sent", 1)]

    in_no_time(story())


def test_what_comes_while_it_is_sending_is_sent_meanwhile(rows: Rows) -> None:
    async def story() -> None:
        owe(rows, (ZHOU, "a"))
        api = ScriptedApi(slowly({ZHOU: 30}))
        work = sender(api, AtOnce(rows.database))
        running = asyncio.create_task(work.run())
        await asyncio.sleep(5)
        owe(rows, (LUO, "b"))
        work.wake()
        await work.idle()
        assert {call.parameters["text"]: call.at for call in api.calls} == {"a": 0, "b": 5}
        await cancelled(running)

    in_no_time(story())


def test_a_defect_in_its_own_lines_is_raised(rows: Rows) -> None:
    owe(rows, (ZHOU, "a"))

    def broken(_point: str) -> None:
        raise ZeroDivisionError

    clock = HandClock()
    work = Parcels(ScriptedApi(), AtOnce(rows.database), clock, ZONE, say, broken, Pace(clock))
    with pytest.raises(ZeroDivisionError):
        in_no_time(work.run())


def test_others_that_send_are_left_at_it_until_their_time_is_up(rows: Rows) -> None:
    owe(rows, (ZHOU, "a"))
    rows.change("UPDATE outbox SET state = 'sending', attempt = 1, started_at = '2013-06-24 02:00:00.000000'")
    api, clock = ScriptedApi(), HandClock()
    work = sender(api, AtOnce(rows.database), clock, is_shared=True)

    async def looks() -> None:
        await work.recover()
        await work.send_due()

    clock.passes(seconds=150)
    in_no_time(looks())
    assert api.calls == []
    clock.passes(seconds=1)
    in_no_time(looks())
    assert rows.all(STATES) == [("a", "sent", 2)]


def test_it_can_be_driven_by_hand_without_any_time(rows: Rows) -> None:
    clock = HandClock()
    owe(rows, (ZHOU, "a"), (ZHOU, "b"), (GROUP, "c"), (GROUP, "d"))

    async def sleep(seconds: float) -> None:
        clock.passes(microseconds=round(seconds * 1_000_000))

    answers = iter([NotSent("x"), None, None, None])

    def answer(_call: Call) -> None:
        if (error := next(answers, None)) is not None:
            raise error

    async def story() -> None:
        work = Parcels(api, AtOnce(rows.database), clock, ZONE, say, lambda _: None, Pace(clock), sleep=sleep)
        await work.send_due()
        assert await seconds_gone() == 0
        clock.passes(seconds=10)
        await work.send_due()

    api = ScriptedApi(answer)
    in_no_time(story())
    assert rows.all("SELECT DISTINCT state FROM outbox") == [("sent",)]
    assert len(api.calls) == 5
