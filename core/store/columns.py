"""Marks across sheets: who set which of a sheet that several people fill, and one item of many departments."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, func, select

from core.sheet import Mark
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


_ITEM = select(
    _MARK.c.sheet_id, _MARK.c.item, _MARK.c.points, _MARK.c.not_applicable, _MARK.c.reason, _MARK.c.bulk
).where(_MARK.c.sheet_id.in_(bindparam("sheet_ids", expanding=True)), _MARK.c.item == bindparam("item"))
_MARKED = (
    select(_MARK.c.item, func.count())
    .where(_MARK.c.sheet_id.in_(bindparam("sheet_ids", expanding=True)))
    .group_by(_MARK.c.item)
)


def marks_of_item(db: Db, sheet_ids: list[int], item: int) -> Mapping[int, Mark]:
    """The marks of one item, by sheet."""
    rows = db.execute(_ITEM, {"sheet_ids": sheet_ids, "item": item})
    return {row[0]: Mark(*row[1:]) for row in rows}


def marked_sheets(db: Db, sheet_ids: list[int]) -> Mapping[int, int]:
    """How many of these sheets have a mark for an item, by item."""
    return {row[0]: row[1] for row in db.execute(_MARKED, {"sheet_ids": sheet_ids})}


def authors(db: Db, sheet_id: int, *, besides: int) -> Mapping[int, Author]:
    """Who set the present marks of a sheet, by item, without those of one person."""
    rows = db.execute(_AUTHORS, {"sheet_id": sheet_id, "besides": besides})
    return {row.item: Author(row.name, row.marked_at) for row in rows}
