"""Outbox rows go out here: what the clock owes, each committed as `sending` before the call.

What Telegram certainly did not get is tried again; what it refused for good is reported;
what may or may not have arrived becomes unknown, because there is no way to ask.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock, moment
from bot.intake import Checkpoint
from bot.screens.screen import Screen
from bot.telegram_http import NotSent, TelegramApi, Upload, seconds_to_wait
from bot.transaction import Transactions
from bot.wire import keyboard
from core.actions import announcing
from core.actions.district import follow_group
from core.actions.door import Moment
from core.store import outbox
from core.store.engine import DatabaseError, Db
from core.store.outbox import Parcel

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 15.0
_DATABASE_SECONDS = 2.0
_RETRY = timedelta(seconds=10)
_PRIVATE_SECONDS, _GROUP_SECONDS = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What a parcel says, ready to be sent: a screen, and perhaps a picture or a file above it."""

    screen: Screen
    picture: bytes | None = None
    document: Upload | None = None


class Parcels:
    """Sends outbox rows one by one. `wrap` words and draws a parcel before it is taken."""

    def __init__(
        self,
        api: TelegramApi,
        transactions: Transactions,
        clock: Clock,
        zone: tzinfo,
        wrap: Callable[[Parcel], Awaitable[Wrapped]],
        checkpoint: Checkpoint,
    ) -> None:
        self._api = api
        self._transactions = transactions
        self._clock = clock
        self._zone = zone
        self._wrap = wrap
        self._checkpoint = checkpoint
        self._wake = asyncio.Event()
        self._sent_at: dict[int, float] = {}
        self._idle = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to send."""
        self._idle.clear()
        self._wake.set()

    async def idle(self) -> None:
        """Wait until nothing is due any more."""
        await self._idle.wait()

    async def run(self) -> None:
        """Send until `stop`."""
        await self._transactions.once(announcing.recover, moment(self._clock, self._zone))
        while not self._stopping:
            self._wake.clear()
            if not await self._send_next():
                self._idle.set()
                await self._rest()

    def stop(self) -> None:
        """Let `run` end after what it is sending, so that nothing's fate becomes unknown by leaving."""
        self._stopping = True
        self._wake.set()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _send_next(self) -> bool:
        """Send the next due parcel; False when there is none."""
        parcel = await self._transactions.once(outbox.next_pending, self._clock())
        if parcel is None:
            return False
        try:
            wrapped = await self._wrap(parcel)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever hinders one message must not stop its neighbours
            # It is first in the line, now and after every start: left there it would hold back all the others.
            _log.exception("parcel %s cannot be worded", parcel.dedup_key)
            at, told = moment(self._clock, self._zone), type(error).__name__
            await self._remember(lambda db: _unsayable(db, parcel, told, at))
            return True
        await self._pace(parcel.chat_id)
        taken = await self._transactions.once(outbox.take, parcel, self._clock())
        if taken is not None:
            self._checkpoint(f"before sending to {_whom(taken)}")
            settle = await self._call(taken, wrapped)
            self._checkpoint(f"after sending to {_whom(taken)}")
            await self._remember(settle)
        return True

    async def _remember(self, settle: Callable[[Db], object]) -> None:
        """What became of a message is known here alone until it is written: try until it is."""
        while True:
            try:
                await self._transactions.once(settle)
            except DatabaseError:
                _log.critical("what became of a message cannot be written; trying again", exc_info=True)
                await asyncio.sleep(_DATABASE_SECONDS)
            else:
                return

    async def _pace(self, chat_id: int) -> None:
        """Groups take 20 messages a minute, persons one a second."""
        now = asyncio.get_running_loop().time()
        gap = _GROUP_SECONDS if chat_id < 0 else _PRIVATE_SECONDS
        await asyncio.sleep(max(0.0, self._sent_at.get(chat_id, now - gap) + gap - now))
        self._sent_at[chat_id] = asyncio.get_running_loop().time()

    async def _call(self, parcel: Parcel, wrapped: Wrapped) -> Callable[[Db], object]:
        """Make the call; gives what the database is to remember of it."""
        at = moment(self._clock, self._zone)
        try:
            message = await self._post(parcel, wrapped)
        except RetryAfter as error:
            again = at.now + timedelta(seconds=seconds_to_wait(error))
            return lambda db: outbox.set_pending(db, parcel, again, "429")
        except ChatMigrated as error:
            moved = error.new_chat_id
            return lambda db: _moved(db, parcel, moved, at.now)
        except (NotSent, InvalidToken) as error:
            told = str(error)
            return lambda db: outbox.set_pending(db, parcel, at.now + _RETRY, told)
        except (BadRequest, Forbidden) as error:
            told = str(error)
            _log.error("parcel %s refused: %s", parcel.dedup_key, told)  # Telegram's words suffice
            return lambda db: _failed(db, parcel, told, at)
        except TelegramError as error:
            told = str(error)
            _log.warning("parcel %s has an unknown fate: %s", parcel.dedup_key, told)
            return lambda db: announcing.settle_unknown(db, parcel, told, at)
        message_id = int(message["message_id"])
        return lambda db: outbox.set_sent(db, parcel.id, message_id)

    async def _post(self, parcel: Parcel, wrapped: Wrapped) -> Any:
        parameters: dict[str, Any] = {"chat_id": parcel.chat_id, "parse_mode": "HTML"}
        if wrapped.screen.rows:
            parameters["reply_markup"] = keyboard(wrapped.screen.rows)
        if parcel.thread_id is not None:
            parameters["message_thread_id"] = parcel.thread_id
        if wrapped.document is not None:
            return await self._api.send_file(
                "sendDocument", parameters | {"caption": wrapped.screen.text}, wrapped.document
            )
        if wrapped.picture is None:
            return await self._api.ask("sendMessage", parameters | {"text": wrapped.screen.text})
        picture = Upload("photo", "flag.png", wrapped.picture, "image/png")
        return await self._api.send_file("sendPhoto", parameters | {"caption": wrapped.screen.text}, picture)


def _whom(parcel: Parcel) -> str:
    """For the names of checkpoints: Telegram gives groups negative ids."""
    return "a group" if parcel.chat_id < 0 else "a person"


def _moved(db: Db, parcel: Parcel, new_chat_id: int, now: datetime) -> None:
    outbox.set_pending(db, parcel, now, "migrated")
    follow_group(db, parcel.chat_id, new_chat_id)


def _failed(db: Db, parcel: Parcel, error: str, at: Moment) -> None:
    outbox.set_failed(db, parcel, error)
    announcing.report_failed(db, parcel, error, at)


def _unsayable(db: Db, parcel: Parcel, error: str, at: Moment) -> None:
    taken = outbox.take(db, parcel, at.now)
    if taken is not None:
        _failed(db, taken, error, at)
