"""The poll loop: fetch, take, and only then move the offset.

Telegram deletes what lies below the offset of the next call, so the offset moves after
the commit. Errors that end python-telegram-bot's own polling for good (401, 404, 409) are
said loudly here and tried again slowly.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.deliver import Deliver
from bot.intake import Checkpoint, Intake, Raw
from bot.telegram_http import TelegramApi, seconds_to_wait
from core.store.engine import DatabaseError

_log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_LONG_POLL_SECONDS = 30
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_ALARM_PAUSE = 15.0

Sleep = Callable[[float], Awaitable[None]]


class Polling:
    """Fetches updates until it is stopped. `healthy` is False while Telegram refuses us."""

    def __init__(
        self, api: TelegramApi, intake: Intake, deliver: Deliver, checkpoint: Checkpoint, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._api = api
        self._intake = intake
        self._deliver = deliver
        self._checkpoint = checkpoint
        self._sleep = sleep
        self._offset: int | None = None
        self._pause = _FIRST_PAUSE
        self.healthy = True

    async def run(self) -> None:
        """Poll for ever; ends only by cancellation."""
        while True:
            await self._deliver.calm()
            raws = await self._fetch()
            if raws and await self._taken(raws):
                self._checkpoint("before offset")
                self._offset = max(raw["update_id"] for raw in raws) + 1

    async def acknowledge(self) -> None:
        """Tell Telegram, before leaving, what was committed; otherwise it would deliver it again."""
        if self._offset is None:
            return
        try:
            await self._api.ask("getUpdates", {"offset": self._offset, "limit": 1, "timeout": 0}, seconds=5)
        except TelegramError as error:
            _log.info("the last updates stay unacknowledged: %s", error)

    async def _fetch(self) -> list[Raw]:
        parameters: dict[str, object] = {
            "limit": 100,
            "timeout": _LONG_POLL_SECONDS,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        try:
            raws: list[Raw] = await self._api.ask("getUpdates", parameters, seconds=_LONG_POLL_SECONDS + 10)
        except (InvalidToken, Conflict) as error:
            self.healthy = False
            _log.critical("Telegram refuses to hand out updates; trying again slowly: %s", error)
            await self._sleep(_ALARM_PAUSE)
            return []
        except RetryAfter as error:
            await self._sleep(seconds_to_wait(error))
            return []
        except (NetworkError, TelegramError) as error:
            _log.warning("fetching updates failed: %s", error)
            await self._back_off()
            return []
        self.healthy = True
        self._pause = _FIRST_PAUSE
        return raws

    async def _taken(self, raws: list[Raw]) -> bool:
        try:
            await self._intake.take(raws)
        except DatabaseError:
            _log.critical("the database refused a batch; nothing was acknowledged", exc_info=True)
            await self._back_off()
            return False
        return True

    async def _back_off(self) -> None:
        await self._sleep(self._pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
