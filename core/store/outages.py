"""What an outage leaves: until when the program was alive, and the sheets that stand in people's chats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update

from core.sheet import SheetState
from core.store.engine import Db
from core.store.people import Addressee
from core.store.tables import Audit, Person, Round, ScheduleProgress, ScreenRow, SheetRow, table_of

_PROGRESS = table_of(ScheduleProgress)
_SCREEN = table_of(ScreenRow)
_PERSON = table_of(Person)
_SHEET = table_of(SheetRow)
_ROUND = table_of(Round)
_AUDIT = table_of(Audit)


@dataclass(frozen=True, slots=True)
class StandingScreen:
    """A sheet that stands in the private chat of somebody who was at work."""

    sheet_id: int
    reader: Addressee


def alive_until(db: Db, district_id: int) -> datetime | None:
    """When the program last looked at a district's schedules, which it does at every beat; None before the first."""
    newest = select(func.max(_PROGRESS.c.materialised_until)).where(_PROGRESS.c.district_id == district_id)
    until: datetime | None = db.scalar(newest)
    return until


def standing(db: Db, district_id: int, active_since: datetime, now: datetime) -> list[StandingScreen]:
    """The open sheets in the chats of those who acted on any sheet since then, by person."""
    acted = exists().where(
        _AUDIT.c.person_id == _PERSON.c.id, _AUDIT.c.at >= active_since, _AUDIT.c.chain.startswith("sheet:")
    )
    rows = db.execute(
        select(_SCREEN.c.sheet_id, _PERSON.c.id, _PERSON.c.name, _PERSON.c.telegram_id, _PERSON.c.language)
        # A private chat has the id of the person in it.
        .join(_PERSON, _PERSON.c.telegram_id == _SCREEN.c.chat_id)
        .join(_SHEET, _SHEET.c.id == _SCREEN.c.sheet_id)
        .join(_ROUND, _ROUND.c.id == _SHEET.c.round_id)
        .where(
            _PERSON.c.district_id == district_id,
            _SHEET.c.state == SheetState.OPEN,
            _ROUND.c.opens_at <= now,
            _ROUND.c.closes_at > now,
            acted,
        )
        .order_by(_PERSON.c.id)
    )
    return [StandingScreen(row.sheet_id, Addressee(row.id, row.name, row.telegram_id, row.language)) for row in rows]


def move_screen(db: Db, chat_id: int, sheet_id: int, message_id: int) -> None:
    """A sheet's screen stands in this message now, if that sheet still is what stands in the chat."""
    moved = update(_SCREEN).where(_SCREEN.c.chat_id == chat_id, _SCREEN.c.sheet_id == sheet_id)
    db.execute(moved.values(message_id=message_id))
