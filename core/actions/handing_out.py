"""Handing out the sheets of a round: townships' from 分工, departments' from 联点.

Answers for who scores whom on a day, and for sheets that are missing in rounds that are open already. A sheet is
never taken back, not even an untouched one whose assignment ended: it counts for nothing while it is empty (missing
is never zero), and were it gone the office would not see that a unit is assessed by fewer than planned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.actions.door import Moment
from core.audit_replay import written_sheets
from core.events import SheetsHandedOut
from core.people import Role
from core.periods import Period
from core.store import handing_out, roster, rounds, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.handing_out import Pairing
from core.store.rounds import RoundRecord
from core.store.rules import policy_of


@dataclass(frozen=True, slots=True)
class Handed:
    """The new sheets, and whom a conflict of interest kept from which unit: names of person and unit."""

    sheet_ids: tuple[int, ...]
    kept_away: tuple[tuple[str, str], ...]


def hand_out_missing(db: Db, record: RoundRecord, person_id: int | None, at: Moment) -> Handed:
    """Make the sheets that the roster of today asks for and the round lacks, as one act of its chain."""
    names = units.unit_names(db, record.district_id, record.unit_kind, at.today)
    if record.unit_kind == "township":
        wanted, kept_away = _of_assessors(db, record, names, at.today)
    else:
        wanted, kept_away = _of_townships(db, record, names, at.today), ()
    known = handing_out.pairings(db, record.id)
    new = [each for each in wanted if each not in known]
    if not new:
        return Handed((), kept_away)
    handing_out.add_sheets(db, record.id, new)
    made = handing_out.pairings(db, record.id)
    append_handing_out(db, record, {each: made[each] for each in new}, person_id, at.now)
    return Handed(tuple(sorted(made[each] for each in new)), kept_away)


def unassessed(db: Db, record: RoundRecord) -> tuple[str, ...]:
    """The units that a round's ranking will be about and that nobody has a sheet for, by name."""
    names = units.unit_names(db, record.district_id, record.unit_kind, Period.parse(record.period).last_day)
    assessed = {each.unit_id for each in handing_out.pairings(db, record.id)}
    return tuple(name for unit_id, name in names.items() if unit_id not in assessed)


def append_handing_out(
    db: Db, record: RoundRecord, made: Mapping[Pairing, int], person_id: int | None, now: datetime
) -> None:
    """Tell the round's chain which sheets there are from now on, and whose each of them is."""
    rows = written_sheets({sheet_id: (each[0], each[1], each[2]) for each, sheet_id in made.items()})
    rounds.append_act(db, record, Act(now, person_id, "hand_out", {"sheets": len(made), "rows": rows}))


def supply_open_rounds(db: Db, district_id: int, person_id: int | None, at: Moment) -> list[SheetsHandedOut]:
    """After the roster changed: the missing sheets of every round that is open, as events to be raised."""
    supplied = []
    for record in rounds.open_ones(db, district_id, at.now):
        handed = hand_out_missing(db, record, person_id, at)
        if handed.sheet_ids:
            supplied.append(SheetsHandedOut(record.id, handed.sheet_ids, person_id))
    return supplied


def _of_assessors(
    db: Db, record: RoundRecord, names: Mapping[int, str], day: date
) -> tuple[list[Pairing], tuple[tuple[str, str], ...]]:
    """分工 among the units and assessors of the day, without one's own unit and 回避."""
    everybody = roster.people_on(db, record.district_id, day)
    assessors = {each.id: each.name for each in everybody if any(role is Role.ASSESSOR for role, _ in each.roles)}
    avoided = {*roster.conflicts_on(db, record.district_id, day), *roster.own_units_on(db, record.district_id, day)}
    wanted, kept_away = [], []
    for person_id, unit_id in sorted(set(roster.assignments_on(db, record.district_id, day))):
        if unit_id not in names or person_id not in assessors:
            continue
        if (person_id, unit_id) in avoided:
            kept_away.append((assessors[person_id], names[unit_id]))
        else:
            wanted.append(Pairing(unit_id, person_id, None))
    return wanted, tuple(kept_away)


def _of_townships(db: Db, record: RoundRecord, names: Mapping[int, str], day: date) -> list[Pairing]:
    """联点 among the units of the day; a department without any is scored as the policy says."""
    townships = units.unit_names(db, record.district_id, "township", day)
    everybody = policy_of(db, record.policy_hash).scoring.unlinked_department == "all_townships"
    links = roster.links_on(db, record.district_id, day)
    wanted = []
    for department in names:
        linked = [township for township in links.get(department, ()) if township in townships]
        if not linked and everybody:
            linked = list(townships)
        wanted += [Pairing(department, None, township) for township in sorted(set(linked))]
    return wanted
