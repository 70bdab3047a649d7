"""The texts of rubrics and policies as they were when they took effect, by hash."""

from __future__ import annotations

from sqlalchemy import insert, select

from core.store.engine import Db
from core.store.tables import RuleText

_RULES = RuleText.__table__  # type: ignore[attr-defined]  # SQLModel does not declare its table


def keep(db: Db, digest: str, kind: str, key: str, version: int, text: str) -> None:
    """Keep a text under its hash; keeping it again changes nothing."""
    if find(db, digest) is None:
        values = {"hash": digest, "kind": kind, "key": key, "version": version, "text": text}
        db.execute(insert(_RULES).values(values))


def find(db: Db, digest: str) -> str | None:
    """The text of this hash."""
    return db.scalar(select(_RULES.c.text).where(_RULES.c.hash == digest))
