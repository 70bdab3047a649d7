"""Workbooks are fetched, read and applied in spite of trouble, and told of once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from rooms import LUO, TANG, ZHOU, HandClock, Rows, ScriptedApi, demo_rows, transactions_on
from snapshot_samples import PHRASES
from telegram.error import BadRequest, NetworkError

from bot.buttons.uploads import ApplyUpload, DropUpload, ShowUpload
from bot.clock import moment
from bot.desk import Desk
from bot.letters import LETTERS
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.upload_readers import Progress, Reading, UploadReader
from bot.uploads import Uploads
from bot.wording import WORDED, worded
from core.actions import uploading
from core.actions.door import Moment
from core.actions.rounds import rule_set
from core.errors import FileTooBig, NoSuchUpload, PreviewChanged, UploadOver
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


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with demo_rows(tmp_path) as rows:
        yield Office(rows, tmp_path)


def test_a_workbook_is_read_shown_and_applied_once(office: Office) -> None:
    office.sends(TANG)
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    assert office.letters() == ["唐文静: what it says 0 0"]
    office.confirms(TANG)
    with pytest.raises(UploadOver):
        office.confirms(TANG)
    files = Files(b"")
    office.works(files, "applied")
    assert office.reader.applied == [BODY]
    assert office.letters()[1:] == ["done: what it says"]
    assert [call["text"] for call in files.made("editMessageText")] == ["正在导入…25%", "正在导入…50%", "正在导入…75%"]
    assert office.rows.all("SELECT count(*) FROM upload") == [(1,)]
    assert office.reported.is_set()


def test_progress_that_cannot_be_shown_holds_nothing_up(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    office.confirms(TANG)
    office.works(Files(b"", BadRequest("message to edit not found")), "applied")
    assert office.reader.applied == [BODY]


def test_what_changed_since_the_preview_is_shown_anew(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    for time in (1, 2):
        office.reader.refuses = [PreviewChanged()]
        office.confirms(TANG)
        office.works(Files(b""), "read")
        assert len(office.letters()) == 1 + time
    assert "请看新的预览" in office.letters()[-1]
    assert office.letters()[-1].endswith("唐文静: what it says 0 0")
    assert office.reader.applied == []


def test_a_preview_that_is_refused_by_now_ends_it(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    office.reader.refuses, office.reader.refuses_preview = [PreviewChanged()], UploadOver("名册.xlsx", "refused")
    office.confirms(TANG)
    office.works(Files(b""), "refused")
    assert "没有收下" in office.letters()[-1]


def test_problems_are_told_and_nothing_waits(office: Office) -> None:
    office.reader.problems = Screen("12 problems")
    office.sends(TANG)
    office.works(Files(workbook("roster")), "refused")
    assert office.letters() == ["12 problems"]
    assert office.rows.all("SELECT kind, body FROM upload") == [("roster", BODY)]


def test_who_may_not_is_refused_before_it_is_read_and_when_it_is_applied(office: Office) -> None:
    office.sends(LUO)
    office.rows.change("DELETE FROM screen")
    office.works(Files(workbook("roster")), "refused")
    assert office.letters()[0].startswith("您的身份不能办理")
    office.sends(TANG, 2)
    office.works(Files(workbook("roster")), "read")
    office.confirms(TANG, 2)
    office.readers = {"roster": office.reader.entry(Right.SCORE)}
    office.works(Files(b""), "refused")
    assert office.reader.applied == []


def test_a_connection_that_fails_is_tried_again_later(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster"), NetworkError("gone")))
    assert office.rows.all("SELECT state, attempts FROM upload") == [("owed", 1)]
    office.clock.passes(seconds=5)
    office.works(Files(workbook("roster")), "read")


def test_a_file_that_is_gone_or_trips_its_reader_is_said_to_be_so(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(b"", BadRequest("file is too old")), "refused")
    office.sends(TANG, 2)
    office.works(Files(b"no workbook"), "refused")
    office.sends(TANG, 3)
    office.reader.trips = True
    office.works(Files(workbook("roster")), "refused")
    gone, damaged, tripped = office.letters()
    assert "取不到" in gone
    assert "不是能读的 .xlsx" in damaged
    assert tripped == damaged


def test_a_workbook_of_somebody_elses_making_is_evidence_or_refused(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook()), "refused")
    assert "不是本机器人发出的" in office.letters()[0]
    office.rows.change(
        "INSERT OR REPLACE INTO screen SELECT telegram_id, min(sheet.id), 4, 5, 0 FROM sheet"
        " JOIN person ON person.id = rater_person_id WHERE state = 'open' AND telegram_id = ?",
        ZHOU,
    )
    for message, content in ((2, workbook("roster of another program")), (3, b"an old .xls")):
        office.sends(ZHOU, message)
        office.works(Files(content), "applied")
    assert office.rows.all("SELECT kind FROM upload WHERE state = 'applied'") == [("evidence",)] * 2
    assert "第4条：已收到2件" in office.letters()[2]


def test_who_holds_no_role_any_more_is_told_nothing(office: Office) -> None:
    office.sends(TANG)
    office.rows.change("UPDATE appointment SET ends_on = '2013-06-24'")
    office.works(Files(workbook("roster")), "dropped")
    assert office.letters() == []


def test_a_file_that_is_too_large_is_refused_at_once(office: Office) -> None:
    with pytest.raises(FileTooBig):
        office.sends(TANG, size=21 * 1024 * 1024)


def test_a_workbook_is_its_senders_and_can_be_put_aside(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    for upload, telegram_id in ((1, ZHOU), (99, TANG)):
        with pytest.raises(NoSuchUpload):
            office.confirms(telegram_id, upload)
    office.rows.act(uploading.put_aside, office.actor(TANG), 1)
    assert office.state() == "dropped"
    with pytest.raises(UploadOver):
        office.rows.act(uploading.put_aside, office.actor(TANG), 1)


def test_a_worded_letter_keeps_its_buttons_and_leaves_out_those_of_an_older_version() -> None:
    screen = Screen("<b>甲</b>", ((Key("放弃", DropUpload(3)), Key("单位", ShowUpload(3, 1, 0))),))
    view = json.loads(worded(screen))
    assert LETTERS[WORDED].screen(PHRASES, "zh", view, None) == screen
    view["rows"][0][0][1] = "zz:1"
    assert LETTERS[WORDED].screen(PHRASES, "zh", view, None).rows == (screen.rows[0][1:],)
