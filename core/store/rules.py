"""The texts of rubrics and policies as they were when they took effect, by hash.

A hash names one value for ever, so what was read once is kept in memory.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, select

from core.policy import Policy
from core.rubric import Rubric
from core.rubric_files import parse_rubric, recall_policy
from core.store.engine import Db
from core.store.tables import District, RuleText, table_of

_RULES = table_of(RuleText)
_DISTRICT = table_of(District)
_RUBRICS: dict[str, Rubric] = {}
_POLICIES: dict[str, Policy] = {}


def keep(db: Db, digest: str, kind: str, key: str, version: int, text: str) -> None:
    """Keep a text under its hash; keeping it again changes nothing."""
    if db.scalar(select(_RULES.c.hash).where(_RULES.c.hash == digest)) is None:
        values = {"hash": digest, "kind": kind, "key": key, "version": version, "text": text}
        db.execute(insert(_RULES).values(values))


def rubric_of(db: Db, digest: str) -> Rubric:
    """The rubric that a round pinned."""
    found = _RUBRICS.get(digest)
    if found is None:
        found = _RUBRICS[digest] = parse_rubric(_text(db, digest), digest)
    return found


def rubrics(db: Db) -> Mapping[str, Rubric]:
    """Every rubric that was ever in force, by its hash."""
    kept = db.execute(select(_RULES.c.hash).where(_RULES.c.kind == "rubric")).scalars()
    return {digest: rubric_of(db, digest) for digest in kept.all()}


def policy_of(db: Db, digest: str) -> Policy:
    """The policy that a round pinned."""
    found = _POLICIES.get(digest)
    if found is None:
        found = _POLICIES[digest] = recall_policy(_text(db, digest), digest)
    return found


def policy_in_force(db: Db, district_id: int) -> Policy | None:
    """The policy for what belongs to no round; None before any was taken."""
    digest: str | None = db.scalar(select(_DISTRICT.c.policy_hash).where(_DISTRICT.c.id == district_id))
    return None if digest is None else policy_of(db, digest)


def _text(db: Db, digest: str) -> str:
    return str(db.execute(select(_RULES.c.text).where(_RULES.c.hash == digest)).scalar_one())
