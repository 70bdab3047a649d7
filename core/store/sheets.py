"""Sheets, their marks, and what stands in a chat: the statements behind every tap.

These run for each tap, so they are built once and executed as Core statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, func, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.rubric import UnitKind
from core.sheet import Mark
from core.snapshots import OnScreen
from core.store.audit_log import EMPTY, Head
from core.store.engine import Db
from core.store.tables import Conflict, Evidence, MarkRow, Person, Round, ScreenRow, SheetRow, table_of
from core.store.units import name_on

_SHEET = table_of(SheetRow)
_ROUND = table_of(Round)
_MARK = table_of(MarkRow)
_EVIDENCE = table_of(Evidence)
_SCREEN = table_of(ScreenRow)
_PERSON = table_of(Person)
_CONFLICTS = table_of(Conflict)


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """A sheet with its round, without its marks."""

    id: int
    round_id: int
    district_id: int
    unit_id: int
    unit: str
    unit_kind: UnitKind
    rater_person_id: int | None
    rater_unit_id: int | None
    rater: str
    state: str
    submitted_at: datetime | None
    version: int
    head: Head
    period: str
    focus: str | None
    rubric_hash: str
    policy_hash: str
    opens_at: datetime
    closes_at: datetime
    # Whom it was looked up for, and whether 回避 keeps them from its unit today.
    viewer_id: int | None = None
    conflict: bool = False


def records_where(condition: ColumnElement[bool]) -> Any:
    """SQL: the sheets of a district (`district_id`) that meet a condition, with their names of a day (`today`)."""
    rater_unit = name_on(_SHEET.c.rater_unit_id, bindparam("today"))
    return (
        select(
            _SHEET,
            _ROUND.c.district_id,
            _ROUND.c.period,
            _ROUND.c.focus,
            _ROUND.c.unit_kind,
            _ROUND.c.rubric_hash,
            _ROUND.c.policy_hash,
            _ROUND.c.opens_at,
            _ROUND.c.closes_at,
            name_on(_SHEET.c.unit_id, bindparam("today")).label("unit"),
            func.coalesce(_PERSON.c.name, rater_unit).label("rater"),
        )
        .join(_ROUND, _ROUND.c.id == _SHEET.c.round_id)
        .outerjoin(_PERSON, _PERSON.c.id == _SHEET.c.rater_person_id)
        .where(condition, _ROUND.c.district_id == bindparam("district_id"))
    )


# One column of the tap's own query, not a query more for every tap.
_CONFLICT = (
    select(_CONFLICTS.c.id)
    .where(
        _CONFLICTS.c.person_id == bindparam("person_id"),
        _CONFLICTS.c.unit_id == _SHEET.c.unit_id,
        _CONFLICTS.c.starts_on <= bindparam("today"),
        or_(_CONFLICTS.c.ends_on.is_(None), _CONFLICTS.c.ends_on > bindparam("today")),
    )
    .correlate(_SHEET)
    .exists()
)
_BY_ID = records_where(_SHEET.c.id == bindparam("sheet_id")).add_columns(_CONFLICT.label("conflict"))
_BY_ID_TO_CHANGE = _BY_ID.with_for_update(of=_SHEET)
_BY_ROUND = records_where(_SHEET.c.round_id == bindparam("round_id")).order_by(_SHEET.c.id)
_OF_RATER = records_where(
    (_SHEET.c.rater_person_id == bindparam("person_id"))
    | _SHEET.c.rater_unit_id.in_(bindparam("unit_ids", expanding=True))
).order_by(_ROUND.c.closes_at, _SHEET.c.id)

_MARKS = select(_MARK.c.item, _MARK.c.points, _MARK.c.not_applicable, _MARK.c.reason, _MARK.c.bulk).where(
    _MARK.c.sheet_id == bindparam("sheet_id")
)
# Of the items that count: `4,10,15` holds 10 where `,4,10,15,` is like `%,10,%`, on both databases.
_IN_FOCUS = _ROUND.c.focus.is_(None) | (literal(",") + _ROUND.c.focus + ",").like(
    literal("%,") + cast(_MARK.c.item, String) + ",%"
)
_MARKED = (
    select(_MARK.c.sheet_id, func.count().label("marked"))
    .join(_SHEET, _SHEET.c.id == _MARK.c.sheet_id)
    .join(_ROUND, _ROUND.c.id == _SHEET.c.round_id)
    .where(_MARK.c.sheet_id.in_(bindparam("sheet_ids", expanding=True)), _IN_FOCUS)
    .group_by(_MARK.c.sheet_id)
)
_EVIDENCE_COUNTS = (
    select(_EVIDENCE.c.item, func.count())
    .where(_EVIDENCE.c.sheet_id == bindparam("sheet_id"))
    .group_by(_EVIDENCE.c.item)
)
_MARK_COLUMNS = ("points", "not_applicable", "reason", "bulk", "person_id", "marked_at")
_SCREEN_COLUMNS = ("sheet_id", "item", "message_id", "in_column")


def _upsert(dialect: Any, table: Any, keys: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    statement = dialect.insert(table)
    return statement.on_conflict_do_update(
        index_elements=[table.c[key] for key in keys],
        set_={column: statement.excluded[column] for column in columns},
    )


# The one statement that both databases spell alike and SQLAlchemy does not.
_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}
_SET_MARK = {name: _upsert(each, _MARK, ("sheet_id", "item"), _MARK_COLUMNS) for name, each in _DIALECTS.items()}
_SET_SCREEN = {name: _upsert(each, _SCREEN, ("chat_id",), _SCREEN_COLUMNS) for name, each in _DIALECTS.items()}
_SET_HEAD = (
    update(_SHEET)
    .where(_SHEET.c.id == bindparam("sheet_id"))
    .values(audit_seq=bindparam("seq"), audit_head=bindparam("head"))
)


def record(
    db: Db, district_id: int, sheet_id: int, today: date, *, person_id: int | None = None, to_change: bool = False
) -> SheetRecord | None:
    """One sheet of the district, with the names its units bear today, and whether 回避 keeps this person from it.

    Whoever takes it `to_change` has the turn: on PostgreSQL the next one waits for the end of this transaction (on
    SQLite every writer does anyway) and reads the head of the chain as it is then.
    """
    values = {"sheet_id": sheet_id, "district_id": district_id, "today": today, "person_id": person_id}
    row = db.execute(_BY_ID_TO_CHANGE if to_change else _BY_ID, values).first()
    return None if row is None else replace(record_of(row), viewer_id=person_id, conflict=bool(row.conflict))


def district_of(db: Db, sheet_id: int) -> int:
    """The district of a sheet that there is."""
    found = select(_ROUND.c.district_id).join(_SHEET, _SHEET.c.round_id == _ROUND.c.id).where(_SHEET.c.id == sheet_id)
    return int(db.execute(found).scalar_one())


def known(db: Db, sheet_id: int, today: date) -> SheetRecord:
    """A sheet that there is."""
    return record_of(
        db.execute(
            _BY_ID,
            {"sheet_id": sheet_id, "district_id": district_of(db, sheet_id), "today": today, "person_id": None},
        ).one()
    )


def of_round(db: Db, district_id: int, round_id: int, today: date) -> list[SheetRecord]:
    """All sheets of a round, by id."""
    rows = db.execute(_BY_ROUND, {"round_id": round_id, "district_id": district_id, "today": today})
    return [record_of(row) for row in rows]


def of_rater(db: Db, district_id: int, person_id: int, unit_ids: frozenset[int], today: date) -> list[SheetRecord]:
    """All sheets that a person scores, by themselves or for their unit; the round that closes first, first."""
    values = {"person_id": person_id, "unit_ids": sorted(unit_ids), "district_id": district_id, "today": today}
    return [record_of(row) for row in db.execute(_OF_RATER, values)]


def marks(db: Db, sheet_id: int) -> Mapping[int, Mark]:
    """The sheet's marks by item number."""
    return {row[0]: Mark(*row) for row in db.execute(_MARKS, {"sheet_id": sheet_id})}


def marked_counts(db: Db, sheet_ids: list[int]) -> dict[int, int]:
    """How many items that count (督查重点) each sheet has a mark for; sheets without any are left out."""
    return {row.sheet_id: row.marked for row in db.execute(_MARKED, {"sheet_ids": sheet_ids})}


def evidence_counts(db: Db, sheet_id: int) -> Mapping[int, int]:
    """How many pieces of evidence each item has."""
    return {row[0]: row[1] for row in db.execute(_EVIDENCE_COUNTS, {"sheet_id": sheet_id})}


def set_mark(db: Db, sheet_id: int, mark: Mark, person_id: int, now: datetime) -> None:
    """Set the mark of one item, whatever it was before."""
    values = {
        "sheet_id": sheet_id,
        "item": mark.item,
        "points": mark.points,
        "not_applicable": mark.not_applicable,
        "reason": mark.reason,
        "bulk": mark.bulk,
        "person_id": person_id,
        "marked_at": now,
    }
    db.execute(_SET_MARK[db.dialect.name], values)


def set_head(db: Db, sheet_id: int, head: Head) -> None:
    """Remember where the sheet's audit chain stands."""
    db.execute(_SET_HEAD, {"sheet_id": sheet_id, "seq": head.seq, "head": head.hash})


def set_submitted(db: Db, sheet_id: int, version: int, now: datetime) -> None:
    """Hand the sheet in as this version."""
    values = {"state": "submitted", "submitted_at": now, "version": version}
    db.execute(update(_SHEET).where(_SHEET.c.id == sheet_id).values(values))


def set_state(db: Db, sheet_id: int, state: str) -> None:
    """Let the sheet be open, or skipped; `set_submitted` hands it in."""
    db.execute(update(_SHEET).where(_SHEET.c.id == sheet_id).values(state=state, submitted_at=None))


def add_sheet(
    db: Db, round_id: int, unit_id: int, *, rater_person_id: int | None = None, rater_unit_id: int | None = None
) -> int:
    """A new, empty sheet; gives the id."""
    values = {
        "round_id": round_id,
        "unit_id": unit_id,
        "rater_person_id": rater_person_id,
        "rater_unit_id": rater_unit_id,
        "state": "open",
        "version": 0,
        "audit_seq": EMPTY.seq,
        "audit_head": EMPTY.hash,
    }
    return int(db.execute(insert(_SHEET).values(values).returning(_SHEET.c.id)).scalar_one())


def set_screen(
    db: Db, chat_id: int, sheet_id: int, item: int, message_id: int | None, *, in_column: bool = False
) -> None:
    """Remember what stands in a chat."""
    values = {
        "chat_id": chat_id,
        "sheet_id": sheet_id,
        "item": item,
        "message_id": message_id,
        "in_column": in_column,
    }
    db.execute(_SET_SCREEN[db.dialect.name], values)


def screen(db: Db, chat_id: int) -> OnScreen | None:
    """What stands in a chat, if anything was ever shown."""
    row = db.execute(select(_SCREEN).where(_SCREEN.c.chat_id == chat_id)).first()
    return None if row is None else OnScreen(row.sheet_id, row.item, row.message_id, row.in_column)


def record_of(row: Any) -> SheetRecord:
    """The record of a row that `records_where` selected."""
    return SheetRecord(
        id=row.id,
        round_id=row.round_id,
        district_id=row.district_id,
        unit_id=row.unit_id,
        unit=row.unit,
        unit_kind=row.unit_kind,
        rater_person_id=row.rater_person_id,
        rater_unit_id=row.rater_unit_id,
        rater=row.rater,
        state=row.state,
        submitted_at=row.submitted_at,
        version=row.version,
        head=Head(row.audit_seq, row.audit_head),
        period=row.period,
        focus=row.focus,
        rubric_hash=row.rubric_hash,
        policy_hash=row.policy_hash,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
    )
