"""The marks of a round added up where they lie: integers by sheet and category, never a row per mark.

Answers for what submitted sheets say, in hundredths of a point. What follows from it is `core.scoring`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import sub
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, bindparam, case, func, literal, select

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


def heads(db: Db, round_id: int) -> dict[int, str]:
    """The heads of the audit chains of a round's submitted sheets, by the sheet's id."""
    rows = db.execute(
        select(_SHEET.c.id, _SHEET.c.audit_head)
        .where(_SHEET.c.round_id == round_id, _SHEET.c.state == SheetState.SUBMITTED)
        .order_by(_SHEET.c.id)
    )
    return dict(rows.all())


def sheets(db: Db, round_id: int, *, without_rater: int = 0) -> dict[int, int]:
    """How many sheets of a round were submitted, by unit; those of one rater may be left out."""
    return dict(db.execute(_SHEETS, {"round_id": round_id, "without": without_rater}).all())


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
    scope = _Scope(rubric.categories, None if focus is None else tuple(sorted(focus)))
    values: dict[str, Any] = {"round_id": round_id, "without": without_rater}
    if by_sheet:
        yield from _grouped(db, scope, values, by_sheet=True)
        return
    # Most units have every item, and their sheets are worth the same: one pass, a few sums for each mark.
    counts = sheets(db, round_id, without_rater=without_rater)
    waived = []
    for unit_id, marks, with_points, *sums in db.execute(_by_unit(scope), values).all():
        scope.check(unit_id, marks, counts[unit_id], round_id)
        if marks == with_points:
            points = tuple(map(sub, sums, (0, *sums)))
            yield UnitGroup(unit_id, None, SheetGroup(counts[unit_id], points, scope.most))
        else:
            waived.append(unit_id)
    if waived:
        yield from _grouped(db, scope, values | {"unit_ids": waived})


@dataclass(frozen=True)
class _Scope:
    """The categories with the numbers of the items that count; None: all of them."""

    categories: tuple[Category, ...]
    focus: tuple[int, ...] | None

    @cached_property
    def items(self) -> tuple[dict[int, int], ...]:
        """For each category what its items that count are worth."""
        return tuple(
            {item.number: item.max_points for item in category.items if self.focus is None or item.number in self.focus}
            for category in self.categories
        )

    @cached_property
    def most(self) -> tuple[int, ...]:
        """What a sheet can get in each category."""
        return tuple(sum(items.values()) for items in self.items)

    @cached_property
    def count(self) -> int:
        """How many marks a complete sheet has."""
        return sum(map(len, self.items))

    def check(self, unit_id: int, marks: int, sheets: int, round_id: int) -> None:
        """Raises ValueError where marks are missing."""
        if marks != sheets * self.count:
            raise ValueError(f"a submitted sheet of round {round_id} for unit {unit_id} lacks a mark")


_COUNTED = (
    _SHEET.c.round_id == bindparam("round_id"),
    _SHEET.c.state == SheetState.SUBMITTED,
    bindparam("without") != _RATER,
)
_SHEETS = select(_SHEET.c.unit_id, func.count()).where(*_COUNTED).group_by(_SHEET.c.unit_id)


def _grouped(db: Db, scope: _Scope, values: dict[str, Any], *, by_sheet: bool = False) -> Iterator[UnitGroup]:
    """The sheets that are worth the same together, or each for itself."""
    width = len(scope.most)
    for row in db.execute(_by_worth(scope, by_sheet), values):
        scope.check(row[0], row[-1], row[2], values["round_id"])
        out_of = tuple(whole - off for whole, off in zip(scope.most, row[3 + width : -1], strict=True))
        yield UnitGroup(row[0], row[1], SheetGroup(row[2], tuple(row[3 : 3 + width]), out_of))


@lru_cache(maxsize=16)
def _by_unit(scope: _Scope) -> Any:
    """SQL: the marks of each unit, those that have points, and their sums up to the end of each category.

    The numbers of the items go on from category to category: one comparison for a mark and category is the least.
    """
    ends = (category.items[-1].number for category in scope.categories[:-1])
    points = (_sum_where(_MARK.c.item <= end, _MARK.c.points) for end in ends)
    found = select(_SHEET.c.unit_id, func.count(), func.count(_MARK.c.points), *points, func.sum(_MARK.c.points))
    return _marks(found, scope).group_by(_SHEET.c.unit_id).order_by(_SHEET.c.unit_id)


@lru_cache(maxsize=16)
def _by_worth(scope: _Scope, by_sheet: bool) -> Any:
    """SQL: the same, apart by what is not applicable; of some units (`unit_ids`), or of all where it is `by_sheet`."""
    columns = []
    for place, items in enumerate(scope.items):
        columns.append(_sum_where(_MARK.c.item.in_(items), _MARK.c.points).label(f"points_{place}"))
        worth = case(items, value=_MARK.c.item, else_=0) if items else literal(0)
        columns.append(_sum_where(_MARK.c.points.is_(None), worth).label(f"waived_{place}"))
    marks = _marks(select(_SHEET.c.id, _SHEET.c.unit_id, func.count().label("marks"), *columns), scope)
    if not by_sheet:
        marks = marks.where(_SHEET.c.unit_id.in_(bindparam("unit_ids", expanding=True)))
    per_sheet = marks.group_by(_SHEET.c.id, _SHEET.c.unit_id).subquery()
    width = range(len(scope.items))
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


def _marks(found: Select[Any], scope: _Scope) -> Select[Any]:
    """SQL: of the marks of the submitted sheets of a round, but for one rater's."""
    joined = found.join_from(_SHEET, _MARK, _MARK.c.sheet_id == _SHEET.c.id).where(*_COUNTED)
    # Where all items count it is not asked: SQLite would look each of them up by itself, at twice the time.
    return joined if scope.focus is None else joined.where(_MARK.c.item.in_(scope.focus))


def _sum_where(condition: Any, value: Any) -> Any:
    # As a filter: a CASE for every mark and category takes half as long again.
    return func.coalesce(func.sum(value).filter(condition), 0)


def _whole(column: Any) -> Any:
    # PostgreSQL's sum of bigints is numeric, which would come back as a Decimal.
    return func.sum(column).cast(BigInteger)
