"""One outbox row goes to Telegram: the call, and what the database is to remember of its answer.

What Telegram certainly did not get is tried again; what it refused for good is reported;
what may or may not have arrived becomes unknown, because there is no way to ask.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.pace import Pace
from bot.removing import remove
from bot.screens.screen import Screen
from bot.telegram_http import NotSent, TelegramApi, Unanswered, Upload, seconds_to_wait
from bot.wire import keyboard
from core.actions import announcing
from core.actions.district import follow_group
from core.actions.door import Moment
from core.snapshots import OnScreen
from core.store import outages, outbox
from core.store.engine import Db
from core.store.outbox import Parcel

_log = logging.getLogger(__name__)

_CALL_SECONDS = 90.0
"""No call takes longer: beyond the transport's own limits it is given up, and its fate is unknown."""

LEASE = timedelta(seconds=_CALL_SECONDS + 60)
"""After so long in `sending` nobody is at a message any more: the call has ended, or its process has."""

_RETRY = timedelta(seconds=10)

Outcome = Callable[[Db], object]
"""Writes what became of a message."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What a parcel says, ready to be sent: a screen, and perhaps a picture or a file above it.

    `stands` is the sheet's screen in the chat whose place the message takes.
    """

    screen: Screen
    picture: bytes | None = None
    document: Upload | None = None
    stands: OnScreen | None = None


async def send(api: TelegramApi, pace: Pace, parcel: Parcel, wrapped: Wrapped, at: Moment) -> Outcome:
    """Make the call of a parcel that was taken; whatever happens becomes an outcome."""
    try:
        message_id = await _post(api, parcel, wrapped)
    except RetryAfter as error:
        seconds = seconds_to_wait(error)
        pace.pause(parcel.chat_id, seconds)
        until = at.now + timedelta(seconds=seconds)
        return lambda db: _held(db, parcel, until)
    except ChatMigrated as error:
        moved = error.new_chat_id
        return lambda db: _moved(db, parcel, moved, at.now)
    except (NotSent, InvalidToken) as error:
        told = str(error)
        return lambda db: outbox.put_back(db, parcel, at.now + _RETRY, told)
    except (BadRequest, Forbidden) as error:
        told, shut_out = str(error), isinstance(error, Forbidden)
        _log.error("parcel %s refused: %s", parcel.dedup_key, told)  # Telegram's words suffice
        return lambda db: announcing.settle_failed(db, parcel, told, at, shut_out=shut_out)
    except TelegramError as error:
        told = str(error)
        _log.warning("parcel %s has an unknown fate: %s", parcel.dedup_key, told)
    except Exception as error:  # noqa: BLE001  # the call was made: a defect in reading its answer must not repeat it
        told = type(error).__name__
        _log.exception("parcel %s has an unknown fate", parcel.dedup_key)
    else:
        if wrapped.stands is not None and wrapped.stands.message_id is not None:
            await remove(api, parcel.chat_id, wrapped.stands.message_id)
        return lambda db: _sent(db, parcel, wrapped.stands, message_id)
    return lambda db: announcing.settle_unknown(db, parcel, told, at)


async def _post(api: TelegramApi, parcel: Parcel, wrapped: Wrapped) -> int:
    parameters: dict[str, Any] = {"chat_id": parcel.chat_id, "parse_mode": "HTML"}
    if wrapped.screen.rows:
        parameters["reply_markup"] = keyboard(wrapped.screen.rows)
    if parcel.thread_id is not None:
        parameters["message_thread_id"] = parcel.thread_id
    try:
        async with asyncio.timeout(_CALL_SECONDS):
            if wrapped.document is not None:
                caption = parameters | {"caption": wrapped.screen.text}
                message = await api.send_file("sendDocument", caption, wrapped.document)
            elif wrapped.picture is None:
                message = await api.ask("sendMessage", parameters | {"text": wrapped.screen.text})
            else:
                picture = Upload("photo", "flag.png", wrapped.picture, "image/png")
                message = await api.send_file("sendPhoto", parameters | {"caption": wrapped.screen.text}, picture)
    except TimeoutError:
        raise Unanswered("TimeoutError") from None
    return int(message["message_id"])


def _sent(db: Db, parcel: Parcel, stands: OnScreen | None, message_id: int) -> None:
    outbox.set_sent(db, parcel.id, message_id)
    if stands is not None:
        outages.move_screen(db, parcel.chat_id, stands.sheet_id, message_id)


def _held(db: Db, parcel: Parcel, until: datetime) -> None:
    outbox.put_back(db, parcel, until, "429")
    outbox.hold_chat(db, parcel.chat_id, until)


def _moved(db: Db, parcel: Parcel, new_chat_id: int, now: datetime) -> None:
    outbox.put_back(db, parcel, now, "migrated")
    follow_group(db, parcel.chat_id, new_chat_id)
