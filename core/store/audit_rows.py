"""Rows as they stand, whatever somebody wrote there: what verifying compares with the chains.

Values come as plain ones (`core.audit_findings.Plain`), times and dates as ISO text, truth as 0 and 1. Nothing is
trusted to be of its column's type: SQLite keeps any text anywhere, and a time that is none must be found, not fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Column, Date, DateTime, Select, String, Table, TypeDecorator, select, type_coerce

from core.audit_findings import Plain
from core.store.engine import Db

Record: TypeAlias = dict[str, Plain]

Narrow: TypeAlias = Callable[[Select[Any]], Select[Any]]
"""Says which rows of a table, and in which order."""


def stored(db: Db, table: Table, names: Sequence[str], narrow: Narrow) -> Iterator[Record]:
    """Rows of a table, narrowed and ordered by `narrow`, with these columns as they are stored."""
    # Without the type's own reading, which would fail at nonsense.
    columns: list[Any] = [type_coerce(table.c[name], String).label(name) for name in names]
    readers = [_reader(table.c[name]) for name in names]
    for row in db.execute(narrow(select(*columns))):
        yield {name: read(value) for name, read, value in zip(names, readers, row, strict=True)}


def _reader(column: Column[Any]) -> Callable[[Any], Plain]:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, DateTime):
        return instant
    if isinstance(kind, Date):
        return _day
    return _truth if isinstance(kind, Boolean) else _same


def instant(value: Any) -> Plain:
    """A stored moment as ISO text in UTC; what is none stays as it stands."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if not isinstance(value, datetime):
        return _same(value)
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def _day(value: Any) -> Plain:
    return value.isoformat() if isinstance(value, date) else _same(value)


def _truth(value: Any) -> Plain:
    return int(value) if isinstance(value, bool) else _same(value)


def _same(value: Any) -> Plain:
    return value if value is None or type(value) in {str, int} else repr(value)
