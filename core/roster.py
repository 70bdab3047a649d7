"""The roster (名册): units, people, and who scores whom, as one value. Words and files stand elsewhere.

Dates are the district's calendar dates. A unit is known by its 编号. A person is known by their 编号, or where they
have none by their name, which then only one person of the roster may bear.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.people import Role
from core.rubric import UnitKind


class UnitCategory(StrEnum):
    """类别: what a unit calls itself. Three of the four are ranked together as townships."""

    TOWN = "town"
    SUBDISTRICT = "subdistrict"
    COMMITTEE = "committee"
    DEPARTMENT = "department"

    @property
    def kind(self) -> UnitKind:
        """Among whom it is ranked."""
        return "department" if self is UnitCategory.DEPARTMENT else "township"


@dataclass(frozen=True, slots=True)
class Naming:
    """The name a unit bears from a day on."""

    since: date
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One unit with all its names, oldest first. `ends_on` is the first day on which it is none any more.

    `successor` is the 编号 of the unit it was merged into; `inherits` whether its last places in a row go along.
    """

    code: str
    category: UnitCategory
    namings: tuple[Naming, ...]
    ends_on: date | None = None
    successor: str | None = None
    inherits: bool | None = None

    @property
    def name(self) -> str:
        """The newest name."""
        return self.namings[-1].name

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the unit can be named by: its 编号, and all its names, short ones too."""
        return (self.code, *(name for each in self.namings for name in (each.name, each.short_name)))


@dataclass(frozen=True, slots=True)
class Post:
    """A role, with the 编号 of the unit it is held in."""

    role: Role
    unit: str | None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One person with all their posts."""

    name: str
    code: str | None
    telegram_id: int | None
    language: str
    posts: tuple[Post, ...]

    @property
    def key(self) -> str:
        """What other tables name the person by."""
        return self.code or self.name


@dataclass(frozen=True, slots=True)
class Conflict:
    """回避: this person must not score this unit."""

    person: str
    unit: str
    reason: str


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole roster, or the tables of it that a workbook holds: None leaves a matter as it is.

    Everything is sorted, so that equal rosters are equal values. `links` are (department, township), `assignments`
    (person, unit).
    """

    units: tuple[UnitEntry, ...] | None = None
    people: tuple[PersonEntry, ...] | None = None
    links: tuple[Pair, ...] | None = None
    assignments: tuple[Pair, ...] | None = None
    conflicts: tuple[Conflict, ...] | None = None

    def to_json(self) -> str:
        """Canonical JSON, which `from_json` reads back."""
        return json.dumps(_plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Roster:
        """The roster that `to_json` wrote."""
        told: dict[str, Any] = json.loads(text)
        return cls(
            units=_each(told["units"], _unit),
            people=_each(told["people"], _person),
            links=_each(told["links"], lambda pair: (pair[0], pair[1])),
            assignments=_each(told["assignments"], lambda pair: (pair[0], pair[1])),
            conflicts=_each(told["conflicts"], lambda each: Conflict(**each)),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__slots__") and not isinstance(value, str):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return value


def _each(rows: list[Any] | None, read: Any) -> Any:
    return None if rows is None else tuple(read(row) for row in rows)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _unit(told: Mapping[str, Any]) -> UnitEntry:
    return UnitEntry(
        told["code"],
        UnitCategory(told["category"]),
        tuple(Naming(date.fromisoformat(each["since"]), each["name"], each["short_name"]) for each in told["namings"]),
        _day(told["ends_on"]),
        told["successor"],
        told["inherits"],
    )


def _person(told: Mapping[str, Any]) -> PersonEntry:
    posts = tuple(Post(Role(each["role"]), each["unit"]) for each in told["posts"])
    return PersonEntry(told["name"], told["code"], told["telegram_id"], told["language"], posts)
