"""The roster as the district knows it, and what of a new one cannot stand beside it. Values only.

Answers for what a workbook alone cannot tell: an account that somebody else has, a unit that would change sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.roster import PersonEntry, Roster
from core.roster_plan import RosterPlan
from core.roster_rows import plain


@dataclass(frozen=True, slots=True)
class KnownRoster:
    """The whole roster of a district on a day.

    `left` are people who hold no role any more. Ids are those of the rows, by 编号 of a unit and by key of a person.
    `elsewhere` are Telegram accounts of other districts. `own` is the key of whoever asks.
    """

    roster: Roster
    left: tuple[PersonEntry, ...] = ()
    unit_ids: Mapping[str, int] = field(default_factory=dict)
    person_ids: Mapping[str, int] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()
    own: str | None = None


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell that cannot be taken: `code` names the sentence with its remedy, as those of the readers do."""

    code: str
    table: str
    key: str
    column: str
    value: str
    other: str = ""


def misfits(known: KnownRoster, new: Roster, plan: RosterPlan) -> tuple[Misfit, ...]:
    """Everything in the new roster that the district cannot take, in the order of its tables."""
    return (*_changed_sides(known, new), *_taken_accounts(known, new, plan))


def _changed_sides(known: KnownRoster, new: Roster) -> Iterator[Misfit]:
    kinds = {plain(unit.code): unit.category.kind for unit in known.roster.units or ()}
    for unit in new.units or ():
        # Its sheets and rankings are those of one side; under the other they would mean nothing.
        if kinds.get(plain(unit.code), unit.category.kind) != unit.category.kind:
            yield Misfit("kind_fixed", "units", unit.code, "category", unit.category, unit.name)


def _taken_accounts(known: KnownRoster, new: Roster, plan: RosterPlan) -> Iterator[Misfit]:
    staying = {person.key: person for person in (*(known.roster.people or ()), *known.left)}
    for key in plan.matched.values():
        staying.pop(key)
    # Entries that tell an account are compared with each other by the reader; those that keep one are not.
    kept = [plan.people[entry.key] for entry in new.people or () if entry.telegram_id is None]
    owners = {each.telegram_id: each.name for each in (*staying.values(), *kept) if each.telegram_id is not None}
    for entry in new.people or ():
        account = entry.telegram_id
        if account in known.elsewhere:
            yield Misfit("account_elsewhere", "people", entry.key, "telegram_id", str(account), entry.name)
        elif account in owners:
            yield Misfit("account_taken", "people", entry.key, "telegram_id", str(account), owners[account])
