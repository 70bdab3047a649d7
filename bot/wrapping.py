"""What takes drawing or a look at the rows before it can be sent: bulletins, notices to admins, receipts."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from bot.clock import Clock, moment
from bot.parcels import Wrapped
from bot.phrases import Phrases
from bot.replies import Paper
from bot.screens.bulletin import failed_parcel_text, monthly_screen, no_group_text, unknown_parcel_screen
from bot.screens.notices import lost_file_text
from bot.screens.papers import flag_picture, receipt_paper
from bot.screens.screen import Screen
from bot.telegram_http import TelegramApi, Upload
from bot.transaction import Transactions
from core.actions import door
from core.actions.ranking import ranking_by_id
from core.errors import Refusal, StrangerRefused
from core.export.flag import draw_flag
from core.export.receipt import set_receipt
from core.export.typesetting import TypesettingFailed
from core.people import Actor
from core.snapshots import RankingView, SheetView
from core.store import people
from core.store.engine import Db
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
        """What a parcel says."""
        view: dict[str, Any] = json.loads(parcel.view)
        phrases, language = self._phrases, parcel.language
        match view["name"]:
            case "monthly_bulletin":
                ranking = await self._transactions.once(ranking_by_id, parcel.district_id, view["ranking"])
                screen = monthly_screen(phrases, language, ranking, parcel.id, late=view["late"])
                return Wrapped(screen, await self._flag(language, ranking))
            case "unknown_parcel":
                return Wrapped(unknown_parcel_screen(phrases, language, view["parcel"]))
            case "failed_parcel":
                return Wrapped(Screen(failed_parcel_text(phrases, language, view["error"])))
            case "no_group":
                ranking = await self._transactions.once(ranking_by_id, parcel.district_id, view["ranking"])
                return Wrapped(Screen(no_group_text(phrases, language, ranking)))
            case "no_round":
                return Wrapped(Screen(phrases.say(language, "bulletin.no_round", period=view["period"])))
        raise ValueError(f"nobody knows how to say {view['name']}")

    async def send_paper(self, chat_id: int, paper: Paper) -> None:
        """Draw a receipt and send it; where it cannot be drawn the person is told in words."""
        try:
            actor, view = await self._transactions.once(self._sheet, chat_id, paper.sheet)
        except Refusal as refusal:
            _log.warning("nobody is left to get the receipt of sheet %s: %r", paper.sheet, refusal)
            return
        try:
            content = await asyncio.to_thread(set_receipt, receipt_paper(self._phrases, actor.language, view))
        except TypesettingFailed:
            _log.exception("the receipt of sheet %s could not be drawn", paper.sheet)
            text = self._phrases.say(actor.language, "receipt.undrawn")
            await self._api.do("sendMessage", {"chat_id": chat_id, "text": text, "parse_mode": "HTML"})
            return
        name = self._phrases.say_plain(actor.language, "receipt.file", unit=view.unit, period=view.period)
        upload = Upload("document", name, content, "application/pdf")
        await self._api.send_file("sendDocument", {"chat_id": str(chat_id)}, upload)

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

    def _sheet(self, db: Db, chat_id: int, sheet: int) -> tuple[Actor, SheetView]:
        at = moment(self._clock, self._phrases.zone)
        actor = people.actors(db, [chat_id], at.today).get(chat_id)
        if actor is None:
            raise StrangerRefused
        return actor, door.look(db, actor, sheet, at)
