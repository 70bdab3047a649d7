"""Workbooks and notices that people sent: fetched, read and applied, however often it takes.

The row that a workbook is owed to is committed with the update that brought it, and the row that its applying is
owed to with the tap, so that a kill loses neither. What came of it is told through the outbox, in the transaction
that settles the row: once, whatever happens. Only the progress of a long import is not owed to anybody.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

from telegram.error import BadRequest, TelegramError

from bot.clock import Clock, moment
from bot.desk import Desk
from bot.screens.days import taken_screen
from bot.screens.screen import Screen
from bot.screens.uploads import attached_text, progress_text, refusal_text
from bot.telegram_http import TelegramApi
from bot.transaction import Transactions
from bot.upload_readers import Reading, UploadReader
from bot.wording import worded
from core.actions import days, uploading
from core.actions.door import Moment
from core.errors import FileGone, NotAllowed, NoticeFileRefused, Refusal, WorkbookRefused
from core.people import Actor
from core.permissions import require
from core.store import outbox, uploads
from core.store.engine import Db, is_transient
from core.store.file_store import FileStore
from core.store.uploads import UploadRecord
from core.text_files import read_text
from core.workbooks.book import Book, marker
from core.workbooks.reading import read_book

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
Work = Callable[[UploadRecord, Actor, Moment], Awaitable[None]]

_STEPS = (25, 50, 75)
"""At how many percent a long import says how far it is."""


class Uploads:
    """Reads and applies workbooks, one at a time. `report` is called when something was owed to the outbox."""

    def __init__(
        self,
        api: TelegramApi,
        transactions: Transactions,
        store: FileStore,
        desk: Desk,
        clock: Clock,
        readers: Mapping[str, UploadReader],
        report: Callable[[], None],
    ) -> None:
        self._api = api
        self._transactions = transactions
        self._store = store
        self._desk = desk
        self._clock = clock
        self._readers = readers
        self._report = report
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to read or to apply."""
        self._wake.set()

    async def run(self) -> None:
        """Work for ever; ends only by cancellation."""
        while True:
            self._wake.clear()
            record = await self._transactions.once(uploads.next_due, self._clock())
            if record is None:
                await self._rest()
                continue
            await self._settle(record)
            self._report()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _settle(self, record: UploadRecord) -> None:
        work = self._read if record.state == "owed" else self._apply
        at = moment(self._clock, self._desk.phrases.zone)
        actor = await self._transactions.once(uploading.sender_of, record, at)
        if actor is None:
            _log.warning("whoever sent workbook %s holds no role any more", record.id)
            await self._transactions.once(uploads.set_state, record.id, "dropped", record.kind)
            return
        try:
            await self._attempt(work, record, actor, at)
        except Exception as error:
            if is_transient(error):
                raise
            # A workbook that trips its reader must not stop the next one.
            _log.exception("workbook %s could not be settled", record.id)
            damaged = WorkbookRefused("damaged") if record.notice_for is None else NoticeFileRefused("damaged")
            await self._transactions.once(self._give_up, record, actor, damaged, at)

    async def _attempt(self, work: Work, record: UploadRecord, actor: Actor, at: Moment) -> None:
        try:
            await work(record, actor, at)
        except BadRequest as error:
            _log.warning("workbook %s cannot be had: %s", record.id, error)
            await self._transactions.once(self._give_up, record, actor, FileGone(), at)
        except Refusal as refusal:
            await self._transactions.once(self._take_back, record, actor, refusal, at)
        except (TelegramError, OSError) as error:
            _log.warning("workbook %s not settled yet: %r", record.id, error)
            await self._again(record)

    async def _again(self, record: UploadRecord) -> None:
        pause: timedelta = min(_FIRST_PAUSE * (1 << min(record.attempts, 12)), _LONGEST_PAUSE)
        await self._transactions.once(uploads.set_retry, record.id, record.attempts + 1, self._clock() + pause)

    # Reading.

    async def _read(self, record: UploadRecord, actor: Actor, at: Moment) -> None:
        if record.notice_for is not None:
            text = await asyncio.to_thread(read_text, await self._stored(record))
            await self._transactions.once(self._take_notice, record, actor, record.notice_for, text, at)
            return
        book = await self._book(record)
        found = None if book is None else marker(book)
        if book is None or found is None or found[0] not in self._readers:
            await self._transactions.once(self._keep, record, actor, at)
            return
        kind, _ = found
        reader = self._readers[kind]
        require(actor, reader.right)
        known = await self._transactions.once(reader.known, actor, at)
        reading = await asyncio.to_thread(reader.read, self._desk, actor.language, record.id, book, known)
        await self._transactions.once(self._remember, record, actor, kind, reading, at)

    async def _book(self, record: UploadRecord) -> Book | None:
        """The workbook; None for one that may not be opened and was sent as evidence."""
        path = await self._stored(record)
        try:
            return await asyncio.to_thread(read_book, path)
        except WorkbookRefused:
            if record.item is None:
                raise
            return None

    async def _stored(self, record: UploadRecord) -> Path:
        """The file, fetched if it is not there yet."""
        digest = record.sha256
        if digest is None:
            found = await self._api.ask("getFile", {"file_id": record.telegram_file_id})
            content = await self._api.fetch(str(found["file_path"]))
            digest = await asyncio.to_thread(self._store.put, content)
            await self._transactions.once(uploads.set_stored, record.id, digest)
        return self._store.path(digest)

    def _take_notice(self, db: Db, record: UploadRecord, actor: Actor, prompt_id: int, text: str, at: Moment) -> None:
        """A notice answers its question; confirming it is the business of that answer."""
        taken = days.take_notice_file(db, actor, prompt_id, text, at)
        uploads.set_state(db, record.id, "applied", record.kind)
        _tell(db, actor, f"upload:{record.id}:read", taken_screen(self._desk.phrases, actor.language, taken), at)

    def _keep(self, db: Db, record: UploadRecord, actor: Actor, at: Moment) -> None:
        attached = uploading.keep_as_evidence(db, actor, record, at)
        text = attached_text(self._desk.phrases, actor.language, attached)
        _tell(db, actor, f"upload:{record.id}:kept", Screen(text), at)

    def _remember(self, db: Db, record: UploadRecord, actor: Actor, kind: str, reading: Reading, at: Moment) -> None:
        if reading.problems is not None:
            uploads.set_refused(db, record.id, kind, reading.body)
            _tell(db, actor, f"upload:{record.id}:problems", reading.problems, at)
            return
        uploads.set_read(db, record.id, kind, reading.body)
        _tell(db, actor, f"upload:{record.id}:read", self._preview(db, record.id, actor, kind, reading.body, at), at)

    def _preview(self, db: Db, upload_id: int, actor: Actor, kind: str, body: str, at: Moment) -> Screen:
        reader = self._readers[kind]
        preview = reader.preview(db, actor, body, at)
        return reader.screen(self._desk.phrases, actor.language, upload_id, preview, 0, 0)

    # Applying.

    async def _apply(self, record: UploadRecord, actor: Actor, at: Moment) -> None:
        loop = asyncio.get_running_loop()
        said: list[asyncio.Task[None]] = []
        owed = list(_STEPS)

        def progress(done: int, total: int) -> None:
            # Called on the database thread: what is said is said from the loop, and waits for nobody.
            while owed and done * 100 >= owed[0] * total and done < total:
                loop.call_soon_threadsafe(lambda percent: said.append(self._say(record, actor, percent)), owed.pop(0))

        try:
            await self._transactions.once(self._carry_out, record, actor, at, progress)
        finally:
            await asyncio.gather(*said)

    def _carry_out(
        self, db: Db, record: UploadRecord, actor: Actor, at: Moment, progress: Callable[[int, int], None]
    ) -> None:
        reader = self._readers[str(record.kind)]
        require(actor, reader.right)
        done = reader.apply(db, actor, record.body or "", record.confirmed or 0, at, progress)
        uploads.set_state(db, record.id, "applied", record.kind)
        screen = reader.applied(self._desk.phrases, actor.language, done)
        _tell(db, actor, f"upload:{record.id}:applied", screen, at)

    def _say(self, record: UploadRecord, actor: Actor, percent: int) -> asyncio.Task[None]:
        return asyncio.create_task(self._edit(record, progress_text(self._desk.phrases, actor.language, percent)))

    async def _edit(self, record: UploadRecord, text: str) -> None:
        where = {"chat_id": record.chat_id, "message_id": record.shown_in}
        try:
            await self._api.do("editMessageText", {**where, "text": text, "parse_mode": "HTML"})
        except TelegramError as error:
            _log.warning("the progress of workbook %s was not shown: %s", record.id, error)

    # Refusing.

    def _take_back(self, db: Db, record: UploadRecord, actor: Actor, refusal: Refusal, at: Moment) -> None:
        """Say why nothing was done; what was previewed and is something else by now is shown anew."""
        if record.state != "applying" or isinstance(refusal, NotAllowed):
            self._give_up(db, record, actor, refusal, at)
            return
        try:
            screen = self._preview(db, record.id, actor, str(record.kind), record.body or "", at)
        except Refusal as nothing_left:
            self._give_up(db, record, actor, nothing_left, at)
            return
        uploads.set_read(db, record.id, str(record.kind), record.body or "")
        text = refusal_text(self._desk.phrases, actor.language, refusal)
        _tell(
            db, actor, f"upload:{record.id}:anew:{record.attempts}", Screen(f"{text}\n\n{screen.text}", screen.rows), at
        )

    def _give_up(self, db: Db, record: UploadRecord, actor: Actor, refusal: Refusal, at: Moment) -> None:
        uploads.set_refused(db, record.id, record.kind)
        text = refusal_text(self._desk.phrases, actor.language, refusal)
        _tell(db, actor, f"upload:{record.id}:refused", Screen(text), at)


def _tell(db: Db, actor: Actor, key: str, screen: Screen, at: Moment) -> None:
    """Owe the answer at whatever hour: they sent the workbook themselves just now."""
    outbox.put(db, actor.district_id, key, actor.telegram_id, worded(screen), at.now, language=actor.language)
