"""Outbox rows go out here: many chats at once, one message per chat under way, none held up by another's wait.

A message is worded, then committed as `sending`, then sent (`bot.posting`). What came back is written together with
what is taken next, in one transaction, so that a thousand reminders cost some hundred commits and taps get theirs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from math import inf
from typing import Any

from bot.clock import Clock, moment
from bot.intake import Checkpoint
from bot.pace import AT_ONCE, Pace
from bot.posting import LEASE, Outcome, Wrapped, send
from bot.telegram_http import TelegramApi
from bot.transaction import Transactions
from core.actions import announcing
from core.actions.door import Moment
from core.actions.telling import keep_quiet
from core.store import outbox
from core.store.engine import DatabaseError, Db, is_transient
from core.store.outbox import Parcel

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 15.0
_DATABASE_SECONDS = 2.0

_AHEAD = 2 * AT_ONCE
"""Messages that are worded before their turn comes, so that a picture being drawn holds up no others."""

_MOST_UNDER_WAY = 100
"""Messages between being looked up and written down as sent. More only come together when Telegram is slow."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A message that is worded and not yet taken; it goes out when its turn comes."""

    parcel: Parcel
    wrapped: Wrapped


class Parcels:
    """Sends outbox rows. `wrap` words and draws a parcel before it is taken.

    `is_shared`: other processes send what stands in the same database, so that what they are at is not abandoned.
    """

    def __init__(
        self,
        api: TelegramApi,
        transactions: Transactions,
        clock: Clock,
        zone: tzinfo,
        wrap: Callable[[Parcel], Awaitable[Wrapped]],
        checkpoint: Checkpoint,
        pace: Pace,
        *,
        is_shared: bool = False,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._api = api
        self._transactions = transactions
        self._clock = clock
        self._zone = zone
        self._wrap = wrap
        self._checkpoint = checkpoint
        self._pace = pace
        self._is_shared = is_shared
        self._sleep = sleep
        self._has_begun = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None
        # What is under way: its chat, and from just before the take on its row.
        self._chats: set[int] = set()
        self._sending: set[int] = set()
        self._wording = 0
        self._ready: list[_Ready] = []
        self._outcomes: list[tuple[Parcel, Outcome]] = []
        self._may_be_more = True
        self._is_held = False
        self._moved = asyncio.Event()
        self._idle = asyncio.Event()
        self._is_stopping = False

    def wake(self) -> None:
        """There may be something to send."""
        self._idle.clear()
        self._may_be_more = True
        self._moved.set()

    async def idle(self) -> None:
        """Wait until nothing is due any more."""
        await self._idle.wait()

    def stop(self) -> None:
        """Let `run` end after what it is sending, so that nothing's fate becomes unknown by leaving."""
        self._is_stopping = True
        self._moved.set()

    async def run(self) -> None:
        """Send until `stop`."""
        await self.recover()
        try:
            while not self._is_stopping:
                await self.send_due()
                if not self._may_be_more:
                    self._idle.set()
                    await self._moves_within(_LOOK_SECONDS)
        finally:
            for task in self._tasks:
                task.cancel()

    async def recover(self) -> None:
        """What a killed process was sending gets an unknown fate: at our start, or when its time is up."""
        at = moment(self._clock, self._zone)
        # An SQLite file has one process: at its start nobody is at anything.
        before = at.now - LEASE if self._is_shared or self._has_begun else None

        def recover(db: Db) -> None:
            announcing.recover(db, at, started_before=before, under_way=frozenset(self._sending))

        await self._transactions.once(recover)
        self._has_begun = True

    async def send_due(self) -> None:
        """Send until nothing is due, nothing is under way and every outcome is written down."""
        self._may_be_more = True
        while (seconds := self._seconds_to_turn()) is not None:
            if seconds:
                await self._moves_within(seconds)
                self._may_be_more |= self._is_held
            else:
                await self._turn()
            if self._failure is not None:
                # A defect in a task's own lines: what it was at stays `sending`, and becomes unknown in time.
                raise self._failure

    def _seconds_to_turn(self) -> float | None:
        """When there is something to do with the rows: 0 for now, inf for when something moves, None for nothing."""
        going_on = not self._is_stopping
        if going_on and self._ready:
            # What came back meanwhile is written with what is taken then.
            return self._pace.wait_for_room(min(len(self._ready), AT_ONCE))
        if self._outcomes or (going_on and self._may_be_more):
            return 0.0
        if going_on and self._is_held:
            return min(self._pace.waiting().values(), default=0.0)
        return inf if self._sending or (going_on and self._wording) else None

    async def _turn(self) -> None:
        """Write down what came back, take what is ready, look for what comes next: one transaction."""
        at = moment(self._clock, self._zone)
        outcomes = list(self._outcomes)
        going = [] if self._is_stopping else self._ready[: self._pace.room()]
        waiting = frozenset(self._pace.waiting())
        busy = self._chats - {parcel.chat_id for parcel, _ in outcomes}
        ahead = _AHEAD - self._wording - len(self._ready) + len(going)
        limit = 0 if self._is_stopping else min(ahead, _MOST_UNDER_WAY - len(busy))

        def exchange(db: Db) -> tuple[list[Parcel], list[Parcel], bool]:
            for _, write in outcomes:
                write(db)
            keep_quiet(db, at)
            taken = outbox.take_all(db, [each.parcel for each in going], at.now) if going else []
            found = outbox.due(db, at.now, limit, busy | waiting) if limit > 0 else []
            is_held = bool(waiting) and not found and outbox.is_anything_due(db, at.now, waiting - busy)
            return taken, found, is_held

        self._may_be_more = False
        self._goes(going)
        try:
            taken, found, self._is_held = await self._transactions.once(exchange)
        except DatabaseError:
            # What became of a message is known here alone until it is written: try until it is.
            _log.critical("what is sent cannot be written down; trying again", exc_info=True)
            self._sending -= {each.parcel.id for each in going}
            self._may_be_more = True
            await self._sleep(_DATABASE_SECONDS)
            return
        del self._outcomes[: len(outcomes)]
        for parcel, _ in outcomes:
            self._let_go(parcel)
        self._call_all(going, {parcel.id: parcel for parcel in taken})
        self._word_all(found)
        self._may_be_more |= bool(found)

    def _goes(self, going: list[_Ready]) -> None:
        for each in going:
            self._sending.add(each.parcel.id)
            self._pace.sends(each.parcel.chat_id)

    def _call_all(self, going: list[_Ready], taken: Mapping[int, Parcel]) -> None:
        del self._ready[: len(going)]
        for each in going:
            parcel = taken.get(each.parcel.id)
            if parcel is None:
                # Somebody else took it, or it was settled meanwhile.
                self._let_go(each.parcel)
            else:
                self._start(self._call(parcel, each.wrapped))

    def _word_all(self, found: list[Parcel]) -> None:
        for parcel in found:
            self._chats.add(parcel.chat_id)
            self._wording += 1
            self._start(self._word(parcel))

    async def _word(self, parcel: Parcel) -> None:
        try:
            wrapped = await self._wrap(parcel)
        except Exception as error:  # noqa: BLE001  # whatever hinders one message must not stop its neighbours
            if is_transient(error):
                _log.critical("the database does not tell what a message says; trying again", exc_info=True)
                await self._sleep(_DATABASE_SECONDS)
                self._let_go(parcel)
                self._may_be_more = True
                return
            # It comes first now and after every start: left there it would be worded in vain for ever.
            _log.exception("parcel %s cannot be worded", parcel.dedup_key)
            at, told = moment(self._clock, self._zone), type(error).__name__
            self._outcomes.append((parcel, lambda db: _unsayable(db, parcel, told, at)))
        else:
            self._ready.append(_Ready(parcel, wrapped))
        finally:
            self._wording -= 1

    async def _call(self, parcel: Parcel, wrapped: Wrapped) -> None:
        whom = _whom(parcel)
        self._checkpoint(f"before sending to {whom}")
        outcome = await send(self._api, self._pace, parcel, wrapped, moment(self._clock, self._zone))
        self._checkpoint(f"after sending to {whom}")
        self._outcomes.append((parcel, outcome))

    def _let_go(self, parcel: Parcel) -> None:
        self._chats.discard(parcel.chat_id)
        self._sending.discard(parcel.id)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failure = error
        self._moved.set()

    async def _moves_within(self, seconds: float) -> None:
        """Wait until something moves, or so long."""
        if seconds == inf or self._moved.is_set():
            await self._moved.wait()
        else:
            moved = asyncio.ensure_future(self._moved.wait())
            slept = asyncio.ensure_future(self._sleep(seconds))
            try:
                await asyncio.wait([moved, slept], return_when=asyncio.FIRST_COMPLETED)
            finally:
                moved.cancel()
                slept.cancel()
        self._moved.clear()


def _whom(parcel: Parcel) -> str:
    """For the names of checkpoints: Telegram gives groups negative ids."""
    return "a group" if parcel.chat_id < 0 else "a person"


def _unsayable(db: Db, parcel: Parcel, error: str, at: Moment) -> None:
    taken = outbox.take(db, parcel, at.now)
    if taken is not None:
        announcing.settle_failed(db, taken, error, at)
