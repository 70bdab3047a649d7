"""The composition root: the only place where concrete things are joined."""

from __future__ import annotations

import asyncio
import gc
import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.clock import Clock, moment, system_clock
from bot.command_lists import offer_commands
from bot.deliver import Deliver
from bot.desk import Desk
from bot.dispatch import register
from bot.downloads import Downloads
from bot.intake import Checkpoint, Intake
from bot.leading import Leading
from bot.notes import Notes
from bot.pace import Pace
from bot.papers import Papers
from bot.parcels import Parcels
from bot.phrases import Phrases, load_phrases
from bot.polling import Polling, Sleep
from bot.practice_clock import PracticeClock
from bot.readers import READERS
from bot.recovery import owed_replies
from bot.settings import Settings
from bot.telegram_http import AiohttpRequest, TelegramApi
from bot.transaction import Transactions
from bot.uploads import Uploads
from bot.wrapping import Wrapping
from core import rubric_files
from core.actions import district
from core.actions.door import Moment
from core.actions.outages import owe_open_screens
from core.actions.rounds import rule_set, take_policy
from core.invitation_codes import InvitationCodes
from core.scheduler import carry_out_due, start_heartbeat
from core.store.engine import Database, DatabaseError, Db, open_database, reading
from core.store.file_store import FileStore
from core.store.leadership import Leadership, take_turn
from core.store.migrate import upgrade

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 5.0
_PATIENCE_SECONDS = 10.0


def _nowhere(_point: str) -> None:
    """The checkpoint of a real run: nothing happens at it."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What differs between a real run, the demo and the tests."""

    clock: Clock = system_clock
    practice: PracticeClock | None = None
    checkpoint: Checkpoint = _nowhere
    sleep: Sleep = asyncio.sleep
    """How polling waits after trouble; tests of that trouble shorten it."""


class App:
    """The running bot. `run` returns when it was told to stop and everything under way is finished."""

    def __init__(self, settings: Settings, database: Database, wiring: Wiring) -> None:
        self._settings = settings
        self._clock = wiring.practice or wiring.clock
        self._practice = wiring.practice
        self._checkpoint = wiring.checkpoint
        self._phrases: Phrases = load_phrases(settings.zone)
        self._rules = rule_set(rubric_files.SHIPPED)
        self._transactions = Transactions(database)
        self._requests = [AiohttpRequest(settings.hongqi_proxy, keep_alive=keep) for keep in (True, True, False)]
        shared, polling, once = (_api(settings, request) for request in self._requests)
        self._application = _application(settings, *self._requests[:2])
        self._notes = Notes(self._transactions)
        codes = InvitationCodes(_secret(settings))
        store = FileStore(settings.hongqi_data_dir / "evidence")
        snapshot = partial(reading, settings.hongqi_database_url)
        self._desk = Desk(self._phrases, codes, self._rules, store, lambda: self._application.bot.username, snapshot)
        papers = Papers(shared, self._transactions, self._desk, self._clock)
        self._wrapping = Wrapping(shared, self._transactions, self._phrases, self._clock)
        pace = Pace(self._clock)
        self._deliver = Deliver(shared, papers.send, self._notes.sent, self._notes.replied, pace)
        self._intake = Intake(
            self._application,
            self._transactions,
            self._deliver,
            self._desk,
            self._clock,
            settings.hongqi_language,
            self._notes,
            self._wake,
            self._checkpoint,
        )
        self._polling = Polling(polling, self._intake, self._deliver, self._checkpoint, wiring.sleep)
        self._parcels = Parcels(
            once,
            self._transactions,
            self._clock,
            settings.zone,
            self._wrapping.wrap,
            wiring.checkpoint,
            pace,
            is_shared=not database.is_ours_alone,
        )
        self._leading = Leading(Leadership(database), pace.share)
        self._downloads = Downloads(shared, self._transactions, store, self._clock, self._wrapping.tell_lost)
        self._uploads = Uploads(shared, self._transactions, store, self._desk, self._clock, READERS, self._wake_senders)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set."""
        register(self._application, self._intake)
        async with self._connected():
            await _steadily(self._begin)
            # What is there now stays for good: the collector need not walk through it at every tap.
            gc.freeze()
            # What fell due is done by the first beat, not before: a fault there must not keep people from scoring.
            tasks = [asyncio.create_task(work) for work in self._works()]
            sending = asyncio.create_task(_steadily(self._parcels.run))
            heartbeat = start_heartbeat(self._beat)
            _log.info("running as @%s", self._application.bot.username)
            stopped = asyncio.create_task(stop.wait())
            done, _ = await asyncio.wait([stopped, sending, *tasks], return_when=asyncio.FIRST_COMPLETED)
            heartbeat.shutdown(wait=False)
            await self._wind_down(sending, tasks)
            stopped.cancel()
            for task in done - {stopped}:
                # None of the works ends by itself: one that did has failed, and the process says so.
                task.result()

    def _works(self) -> list[Coroutine[Any, Any, None]]:
        works = [_steadily(self._notes.run), self._leading.run(self._leaders_works)]
        if self._practice is not None:
            works.append(self._practice.follow(self._jumped))
        return works

    def _leaders_works(self) -> list[Coroutine[Any, Any, None]]:
        return [self._poll(), _steadily(self._downloads.run), _steadily(self._uploads.run)]

    async def _poll(self) -> None:
        # First what the process that led before left owed.
        await _steadily(self._owed)
        await _steadily(self._polling.run)

    async def _wind_down(self, sending: asyncio.Task[None], tasks: list[asyncio.Task[None]]) -> None:
        self._parcels.stop()
        await asyncio.wait([sending], timeout=_PATIENCE_SECONDS)
        for task in (sending, *tasks):
            task.cancel()
        await asyncio.gather(sending, *tasks, return_exceptions=True)
        await self._deliver.drain(_PATIENCE_SECONDS)
        await self._notes.flush()
        if self._leading.leads:
            await self._polling.acknowledge()
        await self._leading.close()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[None]:
        for request in self._requests:
            await request.initialize()
        if self._practice is not None:
            await self._practice.start()
        try:
            await self._greet()
            yield
        finally:
            for request in self._requests:
                await request.shutdown()
            self._transactions.close()

    async def _greet(self) -> None:
        """Meet Telegram: who are we, and which commands do we offer. Waits for the network as long as it takes."""
        while True:
            try:
                await self._application.initialize()
                await offer_commands(self._application.bot, self._phrases, self._settings.hongqi_language)
            except InvalidToken:
                raise
            except TelegramError as error:
                _log.warning("Telegram cannot be reached yet: %s", error)
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                return

    def _prepare(self, db: Db) -> None:
        take_turn(db)
        settings = self._settings
        at = moment(self._clock, settings.zone)
        name = self._phrases.say_plain(settings.hongqi_language, "district.first")
        first = district.first_district(db, name, settings.hongqi_timezone, settings.hongqi_language)
        in_force = self._rules["township"]
        take_policy(db, first.id, in_force.policy, in_force.policy_text)
        district.ensure_admins(db, first.id, settings.hongqi_admin_ids, settings.hongqi_language, at)
        district.take_stock(db, first.id, at)
        # Before the first beat, which says that we are alive: until when we were is known only now.
        owe_open_screens(db, at)

    async def _begin(self) -> None:
        await self._transactions.once(self._prepare)

    async def _owed(self) -> None:
        at = moment(self._clock, self._settings.zone)
        for update_id, chat_id, replies in await self._transactions.once(owed_replies, self._phrases, at):
            if self._deliver.is_at(update_id):
                continue
            if replies:
                self._deliver.hand_over(update_id, chat_id, replies)
            else:
                self._notes.replied(update_id)

    async def _beat(self) -> None:
        # Asked now: at a jump of the practice clock the first beat still belongs to the time before it.
        await self._transactions.once(self._carry_out, moment(self._clock, self._settings.zone))
        await self._parcels.recover()
        self._wake()

    def _carry_out(self, db: Db, at: Moment) -> None:
        take_turn(db)
        carry_out_due(db, self._rules, self._settings.zone, at)

    def _wake(self) -> None:
        self._wake_senders()
        self._uploads.wake()

    def _wake_senders(self) -> None:
        self._parcels.wake()
        self._downloads.wake()

    async def _jumped(self) -> None:
        await self._beat()
        await self._parcels.idle()


async def _steadily(work: Callable[[], Awaitable[None]]) -> None:
    """Go on with a work after trouble with the database: a full disk must neither end the bot nor make it spin."""
    while True:
        try:
            return await work()
        except DatabaseError:
            _log.critical("the database refuses; going on in a moment", exc_info=True)
            await asyncio.sleep(_RETRY_SECONDS)


@asynccontextmanager
async def opened_database(url: str) -> AsyncIterator[Database]:
    """The database, migrated. Raises DatabaseInUse."""
    database = open_database(url)
    try:
        await asyncio.to_thread(upgrade, database)
        yield database
    finally:
        database.close()


def _secret(settings: Settings) -> bytes:
    """The program's own secret, which stands nowhere: another token makes another one."""
    token = settings.telegram_bot_token.get_secret_value().encode()
    return hmac.digest(token, b"hongqi", sha256)


def _api(settings: Settings, request: AiohttpRequest) -> TelegramApi:
    return TelegramApi(
        request,
        settings.hongqi_telegram_base_url,
        settings.hongqi_telegram_base_file_url,
        settings.telegram_bot_token.get_secret_value(),
    )


def _application(
    settings: Settings, request: AiohttpRequest, polling: AiohttpRequest
) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = ApplicationBuilder().token(settings.telegram_bot_token.get_secret_value()).updater(None)
    builder = builder.base_url(settings.hongqi_telegram_base_url)
    builder = builder.base_file_url(settings.hongqi_telegram_base_file_url)
    # The library opens both and closes neither here: they are the app's own, which closes them.
    return builder.request(request).get_updates_request(polling).build()
