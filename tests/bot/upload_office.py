"""One worker on uploads, a kind of workbook that says what a test tells it, and files that come after errors."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from rooms import HandClock, Rows, ScriptedApi, transactions_on
from snapshot_samples import PHRASES

from bot.buttons.uploads import ApplyUpload
from bot.clock import moment
from bot.desk import Desk
from bot.letters import LETTERS
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.upload_readers import Progress, Reading, UploadReader
from bot.uploads import Uploads
from core.actions import uploading
from core.actions.door import Moment
from core.actions.rounds import rule_set
from core.invitation_codes import InvitationCodes
from core.people import Actor
from core.permissions import Right
from core.rubric_files import SHIPPED
from core.store import people, uploads
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.file_store import FileStore
from core.store.uploads import UploadRecord
from core.workbooks.book import Book

BODY = "what it says"
CHECK = 7


def workbook(kind: str | None = None) -> bytes:
    """A workbook, with the marker of a kind if one is named."""
    book = Workbook()
    if kind is not None:
        book.create_sheet("hongqi")["A1"] = kind
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class Reader:
    """A kind of workbook that says the same of every file, until a test tells it otherwise."""

    def __init__(self) -> None:
        self.problems: Screen | None = None
        self.refuses: list[Exception] = []
        self.refuses_preview: Exception | None = None
        self.applied: list[str] = []
        self.trips = False

    def known(self, _db: Db, actor: Actor, _at: Moment) -> str:
        return actor.name

    def read(self, _desk: Desk, _language: str, _upload: int, book: Book, known: Any) -> Reading:
        assert book.tables
        assert known == "唐文静"
        if self.trips:
            raise ZeroDivisionError
        return Reading(BODY, self.problems)

    def preview(self, _db: Db, actor: Actor, body: str, _at: Moment) -> str:
        if self.refuses_preview is not None:
            raise self.refuses_preview
        return f"{actor.name}: {body}"

    def screen(self, _phrases: Phrases, _language: str, upload: int, preview: Any, part: int, page: int) -> Screen:
        return Screen(f"{preview} {part} {page}", ((Key("应用", ApplyUpload(upload, CHECK)),),))

    def apply(self, _db: Db, _actor: Actor, body: str, check: int, _at: Moment, progress: Progress) -> str:
        assert check == CHECK
        for done in range(1, 5):
            progress(done, 4)
        if self.refuses:
            raise self.refuses.pop(0)
        self.applied.append(body)
        return body

    def done(self, _phrases: Phrases, _language: str, done: Any) -> Screen:
        return Screen(f"done: {done}")

    def entry(self, right: Right = Right.MANAGE_PEOPLE) -> UploadReader:
        return UploadReader(right, self.known, self.read, self.preview, self.screen, self.apply, self.done)


class Files(ScriptedApi):
    """Hands one file over, after the errors it is given."""

    def __init__(self, content: bytes, *errors: Exception) -> None:
        super().__init__(self._found)
        self.content = content
        self.errors = list(errors)

    def _found(self, call: Any) -> Any:
        if call.method == "getFile" and self.errors:
            raise self.errors.pop(0)
        if call.method == "editMessageText" and self.errors:
            raise self.errors.pop(0)
        return {"file_path": "documents/1"} if call.method == "getFile" else None

    async def fetch(self, file_path: str) -> bytes:
        assert file_path == "documents/1"
        return self.content


class Office:
    """One worker on a database of its own."""

    def __init__(self, rows: Rows, folder: Path) -> None:
        self.rows, self.folder = rows, folder
        self.clock = HandClock()
        self.reader = Reader()
        self.readers = {"roster": self.reader.entry()}
        self.reported = asyncio.Event()

    @property
    def at(self) -> Moment:
        return moment(self.clock, PHRASES.zone)

    def actor(self, telegram_id: int) -> Actor:
        return self.rows.act(people.actors, [telegram_id], self.at.today)[telegram_id]

    def sends(self, telegram_id: int, message: int = 1, size: int = 9000) -> None:
        piece = Piece("file", f"unique{message}", f"file{message}", "名册.xlsx", size)
        self.rows.act(uploading.receive, self.actor(telegram_id), telegram_id, message, piece, self.at)

    def confirms(self, telegram_id: int, upload: int = 1) -> UploadRecord:
        return self.rows.act(uploading.confirm, self.actor(telegram_id), upload, CHECK, 44, self.at)

    def works(self, api: ScriptedApi, state: str | None = None) -> None:
        """Work until the newest workbook is in this state, or until nothing is due."""
        asyncio.run(self._works(api, state))

    async def _works(self, api: ScriptedApi, state: str | None) -> None:
        self.reported = asyncio.Event()
        with transactions_on(self.rows.database) as transactions:
            store = FileStore(self.folder / "evidence")
            codes, snapshot = InvitationCodes(b"secret"), self.rows.database.transaction
            desk = Desk(PHRASES, codes, rule_set(SHIPPED), store, lambda: "hongqi_bot", snapshot)
            worker = Uploads(api, transactions, store, desk, self.clock, self.readers, self.reported.set)
            running = asyncio.create_task(worker.run())
            async with asyncio.timeout(20):
                while self.state() != state if state else await transactions.once(uploads.next_due, self.clock()):
                    if running.done():
                        running.result()
                    await asyncio.sleep(0.01)
                if state is not None:
                    # The state is there before those who send are told of it.
                    await self.reported.wait()
            worker.wake()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    def state(self) -> str:
        return str(self.rows.all("SELECT state FROM upload ORDER BY id DESC LIMIT 1")[0][0])

    def letters(self) -> list[str]:
        """What the outbox owes, as texts."""
        views = [json.loads(view) for (view,) in self.rows.all("SELECT view FROM outbox ORDER BY id")]
        return [LETTERS[view["name"]].screen(PHRASES, "zh", view, None).text for view in views]
