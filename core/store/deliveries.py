"""What became of the messages of the clock's firings: how many were sent, failed, wait, or are of unknown fate."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from core.store.engine import Db
from core.store.tables import Outbox, table_of

_OUTBOX = table_of(Outbox)


def counts(db: Db, district_id: int, occurrences: Collection[str]) -> dict[str, dict[str, int]]:
    """How many messages of these occurrences (`schedule:key`) are in which state; states without any are left out."""
    rows = db.execute(
        select(_OUTBOX.c.occurrence, _OUTBOX.c.state, func.count().label("messages"))
        .where(_OUTBOX.c.district_id == district_id, _OUTBOX.c.occurrence.in_(occurrences))
        .group_by(_OUTBOX.c.occurrence, _OUTBOX.c.state)
        .order_by(_OUTBOX.c.occurrence, _OUTBOX.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.occurrence, {})[row.state] = row.messages
    return found
