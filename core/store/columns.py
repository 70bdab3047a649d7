"""What officers of a township see across sheets: a round's sheets of theirs, marks of many at once, who set which.

Each question is one statement, however many departments there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from core.sheet import Mark
from core.snapshots import Author
from core.store.engine import Db
from core.store.sheets import SheetRecord, record_of, records_where
from core.store.tables import MarkRow, Person, SheetRow, table_of

_SHEET = table_of(SheetRow)
_MARK = table_of(MarkRow)
_PERSON = table_of(Person)

_OF_UNITS = records_where(
    (_SHEET.c.round_id == bindparam("round_id")) & _SHEET.c.rater_unit_id.in_(bindparam("unit_ids", expanding=True))
).order_by(_SHEET.c.id)
_MARKS = select(
    _MARK.c.sheet_id, _MARK.c.item, _MARK.c.points, _MARK.c.not_applicable, _MARK.c.reason, _MARK.c.bulk
).where(_MARK.c.sheet_id.in_(bindparam("sheet_ids", expanding=True)))
_MARKS_OF_ITEM = _MARKS.where(_MARK.c.item == bindparam("item"))
_AUTHORS = (
    select(_MARK.c.item, _PERSON.c.name, _MARK.c.marked_at)
    .join(_PERSON, _PERSON.c.id == _MARK.c.person_id)
    .where(_MARK.c.sheet_id == bindparam("sheet_id"), _MARK.c.person_id != bindparam("besides"))
    .order_by(_MARK.c.item)
)


def of_units(db: Db, district_id: int, round_id: int, unit_ids: Collection[int], today: date) -> list[SheetRecord]:
    """The sheets of a round that these townships score, in the order in which they were handed out."""
    values = {"round_id": round_id, "unit_ids": sorted(unit_ids), "district_id": district_id, "today": today}
    return [record_of(row) for row in db.execute(_OF_UNITS, values)]


def marks(db: Db, sheet_ids: Collection[int], item: int | None = None) -> dict[int, dict[int, Mark]]:
    """The marks of many sheets, of all items or of one: by sheet, then by item. A sheet without any is left out."""
    values: dict[str, Any] = {"sheet_ids": sorted(sheet_ids)}
    rows = db.execute(_MARKS, values) if item is None else db.execute(_MARKS_OF_ITEM, {**values, "item": item})
    found: dict[int, dict[int, Mark]] = {}
    for sheet_id, *mark in rows:
        found.setdefault(sheet_id, {})[mark[0]] = Mark(*mark)
    return found


def authors(db: Db, sheet_id: int, *, besides: int) -> Mapping[int, Author]:
    """Who set the present marks of a sheet, by item, without those of one person."""
    rows = db.execute(_AUTHORS, {"sheet_id": sheet_id, "besides": besides})
    return {row.item: Author(row.name, row.marked_at) for row in rows}
