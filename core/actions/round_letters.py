"""Who is told of what happened to a round: its raters, each once; and the admins, of what stands in its way.

Raters are told only while they have a sheet to finish. What a letter says of the round is looked up when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.actions.door import Moment
from core.actions.telling import tell_admins, tell_all
from core.events import RoundOpened, RoundRescheduled, SheetsHandedOut
from core.store import handing_out, rounds
from core.store.engine import Db
from core.store.rounds import RoundRecord


def round_opened(db: Db, event: RoundOpened, at: Moment) -> None:
    """Tell everybody who has a sheet in it."""
    _tell_of_sheets(db, event.round_id, f"round_opened:{event.round_id}", at, occurrence=event.occurrence)


def round_rescheduled(db: Db, event: RoundRescheduled, at: Moment) -> None:
    """Tell everybody who is not finished until when there is time now."""
    record = rounds.known(db, event.round_id)
    letter = {"name": "round_rescheduled", "round": record.id, "is_over": record.closes_at <= at.now}
    key = f"round_ends:{record.id}:{record.closes_at.isoformat()}"
    tell_all(db, record.district_id, handing_out.raters(db, record.id, at.today), key, letter, at)


def sheets_handed_out(db: Db, event: SheetsHandedOut, at: Moment) -> None:
    """Tell those who got a sheet late."""
    first = min(event.sheet_ids)
    _tell_of_sheets(db, event.round_id, f"sheets_added:{event.round_id}:{first}", at, first_sheet=first)


def tell_office(
    db: Db,
    record: RoundRecord,
    sheets: int,
    kept_away: Sequence[tuple[str, str]],
    unassessed: Sequence[str],
    at: Moment,
    occurrence: str | None = None,
) -> None:
    """Tell the admins that a round began with no sheet, or without one for some unit, and whom a conflict kept away."""
    if sheets and not kept_away and not unassessed:
        return
    told = {"sheets": sheets, "kept_away": kept_away, "unassessed": unassessed}
    letter = {"name": "round_troubles", "round": record.id, **told}
    tell_admins(db, record.district_id, f"round_troubles:{record.id}", letter, at, occurrence=occurrence)


def tell_office_missed(db: Db, district_id: int, period: str, kind: str, at: Moment, occurrence: str) -> None:
    """Tell the admins that the program was down for all of a round's time: whether it is held is theirs to say."""
    letter = {"name": "round_missed", "period": period, "kind": kind}
    tell_admins(db, district_id, f"round_missed:{district_id}:{period}:{kind}", letter, at, occurrence=occurrence)


def _tell_of_sheets(
    db: Db, round_id: int, key: str, at: Moment, *, first_sheet: int = 0, occurrence: str | None = None
) -> None:
    record = rounds.known(db, round_id)
    raters = handing_out.raters(db, round_id, at.today, first_sheet=first_sheet)
    letter = {"name": "round_opened", "round": round_id}
    tell_all(db, record.district_id, raters, key, letter, at, occurrence=occurrence)
