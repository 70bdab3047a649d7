"""The marks of a round added up where they lie: integers by sheet and category, never a row per mark.

Answers for what submitted sheets say, in hundredths of a point. What follows from it is `core.scoring`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Integer, bindparam, case, func, literal, select

from core.rubric import Category, Rubric
from core.scoring import SheetGroup
from core.sheet import SheetState
from core.store.engine import Db
from core.store.tables import MarkRow, Person, SheetRow, table_of
from core.store.units import name_on

_SHEET = table_of(SheetRow)
_MARK = table_of(MarkRow)
_PERSON = table_of(Person)
_RATER = func.coalesce(_SHEET.c.rater_person_id, _SHEET.c.rater_unit_id)


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """One unit's sheets of a round that are worth the same. `sheet_id` where every sheet is told for itself."""

    unit_id: int
    sheet_id: int | None
    group: SheetGroup


@dataclass(frozen=True, slots=True)
class RaterSheet:
    """A submitted sheet with who filled it, a person or a township unit, and its marks counted.

    `applicable` items have points, `full` of them all that there are.
    """

    sheet_id: int
    unit_id: int
    rater_id: int
    rater: str
    applicable: int
    full: int


def heads(db: Db, round_id: int) -> dict[int, tuple[int, str]]:
    """The submitted sheets of a round: the unit, and the head of the audit chain, by the sheet's id."""
    rows = db.execute(
        select(_SHEET.c.id, _SHEET.c.unit_id, _SHEET.c.audit_head)
        .where(_SHEET.c.round_id == round_id, _SHEET.c.state == SheetState.SUBMITTED)
        .order_by(_SHEET.c.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def raters(db: Db, round_id: int, rubric: Rubric, focus: Collection[int] | None, today: date) -> list[RaterSheet]:
    """The submitted sheets of a round with their raters, by id; names are those of today."""
    counts = {item.number: item.max_points for item in rubric.items if focus is None or item.number in focus}
    most = case(counts, value=_MARK.c.item)
    name = func.coalesce(_PERSON.c.name, name_on(_SHEET.c.rater_unit_id, today))
    rows = db.execute(
        select(
            _SHEET.c.id,
            _SHEET.c.unit_id,
            _RATER,
            name,
            func.count(_MARK.c.points),
            func.coalesce(func.sum(case((_MARK.c.points == most, 1), else_=0)), 0),
        )
        .join(_MARK, _MARK.c.sheet_id == _SHEET.c.id)
        .outerjoin(_PERSON, _PERSON.c.id == _SHEET.c.rater_person_id)
        .where(_SHEET.c.round_id == round_id, _SHEET.c.state == SheetState.SUBMITTED, _MARK.c.item.in_(counts))
        .group_by(_SHEET.c.id, _SHEET.c.unit_id, _PERSON.c.name)
        .order_by(_SHEET.c.id)
    )
    return [RaterSheet(*row) for row in rows]


def unit_groups(
    db: Db,
    round_id: int,
    rubric: Rubric,
    focus: Collection[int] | None,
    *,
    by_sheet: bool = False,
    without_rater: int = 0,
) -> Iterator[UnitGroup]:
    """What the submitted sheets of a round come to, by unit; `by_sheet`: each for itself, as trimming needs it.

    `focus` (督查重点) limits them to these item numbers; the sheets of one rater may be left out, to see what they
    make. Raises ValueError for a sheet that lacks a mark.
    """
    scope = tuple(item.number for item in rubric.items if focus is None or item.number in focus)
    most = [sum(item.max_points for item in category.items if item.number in scope) for category in rubric.categories]
    width = len(most)
    for row in db.execute(
        _statement(rubric.categories, scope, by_sheet), {"round_id": round_id, "without": without_rater}
    ):
        points, waived = tuple(row[3 : 3 + width]), row[3 + width : 3 + 2 * width]
        if row.marks != row.sheets * len(scope):
            raise ValueError(f"a submitted sheet of round {round_id} for unit {row.unit_id} lacks a mark")
        out_of = tuple(whole - off for whole, off in zip(most, waived, strict=True))
        yield UnitGroup(row.unit_id, row.sheet_id, SheetGroup(row.sheets, points, out_of))


@lru_cache(maxsize=16)
def _statement(categories: tuple[Category, ...], scope: tuple[int, ...], by_sheet: bool) -> Any:
    """SQL: the sums of a round (`round_id`) but for a rater (`without`); built once for a rubric and what counts."""
    counted = _MARK.c.item.in_(scope)
    columns = []
    for place, category in enumerate(categories):
        items = {item.number: item.max_points for item in category.items if item.number in scope}
        columns.append(_sum_where(_MARK.c.item.in_(items), _MARK.c.points).label(f"points_{place}"))
        worth = case(items, value=_MARK.c.item, else_=0) if items else literal(0)
        columns.append(_sum_where(_MARK.c.points.is_(None), worth).label(f"waived_{place}"))
    per_sheet = (
        select(_SHEET.c.id, _SHEET.c.unit_id, func.count().label("marks"), *columns)
        .join(_MARK, _MARK.c.sheet_id == _SHEET.c.id)
        .where(
            _SHEET.c.round_id == bindparam("round_id"),
            _SHEET.c.state == SheetState.SUBMITTED,
            bindparam("without") != _RATER,
            counted,
        )
        .group_by(_SHEET.c.id, _SHEET.c.unit_id)
        .subquery()
    )
    width = range(len(categories))
    points = [per_sheet.c[f"points_{place}"] for place in width]
    waived = [per_sheet.c[f"waived_{place}"] for place in width]
    sheet = per_sheet.c.id if by_sheet else literal(None, Integer)
    own = (per_sheet.c.unit_id, *waived, *((per_sheet.c.id,) if by_sheet else ()))
    return (
        select(
            per_sheet.c.unit_id,
            sheet.label("sheet_id"),
            func.count().label("sheets"),
            *(_whole(column) for column in points),
            *waived,
            _whole(per_sheet.c.marks).label("marks"),
        )
        .group_by(*own)
        .order_by(*own)
    )


def _sum_where(condition: Any, value: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value))), 0)


def _whole(column: Any) -> Any:
    # PostgreSQL's sum of bigints is numeric, which would come back as a Decimal.
    return func.sum(column).cast(BigInteger)
