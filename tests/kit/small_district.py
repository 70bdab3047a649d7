"""A district small enough for a whole year: two townships, a department, and one person for each of their parts.

All of them are people of the demo, so that a stage knows them by name.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.demo.data import demo
from core.actions.district import first_district
from core.people import Role
from core.rubric import UnitKind
from core.store import people, units
from core.store.engine import Db
from core.store.handing_out import assign
from kit.clock import ZONE
from kit.district import change

OFFICE, ASSESSOR = "唐文静", "周建国"
OFFICERS = {"仙庾镇": "刘芳", "月塘街道": "陈立新"}
LIAISON = "邓丽华"
_DEPARTMENT = "区民政局"
_SINCE = date(2012, 1, 1)


def load_small_district(path: Path) -> None:
    """Make a database with the district in it. The department has no 联点: by the policy every township scores it."""
    change(path, _load)


def _load(db: Db) -> None:
    district_id = first_district(db, "荷塘区", str(ZONE), "zh").id
    units.bind_group(db, district_id, demo().group, None)
    _settle(db, district_id, OFFICE, Role.ADMIN, None)
    assessor = _settle(db, district_id, ASSESSOR, Role.ASSESSOR, None)
    for township, officer in OFFICERS.items():
        unit = _found(db, district_id, township, "township")
        _settle(db, district_id, officer, Role.OFFICER, unit)
        assign(db, assessor, unit, _SINCE)
    _settle(db, district_id, LIAISON, Role.LIAISON, _found(db, district_id, _DEPARTMENT, "department"))


def _found(db: Db, district_id: int, name: str, kind: UnitKind) -> int:
    return units.add_unit(db, district_id, name, kind, name, name, _SINCE)


def _settle(db: Db, district_id: int, name: str, role: Role, unit_id: int | None) -> int:
    telegram_id = next(each.telegram_id for each in demo().people if each.name == name)
    person = people.add_person(db, district_id, name, telegram_id, "zh")
    people.appoint(db, person, role, unit_id, _SINCE)
    return person
