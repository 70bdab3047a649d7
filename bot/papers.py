"""The ONE table of papers, and the sending of them: what is drawn or written when it is sent.

A paper is owed by its kind and key alone, so that after a kill it is made again from the rows as they are.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest

from bot.clock import Clock, moment
from bot.desk import Desk
from bot.drawn import (
    PDF,
    XLSX,
    Drawn,
    ledger_workbook,
    ranking_bulletin,
    ranking_picture,
    ranking_workbook,
    sheets_workbook,
    trend_picture,
)
from bot.period_numbers import period_of, trend_of
from bot.replies import Paper
from bot.roster_reader import refused_roster
from bot.screens.audit import audit_screen
from bot.screens.form_papers import form_paper, matrix_paper
from bot.screens.invitations import deep_link, invitation_sheet
from bot.screens.papers import receipt_paper
from bot.screens.progress import progress_file, progress_paper
from bot.screens.roster_papers import marked_paper, roster_paper
from bot.screens.schedule_papers import calendar_paper
from bot.screens.screen import Screen
from bot.telegram_http import TelegramApi, Upload
from bot.transaction import Transactions
from core.actions import deciding, door, explaining, exporting, forms, inviting, progress, returning, roster, verifying
from core.actions.door import Moment
from core.errors import Refusal, StrangerRefused
from core.export.calendar_file import write_calendar
from core.export.form import write_form
from core.export.form_matrix import write_matrix
from core.export.invitation_sheet import set_invitation_sheet
from core.export.marked_workbook import write_marked
from core.export.progress import write_progress
from core.export.receipt import set_receipt
from core.export.roster_workbook import write_roster
from core.export_views import LedgerTable
from core.filing_views import FiledFile
from core.invitations import Invitee, invited
from core.people import Actor
from core.permissions import Right, require
from core.progress import ProgressView
from core.returns import PieceOfEvidence
from core.roster import Roster
from core.roster_known import KnownRoster
from core.rubric import UnitKind
from core.schedule_views import YearPlan
from core.scheduler import agenda
from core.snapshots import SheetView
from core.store import people
from core.store.engine import Db
from core.trends import Trend

_log = logging.getLogger(__name__)

CALENDAR = "text/calendar"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """How one kind of paper is made: looked up in a transaction, drawn in a thread."""

    gather: Callable[[Db, Actor, int, Moment], Any]
    draw: Callable[[Desk, str, Any], Drawn | Screen]
    """A file, or words that take long to find."""


def _receipt(desk: Desk, language: str, view: SheetView) -> Drawn:
    name = desk.phrases.say_plain(language, "receipt.file", unit=view.unit, period=view.period)
    return Drawn(name, set_receipt(receipt_paper(desk.phrases, language, view)), PDF)


def _invitees(db: Db, actor: Actor, _district: int, at: Moment) -> tuple[tuple[Invitee, ...], Moment]:
    return inviting.invitees(db, actor, at), at


def _invitation_cards(desk: Desk, language: str, found: tuple[tuple[Invitee, ...], Moment]) -> Drawn:
    people_now, at = found
    shown = [invited(each, desk.codes, at.now) for each in people_now]
    sheet = invitation_sheet(desk.phrases, language, shown, desk.bot_name())
    return Drawn(desk.phrases.say_plain(language, "papers.invitations.file"), set_invitation_sheet(sheet), PDF)


def _form(desk: Desk, language: str, view: SheetView) -> Drawn:
    name = desk.phrases.say_plain(language, "form.file", unit=view.unit, period=view.period)
    return Drawn(name, write_form(form_paper(desk.phrases, language, view)), XLSX)


def _matrix(desk: Desk, language: str, views: Sequence[SheetView]) -> Drawn:
    name = desk.phrases.say_plain(language, "form.file_matrix", period=views[0].period)
    return Drawn(name, write_matrix(matrix_paper(desk.phrases, language, views)), XLSX)


def _exported(db: Db, actor: Actor, _district: int, at: Moment) -> tuple[KnownRoster, tuple[Invitee, ...], Moment]:
    return *roster.exported(db, actor, at), at


def _roster_template(desk: Desk, language: str, _found: Any) -> Drawn:
    name = desk.phrases.say_plain(language, "roster.files.template")
    return Drawn(name, write_roster(roster_paper(desk.phrases, language, Roster())), XLSX)


def _roster(desk: Desk, language: str, found: tuple[KnownRoster, tuple[Invitee, ...], Moment]) -> Drawn:
    name = desk.phrases.say_plain(language, "roster.files.export")
    return Drawn(name, write_roster(roster_paper(desk.phrases, language, found[0].roster)), XLSX)


def _roster_links(desk: Desk, language: str, found: tuple[KnownRoster, tuple[Invitee, ...], Moment]) -> Drawn:
    known, people_now, at = found
    codes = {each.person_id: invited(each, desk.codes, at.now).code for each in people_now}
    links = {
        key: deep_link(desk.bot_name(), code)
        for key, person_id in known.person_ids.items()
        if (code := codes.get(person_id)) is not None
    }
    name = desk.phrases.say_plain(language, "roster.files.links")
    return Drawn(name, write_roster(roster_paper(desk.phrases, language, known.roster, links)), XLSX)


def _refused(db: Db, actor: Actor, upload_id: int, _at: Moment) -> str:
    return roster.refused_workbook(db, actor, upload_id)


def _marked_roster(desk: Desk, language: str, body: str) -> Drawn:
    name = desk.phrases.say_plain(language, "roster.files.marked")
    return Drawn(name, write_marked(marked_paper(desk.phrases, language, *refused_roster(body))), XLSX)


def _progress(desk: Desk, language: str, view: ProgressView) -> Drawn:
    name = progress_file(desk.phrases, language, view)
    return Drawn(name, write_progress(progress_paper(desk.phrases, language, view)), XLSX)


def _evidence(desk: Desk, language: str, piece: PieceOfEvidence) -> Drawn:
    content = desk.files.path(piece.sha256 or "").read_bytes()
    is_photo = piece.kind == "photo"
    key = "papers.evidence_photo" if is_photo else "papers.evidence_file"
    name = piece.name or desk.phrases.say_plain(language, key, item=piece.item, number=piece.evidence_id)
    return Drawn(name, content, "image/jpeg" if is_photo else "application/octet-stream", is_photo)


def _filed(desk: Desk, language: str, file: FiledFile) -> Drawn:
    content = desk.files.path(file.sha256 or "").read_bytes()
    is_photo = file.kind == "photo"
    key = "papers.filed_photo" if is_photo else "papers.filed_file"
    name = file.name or desk.phrases.say_plain(language, key, number=file.file_id)
    return Drawn(name, content, "image/jpeg" if is_photo else "application/octet-stream", is_photo)


def _calendar(desk: Desk, language: str, found: YearPlan) -> Drawn:
    name = desk.phrases.say_plain(language, "papers.calendar.file", year=found.year)
    return Drawn(name, write_calendar(calendar_paper(desk.phrases, language, found)), CALENDAR)


def _verifier(_db: Db, actor: Actor, _district: int, at: Moment) -> tuple[Actor, Moment]:
    require(actor, Right.VERIFY_AUDIT)
    return actor, at


def _audit(desk: Desk, language: str, found: tuple[Actor, Moment]) -> Screen:
    actor, at = found
    with desk.snapshot() as db:
        return audit_screen(desk.phrases, language, verifying.verify_own(db, actor), at.now)


def _ledger(db: Db, actor: Actor, number: int, at: Moment) -> LedgerTable:
    return exporting.ledger_table(db, actor, period_of(number), at)


def _trend(kind: UnitKind) -> Callable[[Db, Actor, int, Moment], Trend]:
    def gather(db: Db, actor: Actor, number: int, _at: Moment) -> Trend:
        return exporting.trend(db, actor, kind, *trend_of(number))

    return gather


PAPERS: Mapping[str, PaperKind] = {
    "audit": PaperKind(_verifier, _audit),
    "calendar": PaperKind(agenda.year_plan, _calendar),
    "evidence": PaperKind(returning.piece, _evidence),
    "filed": PaperKind(deciding.one_file, _filed),
    "form": PaperKind(forms.form_of, _form),
    "invitation_cards": PaperKind(_invitees, _invitation_cards),
    "ledger_table": PaperKind(_ledger, ledger_workbook),
    "marked_roster": PaperKind(_refused, _marked_roster),
    "loss_evidence": PaperKind(explaining.piece, _evidence),
    "matrix": PaperKind(forms.matrix_of, _matrix),
    "progress": PaperKind(progress.progress, _progress),
    "ranking_pdf": PaperKind(exporting.ranking, ranking_bulletin),
    "ranking_png": PaperKind(exporting.ranking, ranking_picture),
    "ranking_xlsx": PaperKind(exporting.ranking, ranking_workbook),
    "receipt": PaperKind(door.look, _receipt),
    "roster": PaperKind(_exported, _roster),
    "roster_links": PaperKind(_exported, _roster_links),
    "roster_template": PaperKind(_exported, _roster_template),
    "round_sheets": PaperKind(exporting.round_sheets, sheets_workbook),
    "trend_department": PaperKind(_trend("department"), trend_picture),
    "trend_township": PaperKind(_trend("township"), trend_picture),
}


class Papers:
    """Makes papers and sends them."""

    def __init__(self, api: TelegramApi, transactions: Transactions, desk: Desk, clock: Clock) -> None:
        self._api = api
        self._transactions = transactions
        self._desk = desk
        self._clock = clock

    async def send(self, chat_id: int, paper: Paper) -> None:
        """Make a paper and send it to a person; where it cannot be made they are told in words."""
        kind = PAPERS[paper.kind]
        try:
            actor, found = await self._transactions.once(self._gather, kind, chat_id, paper.key)
        except Refusal as refusal:
            _log.warning("nobody is left to get the %s %s: %r", paper.kind, paper.key, refusal)
            return
        try:
            drawn = await asyncio.to_thread(kind.draw, self._desk, actor.language, found)
        except Exception:  # noqa: BLE001  # whatever hinders the drawing, the person is told and the words stand
            _log.exception("the %s %s could not be made", paper.kind, paper.key)
            text = self._desk.phrases.say(actor.language, f"undrawn.{paper.kind}")
            await self._api.do("sendMessage", {"chat_id": chat_id, "text": text, "parse_mode": "HTML"})
            return
        if isinstance(drawn, Screen):
            await self._api.do("sendMessage", {"chat_id": chat_id, "text": drawn.text, "parse_mode": "HTML"})
            return
        if drawn.is_photo and await self._send_photo(chat_id, drawn):
            return
        upload = Upload("document", drawn.name, drawn.content, drawn.media_type)
        await self._api.send_file("sendDocument", {"chat_id": str(chat_id)}, upload)

    async def _send_photo(self, chat_id: int, drawn: Drawn) -> bool:
        upload = Upload("photo", drawn.name, drawn.content, drawn.media_type)
        try:
            await self._api.send_file("sendPhoto", {"chat_id": str(chat_id)}, upload)
        except BadRequest as error:
            # Too long, too large, no picture to Telegram's eyes: as a file it comes all the same.
            _log.warning("a photo goes as a file: %s", error)
            return False
        return True

    def _gather(self, db: Db, kind: PaperKind, chat_id: int, key: int) -> tuple[Actor, Any]:
        at = moment(self._clock, self._desk.phrases.zone)
        actor = people.actors(db, [chat_id], at.today).get(chat_id)
        if actor is None:
            raise StrangerRefused
        return actor, kind.gather(db, actor, key, at)
