"""What a roster workbook would do: what is added, changed and ended, line by line. Values only.

The workbook is the whole roster: what its tables do not name ends. A table that the workbook does not have leaves
its matter alone, and so do a blank 编号 and a blank Telegram ID. Whoever imports stays an admin whatever the workbook
says, so that nobody locks themselves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from core.people import Role
from core.roster import Conflict, Pair, PersonEntry, Post, Roster, UnitEntry
from core.roster_matching import match_people
from core.roster_rows import plain


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
    details: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What would be done, in the order of the tables.

    `matched` says which person of old each entry is, by keys. `people` are the entries as they will be, by key, with
    what the workbook left blank. `kept` names the importing admin where the workbook would have ended them.
    """

    lines: tuple[PlanLine, ...]
    matched: Mapping[str, str]
    people: Mapping[str, PersonEntry]
    kept: str | None = None

    @property
    def digest(self) -> str:
        """Names exactly these lines, done to exactly these people: what is applied is what was shown."""
        return sha256(repr((self.lines, sorted(self.matched.items()), self.kept)).encode()).hexdigest()

    def count(self, deed: Deed) -> int:
        """How many lines of this kind there are."""
        return sum(line.deed is deed for line in self.lines)

    def of(self, table: str, deed: Deed) -> list[PlanLine]:
        """The lines of one kind in one table."""
        return [line for line in self.lines if line.table == table and line.deed is deed]


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What importing a roster would do, with the names behind the 编号 of its lines, old and new."""

    plan: RosterPlan
    roster: Roster
    units: Mapping[str, str]
    people: Mapping[str, str]


def plan_roster(old: Roster, new: Roster, left: Sequence[PersonEntry] = (), own: str | None = None) -> RosterPlan:
    """What would make the old roster, which is whole, into the new one.

    `left` are people who hold no role any more, `own` is the key of whoever imports.
    """
    old = _as_written(old, new.units or ())
    matched = match_people(old.people or (), left, new.people or ())
    before = {person.key: person for person in (*(old.people or ()), *left)}
    filled = {entry.key: _filled(entry, before.get(matched.get(entry.key, "")), own) for entry in new.people or ()}
    kept = _kept(old, new, matched, own, filled)
    former = {was: now for now, was in matched.items()}
    leaving = [person for person in old.people or () if person.key != own]
    lines = [
        *_units(old.units or (), new.units),
        *_people(leaving, new.people, before, filled, matched),
        *_pairs("links", old.links or (), new.links),
        *_pairs("assignments", [(former.get(who, who), unit) for who, unit in old.assignments or ()], new.assignments),
        *_conflicts(
            [replace(each, person=former.get(each.person, each.person)) for each in old.conflicts or ()], new.conflicts
        ),
    ]
    return RosterPlan(tuple(lines), matched, filled, kept)


def _as_written(old: Roster, units: Sequence[UnitEntry]) -> Roster:
    """The old roster with the 编号 of its units as the new one writes them, but for the units themselves."""
    written = {plain(unit.code): unit.code for unit in units}
    codes = {unit.code: written.get(plain(unit.code), unit.code) for unit in old.units or ()}
    if all(code == other for code, other in codes.items()):
        return old

    def post(each: Post) -> Post:
        return each if each.unit is None else replace(each, unit=codes[each.unit])

    return Roster(
        old.units,
        tuple(replace(each, posts=tuple(map(post, each.posts))) for each in old.people or ()),
        tuple((codes[department], codes[township]) for department, township in old.links or ()),
        tuple((person, codes[unit]) for person, unit in old.assignments or ()),
        tuple(replace(each, unit=codes[each.unit]) for each in old.conflicts or ()),
    )


def _filled(entry: PersonEntry, before: PersonEntry | None, own: str | None) -> PersonEntry:
    """The entry as it will be: what the workbook leaves blank stays, and whoever imports stays an admin."""
    if before is None:
        return entry
    posts = entry.posts
    if before.key == own and Role.ADMIN not in {post.role for post in posts}:
        posts = tuple(sorted((*posts, Post(Role.ADMIN, None)), key=lambda post: (post.role, post.unit or "")))
    telegram_id = before.telegram_id if entry.telegram_id is None else entry.telegram_id
    return replace(entry, code=entry.code or before.code, telegram_id=telegram_id, posts=posts)


def _kept(
    old: Roster, new: Roster, matched: Mapping[str, str], own: str | None, filled: Mapping[str, PersonEntry]
) -> str | None:
    """The name of whoever imports, where they stay or stay an admin against the workbook's word."""
    if new.people is None or own is None:
        return None
    told = {matched[entry.key]: entry for entry in new.people if entry.key in matched}
    if own not in told:
        return next((person.name for person in old.people or () if person.key == own), None)
    return told[own].name if filled[told[own].key].posts != told[own].posts else None


def _units(old: Sequence[UnitEntry], new: Sequence[UnitEntry] | None) -> Iterable[PlanLine]:
    if new is None:
        return
    known = {plain(unit.code): unit for unit in old}
    for unit in new:
        before = known.pop(plain(unit.code), None)
        if before is None:
            yield PlanLine("units", Deed.ADD, unit.code, unit.name)
        elif before != unit:
            yield PlanLine("units", Deed.CHANGE, unit.code, unit.name, _details(before, unit))
    for unit in known.values():
        if unit.ends_on is None:
            yield PlanLine("units", Deed.END, unit.code, unit.name)


def _people(
    old: Sequence[PersonEntry],
    new: Sequence[PersonEntry] | None,
    before: Mapping[str, PersonEntry],
    after: Mapping[str, PersonEntry],
    matched: Mapping[str, str],
) -> Iterable[PlanLine]:
    if new is None:
        return
    for entry in new:
        if entry.key not in matched:
            yield PlanLine("people", Deed.ADD, entry.key, entry.name)
        elif before[matched[entry.key]] != after[entry.key]:
            details = _details(before[matched[entry.key]], after[entry.key])
            yield PlanLine("people", Deed.CHANGE, entry.key, entry.name, details)
    told = set(matched.values())
    for person in old:
        if person.key not in told:
            yield PlanLine("people", Deed.END, person.key, person.name)


def _pairs(table: str, old: Iterable[Pair], new: Sequence[Pair] | None) -> Iterable[PlanLine]:
    if new is None:
        return
    before, after = set(old), set(new)
    for deed, pairs in ((Deed.ADD, after - before), (Deed.END, before - after)):
        for first, second in sorted(pairs):
            yield PlanLine(table, deed, first, second)


def _conflicts(old: Iterable[Conflict], new: Sequence[Conflict] | None) -> Iterable[PlanLine]:
    if new is None:
        return
    known = {(each.person, each.unit): each.reason for each in old}
    for each in new:
        before = known.pop((each.person, each.unit), None)
        if before is None:
            yield PlanLine("conflicts", Deed.ADD, each.person, each.unit)
        elif before != each.reason:
            yield PlanLine("conflicts", Deed.CHANGE, each.person, each.unit, (("reason", before, each.reason),))
    for person, unit in sorted(known):
        yield PlanLine("conflicts", Deed.END, person, unit)


def _details(old: Any, new: Any) -> tuple[tuple[str, Any, Any], ...]:
    pairs = [(each.name, getattr(old, each.name), getattr(new, each.name)) for each in fields(old)]
    return tuple((name, was, now) for name, was, now in pairs if was != now)
