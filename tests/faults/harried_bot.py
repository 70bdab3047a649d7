"""A bot that is killed and misled, in a small office of its own: the real clock, senders and words on a real file.

It notes what a test cannot see later: which firings were read (`expected`), whose fate a kill left in doubt, and what
was wrong amid a call. It judges nothing else.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from district import GROUP, SHANGHAI, District, found_district, moment
from inviting_office import ready
from roster_rows import assign
from sqlalchemy import event

from bot.bulletin_posts import POSTS
from bot.clock import moment as moment_of
from bot.pace import Pace
from bot.parcels import Parcels
from bot.phrases import load_phrases
from bot.posting import Wrapped
from bot.screens.bulletins import bulletin_screen
from bot.wrapping import Wrapping
from core.actions import district as deeds
from core.actions.bulletins import bulletin_of
from core.actions.door import Moment
from core.actions.rounds import rule_set
from core.rubric_files import SHIPPED
from core.scheduler import carry_out_due
from core.store.engine import open_database
from core.store.migrate import upgrade
from core.store.outbox import Parcel
from faults.fake_telegram import MARK, FakeTelegram, HandTime, Killed, Life, MortalTransactions, Point
from faults.fire_times_by_hand import Expected

TANG, ZHOU, LUO, LIU, CHEN, DENG = 880001, 880002, 880003, 880005, 880006, 880008
CHATS = (GROUP, TANG, ZHOU, LUO, LIU, CHEN, DENG)

START = moment("2013-06-19 15:00")
RULES = rule_set(SHIPPED)
POLICY = RULES["township"].policy
PHRASES = load_phrases(SHANGHAI)
RESTART_SECONDS = 5.0

End = tuple[Point, int] | None
"""The beat that comes now is killed at this passing of a point, or not at all."""


class Unpainted(Wrapping):
    """Words what is sent, and draws nothing: pictures have tests of their own."""

    async def wrap(self, parcel: Parcel) -> Wrapped:
        """The words of every post, also of what would be a picture or a paper."""
        view = json.loads(parcel.view)
        if view["name"] not in POSTS:
            return await super().wrap(parcel)
        bulletin = await self._transactions.read(bulletin_of, parcel.district_id, view["ranking"], view)
        return Wrapped(bulletin_screen(self._phrases, parcel.language, bulletin, parcel.id, late=view["late"]))


@cache
def office_file() -> tuple[bytes, District]:
    """A district with a bound group, whose round of June is open and partly handed in. Making it takes long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hongqi.db"
        database = open_database(f"sqlite:///{path}")
        upgrade(database)
        office = ready(found_district(database))
        office.act(deeds.bind_group, office.tang, GROUP, None, is_group=True)
        for rater, unit in (("zhou", "仙庾镇"), ("luo", "月塘街道")):
            assign(office, rater, unit)
            office.submitted(unit, {4: 150} if rater == "luo" else None, rater=rater, at=START)
        database.close()
        return path.read_bytes(), office


def office_in(folder: Path) -> District:
    """The office on a file of one's own. Kills are of a process, not of power: nothing needs to reach the disk."""
    content, office = office_file()
    path = folder / "hongqi.db"
    path.write_bytes(content)
    database = open_database(f"sqlite:///{path}")
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return replace(office, database=database)


class HarriedBot:
    """The office, its bot, and what may be done to both."""

    def __init__(self, folder: Path) -> None:
        self.office = office_in(folder)
        self.time = HandTime(START.now)
        self.telegram = FakeTelegram(self.time, self.is_called)
        self.runner = asyncio.Runner()
        self.expected = Expected()
        self.latest = START.now
        self.filed: set[tuple[int, str, str]] = set()
        # What nobody could know the fate of, as far as kills go: outbox rows.
        self.interrupted: list[int] = []
        self.kills = 0
        # Found amid a call, where raising would be one more trouble of the network.
        self.wrong: list[str] = []
        self.has_moved = True
        self.starts()

    def close(self) -> None:
        """The end, of the file too."""
        self.runner.close()
        self.office.database.close()

    @property
    def now(self) -> Moment:
        """The present moment by the bot's clock."""
        return moment_of(self.time, SHANGHAI)

    def rows(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        return self.office.act(lambda db: [tuple(row) for row in db.exec_driver_sql(query, values)])

    def goes_on(self, end: End) -> None:
        """The heartbeat, and then the senders until nothing is due; or until whoever looks after it starts it again."""
        if end is not None:
            self.telegram.life.is_to_end(*end)
        self.lives(self.beat())
        self.telegram.life.goes_on()

    def starts(self) -> None:
        """A new process on the same file; what the one before had in its memory is gone."""
        self.time.passes(RESTART_SECONDS)
        life = self.telegram.life = Life()
        self.transactions = MortalTransactions(self.office.database, life)
        wrapping = Unpainted(self.telegram.api, self.transactions, PHRASES, self.time)

        async def wrap(parcel: Parcel) -> Wrapped:
            wrapped = await wrapping.wrap(parcel)
            self.is_worded(parcel, wrapped.screen.text)
            return replace(wrapped, screen=replace(wrapped.screen, text=f"{wrapped.screen.text}{MARK}{parcel.id}"))

        pace = Pace(self.time, lambda: self.time.ticks)
        self.parcels = Parcels(
            self.telegram.api,
            self.transactions,
            self.time,
            SHANGHAI,
            wrap,
            life.checkpoint,
            pace,
            sleep=self.time.sleep,
        )

    def lives(self, story: Any) -> None:
        """Let the process do something; should it be killed at it, another one is started."""
        self.has_moved = True
        try:
            self.runner.run(story)
        except Killed:
            self.kills += 1
            self.interrupted += [parcel for (parcel,) in self.rows("SELECT id FROM outbox WHERE state = 'sending'")]
            self.starts()

    async def beat(self) -> None:
        """The heartbeat, and then the senders until nothing is due."""
        beat = self.now
        try:
            await self._to_its_end(self.transactions.once(carry_out_due, RULES, SHANGHAI, beat))
        except Killed:
            if self.telegram.life.ended_at is Point.AFTER_COMMIT:
                self._was_read(beat.now)
            raise
        self._was_read(beat.now)
        await self.sends()

    async def sends(self) -> None:
        """The senders, until nothing is due."""

        async def story() -> None:
            await self.parcels.recover()
            await self.parcels.send_due()

        await self._to_its_end(story())

    async def _to_its_end(self, story: Any) -> None:
        try:
            await story
        finally:
            # Of a killed process nothing is left that could do anything.
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    def _was_read(self, now: datetime) -> None:
        quarters = dict(self.rows("SELECT id, period FROM round WHERE period LIKE '%Q%'"))
        self.expected.beats(now, quarters)
        self.latest = max(self.latest, now)

    def is_worded(self, parcel: Parcel, text: str) -> None:
        """Nobody is reminded of what they filed as if they had not, nor told that they did when they did not."""
        view = json.loads(parcel.view)
        if view["name"] == "reminder":
            is_filed = (view["unit"], view["duty"], view["key"]) in self.filed
            if ("已经报送" in text) != is_filed:
                self.wrong.append(f"{text} although filed: {is_filed}")

    def is_called(self, parcel: int, chat_id: int) -> None:
        """A chat's messages come one by one, in the order in which they are due."""
        others = self.rows(
            "SELECT other.dedup_key, other.state FROM outbox this JOIN outbox other ON other.chat_id = this.chat_id"
            " WHERE this.id = ? AND other.id <> this.id AND (other.state = 'sending' OR (other.state = 'pending'"
            " AND other.not_before <= this.not_before"
            " AND (other.not_before < this.not_before OR other.id < this.id)"
            " AND (other.not_after IS NULL OR other.not_after >= this.started_at)))",
            parcel,
        )
        if others:
            self.wrong.append(f"{parcel} goes to {chat_id} before {others}")

    def story(self, parcel: int) -> str:
        """Everything about a message, for whoever has to find out."""
        row = self.rows("SELECT * FROM outbox WHERE id = ?", parcel)
        calls = [(str(call.fate), str(call.now)) for call in self.telegram.ledger if call.parcel == parcel]
        return f"{row} {calls} {self.interrupted.count(parcel)} times interrupted"
