"""Carrying out what fell due since the last look, each in the transaction that claims it."""

from __future__ import annotations

from datetime import tzinfo

from core.actions.announcing import give_up_late
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.publishing import finalise_due, rank_due, rank_what_waits
from core.actions.reminding import nudge_raters, remind, tell_missed
from core.actions.rounds import Plan, RuleSet, open_scheduled
from core.actions.telling import after_quiet_hours
from core.catch_up import sort_out
from core.periods import Period
from core.policy import Policy
from core.policy_schedules import Nudge, Schedule, rhythm_of
from core.scheduler.diary import Diary, read_diary
from core.scheduler.fire_times import closing_of, named_at
from core.store import rounds, units
from core.store.engine import Db
from core.store.units import DistrictView


def is_carried_out(schedule: Schedule) -> bool:
    """Whether anything is done when this fires. Not of a closing: a round's sheets are sealed from that moment on."""
    return schedule.kind != "close_round"


def carry_out_due(db: Db, rules: RuleSet, zone: tzinfo, at: Moment) -> None:
    """Carry out everything that fell due since the last time, in every district."""
    give_up_late(db, at)
    policy = rules["township"].policy
    for district in units.districts(db):
        diary = read_diary(db, district.id, zone)
        missed: list[tuple[str, Firing]] = []
        for schedule in filter(is_carried_out, policy.schedules):
            missed += _carry_out(db, district, diary, rules, schedule, at)
        for nudge in policy.nudges:
            _nudge(db, district, diary, nudge, at)
        tell_missed(db, district, missed, at)
        finalise_due(db, district, policy, at)


def _carry_out(
    db: Db, district: DistrictView, diary: Diary, rules: RuleSet, schedule: Schedule, at: Moment
) -> list[tuple[str, Firing]]:
    """Do what is due of one schedule; gives what it is too late for."""
    due, policy = diary.due(db, schedule, at), rules["township"].policy
    missed: list[tuple[str, Firing]] = []
    if schedule.kind == "open_round":
        for firing in due:
            _open(db, district, diary, rules, schedule, firing, at)
    elif schedule.kind == "compute_ranking":
        for firing in due:
            rank_due(db, district, policy, schedule, firing, at)
        rank_what_waits(db, district, policy, schedule, at)
    else:
        missed = _remind(db, district, policy, schedule, due, at)
    diary.set_read(db, schedule.id, at)
    return missed


def _open(
    db: Db, district: DistrictView, diary: Diary, rules: RuleSet, schedule: Schedule, firing: Firing, at: Moment
) -> None:
    period = schedule.about(firing.day)
    policy = rules["township"].policy
    # By the day that is named: a round that opens late closes when it would have.
    after = named_at(schedule, diary.zone, firing.day)
    closes_at = closing_of(policy, period, diary.zone, after, diary.overrides)
    plans = [Plan(period, kind, closes_at) for kind in policy.rounds.of(rhythm_of(period.kind))]
    open_scheduled(db, district.id, rules, firing, plans, at)


def _remind(
    db: Db, district: DistrictView, policy: Policy, schedule: Schedule, due: list[Firing], at: Moment
) -> list[tuple[str, Firing]]:
    """Remind of what is still worth it; gives what it is too late for."""
    if not due:
        return []
    arrives_at = after_quiet_hours(db, district.id, at.now)
    found = sort_out([each.fire_at for each in due], schedule.catch_up, schedule.within_hours, arrives_at)
    for firing in due:
        if firing.fire_at in found.due:
            remind(db, district, policy, schedule, firing, at)
    return [(schedule.kind, firing) for firing in due if firing.fire_at in found.missed]


def _nudge(db: Db, district: DistrictView, diary: Diary, nudge: Nudge, at: Moment) -> None:
    """Remind the raters of rounds that end so many days after today, as far as that is not long past."""
    for record in rounds.open_ones(db, district.id, at.now):
        if rhythm_of(Period.parse(record.period).kind) != nudge.rhythm:
            continue
        due = diary.due_nudges(db, nudge, record, at)
        arrives_at = after_quiet_hours(db, district.id, at.now)
        found = sort_out([each.fire_at for each in due], nudge.catch_up, nudge.within_hours, arrives_at)
        for firing in due:
            if firing.fire_at in found.due:
                nudge_raters(db, district, nudge.id, record.id, firing, at, within_hours=nudge.within_hours)
    diary.set_read(db, nudge.id, at)
