"""Prompts: questions of the bot that wait for free text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from core.snapshots import OpenPrompt, Question
from core.store.engine import Db
from core.store.tables import Prompt, table_of

_PROMPT = table_of(Prompt)


def add(db: Db, person_id: int, kind: str, sheet_id: int, item: int, now: datetime) -> int:
    """A new question; gives the id. An older open one about the same item is moot from now on."""
    close_item(db, sheet_id, item, now, person_id=person_id)
    values = {"person_id": person_id, "kind": kind, "sheet_id": sheet_id, "item": item, "asked_at": now}
    return int(db.execute(insert(_PROMPT).values(values).returning(_PROMPT.c.id)).scalar_one())


def add_question(db: Db, person_id: int, kind: str, about: str, now: datetime) -> int:
    """A new question about something else than a sheet; an older open one about the same is moot from now on."""
    same = update(_PROMPT).where(
        _PROMPT.c.person_id == person_id, _PROMPT.c.about == about, _PROMPT.c.answered_at.is_(None)
    )
    db.execute(same.where(_PROMPT.c.kind == kind).values(answered_at=now))
    values = {"person_id": person_id, "kind": kind, "about": about, "asked_at": now}
    return int(db.execute(insert(_PROMPT).values(values).returning(_PROMPT.c.id)).scalar_one())


def close(db: Db, prompt_id: int, now: datetime) -> None:
    """The question is answered, or no longer asked; when it was first answered stands."""
    closed = update(_PROMPT).where(_PROMPT.c.id == prompt_id, _PROMPT.c.answered_at.is_(None))
    db.execute(closed.values(answered_at=now))


def newest(db: Db, person_id: int) -> tuple[OpenPrompt | Question, datetime | None] | None:
    """The person's newest question, and when it was first answered."""
    row = db.execute(
        select(_PROMPT).where(_PROMPT.c.person_id == person_id).order_by(_PROMPT.c.id.desc()).limit(1)
    ).first()
    return None if row is None else (_prompt(row), row.answered_at)


def question(db: Db, person_id: int, prompt_id: int) -> Question | None:
    """A question to this person about something else than a sheet, answered or not."""
    row = db.execute(select(_PROMPT).where(_PROMPT.c.id == prompt_id, _PROMPT.c.person_id == person_id)).first()
    found = None if row is None else _prompt(row)
    return found if isinstance(found, Question) else None


def set_about(db: Db, prompt_id: int, about: str) -> None:
    """What a question is about, or what became of it."""
    db.execute(update(_PROMPT).where(_PROMPT.c.id == prompt_id).values(about=about))


def set_message(db: Db, prompt_id: int, message_id: int) -> None:
    """Remember in which message the question stands."""
    db.execute(update(_PROMPT).where(_PROMPT.c.id == prompt_id).values(message_id=message_id))


def open_of(db: Db, person_id: int) -> list[tuple[OpenPrompt | Question, datetime]]:
    """The person's unanswered questions and when each was asked, oldest first."""
    rows = db.execute(
        select(_PROMPT).where(_PROMPT.c.person_id == person_id, _PROMPT.c.answered_at.is_(None)).order_by(_PROMPT.c.id)
    )
    return [(_prompt(row), row.asked_at) for row in rows]


def by_message(db: Db, person_id: int, message_id: int) -> OpenPrompt | Question | None:
    """The question in this message, answered or not: a second reply corrects the first."""
    row = db.execute(
        select(_PROMPT).where(_PROMPT.c.person_id == person_id, _PROMPT.c.message_id == message_id)
    ).first()
    return None if row is None else _prompt(row)


def close_item(db: Db, sheet_id: int, item: int, now: datetime, *, person_id: int) -> None:
    """The person's questions about this item are answered, or no longer asked."""
    db.execute(
        update(_PROMPT)
        .where(
            _PROMPT.c.person_id == person_id,
            _PROMPT.c.sheet_id == sheet_id,
            _PROMPT.c.item == item,
            _PROMPT.c.answered_at.is_(None),
        )
        .values(answered_at=now)
    )


def _prompt(row: Any) -> OpenPrompt | Question:
    if row.sheet_id is None:
        return Question(row.id, row.kind, row.about)
    return OpenPrompt(row.id, row.kind, row.sheet_id, row.item)
