"""Who set which mark of a sheet that several people fill."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from core.snapshots import Author
from core.store.engine import Db
from core.store.tables import MarkRow, Person, table_of

_MARK = table_of(MarkRow)
_PERSON = table_of(Person)

_AUTHORS = (
    select(_MARK.c.item, _PERSON.c.name, _MARK.c.marked_at)
    .join(_PERSON, _PERSON.c.id == _MARK.c.person_id)
    .where(_MARK.c.sheet_id == bindparam("sheet_id"), _MARK.c.person_id != bindparam("besides"))
    .order_by(_MARK.c.item)
)


def authors(db: Db, sheet_id: int, *, besides: int) -> Mapping[int, Author]:
    """Who set the present marks of a sheet, by item, without those of one person."""
    rows = db.execute(_AUTHORS, {"sheet_id": sheet_id, "besides": besides})
    return {row.item: Author(row.name, row.marked_at) for row in rows}
