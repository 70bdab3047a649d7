"""The table 人员 of a roster workbook: each row a post, the rows of one person one person.

A person is told by their 编号, or by their name where no two share it: then all their rows are one person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.people import Role
from core.roster import PersonEntry, Post, UnitCategory, UnitEntry
from core.roster_rows import Problems, RosterWords, Row, T, by_names, named, plain

_DEFAULT_LANGUAGE = "zh"


@dataclass(frozen=True, slots=True)
class _Line:
    """One row, read."""

    row: Row
    name: str
    code: str | None
    telegram_id: int | None
    language: str | None
    post: Post


def read_people(
    rows: Sequence[Row] | None, words: RosterWords, units: Mapping[str, Sequence[UnitEntry]], problems: Problems
) -> tuple[PersonEntry, ...] | None:
    """The people of the table, by what they are told by; None when there is no table."""
    if rows is None:
        return None
    by_key: dict[str, list[_Line]] = {}
    for row in rows:
        line = _line(row, words, units, problems)
        if line is not None:
            by_key.setdefault(line.code or line.name, []).append(line)
    people = [_person(lines, problems) for lines in by_key.values()]
    first_rows = {key: lines[0].row for key, lines in by_key.items()}
    problems.places.update({("people", key): row for key, row in first_rows.items()})
    _check_keys(people, first_rows, problems)
    _check_accounts(people, first_rows, problems)
    return tuple(sorted(people, key=lambda person: person.key))


def _line(row: Row, words: RosterWords, units: Mapping[str, Sequence[UnitEntry]], problems: Problems) -> _Line | None:
    name, code = row.text("person", problems), row.text("person_code", problems)
    if row.cells["person"] is None:
        problems.add("blank", row, "person")
    role = row.word("role", words.roles, problems)
    if row.cells["role"] is None:
        problems.add("blank", row, "role")
    unit = None if row.cells["unit"] is None else named(units, row, "unit", problems, "unit")
    telegram_id, language = row.telegram_id(problems), row.word("language", words.languages, problems)
    if name is None or role is None:
        return None
    _check_unit(row, role, unit, problems)
    return _Line(row, name, code, telegram_id, language, Post(role, None if unit is None else unit.code))


def _check_unit(row: Row, role: Role, unit: UnitEntry | None, problems: Problems) -> None:
    """Officers belong to a township, liaisons to a department; the others to any unit or none."""
    if role not in {Role.OFFICER, Role.LIAISON}:
        return
    if row.cells["unit"] is None:
        problems.add("officer_without_unit" if role is Role.OFFICER else "liaison_without_unit", row, "unit")
    elif unit is not None and (unit.category is UnitCategory.DEPARTMENT) is not (role is Role.LIAISON):
        problems.add("officer_of_department" if role is Role.OFFICER else "liaison_of_township", row, "unit", unit.name)


def _person(lines: Sequence[_Line], problems: Problems) -> PersonEntry:
    first = lines[0]
    posts: list[Post] = []
    for line in lines:
        if line.post in posts:
            problems.add("row_twice", line.row, "person", line.name)
        else:
            posts.append(line.post)
        if line.name != first.name:
            problems.add("code_of_two", line.row, "person_code", line.code, first.name)
    return PersonEntry(
        first.name,
        first.code,
        _same("telegram_id", [(line.row, line.telegram_id) for line in lines], problems),
        _same("language", [(line.row, line.language) for line in lines], problems) or _DEFAULT_LANGUAGE,
        tuple(sorted(posts, key=lambda post: (post.role, post.unit or ""))),
    )


def _same(column: str, told: Sequence[tuple[Row, T | None]], problems: Problems) -> T | None:
    """The one value that a person's rows give. Two values are two people, who then need a 编号 each."""
    given = [(row, value) for row, value in told if value is not None]
    for row, value in given[1:]:
        if value != given[0][1]:
            problems.add("two_people", row, column, value)
    return given[0][1] if given else None


def _check_keys(people: Sequence[PersonEntry], rows: Mapping[str, Row], problems: Problems) -> None:
    """A name that several bear tells nobody, so all of them need a 编号; and no 编号 may be another's name."""
    for same in by_names([(each, (each.code, each.name)) for each in people]).values():
        keys = {plain(each.key) for each in same}
        for each in same:
            if len(same) > 1 and (each.code is None or len(keys) < len(same)):
                problems.add("namesake_without_code", rows[each.key], "person", each.name)


def _check_accounts(people: Sequence[PersonEntry], rows: Mapping[str, Row], problems: Problems) -> None:
    owners: dict[int, PersonEntry] = {}
    for each in people:
        if each.telegram_id is None:
            continue
        owner = owners.setdefault(each.telegram_id, each)
        if owner is not each:
            problems.add("account_of_two", rows[each.key], "telegram_id", each.telegram_id, owner.name)
