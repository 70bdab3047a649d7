"""Districts, units and the names they bore."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, func, insert, or_, select, update

from core.audit_replay import STOCK
from core.rubric import UnitKind
from core.store import audit_log, roster_stock
from core.store.audit_log import EMPTY, Act, Head
from core.store.engine import Db
from core.store.tables import District, Unit, UnitName, table_of

_DISTRICT = table_of(District)
_UNIT = table_of(Unit)
_NAME = table_of(UnitName)


@dataclass(frozen=True, slots=True)
class DistrictView:
    """A district and the group of its announcements, if one is bound."""

    id: int
    name: str
    timezone: str
    group_chat_id: int | None
    group_thread_id: int | None
    group_language: str
    policy_hash: str | None


def name_on(unit_id: Any, day: Any) -> ScalarSelect[str]:
    """SQL: the name that a unit (a column) bore on a day."""
    newest = (
        select(func.max(_NAME.c.valid_from))
        .where(_NAME.c.unit_id == unit_id, _NAME.c.valid_from <= day)
        .correlate_except(_NAME)
        .scalar_subquery()
    )
    named = _NAME.alias()
    return select(named.c.name).where(named.c.unit_id == unit_id, named.c.valid_from == newest).scalar_subquery()


def add_district(db: Db, name: str, timezone: str, language: str) -> int:
    """A new district; gives the id."""
    values = {
        "name": name,
        "timezone": timezone,
        "group_language": language,
        "audit_seq": EMPTY.seq,
        "audit_head": EMPTY.hash,
    }
    return int(db.execute(insert(_DISTRICT).values(values).returning(_DISTRICT.c.id)).scalar_one())


def districts(db: Db) -> list[DistrictView]:
    """All districts, the oldest first."""
    return [_view(row) for row in db.execute(select(_DISTRICT).order_by(_DISTRICT.c.id))]


def district(db: Db, district_id: int) -> DistrictView:
    """One district that is known to exist."""
    return _view(db.execute(select(_DISTRICT).where(_DISTRICT.c.id == district_id)).one())


def bind_group(db: Db, district_id: int, chat_id: int, thread_id: int | None) -> None:
    """Make a group, or one topic of it, the place of announcements."""
    values = {"group_chat_id": chat_id, "group_thread_id": thread_id}
    db.execute(update(_DISTRICT).where(_DISTRICT.c.id == district_id).values(values))


def move_group(db: Db, old_chat_id: int, new_chat_id: int) -> None:
    """Follow a group that became a supergroup; doing so twice is harmless."""
    moved = update(_DISTRICT).where(_DISTRICT.c.group_chat_id == old_chat_id)
    db.execute(moved.values(group_chat_id=new_chat_id))


def group_district(db: Db, chat_id: int) -> DistrictView | None:
    """The district whose announcements go to this chat."""
    row = db.execute(select(_DISTRICT).where(_DISTRICT.c.group_chat_id == chat_id)).first()
    return None if row is None else _view(row)


def add_unit(db: Db, district_id: int, code: str, kind: UnitKind, name: str, short_name: str, since: date) -> int:
    """A new unit with its first name; gives the id."""
    category = "department" if kind == "department" else "town"
    values = {"district_id": district_id, "code": code, "kind": kind, "category": category}
    unit_id = int(db.execute(insert(_UNIT).values(values).returning(_UNIT.c.id)).scalar_one())
    naming = {"unit_id": unit_id, "valid_from": since, "name": name, "short_name": short_name}
    db.execute(insert(_NAME).values(naming))
    return unit_id


def unit_names(db: Db, district_id: int, kind: UnitKind, day: date) -> dict[int, str]:
    """The units of a kind that are there on this day, by id, with the names they bear."""
    rows = db.execute(
        select(_UNIT.c.id, name_on(_UNIT.c.id, day).label("name"))
        .where(
            _UNIT.c.district_id == district_id,
            _UNIT.c.kind == kind,
            or_(_UNIT.c.ends_on.is_(None), _UNIT.c.ends_on > day),
        )
        .order_by(_UNIT.c.id)
    )
    return {unit_id: name for unit_id, name in rows.all() if name is not None}


def district_of(db: Db, unit_id: int) -> int:
    """Whose unit this is; it is known to exist."""
    return int(db.execute(select(_UNIT.c.district_id).where(_UNIT.c.id == unit_id)).scalar_one())


def name_of(db: Db, unit_id: int, day: date) -> str:
    """The name that a unit bears on a day."""
    return str(db.execute(select(name_on(unit_id, day))).scalar_one())


def roster_head(db: Db, district_id: int) -> Head:
    """Where the district's roster chain stands.

    Whoever asks has the turn: on PostgreSQL the next one waits for the end of this transaction (on SQLite every
    writer does anyway), so that two acts at once follow each other instead of claiming the same place in the chain.
    """
    heads = select(_DISTRICT.c.audit_seq, _DISTRICT.c.audit_head).where(_DISTRICT.c.id == district_id)
    row = db.execute(heads.with_for_update()).one()
    return Head(row.audit_seq, row.audit_head)


def append_act(db: Db, district_id: int, act: Act) -> None:
    """Append an act to the audit chain of the district's roster, after what it did to people, units and their links.

    With it goes what the roster's tables come to now.
    """
    before = roster_head(db, district_id)
    # Counted after the turn came: what others changed until then is in it.
    told = replace(act, body={**act.body, STOCK: roster_stock.told(db, district_id)})
    head = audit_log.append(db, f"roster:{district_id}", before, told)
    heads = {"audit_seq": head.seq, "audit_head": head.hash}
    db.execute(update(_DISTRICT).where(_DISTRICT.c.id == district_id).values(heads))


def has_stock(db: Db, district_id: int) -> bool:
    """Whether an act of the roster's chain tells what its tables come to."""
    return audit_log.is_told(db, f"roster:{district_id}", STOCK)


def set_policy(db: Db, district_id: int, policy_hash: str) -> None:
    """The policy in force for what belongs to no round."""
    db.execute(update(_DISTRICT).where(_DISTRICT.c.id == district_id).values(policy_hash=policy_hash))


def _view(row: Any) -> DistrictView:
    return DistrictView(**{name: getattr(row, name) for name in DistrictView.__slots__})
