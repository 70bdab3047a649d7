"""Periods that were assessed: rounds with their sheets handed in, as the tests of rankings need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from district import SHANGHAI, District, moment, shipped_rules

from core.actions import publishing, rounds
from core.actions.door import Moment
from core.periods import Period, PeriodKind
from core.policy import Policy
from core.policy_schedules import Schedule
from core.rubric import UnitKind
from core.scheduler.fire_times import firings
from core.sheet import Mark
from core.store import people, rules, sheets, submissions, units
from core.store import rounds as round_rows
from core.store.engine import Db

RATERS = count(1)


def closing(period: Period) -> datetime:
    """When a period's round closes: with it; a year's on 16 January, as the policy says."""
    ends = period.ends_at(SHANGHAI)
    return ends + timedelta(days=15) if period.kind is PeriodKind.YEAR else ends


def opens(office: District, period: str, kind: UnitKind = "township", policy: Policy | None = None) -> District:
    """The office with this round open, by the shipped rules or by a changed policy."""
    rule = shipped_rules(kind)
    if policy is not None:
        rule = replace(rule, policy=policy)
        rules._POLICIES[policy.hash] = policy  # a changed copy has no text that it could be read from
    known = Period.parse(period)
    begins = moment(f"{known.first_day} 08:00").now
    round_id = office.act(rounds.open_round, office.id, known, kind, rule, begins, closing(known))
    return replace(office, round_id=round_id)


def scored(
    office: District, unit: str, points: Mapping[int, int | None] | None = None, *, handed_in: bool = True
) -> int:
    """A sheet by a new assessor: full marks but for these items (hundredths; None: not applicable)."""

    def act(db: Db) -> int:
        record = round_rows.known(db, office.round_id)
        rubric = rules.rubric_of(db, record.rubric_hash)
        person = people.add_person(db, office.id, f"评委{next(RATERS)}", None, "zh")
        sheet_id = rounds.hand_out(db, office.round_id, office.units[unit], person)
        told = points or {}
        marks = {
            item.number: Mark(
                item.number,
                value := told.get(item.number, item.max_points),
                not_applicable=value is None,
                reason="台账缺页" if value != item.max_points else None,
            )
            for item in rubric.items
        }
        for mark in marks.values():
            sheets.set_mark(db, sheet_id, mark, person, record.opens_at)
        if handed_in:
            sheets.set_submitted(db, sheet_id, 1, record.opens_at)
            submissions.add(db, sheet_id, 1, person, record.opens_at, marks, f"{sheet_id:064x}")
        return sheet_id

    return office.act(act)


def assessed(office: District, period: str, lost: Mapping[str, int], kind: UnitKind = "township") -> District:
    """A round in which each of these units got one sheet and lost so many points of item 10 (hundredths)."""
    held = opens(office, period, kind)
    most = shipped_rules(kind).rubric.item(10).max_points
    for unit, points in lost.items():
        scored(held, unit, {10: most - points} if points else None)
    return held


def schedule(rhythm: str) -> Schedule:
    """The policy's schedule that ranks a rhythm."""
    found = shipped_rules().policy.schedules
    return next(each for each in found if each.kind == "compute_ranking" and each.rhythm == rhythm)


def falls_due(office: District, rhythm: str, at: Moment) -> None:
    """The clock comes to the newest time at which this rhythm is ranked, and it is carried out at `at`."""

    def act(db: Db) -> None:
        told, district = schedule(rhythm), units.district(db, office.id)
        firing = list(firings(told, SHANGHAI, at.now - timedelta(days=370), at.now, {}))[-1]
        publishing.rank_due(db, district, shipped_rules().policy, told, firing, at)

    office.act(act)


def beats(office: District, at: str) -> None:
    """The heartbeat at a moment, as far as rankings go."""

    def act(db: Db) -> None:
        policy, district, now = shipped_rules().policy, units.district(db, office.id), moment(at)
        for rhythm in ("monthly", "quarterly", "half_year", "annual"):
            publishing.rank_what_waits(db, district, policy, schedule(rhythm), now)
        publishing.finalise_due(db, district, policy, now)

    office.act(act)
