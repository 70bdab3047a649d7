"""What a person owes and has: the lists behind /todo and /score, and what stands in their chat."""

from __future__ import annotations

from core.actions.door import Moment, state_of
from core.focus import count_of_items
from core.people import Actor, Role
from core.sheet import SheetState
from core.snapshots import OnScreen, SheetLine
from core.store import prompts, sheets
from core.store.engine import Db
from core.store.rules import rubric_of
from core.store.sheets import SheetRecord


def my_sheets(db: Db, actor: Actor, at: Moment) -> list[SheetLine]:
    """The person's sheets of the rounds that are open now: unfinished first, then by closing time."""
    records = [record for record in _records(db, actor, at) if record.opens_at <= at.now < record.closes_at]
    marked = sheets.marked_counts(db, [record.id for record in records])
    lines = [
        SheetLine(
            sheet_id=record.id,
            unit=record.unit,
            unit_kind=record.unit_kind,
            period=record.period,
            state=state_of(record, at),
            marked=marked.get(record.id, 0),
            items=count_of_items(rubric_of(db, record.rubric_hash), record.focus),
            closes_at=record.closes_at,
        )
        for record in records
    ]
    return sorted(lines, key=lambda line: (line.state is not SheetState.OPEN, line.closes_at, line.sheet_id))


def has_open_sheet(db: Db, actor: Actor, at: Moment) -> bool:
    """Whether there is anything that the person could score now."""
    return any(line.state is SheetState.OPEN for line in my_sheets(db, actor, at))


def close_prompts(db: Db, actor: Actor, at: Moment) -> bool:
    """No question of the bot waits for this person any more; False when none did."""
    waiting = prompts.open_of(db, actor.person_id)
    for prompt, _ in waiting:
        prompts.close(db, prompt.prompt_id, at.now)
    return bool(waiting)


def on_screen(db: Db, chat_id: int) -> OnScreen | None:
    """What stands in a chat."""
    return sheets.screen(db, chat_id)


def shown(db: Db, chat_id: int, sheet_id: int, item: int, message_id: int | None) -> None:
    """Remember what stands in a chat from now on."""
    sheets.set_screen(db, chat_id, sheet_id, item, message_id)


def _records(db: Db, actor: Actor, at: Moment) -> list[SheetRecord]:
    """Sheets of the person's own and of the units they are officer of; nothing without such a role."""
    person_id = actor.person_id if actor.is_any(Role.ASSESSOR) else -1
    unit_ids = actor.unit_ids if actor.is_any(Role.OFFICER) else frozenset()
    return sheets.of_rater(db, actor.district_id, person_id, unit_ids, at.today)
