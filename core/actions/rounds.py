"""Rules that take effect, and rounds opened by them: by the clock, or as a story needs them.

What an admin does to a round that is there stands in `round_desk`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.handing_out import append_handing_out, hand_out_missing, unassessed
from core.actions.reactions import happened
from core.actions.round_letters import tell_office, tell_office_missed
from core.events import RoundOpened
from core.periods import Period
from core.policy import Policy
from core.rubric import Rubric, UnitKind
from core.rubric_files import load_directory
from core.store import occurrences, rounds, rules, sheets, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.handing_out import Pairing
from core.store.rounds import RoundRecord


@dataclass(frozen=True, slots=True)
class Plan:
    """A round to be: what it is about, and when it is over (UTC)."""

    period: Period
    unit_kind: UnitKind
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Rules:
    """A rubric and a policy that take effect, with the texts they were read from."""

    rubric: Rubric
    rubric_text: str
    policy: Policy
    policy_text: str


def rules_from(directory: Path, rubric: Rubric, policy: Policy) -> Rules:
    """The rules as they stand in a directory whose files are named after their ids."""
    return Rules(
        rubric,
        (directory / f"{rubric.id}.yaml").read_text(encoding="utf-8"),
        policy,
        (directory / f"{policy.id}.yaml").read_text(encoding="utf-8"),
    )


RuleSet = Mapping[UnitKind, Rules]
"""The rules that the next round of each kind of unit will pin."""


def rule_set(directory: Path) -> RuleSet:
    """The rules of a directory's newest policy (by id). Raises RulesInvalid with all problems."""
    book = load_directory(directory)
    policy = max(book.policies.values(), key=lambda each: each.id)
    return {
        "township": rules_from(directory, book.rubrics[policy.rubrics.township], policy),
        "department": rules_from(directory, book.rubrics[policy.rubrics.department], policy),
    }


def open_scheduled(db: Db, district_id: int, rules: RuleSet, firing: Firing, plans: Iterable[Plan], at: Moment) -> None:
    """Open what a schedule's firing plans, once; a round that is there already stays as it is.

    A round that would be over by now is not opened: nobody could score in it. The admins are told and decide.
    """
    if not occurrences.claim(db, district_id, firing.schedule, firing.day.isoformat(), firing.fire_at, at.now):
        return
    for plan in plans:
        if rounds.find(db, district_id, str(plan.period), plan.unit_kind) is not None:
            continue
        if plan.closes_at <= at.now:
            tell_office_missed(db, district_id, str(plan.period), plan.unit_kind, at, firing.occurrence)
        else:
            rule, opens_at = rules[plan.unit_kind], firing.fire_at
            begin(db, district_id, plan, rule, None, opens_at, at, occurrence=firing.occurrence)


def begin(
    db: Db,
    district_id: int,
    plan: Plan,
    rule: Rules,
    person_id: int | None,
    opens_at: datetime,
    at: Moment,
    *,
    occurrence: str | None = None,
) -> int:
    """Open a round, hand out its sheets and tell everybody whom it concerns; gives the id.

    `occurrence` names the firing that opens it, None: a person does.
    """
    new = _new_round(db, district_id, plan, rule, opens_at)
    record = _begun(db, new, person_id, at.now)
    round_id = record.id
    handed = hand_out_missing(db, record, person_id, at)
    happened(db, RoundOpened(round_id, person_id, occurrence), at)
    tell_office(db, record, len(handed.sheet_ids), handed.kept_away, unassessed(db, record), at, occurrence)
    return round_id


def open_round(
    db: Db, district_id: int, period: Period, unit_kind: UnitKind, rule: Rules, opens_at: datetime, closes_at: datetime
) -> int:
    """A new round that pins these rules, begun when it opens; gives the id."""
    new = _new_round(db, district_id, Plan(period, unit_kind, closes_at), rule, opens_at)
    return _begun(db, new, None, opens_at).id


def _new_round(db: Db, district_id: int, plan: Plan, rule: Rules, opens_at: datetime) -> RoundRecord:
    rubric, policy = rule.rubric, rule.policy
    rules.keep(db, rubric.hash, "rubric", rubric.id, rubric.version, rule.rubric_text)
    keep_policy(db, policy, rule.policy_text)
    record = RoundRecord(
        id=0,
        district_id=district_id,
        period=str(plan.period),
        unit_kind=plan.unit_kind,
        rubric_hash=rubric.hash,
        policy_hash=policy.hash,
        opens_at=opens_at,
        closes_at=plan.closes_at,
    )
    return replace(record, id=rounds.add(db, record))


def _begun(db: Db, record: RoundRecord, person_id: int | None, now: datetime) -> RoundRecord:
    """The round with the first act of its chain, which tells all that is fixed by it."""
    told: dict[str, str | int | None] = {
        "district_id": record.district_id,
        "period": record.period,
        "kind": record.unit_kind,
        "rubric_hash": record.rubric_hash,
        "policy_hash": record.policy_hash,
        "opens_at": record.opens_at.isoformat(),
        "closes_at": record.closes_at.isoformat(),
    }
    return rounds.append_act(db, record, Act(now, person_id, "open", told))


def keep_policy(db: Db, policy: Policy, text: str) -> None:
    """Keep the text of a policy, so that what was done by it can be read again."""
    rules.keep(db, policy.hash, "policy", policy.id, policy.version, text)


def take_policy(db: Db, district_id: int, policy: Policy, text: str) -> None:
    """Let a policy be in force for what belongs to no round: quiet hours, invitations."""
    keep_policy(db, policy, text)
    units.set_policy(db, district_id, policy.hash)


def hand_out(db: Db, round_id: int, unit_id: int, person_id: int) -> int:
    """A sheet of this round for one assessor and one unit; gives the id."""
    return _handed_out(db, round_id, Pairing(unit_id, person_id, None))


def hand_out_to_unit(db: Db, round_id: int, unit_id: int, rater_unit_id: int) -> int:
    """A sheet of this round for one township's officers and one department; gives the id."""
    return _handed_out(db, round_id, Pairing(unit_id, None, rater_unit_id))


def _handed_out(db: Db, round_id: int, pairing: Pairing) -> int:
    record = rounds.known(db, round_id)
    unit_id, person_id, rater_unit_id = pairing
    sheet_id = sheets.add_sheet(db, round_id, unit_id, rater_person_id=person_id, rater_unit_id=rater_unit_id)
    append_handing_out(db, record, {pairing: sheet_id}, None, record.opens_at)
    return sheet_id
