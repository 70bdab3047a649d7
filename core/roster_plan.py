"""What a roster workbook would do: what is added, changed and ended, line by line. Values only.

The workbook is the whole roster: what its tables do not name ends. A table that the workbook does not have leaves
its matter alone. A person is found again by 编号, then by Telegram account, then by a name without 编号; never by the
name alone of somebody who left, whose account must not come back with a namesake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from hashlib import sha256
from typing import Any

from core.roster import Conflict, Pair, PersonEntry, Roster, UnitEntry


class Deed(StrEnum):
    """What becomes of one line of the roster."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the preview. `key` is what the line is told by; `details` are (field, old, new) of a change."""

    table: str
    deed: Deed
    key: str
    name: str
    details: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What would be done, in the order of the tables. `matched` says which person of old each entry is."""

    lines: tuple[PlanLine, ...]
    matched: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Names exactly these lines: what is applied is what was shown."""
        return sha256(repr(self.lines).encode()).hexdigest()

    def count(self, deed: Deed) -> int:
        """How many lines of this kind there are."""
        return sum(line.deed is deed for line in self.lines)


def plan_roster(old: Roster, new: Roster) -> RosterPlan:
    """What would make the old roster, which is whole, into the new one."""
    lines = [*_units(old.units or (), new.units)]
    matched = match_people(old.people or (), new.people or ())
    lines += _people(old.people or (), new.people, matched)
    former = {was: now for now, was in matched.items()}
    lines += _pairs("links", old.links or (), new.links)
    lines += _pairs(
        "assignments", [(former.get(who, who), unit) for who, unit in old.assignments or ()], new.assignments
    )
    barred = [(former.get(each.person, each.person), each) for each in old.conflicts or ()]
    lines += _conflicts(barred, new.conflicts)
    return RosterPlan(tuple(lines), matched)


def match_people(old: Sequence[PersonEntry], new: Sequence[PersonEntry]) -> dict[str, str]:
    """Which person of old each entry is: keys of old by keys of new."""
    by_code = {each.code: each for each in old if each.code is not None}
    by_account = {each.telegram_id: each for each in old if each.telegram_id is not None}
    by_name = {each.name: each for each in old if each.code is None}
    matched: dict[str, str] = {}
    taken: set[str] = set()
    # The surest sign first, for everybody: a weak one must not take somebody away from a sure one.
    ways: tuple[Any, ...] = (
        lambda entry: by_code.get(entry.code),
        lambda entry: by_account.get(entry.telegram_id),
        lambda entry: by_name.get(entry.name),
    )
    for way in ways:
        for entry in new:
            person = way(entry)
            if entry.key not in matched and person is not None and person.key not in taken:
                matched[entry.key] = person.key
                taken.add(person.key)
    return matched


def _units(old: Sequence[UnitEntry], new: Sequence[UnitEntry] | None) -> Iterable[PlanLine]:
    if new is None:
        return
    known = {unit.code: unit for unit in old}
    for unit in new:
        before = known.pop(unit.code, None)
        if before is None:
            yield PlanLine("units", Deed.ADD, unit.code, unit.name)
        elif before != unit:
            yield PlanLine("units", Deed.CHANGE, unit.code, unit.name, _details(before, unit))
    for unit in known.values():
        if unit.ends_on is None:
            yield PlanLine("units", Deed.END, unit.code, unit.name)


def _people(
    old: Sequence[PersonEntry], new: Sequence[PersonEntry] | None, matched: Mapping[str, str]
) -> Iterable[PlanLine]:
    if new is None:
        return
    known = {each.key: each for each in old}
    for entry in new:
        before = known.pop(matched[entry.key], None) if entry.key in matched else None
        if before is None:
            yield PlanLine("people", Deed.ADD, entry.key, entry.name)
        elif before != entry:
            yield PlanLine("people", Deed.CHANGE, entry.key, entry.name, _details(before, entry))
    for person in known.values():
        yield PlanLine("people", Deed.END, person.key, person.name)


def _pairs(table: str, old: Iterable[Pair], new: Sequence[Pair] | None) -> Iterable[PlanLine]:
    if new is None:
        return
    before, after = set(old), set(new)
    for deed, pairs in ((Deed.ADD, after - before), (Deed.END, before - after)):
        for first, second in sorted(pairs):
            yield PlanLine(table, deed, first, second)


def _conflicts(old: Iterable[tuple[str, Conflict]], new: Sequence[Conflict] | None) -> Iterable[PlanLine]:
    if new is None:
        return
    known = {(person, each.unit): each.reason for person, each in old}
    for each in new:
        before = known.pop((each.person, each.unit), None)
        if before is None:
            yield PlanLine("conflicts", Deed.ADD, each.person, each.unit)
        elif before != each.reason:
            yield PlanLine("conflicts", Deed.CHANGE, each.person, each.unit, (("reason", before, each.reason),))
    for person, unit in sorted(known):
        yield PlanLine("conflicts", Deed.END, person, unit)


def _details(old: Any, new: Any) -> tuple[tuple[str, str, str], ...]:
    pairs = [(each.name, getattr(old, each.name), getattr(new, each.name)) for each in fields(old)]
    return tuple((name, _told(was), _told(now)) for name, was, now in pairs if was != now)


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_told(each) for each in value)
    if hasattr(value, "__slots__") and not isinstance(value, str):
        return " ".join(_told(getattr(value, name)) for name in value.__slots__)
    return "" if value is None else str(value)
