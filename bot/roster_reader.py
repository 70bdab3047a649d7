"""The roster among the workbooks that come back: how it is read, shown and applied."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.buttons.uploads import check_of
from bot.desk import Desk
from bot.screens.roster_import import import_screen, imported_screen, problems_screen
from bot.screens.roster_words import roster_words
from bot.upload_readers import Progress, Reading, UploadReader
from core.actions import roster as actions
from core.actions.door import Moment
from core.errors import PreviewChanged
from core.people import Actor
from core.permissions import Right
from core.roster import Roster
from core.roster_known import KnownRoster
from core.roster_plan import RosterPlan, RosterPreview
from core.roster_reading import read_roster
from core.roster_rows import RosterProblem
from core.store.engine import Db
from core.workbooks.book import Book, from_plain, to_plain


def _known(db: Db, actor: Actor, at: Moment) -> KnownRoster:
    return actions.known(db, actor.district_id, actor, at)


def _read(desk: Desk, language: str, upload_id: int, book: Book, known: KnownRoster) -> Reading:
    read = read_roster(book, roster_words(desk.phrases), known)
    if read.roster is not None:
        return Reading(read.roster.to_json())
    body = json.dumps({"book": to_plain(book), "problems": [asdict(each) for each in read.problems]})
    return Reading(body, problems_screen(desk.phrases, language, upload_id, read.problems))


def refused_roster(body: str) -> tuple[Book, list[RosterProblem]]:
    """What is kept of a workbook that could not be taken."""
    told: dict[str, Any] = json.loads(body)
    return from_plain(told["book"]), [RosterProblem(**each) for each in told["problems"]]


def _preview(db: Db, actor: Actor, body: str, at: Moment) -> RosterPreview:
    return actions.preview_import(db, actor.district_id, actor, Roster.from_json(body), at)


def _apply(db: Db, actor: Actor, body: str, check: int, at: Moment, progress: Progress) -> RosterPlan:
    def confirmed(plan: RosterPlan) -> None:
        if check_of(plan.digest) != check:
            raise PreviewChanged

    return actions.apply_import(db, actor.district_id, actor, Roster.from_json(body), confirmed, at, progress)


ROSTER = UploadReader(
    right=Right.MANAGE_PEOPLE,
    known=_known,
    read=_read,
    preview=_preview,
    screen=import_screen,
    apply=_apply,
    applied=imported_screen,
)
