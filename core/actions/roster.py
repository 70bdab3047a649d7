"""The roster as a whole: taken out, compared with a workbook, and brought in, all of it or nothing.

Whoever imports is an admin, or stands at the machine (None). What was shown is what is done: `apply_import` takes the
digest of the plan that was confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.actions.door import Moment
from core.actions.inviting import invitees
from core.actions.reactions import happened
from core.actions.uploading import own
from core.errors import NoSuchUpload, RosterUnfit
from core.events import PersonLeft, RosterImported
from core.invitations import Invitee
from core.people import Actor
from core.permissions import Right, require
from core.roster import PersonEntry, Roster
from core.roster_known import KnownRoster, misfits
from core.roster_plan import Deed, PlanLine, RosterPlan, RosterPreview, plan_roster
from core.roster_rows import plain
from core.store import roster_writing as writing
from core.store import staff, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.known_roster import known_roster

Progress = Callable[[int, int], None]
"""How many steps are done, of how many."""

_STEPS = 4
_PostRow = tuple[str, int | None]

Check = Callable[[RosterPlan], None]
"""Looks at what would be done now; raises when that is not what was confirmed."""


def known(db: Db, district_id: int, actor: Actor | None, at: Moment) -> KnownRoster:
    """The roster as it is. Raises NotAllowed."""
    if actor is not None:
        require(actor, Right.MANAGE_PEOPLE)
    return known_roster(db, district_id, at.today, None if actor is None else actor.person_id)


def planned(present: KnownRoster, roster: Roster) -> RosterPlan:
    """What importing would do. Raises RosterUnfit for what the district cannot take (any more)."""
    plan = plan_roster(present.roster, roster, present.left, present.own)
    found = misfits(present, roster, plan)
    if found:
        first = found[0]
        raise RosterUnfit(code=first.code, key=first.key, value=first.value, other=first.other, count=len(found))
    return plan


def exported(db: Db, actor: Actor, at: Moment) -> tuple[KnownRoster, tuple[Invitee, ...]]:
    """The roster as it is, and who of it has no account yet. Raises NotAllowed."""
    return known(db, actor.district_id, actor, at), invitees(db, actor, at)


def refused_workbook(db: Db, actor: Actor, upload_id: int) -> str:
    """What is kept of one's own roster workbook that could not be taken. Raises NotAllowed or NoSuchUpload."""
    require(actor, Right.MANAGE_PEOPLE)
    record = own(db, actor, upload_id)
    if record.state != "refused" or record.body is None:
        raise NoSuchUpload(upload_id=upload_id)
    return record.body


def preview_import(db: Db, district_id: int, actor: Actor | None, roster: Roster, at: Moment) -> RosterPreview:
    """What importing would do now. Raises NotAllowed or RosterUnfit."""
    present = known(db, district_id, actor, at)
    units = {each.code: each.name for side in (present.roster, roster) for each in side.units or ()}
    people = {each.key: each.name for side in (present.roster, roster) for each in side.people or ()}
    return RosterPreview(planned(present, roster), roster, units, people)


def apply_import(
    db: Db, district_id: int, actor: Actor | None, roster: Roster, check: Check, at: Moment, progress: Progress
) -> RosterPlan:
    """Import, once `check` has let the plan pass; gives what was done. Raises as `preview_import` and `check` do."""
    # The roster's chain is the turn of whoever changes it: nobody else changes it between plan and writing.
    units.roster_head(db, district_id)
    present = known(db, district_id, actor, at)
    plan = planned(present, roster)
    check(plan)
    if plan.lines:
        left = _Import(db, district_id, present, roster, plan, at).write(progress)
        person_id = None if actor is None else actor.person_id
        units.append_act(db, district_id, Act(at.now, person_id, "import_roster", _audited(plan)))
        for each in left:
            happened(db, PersonLeft(each, person_id), at)
        happened(db, RosterImported(district_id, person_id), at)
    return plan


def _audited(plan: RosterPlan) -> dict[str, str | int | None]:
    lines = [[line.table, line.deed, line.key, line.name, _changes(line)] for line in plan.lines]
    return {"digest": plan.digest, "lines": json.dumps(lines, ensure_ascii=False, separators=(",", ":"))}


def _changes(line: PlanLine) -> list[list[str]]:
    return [[name, str(was), str(now)] for name, was, now in line.details]


@dataclass(frozen=True, slots=True)
class _Import:
    """One import: the plan, and what is known of the rows that it names."""

    db: Db
    district_id: int
    present: KnownRoster
    roster: Roster
    plan: RosterPlan
    at: Moment

    def write(self, progress: Progress) -> list[int]:
        """Write everything; gives the ids of people who left."""
        unit_ids = self._units()
        progress(1, _STEPS)
        person_ids = self._people()
        progress(2, _STEPS)
        left = [person_ids[line.key] for line in self.plan.of("people", Deed.END)]
        staff.end_people(self.db, left, self.at.today)
        self._posts(person_ids, unit_ids)
        progress(3, _STEPS)
        self._pairs(person_ids, unit_ids)
        progress(_STEPS, _STEPS)
        return left

    def _units(self) -> dict[str, int]:
        """Write units; gives the ids of all of them by 编号 as it is compared."""
        ids = {plain(code): unit_id for code, unit_id in self.present.unit_ids.items()}
        entries = {unit.code: unit for unit in self.roster.units or ()}
        added = [entries[line.key] for line in self.plan.of("units", Deed.ADD)]
        changed = [entries[line.key] for line in self.plan.of("units", Deed.CHANGE)]
        for code, unit_id in writing.add_units(self.db, self.district_id, added).items():
            ids[plain(code)] = unit_id
        by_code = {code: ids[plain(code)] for code in entries}
        writing.set_units(self.db, {by_code[unit.code]: unit for unit in (*added, *changed)}, by_code)
        ended = [ids[plain(line.key)] for line in self.plan.of("units", Deed.END)]
        writing.end_units(self.db, ended, self.at.today)
        return ids

    def _people(self) -> dict[str, int]:
        """Write people without their posts; gives the ids of all of them, by the keys of the plan."""
        ids = dict(self.present.person_ids)
        ids.update({key: ids[was] for key, was in self.plan.matched.items()})
        added = [self.plan.people[line.key] for line in self.plan.of("people", Deed.ADD)]
        changed = [self.plan.people[line.key] for line in self.plan.of("people", Deed.CHANGE)]
        writing.clear_signs(self.db, [ids[each.key] for each in changed])
        ids.update(writing.add_people(self.db, self.district_id, added))
        writing.set_people(self.db, {ids[each.key]: each for each in (*added, *changed)})
        return ids

    def _posts(self, people: Mapping[str, int], unit_ids: Mapping[str, int]) -> None:
        def rows(entry: PersonEntry | None) -> set[_PostRow]:
            posts = () if entry is None else entry.posts
            return {(post.role, None if post.unit is None else unit_ids[plain(post.unit)]) for post in posts}

        present = {each.key: each for each in self.present.roster.people or ()}
        added: list[tuple[int, str, int | None]] = []
        ended: list[tuple[int, str, int | None]] = []
        for line in (*self.plan.of("people", Deed.ADD), *self.plan.of("people", Deed.CHANGE)):
            before = rows(present.get(self.plan.matched.get(line.key, "")))
            after = rows(self.plan.people[line.key])
            added += [(people[line.key], *post) for post in after - before]
            ended += [(people[line.key], *post) for post in before - after]
        writing.end_posts(self.db, ended, self.at.today)
        writing.add_posts(self.db, added, self.at.today)

    def _pairs(self, people: Mapping[str, int], unit_ids: Mapping[str, int]) -> None:
        day = self.at.today

        def links(deed: Deed) -> list[tuple[int, int]]:
            return [(unit_ids[plain(line.key)], unit_ids[plain(line.name)]) for line in self.plan.of("links", deed)]

        def pairs(table: str, deed: Deed) -> list[tuple[int, int]]:
            return [(people[line.key], unit_ids[plain(line.name)]) for line in self.plan.of(table, deed)]

        writing.end_links(self.db, links(Deed.END), day)
        writing.add_links(self.db, links(Deed.ADD), day)
        writing.end_assignments(self.db, pairs("assignments", Deed.END), day)
        writing.add_assignments(self.db, pairs("assignments", Deed.ADD), day)
        # A 回避 with another reason is another 回避: the old one stays readable.
        over = [*pairs("conflicts", Deed.END), *pairs("conflicts", Deed.CHANGE)]
        writing.end_conflicts(self.db, over, day)
        reasons = {(each.person, each.unit): each.reason for each in self.roster.conflicts or ()}
        fresh = [*self.plan.of("conflicts", Deed.ADD), *self.plan.of("conflicts", Deed.CHANGE)]
        told = [(people[line.key], unit_ids[plain(line.name)], reasons[line.key, line.name]) for line in fresh]
        writing.add_conflicts(self.db, told, day)
