"""Opening rounds and handing out their sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.periods import Period
from core.policy import Policy
from core.rubric import Rubric, UnitKind
from core.store import rounds, rules, sheets, units
from core.store.engine import Db
from core.store.rounds import RoundRecord


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


def open_round(
    db: Db, district_id: int, period: Period, unit_kind: UnitKind, rule: Rules, opens_at: datetime, closes_at: datetime
) -> int:
    """A new round that pins these rules; gives the id."""
    rubric, policy = rule.rubric, rule.policy
    rules.keep(db, rubric.hash, "rubric", rubric.id, rubric.version, rule.rubric_text)
    keep_policy(db, policy, rule.policy_text)
    return rounds.add(
        db,
        RoundRecord(
            id=0,
            district_id=district_id,
            period=str(period),
            unit_kind=unit_kind,
            rubric_hash=rubric.hash,
            policy_hash=policy.hash,
            opens_at=opens_at,
            closes_at=closes_at,
        ),
    )


def keep_policy(db: Db, policy: Policy, text: str) -> None:
    """Keep the text of a policy, so that what was done by it can be read again."""
    rules.keep(db, policy.hash, "policy", policy.id, policy.version, text)


def take_policy(db: Db, district_id: int, policy: Policy, text: str) -> None:
    """Let a policy be in force for what belongs to no round: quiet hours, invitations."""
    keep_policy(db, policy, text)
    units.set_policy(db, district_id, policy.hash)


def hand_out(db: Db, round_id: int, unit_id: int, person_id: int) -> int:
    """A sheet of this round for one assessor and one unit; gives the id."""
    return sheets.add_sheet(db, round_id, unit_id, rater_person_id=person_id)


def hand_out_to_unit(db: Db, round_id: int, unit_id: int, rater_unit_id: int) -> int:
    """A sheet of this round for one township's officers and one department; gives the id."""
    return sheets.add_sheet(db, round_id, unit_id, rater_unit_id=rater_unit_id)
