"""When rankings are computed, and what becomes of them: the gate, 公示, 定稿, and what follows from a final.

A ranking that is due waits until its round is over, and until the finals that it is made of are there. One that lacks
something is published all the same, or held until an admin says so, as the policy tells. Objections keep it
provisional; once it is final, everything that finals entitle to is derived anew, and what changed is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions import admission
from core.actions.announcing_rankings import announce, tell_consequences, tell_unranked
from core.actions.awarding import awards_of, gives
from core.actions.computing import append_act, canonical, freeze, publication_of
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.ranking_inputs import Inputs, finals_of_quarters, of_finals, of_period, of_round, of_year
from core.awards import YearAwards, differences
from core.calendar import end_of_day
from core.periods import Period, PeriodKind, period_on
from core.policy import Policy
from core.policy_schedules import Rhythm, Schedule, rhythm_of
from core.rubric import UnitKind
from core.store import calendar_days, objections, occurrences, rankings, rounds
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.units import DistrictView
from core.workdays import after_workdays

# What comes of a firing that is carried out later than this after its time is marked 补发. What had to wait for finals,
# for the office or for the end of a round was due only then.
ON_TIME = timedelta(minutes=15)


def rank_due(db: Db, district: DistrictView, policy: Policy, schedule: Schedule, firing: Firing, at: Moment) -> None:
    """The period that a firing is about is due to be ranked, once; it is ranked as soon as it lacks nothing."""
    period = schedule.about(firing.day) if firing.named is None else Period.parse(firing.named)
    # Claimed under the period: a round that was extended waits for its end under this name.
    if not occurrences.claim(db, district.id, firing.schedule, str(period), firing.fire_at, at.now):
        return
    kinds = ranked_kinds(policy, rhythm_of(period.kind))
    without = [kind for kind in kinds if rounds.find(db, district.id, str(period), kind) is None]
    # A half-year has no round of its own: of its quarters the office heard when they were due.
    if without and period.kind is not PeriodKind.HALF:
        tell_unranked(db, district.id, period, without, f"{schedule.id}:{period}", at)
    late = period if at.now - firing.fire_at > ON_TIME else None
    rank_what_waits(db, district, policy, schedule, at, late=late)


def ranked_kinds(policy: Policy, rhythm: Rhythm) -> tuple[UnitKind, ...]:
    """The kinds of unit that a rhythm ranks; the half-year those of its quarters."""
    return policy.rounds.of("quarterly" if rhythm == "half_year" else rhythm)


def rank_what_waits(
    db: Db, district: DistrictView, policy: Policy, schedule: Schedule, at: Moment, *, late: Period | None = None
) -> None:
    """Rank every period that is due and lacks nothing by now: also one that was extended, reopened, or held.

    `late` is one that the bot was not there to rank when it was due.
    """
    for inputs in _ready(db, district, policy, schedule, at):
        occurrence = f"{schedule.id}:{inputs.period}"
        if admission.is_admitted(db, inputs, occurrence, at):
            publish(db, district, inputs, at, late=inputs.period == late, occurrence=occurrence)


def publish(
    db: Db, district: DistrictView, inputs: Inputs, at: Moment, *, late: bool = False, occurrence: str | None = None
) -> RankingRecord:
    """Freeze a ranking and announce it: 公示 with the time for objections, or at once as final.

    A version that takes another's place goes on where that was: what was final was open to objections already.
    """
    before = rankings.newest(db, district.id, str(inputs.period), inputs.unit_kind)
    days = publication_of(inputs.policy, inputs.period).objection_days
    if days == 0 if before is None else before.final_at is not None:
        # As they are until now: with the next version the one that counted does no longer.
        awards = awards_of(db, district.id)
        record = freeze(db, inputs, None, at)
        return _finalise(db, district, record, awards, at, late=late, occurrence=occurrence)
    until = _until(db, district, days, at) if before is None else before.objections_until
    record = freeze(db, inputs, None, at, objections_until=until)
    announce(db, district, record, before, (), at, late=late, occurrence=occurrence)
    return record


def publish_again(db: Db, district: DistrictView, period: str, kind: UnitKind, at: Moment) -> int | None:
    """Publish what a period's ranking comes to by now as its next version; gives that, None where nothing changed."""
    frozen = rankings.newest(db, district.id, period, kind)
    inputs = of_period(db, district.id, Period.parse(period), kind, at)
    if frozen is not None and frozen.inputs == canonical(inputs.pinned):
        return None
    return publish(db, district, inputs, at).version


def finalise_due(db: Db, district: DistrictView, policy: Policy, at: Moment) -> None:
    """定稿: what nobody objects to any more, and whose time for it is over, in the order of the calendar."""
    waiting = rankings.in_state(db, district.id, "provisional")
    for record in sorted(waiting, key=lambda each: (Period.parse(each.period), each.unit_kind)):
        until = record.objections_until or _until_after_all(db, district, policy, record, at)
        if until is None or until > at.now or _is_open_again(db, record) or objections.open_to(db, record.id):
            continue
        _finalise(db, district, record, awards_of(db, district.id), at)


def _finalise(
    db: Db,
    district: DistrictView,
    record: RankingRecord,
    before: YearAwards,
    at: Moment,
    *,
    late: bool = False,
    occurrence: str | None = None,
) -> RankingRecord:
    """Let a ranking be final; what it entitles to, or changes, is announced and told to whom it concerns."""
    rankings.set_final(db, record.id, at.now)
    append_act(db, record, Act(at.now, None, "final", {"version": record.version}))
    final = rankings.known(db, record.id)
    changes = differences(before, awards_of(db, district.id)) if gives(record) else ()
    replaced = rankings.of_version(db, record, record.version - 1)
    announce(db, district, final, replaced, changes, at, late=late, occurrence=occurrence)
    tell_consequences(db, district, final, changes, occurrence, at)
    _compute_what_rests_on(db, district, final, at)
    return final


def _compute_what_rests_on(db: Db, district: DistrictView, final: RankingRecord, at: Moment) -> None:
    """A half-year or year that was computed from this quarter comes out anew, where the quarter says something else."""
    quarter = Period.parse(final.period)
    if quarter.kind is not PeriodKind.QUARTER:
        return
    for kind in (PeriodKind.HALF, PeriodKind.YEAR):
        whole = period_on(kind, quarter.last_day)
        if rankings.newest(db, district.id, str(whole), final.unit_kind) is not None:
            publish_again(db, district, str(whole), final.unit_kind, at)


def _ready(db: Db, district: DistrictView, policy: Policy, schedule: Schedule, at: Moment) -> list[Inputs]:
    """What a schedule made due, was not ranked since, and has not to wait for anything."""
    if schedule.rhythm == "half_year":
        due = rankings.unranked_periods(db, district.id, schedule.id, ranked_kinds(policy, "half_year"))
        return [
            of_finals(db, district.id, period, kind)
            for period, kind in due
            if _quarters_are_final(db, district.id, period, kind) and finals_of_quarters(db, district.id, period, kind)
        ]
    waiting = rounds.unranked(db, district.id, schedule.id, at.now)
    found = [record for record in waiting if not admission.is_held(db, record)]
    if schedule.rhythm == "annual":
        return [
            of_year(db, record)
            for record in found
            if _quarters_are_final(db, district.id, Period.parse(record.period), record.unit_kind)
        ]
    return [of_round(db, record, at) for record in found]


def _quarters_are_final(db: Db, district_id: int, period: Period, kind: UnitKind) -> bool:
    """Whether every quarter that was assessed is final: a mean of some of them would have to be corrected at once."""
    held = [each for each in period.parts(PeriodKind.QUARTER) if rounds.find(db, district_id, str(each), kind)]
    return set(held) == set(finals_of_quarters(db, district_id, period, kind))


def _until(db: Db, district: DistrictView, days: int, at: Moment) -> datetime | None:
    """The end of the last working day for objections (UTC); None while the holidays until then are unknown."""
    last = after_workdays(at.today, days, calendar_days.overrides(db, district.id))
    return None if last is None else end_of_day(last, ZoneInfo(district.timezone))


def _until_after_all(
    db: Db, district: DistrictView, policy: Policy, record: RankingRecord, at: Moment
) -> datetime | None:
    """Until when, counted from the day of its publication, now that the office may have entered the holidays."""
    day = record.computed_at.astimezone(ZoneInfo(district.timezone)).date()
    days = publication_of(policy, Period.parse(record.period)).objection_days
    until = _until(db, district, days, Moment(record.computed_at, day))
    if until is not None:
        rankings.set_objections_until(db, record.id, until)
        told: dict[str, str | int | None] = {"version": record.version, "until": until.isoformat()}
        append_act(db, record, Act(at.now, None, "open_objections", told))
    return until


def _is_open_again(db: Db, record: RankingRecord) -> bool:
    """Whether its round was reopened: then the next version takes its place."""
    found = rounds.find(db, record.district_id, record.period, record.unit_kind)
    return found is not None and found.closes_at > record.computed_at
