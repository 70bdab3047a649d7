"""The office looks at people and units, ends a person, and hands their open sheets over.

Every act takes the right to manage people, and is written into the audit chain of what it changes.
"""

from __future__ import annotations

from core.actions.door import Moment
from core.actions.marking import chained
from core.actions.reactions import happened
from core.errors import (
    HasSheetAlready,
    NoSuchPerson,
    NoSuchSheet,
    NoSuchUnit,
    NotAnAssessor,
    OwnLeaving,
    ReceiverConflict,
    RoundClosed,
    SheetSubmitted,
)
from core.events import PersonLeft, SheetHandedOver
from core.people import Actor, Role
from core.permissions import Right, require
from core.snapshots import Handover, StaffCard, StaffLine, UnitCard, UnitLine
from core.store import handing_out, roster, sheets, staff, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.sheets import SheetRecord


def everybody(db: Db, actor: Actor, at: Moment) -> list[StaffLine]:
    """All people of the district, also those who left. Raises NotAllowed."""
    require(actor, Right.MANAGE_PEOPLE)
    return staff.everybody(db, actor.district_id, at.today)


def person(db: Db, actor: Actor, person_id: int, at: Moment) -> StaffCard:
    """One person with their drafts. Raises NotAllowed or NoSuchPerson."""
    require(actor, Right.MANAGE_PEOPLE)
    found = staff.person(db, actor.district_id, person_id, at.today)
    if found is None:
        raise NoSuchPerson(person_id=person_id)
    return StaffCard(found, tuple(staff.drafts(db, person_id, at.now, at.today)))


def end_person(db: Db, actor: Actor, person_id: int, at: Moment) -> StaffCard:
    """停用: every role ends at once; a second time changes nothing. Raises as `person` does, and OwnLeaving."""
    person(db, actor, person_id, at)
    if person_id == actor.person_id:
        raise OwnLeaving
    if staff.end_person(db, person_id, at.today):
        units.append_act(db, actor.district_id, Act(at.now, actor.person_id, "end_person", {"person": person_id}))
        happened(db, PersonLeft(person_id, actor.person_id), at)
    return person(db, actor, person_id, at)


def handover(db: Db, actor: Actor, sheet_id: int, at: Moment) -> Handover:
    """An assessor's open sheet, and the assessors who may take it over.

    Raises NotAllowed, NoSuchSheet, SheetSubmitted or RoundClosed.
    """
    require(actor, Right.MANAGE_PEOPLE)
    record = _draft(db, actor, sheet_id, at)
    excluded = _barred(db, record, actor, at) | _busy(db, record)
    people = staff.everybody(db, actor.district_id, at.today)
    receivers = [each for each in people if _is_assessor(each) and each.person_id not in excluded]
    rater = record.rater_person_id or 0
    return Handover(record.id, record.unit, record.period, record.rater, rater, tuple(receivers))


def hand_over(db: Db, actor: Actor, sheet_id: int, to_person_id: int, at: Moment) -> StaffCard:
    """Give an open sheet, marks and all, to another assessor; gives who had it. Twice is harmless.

    Raises as `handover` does, and NoSuchPerson, NotAnAssessor, ReceiverConflict or HasSheetAlready.
    """
    require(actor, Right.MANAGE_PEOPLE)
    record = _draft(db, actor, sheet_id, at)
    before = record.rater_person_id or 0
    to = person(db, actor, to_person_id, at).person
    if before != to_person_id:
        _check_receiver(db, actor, record, to, at)
        staff.set_rater(db, sheet_id, to_person_id)
        chained(db, record, Act(at.now, actor.person_id, "hand_over", {"from": before, "to": to_person_id}))
        happened(db, SheetHandedOver(sheet_id, before, to_person_id, actor.person_id), at)
    return person(db, actor, before, at)


def all_units(db: Db, actor: Actor, at: Moment) -> list[UnitLine]:
    """All units of the district, also those that ended. Raises NotAllowed."""
    require(actor, Right.MANAGE_PEOPLE)
    return staff.all_units(db, actor.district_id, at.today)


def unit(db: Db, actor: Actor, unit_id: int, at: Moment) -> UnitCard:
    """One unit. Raises NotAllowed or NoSuchUnit."""
    lines = {each.unit_id: each for each in all_units(db, actor, at)}
    if unit_id not in lines:
        raise NoSuchUnit(unit_id=unit_id)
    links = roster.links_on(db, actor.district_id, at.today)
    linked = links.get(unit_id, []) or [each for each, townships in links.items() if unit_id in townships]
    return UnitCard(
        unit=lines[unit_id],
        namings=tuple(staff.namings(db, unit_id)),
        people=tuple(staff.at_unit(db, unit_id, at.today)),
        assessors=tuple(staff.assessors_of(db, unit_id, at.today)),
        linked=tuple(lines[each].name for each in linked),
    )


def _draft(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetRecord:
    record = sheets.record(db, actor.district_id, sheet_id, at.today, to_change=True)
    if record is None or record.rater_person_id is None:
        # A township's sheet is every officer's of it: there is nothing to hand over.
        raise NoSuchSheet(sheet_id=sheet_id)
    if record.state != "open":
        raise SheetSubmitted(unit=record.unit)
    if at.now >= record.closes_at:
        raise RoundClosed(closed_at=record.closes_at)
    return record


def _check_receiver(db: Db, actor: Actor, record: SheetRecord, to: StaffLine, at: Moment) -> None:
    if not _is_assessor(to):
        raise NotAnAssessor(name=to.name)
    if to.person_id in _barred(db, record, actor, at):
        raise ReceiverConflict(name=to.name, unit=record.unit)
    if to.person_id in _busy(db, record):
        raise HasSheetAlready(name=to.name, unit=record.unit)


def _is_assessor(line: StaffLine) -> bool:
    return any(post.role is Role.ASSESSOR for post in line.posts)


def _barred(db: Db, record: SheetRecord, actor: Actor, at: Moment) -> set[int]:
    """Whose own unit it is, or who must keep away from it."""
    conflicts = roster.conflicts_on(db, actor.district_id, at.today)
    own = roster.own_units_on(db, actor.district_id, at.today)
    return {person_id for person_id, unit_id in conflicts | own if unit_id == record.unit_id}


def _busy(db: Db, record: SheetRecord) -> set[int]:
    """Who has a sheet of this unit in this round, its present rater included."""
    pairings = handing_out.pairings(db, record.round_id)
    return {each.person_id for each in pairings if each.unit_id == record.unit_id and each.person_id is not None}
