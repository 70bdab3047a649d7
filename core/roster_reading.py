"""A roster workbook as a roster, or everything that is wrong with it at once. Values only, no files.

Answers for what the tables say together: names that must be found, pairs that must not be. What the workbook leaves
out is looked up in the roster as it is known. Never asks the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass

from core.people import Role
from core.roster import Conflict, Pair, PersonEntry, Roster, UnitCategory, UnitEntry
from core.roster_known import KnownRoster, misfits
from core.roster_people import read_people
from core.roster_plan import plan_roster
from core.roster_rows import Problems, RosterProblem, RosterWords, Row, by_names, named, rows_of
from core.roster_units import read_units
from core.workbooks.book import Book

LONGEST_CONFLICT = 200
"""Characters of the reason of a 回避."""


@dataclass(frozen=True, slots=True)
class RosterRead:
    """What a workbook says. With problems there is no roster: all of it is taken, or nothing."""

    roster: Roster | None
    problems: tuple[RosterProblem, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom the tables may name: units by code and names, people by code and names."""

    units: Mapping[str, Sequence[UnitEntry]]
    people: Mapping[str, Sequence[PersonEntry]]

    def unit(self, row: Row, column: str, problems: Problems) -> UnitEntry | None:
        """The unit a cell names; None when blank or unknown, which is noted."""
        return named(self.units, row, column, problems, "unit")

    def person(self, row: Row, column: str, problems: Problems) -> PersonEntry | None:
        """The person a cell names; None when blank or unknown, which is noted."""
        return named(self.people, row, column, problems, "person")


_Reader = Callable[[Row, _Known, Problems], Pair | None]


def read_roster(book: Book, words: RosterWords, known: KnownRoster) -> RosterRead:
    """The roster of a workbook, or everything that is wrong with it: in itself, and beside what is known."""
    problems = Problems()
    roster = _read(book, words, known.roster, problems)
    if not any(astuple(roster)) and not problems.found:
        first = book.tables[0].name if book.tables else ""
        problems.found.append(RosterProblem("no_table" if roster == Roster() else "no_rows", first, 1, "", ""))
    plan = plan_roster(known.roster, roster, known.left, known.own)
    for misfit in misfits(known, roster, plan):
        problems.add(misfit.code, problems.places[misfit.table, misfit.key], misfit.column, misfit.value, misfit.other)
    return RosterRead(None if problems.found else roster, tuple(problems.found))


def _read(book: Book, words: RosterWords, known: Roster, problems: Problems) -> Roster:
    # A table of units or people without any row was left blank; nobody means that the district has none.
    units = read_units(rows_of(book, "units", words, problems) or None, words, problems)
    there = units if units is not None else known.units or ()
    by_name = by_names([(unit, unit.names) for unit in there])
    people = read_people(rows_of(book, "people", words, problems) or None, words, by_name, problems)
    persons = people if people is not None else known.people or ()
    everybody = _Known(by_name, by_names([(each, (each.code, each.name)) for each in persons]))
    links = _pairs(rows_of(book, "links", words, problems), _link, everybody, problems)
    conflicts = _conflicts(rows_of(book, "conflicts", words, problems), everybody, problems)
    barred = {(each.person, each.unit) for each in (conflicts if conflicts is not None else known.conflicts or ())}

    def assignment(row: Row, names: _Known, found: Problems) -> Pair | None:
        return _assignment(row, names, barred, found)

    assignments = _pairs(rows_of(book, "assignments", words, problems), assignment, everybody, problems)
    return Roster(units, people, links, assignments, conflicts)


def _link(row: Row, names: _Known, problems: Problems) -> Pair | None:
    department, township = names.unit(row, "department", problems), names.unit(row, "township", problems)
    if department is None or township is None:
        return None
    if department.category is not UnitCategory.DEPARTMENT:
        problems.add("not_a_department", row, "department", row.cells["department"])
    if township.category is UnitCategory.DEPARTMENT:
        problems.add("not_a_township", row, "township", row.cells["township"])
    return department.code, township.code


def _assignment(row: Row, names: _Known, barred: set[Pair], problems: Problems) -> Pair | None:
    person, unit = names.person(row, "assessor", problems), names.unit(row, "unit", problems)
    if person is None or unit is None:
        return None
    if Role.ASSESSOR not in {post.role for post in person.posts}:
        problems.add("not_an_assessor", row, "assessor", person.name)
    if unit.category is UnitCategory.DEPARTMENT:
        problems.add("not_a_township", row, "unit", unit.name)
    if unit.code in {post.unit for post in person.posts}:
        problems.add("own_unit", row, "unit", unit.name, person.name)
    if (person.key, unit.code) in barred:
        problems.add("must_keep_away", row, "unit", unit.name, person.name)
    return person.key, unit.code


def _conflicts(rows: Sequence[Row] | None, names: _Known, problems: Problems) -> tuple[Conflict, ...] | None:
    if rows is None:
        return None
    found: dict[Pair, Conflict] = {}
    for row in rows:
        person, unit = names.person(row, "who", problems), names.unit(row, "unit", problems)
        reason = row.text("reason", problems, longest=LONGEST_CONFLICT)
        if row.cells["reason"] is None:
            problems.add("blank", row, "reason")
        if person is None or unit is None:
            continue
        if (person.key, unit.code) in found:
            problems.add("row_twice", row, "who", person.name)
        found[person.key, unit.code] = Conflict(person.key, unit.code, reason or "")
    return tuple(found[pair] for pair in sorted(found))


def _pairs(rows: Sequence[Row] | None, read: _Reader, names: _Known, problems: Problems) -> tuple[Pair, ...] | None:
    if rows is None:
        return None
    found: set[Pair] = set()
    for row in rows:
        pair = read(row, names, problems)
        if pair is None:
            continue
        if pair in found:
            problems.add("row_twice", row, next(iter(row.letters)), " ".join(pair))
        found.add(pair)
    return tuple(sorted(found))
