"""What takes drawing or a look at the rows before the clock's messages can be sent: bulletins and letters."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from bot.clock import Clock, moment
from bot.letters import LETTERS
from bot.phrases import Phrases
from bot.posting import Wrapped
from bot.screens.bulletin import monthly_screen
from bot.screens.notices import lost_file_text
from bot.screens.papers import flag_picture
from bot.telegram_http import TelegramApi
from bot.transaction import Transactions
from core.actions.ranking import ranking_by_id
from core.export.flag import draw_flag
from core.export.typesetting import TypesettingFailed
from core.snapshots import RankingView
from core.store.evidence import Lost
from core.store.outbox import Parcel

_log = logging.getLogger(__name__)


class Wrapping:
    """Words and draws what the senders send."""

    def __init__(self, api: TelegramApi, transactions: Transactions, phrases: Phrases, clock: Clock) -> None:
        self._api = api
        self._transactions = transactions
        self._phrases = phrases
        self._clock = clock

    async def wrap(self, parcel: Parcel) -> Wrapped:
        """What a parcel says. Raises KeyError for a letter that nobody knows how to word."""
        view: dict[str, Any] = json.loads(parcel.view)
        phrases, language = self._phrases, parcel.language
        if view["name"] == "monthly_bulletin":
            ranking = await self._transactions.read(ranking_by_id, parcel.district_id, view["ranking"])
            screen = monthly_screen(phrases, language, ranking, parcel.id, late=view["late"])
            return Wrapped(screen, await self._flag(language, ranking))
        kind = LETTERS[view["name"]]
        found = await self._transactions.read(kind.gather, parcel, view, moment(self._clock, phrases.zone))
        return Wrapped(kind.screen(phrases, language, view, found), stands=kind.stands(found))

    async def tell_lost(self, lost: Lost) -> None:
        """Tell a person that Telegram did not hand their file over."""
        if lost.telegram_id is None:
            return
        text = lost_file_text(self._phrases, lost.language, lost)
        await self._api.do("sendMessage", {"chat_id": lost.telegram_id, "text": text, "parse_mode": "HTML"})

    async def _flag(self, language: str, ranking: RankingView) -> bytes | None:
        if not ranking.flag:
            return None
        try:
            return await asyncio.to_thread(draw_flag, flag_picture(self._phrases, language, ranking))
        except TypesettingFailed:
            # The words say everything; a picture that fails must not hold them back.
            _log.exception("the flag of %s could not be drawn", ranking.period)
            return None
