"""The table 单位 of a roster workbook: each row a name of a unit from a day on, the rows of one 编号 one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.roster import Naming, UnitCategory, UnitEntry
from core.roster_rows import FROM_THE_START, Problems, RosterWords, Row, T, by_names, plain


def read_units(rows: Sequence[Row] | None, words: RosterWords, problems: Problems) -> tuple[UnitEntry, ...] | None:
    """The units of the table, by 编号; None when there is no table."""
    if rows is None:
        return None
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        code = row.text("code", problems)
        if code is None:
            problems.add("blank", row, "code")
        else:
            by_code.setdefault(code, []).append(row)
    first_rows = {code: same[0] for code, same in by_code.items()}
    problems.places.update({("units", code): row for code, row in first_rows.items()})
    units = [unit for code, same in sorted(by_code.items()) if (unit := _unit(code, same, words, problems)) is not None]
    _check_names(units, first_rows, problems)
    return tuple(_with_successors(units, by_code, problems))


def _unit(code: str, rows: Sequence[Row], words: RosterWords, problems: Problems) -> UnitEntry | None:
    namings: dict[date, Naming] = {}
    categories: list[UnitCategory] = []
    for row in rows:
        name, short = row.text("name", problems), row.text("short_name", problems)
        if row.cells["name"] is None:
            problems.add("blank", row, "name")
        category = row.word("category", words.categories, problems)
        if row.cells["category"] is None:
            problems.add("blank", row, "category")
        since = row.day("starts_on", problems) or FROM_THE_START
        if since in namings:
            problems.add("day_twice", row, "starts_on", since)
        if category is not None:
            categories.append(category)
            if category.kind != categories[0].kind:
                problems.add("kind_changed", row, "category", row.cells["category"])
        if name is not None:
            namings[since] = Naming(since, name, short or name)
    if not namings or not categories:
        return None
    ends_on = _end(rows, max(namings), problems)
    inherits = _only(rows, "inherits", [row.word("inherits", words.answers, problems) for row in rows], problems)
    return UnitEntry(code, categories[-1], tuple(namings[day] for day in sorted(namings)), ends_on, None, inherits)


def _end(rows: Sequence[Row], newest: date, problems: Problems) -> date | None:
    ends_on = _only(rows, "ends_on", [row.day("ends_on", problems) for row in rows], problems)
    if ends_on is not None and ends_on <= newest:
        problems.add("ends_before", rows[-1], "ends_on", ends_on, newest.isoformat())
    return ends_on


def _only(rows: Sequence[Row], column: str, values: Sequence[T | None], problems: Problems) -> T | None:
    """The one value that the rows of a unit give."""
    given = [value for value in values if value is not None]
    if any(value != given[0] for value in given):
        problems.add("said_twice", rows[-1], column, given[-1])
    return given[0] if given else None


def _check_names(units: Sequence[UnitEntry], rows: Mapping[str, Row], problems: Problems) -> None:
    """Names tell units apart wherever people write: no two that are there together may share one."""
    there = [unit for unit in units if unit.ends_on is None]
    for name, same in by_names([(unit, unit.names) for unit in there]).items():
        for unit in same[1:]:
            problems.add("name_twice", rows[unit.code], "name", name, same[0].name)


def _with_successors(
    units: Sequence[UnitEntry], rows: Mapping[str, Sequence[Row]], problems: Problems
) -> list[UnitEntry]:
    known = {plain(unit.code): unit for unit in units}
    found: dict[str, str] = {}
    for unit in units:
        row = rows[unit.code][-1]
        told = _only(
            rows[unit.code], "successor", [each.text("successor", problems) for each in rows[unit.code]], problems
        )
        successor = None if told is None else known.get(plain(told))
        if told is not None and (
            successor is None or successor is unit or successor.category.kind != unit.category.kind
        ):
            problems.add("no_successor", row, "successor", told)
        elif successor is not None:
            found[unit.code] = successor.code
            if unit.ends_on is None:
                problems.add("merged_without_end", row, "ends_on", "", successor.name)
        if (told is None) != (unit.inherits is None):
            problems.add("inherits_unsaid" if told is not None else "inherits_what", row, "inherits", told)
    for code in found:
        if _goes_round(code, found):
            problems.add("merged_in_a_circle", rows[code][-1], "successor", found[code])
    return [
        UnitEntry(unit.code, unit.category, unit.namings, unit.ends_on, found.get(unit.code), unit.inherits)
        for unit in units
    ]


def _goes_round(code: str, successors: Mapping[str, str]) -> bool:
    """Whether the way from this unit leads back to it."""
    seen: set[str] = set()
    here = successors.get(code)
    while here is not None and here not in seen:
        seen.add(here)
        here = successors.get(here)
    return code in seen
