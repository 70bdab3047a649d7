"""What takes drawing or a look at the rows before the clock's messages can be sent: bulletins and letters."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from bot.bulletin_posts import POSTS, flag_or_nothing, post_of
from bot.clock import Clock, moment
from bot.letters import LETTERS
from bot.phrases import Phrases
from bot.posting import Wrapped
from bot.screens.bulletin import monthly_screen
from bot.screens.notices import lost_file_text
from bot.telegram_http import TelegramApi
from bot.transaction import Transactions
from core.actions.bulletins import bulletin_of
from core.actions.ranking import ranking_by_id
from core.store.evidence import Lost
from core.store.outbox import Parcel


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
            return Wrapped(screen, await asyncio.to_thread(flag_or_nothing, phrases, language, ranking))
        if view["name"] in POSTS:
            bulletin = await self._transactions.once(bulletin_of, parcel.district_id, view["ranking"], view)
            return await post_of(phrases, parcel, view, bulletin)
        kind = LETTERS[view["name"]]
        found = await self._transactions.read(kind.gather, parcel, view, moment(self._clock, phrases.zone))
        return Wrapped(kind.screen(phrases, language, view, found), stands=kind.stands(found))

    async def tell_lost(self, lost: Lost) -> None:
        """Tell a person that Telegram did not hand their file over."""
        if lost.telegram_id is None:
            return
        text = lost_file_text(self._phrases, lost.language, lost)
        await self._api.do("sendMessage", {"chat_id": lost.telegram_id, "text": text, "parse_mode": "HTML"})
