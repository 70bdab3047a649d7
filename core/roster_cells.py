"""A roster as the rows of its workbook: what `core.roster_reading` reads back to the same roster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.people import Role
from core.roster import PersonEntry, Roster, UnitCategory, UnitEntry
from core.workbooks.book import Cell

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RosterLabels:
    """The words that are printed, in one language: tables and columns by key, and values."""

    tables: Mapping[str, str]
    columns: Mapping[str, str]
    categories: Mapping[UnitCategory, str]
    roles: Mapping[Role, str]
    languages: Mapping[str, str]
    answers: Mapping[bool, str]


def rows_of_roster(roster: Roster, labels: RosterLabels) -> dict[str, tuple[Cells, ...]]:
    """The rows below the headings, by table key. Units are named by name where that tells them, else by 编号."""
    names = _unit_names(roster)
    return {
        "units": tuple(row for unit in roster.units or () for row in _unit_rows(unit, labels)),
        "people": tuple(row for person in roster.people or () for row in _person_rows(person, names, labels)),
        "links": tuple((names[department], names[township]) for department, township in roster.links or ()),
        "assignments": tuple((person, names[unit]) for person, unit in roster.assignments or ()),
        "conflicts": tuple((each.person, names[each.unit], each.reason) for each in roster.conflicts or ()),
    }


def _unit_names(roster: Roster) -> dict[str, str]:
    """How each unit is named in the other tables: by a name that only it ever bore, else by its 编号."""
    units = roster.units or ()
    bearers: dict[str, set[str]] = {}
    for unit in units:
        for name in unit.names:
            bearers.setdefault(name, set()).add(unit.code)
    return {unit.code: unit.name if bearers[unit.name] == {unit.code} else unit.code for unit in units}


def _unit_rows(unit: UnitEntry, labels: RosterLabels) -> Iterator[Cells]:
    for naming in unit.namings:
        newest = naming is unit.namings[-1]
        inherits = None if unit.inherits is None else labels.answers[unit.inherits]
        yield (
            unit.code,
            naming.name,
            labels.categories[unit.category],
            naming.short_name,
            naming.since,
            unit.ends_on if newest else None,
            unit.successor if newest else None,
            inherits if newest else None,
        )


def _person_rows(person: PersonEntry, names: Mapping[str, str], labels: RosterLabels) -> Iterator[Cells]:
    for post in person.posts:
        yield (
            person.name,
            None if post.unit is None else names[post.unit],
            labels.roles[post.role],
            # As text: a spreadsheet would show a long number as 1.2E+12.
            None if person.telegram_id is None else str(person.telegram_id),
            labels.languages[person.language],
            person.code,
        )
