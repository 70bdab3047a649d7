"""What an admin does with rounds: open, extend, close early, reopen, choose 督查重点, hand out missing sheets.

Every act takes the right to manage rounds, sets what it names (so that doing it twice is doing it once), stands in the
round's audit chain, and raises its event. A round whose ranking is final is not touched any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from core.actions.door import Moment
from core.actions.handing_out import Handed, hand_out_missing, unassessed
from core.actions.reactions import happened
from core.actions.rounds import Plan, RuleSet, begin
from core.errors import (
    BadPeriod,
    ClosingPast,
    ClosingTooLate,
    FocusFixed,
    NoSuchRound,
    RankingFinal,
    RoundClosed,
    RoundExists,
)
from core.events import FocusChosen, RoundRescheduled, SheetsHandedOut
from core.focus import read_focus, write_focus
from core.people import Actor
from core.periods import Period, period_on
from core.permissions import Right, require
from core.policy_schedules import PERIOD_KINDS, rhythm_of
from core.rubric import UnitKind
from core.snapshots import RoundView
from core.store import rankings, rounds, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rounds import Count, RoundRecord
from core.store.rules import rubric_of

_EXTENSIONS = (1, 3, 7)
"""Days that are offered; not a rule of the measures."""


def rounds_of(db: Db, actor: Actor, at: Moment) -> list[RoundView]:
    """All rounds: those that are open first, then the newest."""
    require(actor, Right.MANAGE_ROUNDS)
    zone = _zone(db, actor.district_id)
    views = [_view(db, record, count, zone, at) for record, count in rounds.counted(db, actor.district_id)]
    return sorted(views, key=lambda view: not view.is_open)


def round_of(db: Db, actor: Actor, round_id: int, at: Moment) -> RoundView:
    """One round. Raises NoSuchRound."""
    for view in rounds_of(db, actor, at):
        if view.round_id == round_id:
            return replace(view, unassessed=unassessed(db, rounds.known(db, round_id)))
    raise NoSuchRound(round_id=round_id)


def open_by_hand(db: Db, actor: Actor, rules: RuleSet, plan: Plan, at: Moment) -> RoundView:
    """Open a round now. Raises RoundExists, ClosingPast, and BadPeriod for one that the policy does not hold."""
    require(actor, Right.MANAGE_ROUNDS)
    rule = rules[plan.unit_kind]
    if plan.unit_kind not in rule.policy.rounds.of(rhythm_of(plan.period.kind)):
        raise BadPeriod(text=str(plan.period))
    if rounds.find(db, actor.district_id, str(plan.period), plan.unit_kind) is not None:
        raise RoundExists(period=str(plan.period))
    if plan.closes_at <= at.now:
        raise ClosingPast(closes_at=plan.closes_at)
    round_id = begin(db, actor.district_id, plan, rule, actor.person_id, at.now, at)
    return round_of(db, actor, round_id, at)


def set_closing(db: Db, actor: Actor, round_id: int, closes_at: datetime, at: Moment) -> RoundView:
    """Let a round close at another time to come: extends one that is open, reopens one that is over.

    Raises NoSuchRound, ClosingPast, ClosingTooLate or RankingFinal.
    """
    record = _touchable(db, actor, round_id)
    latest = latest_closing(Period.parse(record.period), _zone(db, actor.district_id))
    if closes_at <= at.now:
        raise ClosingPast(closes_at=closes_at)
    if closes_at > latest:
        raise ClosingTooLate(latest=latest)
    return _rescheduled(db, actor, record, closes_at, "extend" if at.now < record.closes_at else "reopen", at)


def close_early(db: Db, actor: Actor, round_id: int, at: Moment) -> RoundView:
    """Close a round now; one that is over stays as it is. Raises NoSuchRound or RankingFinal."""
    record = _touchable(db, actor, round_id)
    if record.closes_at <= at.now:
        return round_of(db, actor, round_id, at)
    return _rescheduled(db, actor, record, at.now, "close", at)


def set_focus(db: Db, actor: Actor, round_id: int, item: int, at: Moment, *, counts: bool) -> RoundView:
    """督查重点, the same for every unit: let an item count or not; item 0 is all of them.

    While all count, choosing one makes it the only one. Raises NoSuchRound, RoundClosed, FocusFixed, FocusEmpty,
    NoSuchItem or RankingFinal.
    """
    record = _touchable(db, actor, round_id)
    view = round_of(db, actor, round_id, at)
    if not view.is_open:
        raise RoundClosed(closed_at=record.closes_at)
    if view.focus_fixed:
        raise FocusFixed(period=record.period)
    focus = _chosen(db, record, item, counts=counts)
    if focus == record.focus:
        return view
    told: dict[str, str | int | None] = {"old": record.focus, "new": focus}
    changed = rounds.set_focus(db, record, focus)
    rounds.append_act(db, changed, Act(at.now, actor.person_id, "focus", told))
    happened(db, FocusChosen(round_id, actor.person_id), at)
    return round_of(db, actor, round_id, at)


def supply(db: Db, actor: Actor, round_id: int, at: Moment) -> Handed:
    """补发评分表: what the roster of today asks for and the round lacks. Raises NoSuchRound or RoundClosed."""
    record = _own(db, actor, round_id)
    if record.closes_at <= at.now:
        raise RoundClosed(closed_at=record.closes_at)
    handed = hand_out_missing(db, record, actor.person_id, at)
    if handed.sheet_ids:
        happened(db, SheetsHandedOut(round_id, handed.sheet_ids, actor.person_id), at)
    return handed


def proposals(rules: RuleSet, known: Sequence[RoundView], at: Moment) -> list[tuple[Period, UnitKind]]:
    """What can be opened by hand: this month, quarter and year and the ones before, as far as they are not there."""
    policy = rules["township"].policy
    there = {(view.period, view.unit_kind) for view in known}
    found: list[tuple[Period, UnitKind]] = []
    for rhythm, kind in PERIOD_KINDS.items():
        current = period_on(kind, at.today)
        found += [(period, each) for period in (current, current.previous()) for each in policy.rounds.of(rhythm)]
    return [(period, each) for period, each in found if (str(period), each) not in there]


def latest_closing(period: Period, zone: tzinfo) -> datetime:
    """A round is open no longer than the period after its own, when the next round of its rhythm is under way."""
    return period.next().ends_at(zone)


def _chosen(db: Db, record: RoundRecord, item: int, *, counts: bool) -> str | None:
    rubric = rubric_of(db, record.rubric_hash)
    before = read_focus(record.focus)
    if item == 0:
        return None
    if counts:
        return write_focus(rubric, {item} | (before or frozenset()))
    everything = frozenset(entry.number for entry in rubric.items)
    return write_focus(rubric, (before or everything) - {rubric.item(item).number})


def _rescheduled(db: Db, actor: Actor, record: RoundRecord, closes_at: datetime, name: str, at: Moment) -> RoundView:
    if closes_at != record.closes_at:
        told: dict[str, str | int | None] = {"old": record.closes_at.isoformat(), "new": closes_at.isoformat()}
        changed = rounds.set_closing(db, record, closes_at)
        rounds.append_act(db, changed, Act(at.now, actor.person_id, name, told))
        happened(db, RoundRescheduled(record.id, actor.person_id), at)
    return round_of(db, actor, record.id, at)


def _own(db: Db, actor: Actor, round_id: int) -> RoundRecord:
    require(actor, Right.MANAGE_ROUNDS)
    record = rounds.by_id(db, round_id)
    if record is None or record.district_id != actor.district_id:
        raise NoSuchRound(round_id=round_id)
    return record


def _touchable(db: Db, actor: Actor, round_id: int) -> RoundRecord:
    record = _own(db, actor, round_id)
    if _is_final(db, record):
        raise RankingFinal(period=record.period)
    return record


def _is_final(db: Db, record: RoundRecord) -> bool:
    newest = rankings.newest(db, record.district_id, record.period, record.unit_kind)
    return newest is not None and newest.state == "final"


def _view(db: Db, record: RoundRecord, count: Count, zone: tzinfo, at: Moment) -> RoundView:
    return RoundView(
        round_id=record.id,
        period=record.period,
        unit_kind=record.unit_kind,
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        is_open=record.opens_at <= at.now < record.closes_at,
        sheets=count.sheets,
        submitted=count.submitted,
        rubric=rubric_of(db, record.rubric_hash),
        focus=read_focus(record.focus),
        focus_fixed=count.handed_in > 0,
        is_final=_is_final(db, record),
        closings=_closings(record, zone, at),
    )


def _closings(record: RoundRecord, zone: tzinfo, at: Moment) -> tuple[datetime, ...]:
    """Midnights (or the round's own hour) that an extension may go to, counted from its end or from today."""
    base = record.closes_at.astimezone(zone)
    if record.closes_at <= at.now:
        base = datetime.combine(at.today, time(), tzinfo=zone)
    latest = latest_closing(Period.parse(record.period), zone)
    offered = [(base + timedelta(days=days)).astimezone(UTC) for days in _EXTENSIONS]
    return tuple(each for each in offered if at.now < each <= latest)


def _zone(db: Db, district_id: int) -> ZoneInfo:
    return ZoneInfo(units.district(db, district_id).timezone)
