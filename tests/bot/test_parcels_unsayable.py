"""A message that cannot be worded fails alone: the admins are told, and the next one goes out."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rooms import DISTRICT, GROUP, PATIENCE, START, TANG, ZONE, HandClock, ScriptedApi, demo_rows, transactions_on

from bot.pace import Pace
from bot.parcels import Parcels
from bot.posting import Wrapped
from bot.screens.screen import Screen
from core.store import outbox
from core.store.outbox import Parcel


async def _wrap(parcel: Parcel) -> Wrapped:
    if parcel.dedup_key == "odd":
        raise ValueError("nobody knows how to say this")
    return Wrapped(Screen(parcel.dedup_key))


async def test_what_cannot_be_worded_does_not_hold_back_the_rest(tmp_path: Path) -> None:
    api = ScriptedApi()
    with demo_rows(tmp_path) as rows, transactions_on(rows.database) as transactions:
        for key, chat in (("odd", GROUP), ("plain", TANG)):
            rows.act(outbox.put, DISTRICT, key, chat, "{}", START, language="zh")
        parcels = Parcels(api, transactions, HandClock(), ZONE, _wrap, lambda _point: None, Pace(HandClock()))
        running = asyncio.create_task(parcels.run())
        async with asyncio.timeout(PATIENCE):
            idle = asyncio.create_task(parcels.idle())
            await asyncio.wait([running, idle], return_when=asyncio.FIRST_COMPLETED)
            parcels.stop()
            await running
        idle.cancel()
        assert rows.all("SELECT dedup_key, state, error FROM outbox WHERE dedup_key IN ('odd', 'plain')") == [
            ("odd", "failed", "ValueError"),
            ("plain", "sent", None),
        ]
        told = [sent["text"] for sent in api.made("sendMessage") if sent["chat_id"] == TANG]
        assert [text.partition(":")[0] for text in told] == ["plain", "failed"]
