"""Rows of the roster for tests of what is made from them: 分工, 联点, 回避."""

from __future__ import annotations

from datetime import date

from district import LONG_AGO, District
from sqlalchemy import insert

from core.store.engine import Db
from core.store.tables import Assignment, Conflict, Link, table_of


def assign(on: District, rater: str, unit: str, ends_on: date | None = None) -> None:
    """分工: this assessor scores this township."""
    values = {"person_id": on.people[rater].person_id, "unit_id": on.units[unit]}
    on.act(_insert, Assignment, values | {"starts_on": LONG_AGO, "ends_on": ends_on})


def link(on: District, department: str, township: str) -> None:
    """联点: this township scores this department."""
    values = {"department_id": on.units[department], "township_id": on.units[township]}
    on.act(_insert, Link, values | {"starts_on": LONG_AGO, "ends_on": None})


def keep_away(on: District, person: str, unit: str) -> None:
    """回避."""
    values = {"person_id": on.people[person].person_id, "unit_id": on.units[unit], "reason": "亲属"}
    on.act(_insert, Conflict, values | {"starts_on": LONG_AGO, "ends_on": None})


def _insert(db: Db, model: type[Assignment | Conflict | Link], values: dict[str, object]) -> None:
    db.execute(insert(table_of(model)).values(values))
