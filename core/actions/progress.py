"""/progress: how far a round is, and reminding those who are not finished, nobody more than once in two hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.actions.door import Moment
from core.actions.handing_out import unassessed
from core.actions.telling import tell
from core.errors import NoSuchRound, RoundClosed
from core.focus import count_of_items
from core.people import Actor
from core.permissions import Right, require
from core.progress import Nudged, ProgressLine, ProgressView, RoundName, advance_of
from core.sheet import SheetState
from core.store import handing_out, outbox, rounds, sheets
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.rules import rubric_of

AGAIN_AFTER = timedelta(hours=2)
"""How long somebody who was reminded is left in peace."""

_KEY = "nudge:"


def progress(db: Db, actor: Actor, round_id: int, at: Moment) -> ProgressView:
    """How far a round is; 0 is the open one that closes first, else the newest. Raises NotAllowed or NoSuchRound."""
    require(actor, Right.FOLLOW_PROGRESS)
    record = _round(db, actor, round_id, at)
    records = sheets.of_round(db, actor.district_id, record.id, at.today)
    marked = sheets.marked_counts(db, [each.id for each in records])
    # Not as a rater sees it: whether it was handed in is told after the round is over too.
    lines = [
        ProgressLine(
            each.id,
            each.unit,
            each.rater,
            advance_of(SheetState(each.state), marked.get(each.id, 0)),
            marked.get(each.id, 0),
        )
        for each in records
    ]
    return ProgressView(
        round=_name(record),
        closes_at=record.closes_at,
        is_open=record.opens_at <= at.now < record.closes_at,
        items=count_of_items(rubric_of(db, record.rubric_hash), record.focus),
        lines=tuple(lines),
        others=tuple(_name(each) for each in rounds.open_ones(db, actor.district_id, at.now) if each.id != record.id),
        unassessed=unassessed(db, record),
    )


def nudge(db: Db, actor: Actor, round_id: int, sheet_id: int, at: Moment) -> Nudged:
    """提醒 whoever is not finished: of one sheet, or of all (0). Raises NotAllowed, NoSuchRound or RoundClosed."""
    require(actor, Right.FOLLOW_PROGRESS)
    record = _round(db, actor, round_id, at)
    if not record.opens_at <= at.now < record.closes_at:
        raise RoundClosed(closed_at=record.closes_at)
    told = lately = unbound = 0
    letter = {"name": "nudge", "round": record.id}
    for to in handing_out.raters(db, record.id, at.today, only_sheet=sheet_id):
        if to.telegram_id is None:
            unbound += 1
        elif _was_told(db, to.telegram_id, at.now):
            lately += 1
        else:
            told += tell(db, record.district_id, to, f"{_KEY}{at.now.isoformat()}", letter, at)
    if told:
        body: dict[str, str | int | None] = {"sheet": sheet_id, "told": told}
        rounds.append_act(db, record, Act(at.now, actor.person_id, "nudge", body))
    return Nudged(told, lately, unbound)


def _was_told(db: Db, telegram_id: int, now: datetime) -> bool:
    newest = outbox.newest_key(db, telegram_id, _KEY)
    if newest is None:
        return False
    told_at = datetime.fromisoformat(newest.removeprefix(_KEY).rpartition(":")[0])
    return now - told_at < AGAIN_AFTER


def _round(db: Db, actor: Actor, round_id: int, at: Moment) -> RoundRecord:
    if round_id == 0:
        opened = rounds.open_ones(db, actor.district_id, at.now)
        known = [record for record, _ in rounds.counted(db, actor.district_id)]
        if not known:
            raise NoSuchRound(round_id=0)
        return min(opened, key=lambda each: (each.closes_at, each.id)) if opened else known[0]
    record = rounds.by_id(db, round_id)
    if record is None or record.district_id != actor.district_id:
        raise NoSuchRound(round_id=round_id)
    return record


def _name(record: RoundRecord) -> RoundName:
    return RoundName(record.id, record.period, record.unit_kind)
