"""The sheets of one unit in one round, as explaining it needs them: a thousand other units are not read."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select

from core.sheet import Mark
from core.store.engine import Db
from core.store.tables import MarkRow, SheetRow, table_of

_SHEET = table_of(SheetRow)
_MARK = table_of(MarkRow)

_OF_UNIT = (
    select(_SHEET.c.id, _SHEET.c.state, _SHEET.c.audit_head)
    .where(_SHEET.c.round_id == bindparam("round_id"), _SHEET.c.unit_id == bindparam("unit_id"))
    .order_by(_SHEET.c.id)
)
_MARKS = select(
    _MARK.c.sheet_id, _MARK.c.item, _MARK.c.points, _MARK.c.not_applicable, _MARK.c.reason, _MARK.c.bulk
).where(_MARK.c.sheet_id.in_(bindparam("sheet_ids", expanding=True)))


def of_unit(db: Db, round_id: int, unit_id: int) -> dict[int, tuple[str, str]]:
    """The sheets of a unit in a round: the state, and the head of the audit chain, by the sheet's id."""
    rows = db.execute(_OF_UNIT, {"round_id": round_id, "unit_id": unit_id})
    return {row[0]: (row[1], row[2]) for row in rows}


def marks_of(db: Db, sheet_ids: Collection[int]) -> dict[int, dict[int, Mark]]:
    """The marks of several sheets, by sheet and item number."""
    found: dict[int, dict[int, Mark]] = {sheet_id: {} for sheet_id in sheet_ids}
    for row in db.execute(_MARKS, {"sheet_ids": sorted(sheet_ids)}):
        found[row[0]][row[1]] = Mark(*row[1:])
    return found
