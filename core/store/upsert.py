"""Setting a row by its key, on both databases: written if it is new, else overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from core.store.engine import Db

DIALECTS: Mapping[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
"""Where each database's own INSERT … ON CONFLICT comes from, by the dialect's name."""


def upsert(db: Db, table: Table, values: Mapping[str, Any]) -> None:
    """Set the row whose primary key stands in `values`; its other columns take the values given."""
    keys = [column.name for column in table.primary_key]
    statement = DIALECTS[db.dialect.name].insert(table).values(values)
    replaced = {name: statement.excluded[name] for name in values if name not in keys}
    db.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced))
