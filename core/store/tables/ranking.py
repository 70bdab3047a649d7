"""Rankings as they were frozen, and what people say to them: objections, explanations, the word at the gate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.tables.naming import key, ref


class Ranking(SQLModel, table=True):
    """综合排名: a frozen, versioned snapshot of one period and kind of unit."""

    __table_args__ = (
        UniqueConstraint("district_id", "period", "unit_kind", "version"),
        CheckConstraint("state IN ('provisional', 'final', 'superseded')", name="state"),
        CheckConstraint("state <> 'final' OR final_at IS NOT NULL", name="final"),
    )
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    period: str
    unit_kind: str
    version: int
    state: str
    computed_at: datetime
    # Canonical JSON of the whole result: the same inputs give the same bytes.
    body: str
    # What it was computed from, named by hashes (canonical JSON); `inputs_hash` is its SHA-256. None: not kept then.
    inputs: str | None = None
    inputs_hash: str
    audit_root: str
    rubric_hash: str = Field(foreign_key="rule_text.hash")
    policy_hash: str = Field(foreign_key="rule_text.hash")
    # 公示: until when objections may be raised; None where there is no time for them, or it is unknown.
    objections_until: datetime | None = None
    # 定稿: since when it counts. A superseded version keeps it: it did count until then.
    final_at: datetime | None = None


class Objection(SQLModel, table=True):
    """异议 of a unit to a version of a ranking: open, then upheld or rejected, with the office's reason."""

    __table_args__ = (
        CheckConstraint("state IN ('open', 'upheld', 'rejected')", name="state"),
        CheckConstraint("(decided_at IS NULL) = (state = 'open')", name="decided"),
        Index("ix_objection_ranking", "ranking_id", "state"),
    )
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    ranking_id: int = Field(sa_column=ref("ranking.id"))
    unit_id: int = Field(sa_column=ref("unit.id"))
    person_id: int = Field(sa_column=ref("person.id"))
    # The question that it answers; its files hang on that.
    prompt_id: int | None = Field(default=None, sa_column=ref("prompt.id", nullable=True))
    # The item numbers that it is about, as `core.focus` writes them; empty: the ranking as a whole.
    items: str
    text: str
    raised_at: datetime
    state: str
    decided_by: int | None = Field(default=None, sa_column=ref("person.id", nullable=True))
    decided_at: datetime | None = None
    decision: str | None = None


class Explanation(SQLModel, table=True):
    """说明情况: what a unit says to its last places (办法 六-2). Never edited: again is the next version."""

    unit_id: int = Field(sa_column=ref("unit.id", primary_key=True))
    # The quarter whose last place is explained.
    period: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    prompt_id: int | None = Field(default=None, sa_column=ref("prompt.id", nullable=True))
    text: str
    person_id: int = Field(sa_column=ref("person.id"))
    filed_at: datetime


class Gate(SQLModel, table=True):
    """An admin's word that a ranking is to be published although something is missing (照常公布)."""

    district_id: int = Field(sa_column=ref("district.id", primary_key=True))
    period: str = Field(primary_key=True)
    unit_kind: str = Field(primary_key=True)
    person_id: int = Field(sa_column=ref("person.id"))
    opened_at: datetime
