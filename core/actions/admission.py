"""The gate: whether a ranking that lacks sheets or units is published, or held until the office says so.

`publish` lists what is missing as 未考核; `hold` asks the admins once, and an admin's word lets it through. Whoever
wants to wait does nothing, or extends the round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from core.actions.computing import append_act_of, publication_of
from core.actions.door import Moment
from core.actions.ranking_inputs import Inputs, of_period
from core.actions.reactions import happened
from core.actions.telling import Letter, tell_admins
from core.errors import NothingHeld
from core.events import GateOpened
from core.people import Actor
from core.periods import Period
from core.permissions import Right, may, require
from core.policy_schedules import Schedule
from core.rubric import UnitKind
from core.scoring import has_too_few
from core.sheet import SheetState
from core.store import objections, outbox, rankings, rounds, sheets
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.rules import policy_in_force


@dataclass(frozen=True, slots=True)
class Missing:
    """What a ranking lacks: sheets that were not handed in (unit, rater), and units without any result.

    `short`: units that have sheets, but too few to be ranked, with how many they have.
    """

    sheets: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    short: tuple[tuple[str, int], ...]

    def __bool__(self) -> bool:
        return bool(self.sheets or self.units or self.short)


def is_held(db: Db, record: RoundRecord) -> bool:
    """Whether the office was asked about a round and said nothing yet: what is sealed cannot change meanwhile."""
    return _waits(db, record.district_id, record.unit_kind, record.period, record)


def held(db: Db, actor: Actor, at: Moment) -> tuple[tuple[Period, UnitKind], ...]:
    """The rankings that wait for the person's word; none for who has none to say."""
    policy = policy_in_force(db, actor.district_id)
    if policy is None or not may(actor, Right.ANNOUNCE):
        return ()
    rankings_due = (each for each in policy.schedules if each.kind == "compute_ranking")
    return tuple(
        (period, kind)
        for schedule in rankings_due
        for period, kind, record in _unranked(db, actor.district_id, schedule, at)
        if _waits(db, actor.district_id, kind, str(period), record)
    )


def is_admitted(db: Db, inputs: Inputs, occurrence: str, at: Moment) -> bool:
    """Whether a ranking may be published; where it is held the admins are asked, once for each time it closes."""
    if publication_of(inputs.policy, inputs.period).incomplete == "publish":
        return True
    lacks = missing(db, inputs, at)
    about = (inputs.district_id, inputs.unit_kind, str(inputs.period), inputs.round)
    if not lacks or _was_let_through(db, *about):
        return True
    tell_admins(db, inputs.district_id, _asked_under(*about), _question(inputs, lacks), at, occurrence=occurrence)
    return False


def ask_again(db: Db, actor: Actor, period: Period, kind: UnitKind, at: Moment) -> tuple[Letter, int | None]:
    """What the office was asked about a ranking that is held, and the round it is of. Raises as `check_held` does."""
    check_held(db, actor, period, kind)
    inputs = of_period(db, actor.district_id, period, kind, at)
    return _question(inputs, missing(db, inputs, at)), None if inputs.round is None else inputs.round.id


def missing(db: Db, inputs: Inputs, at: Moment) -> Missing:
    """What a ranking lacks. A sheet that was skipped (不了解) lacks nothing."""
    unfinished: tuple[tuple[str, str], ...] = ()
    if inputs.round is not None:
        known = sheets.of_round(db, inputs.district_id, inputs.round.id, at.today)
        unfinished = tuple((each.unit, each.rater) for each in known if each.state == SheetState.OPEN)
    least = inputs.policy.scoring.of(inputs.unit_kind).min_raters
    without: list[str] = []
    short: list[tuple[str, int]] = []
    for unit_id, each in inputs.results.items():
        if each.results.total is None and has_too_few(each.sheets, least):
            short.append((inputs.names[unit_id], each.sheets))
        elif each.results.total is None or (each.quarters is not None and each.quarters[0] < each.quarters[1]):
            without.append(inputs.names[unit_id])
    return Missing(unfinished, tuple(without), tuple(short))


def let_through(db: Db, actor: Actor, period: Period, kind: UnitKind, at: Moment) -> None:
    """照常公布: the ranking that is held comes out at the next beat, 未考核 rows and all; twice is once.

    Raises as `check_held` does.
    """
    check_held(db, actor, period, kind)
    found = rounds.find(db, actor.district_id, str(period), kind)
    if _was_let_through(db, actor.district_id, kind, str(period), found):
        return
    objections.open_gate(db, actor.district_id, str(period), kind, actor.person_id, at.now)
    append_act_of(db, actor.district_id, str(period), kind, Act(at.now, actor.person_id, "let_through", {}))
    happened(db, GateOpened(actor.district_id, str(period), kind, actor.person_id), at)


def check_held(db: Db, actor: Actor, period: Period, kind: UnitKind) -> None:
    """Raises NotAllowed, or NothingHeld unless the office was asked about this ranking and it is not there yet."""
    require(actor, Right.ANNOUNCE)
    found = rounds.find(db, actor.district_id, str(period), kind)
    newest = rankings.newest(db, actor.district_id, str(period), kind)
    is_there = newest is not None and (found is None or newest.computed_at >= found.closes_at)
    if is_there or not outbox.was_owed(db, _asked_under(actor.district_id, kind, str(period), found)):
        raise NothingHeld(period=str(period))


def _question(inputs: Inputs, lacks: Missing) -> Letter:
    return {
        "name": "ranking_held",
        "period": str(inputs.period),
        "kind": inputs.unit_kind,
        "sheets": lacks.sheets,
        "units": lacks.units,
        "short": lacks.short,
        "least": inputs.policy.scoring.of(inputs.unit_kind).min_raters,
    }


def _unranked(
    db: Db, district_id: int, schedule: Schedule, at: Moment
) -> Iterator[tuple[Period, UnitKind, RoundRecord | None]]:
    """What a schedule made due and was not ranked since. A half-year has no round of its own."""
    if schedule.rhythm == "half_year":
        for period, kind in rankings.unranked_periods(db, district_id, schedule.id, get_args(UnitKind)):
            yield period, kind, None
    else:
        for record in rounds.unranked(db, district_id, schedule.id, at.now):
            yield Period.parse(record.period), record.unit_kind, record


def _waits(db: Db, district_id: int, kind: UnitKind, period: str, record: RoundRecord | None) -> bool:
    was_asked = outbox.was_owed(db, _asked_under(district_id, kind, period, record))
    return was_asked and not _was_let_through(db, district_id, kind, period, record)


def _asked_under(district_id: int, kind: UnitKind, period: str, record: RoundRecord | None) -> str:
    """The key of the question: a round that closes again is asked about again."""
    return f"held:{district_id}:{kind}:{period}:{'' if record is None else record.closes_at.isoformat()}"


def _was_let_through(db: Db, district_id: int, kind: UnitKind, period: str, record: RoundRecord | None) -> bool:
    opened = objections.gate_opened_at(db, district_id, period, kind)
    return opened is not None and (record is None or opened >= record.closes_at)
