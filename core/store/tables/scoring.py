"""What is scored: rules, rounds, sheets, marks and what belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.tables.naming import key, ref


class RuleText(SQLModel, table=True):
    """A rubric or policy as it was when it took effect: old sheets print from here."""

    __tablename__ = "rule_text"
    __table_args__ = (CheckConstraint("kind IN ('rubric', 'policy')", name="kind"),)
    hash: str = Field(primary_key=True)
    kind: str
    key: str
    version: int
    text: str


class Round(SQLModel, table=True):
    """一次考评: one rubric, one period, one kind of unit."""

    __table_args__ = (UniqueConstraint("district_id", "period", "unit_kind"),)
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    period: str
    unit_kind: str
    rubric_hash: str = Field(foreign_key="rule_text.hash")
    policy_hash: str = Field(foreign_key="rule_text.hash")
    opens_at: datetime
    closes_at: datetime
    # 督查重点: the numbers of the items that count, as `4,10,15`; NULL is all of them.
    focus: str | None = None
    audit_seq: int
    audit_head: str


class SheetRow(SQLModel, table=True):
    """评分表: one rater (a person, or for Annex 2 a township unit), one unit, one round."""

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id", "rater_person_id"),
        UniqueConstraint("round_id", "unit_id", "rater_unit_id"),
        CheckConstraint("(rater_person_id IS NULL) <> (rater_unit_id IS NULL)", name="one_rater"),
        CheckConstraint("state IN ('open', 'submitted', 'skipped')", name="state"),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"),
        CheckConstraint("version >= 0", name="version"),
    )
    id: int | None = Field(default=None, sa_column=key())
    round_id: int = Field(sa_column=ref("round.id"))
    unit_id: int = Field(sa_column=ref("unit.id"))
    rater_person_id: int | None = Field(default=None, sa_column=ref("person.id", nullable=True, index=True))
    rater_unit_id: int | None = Field(default=None, sa_column=ref("unit.id", nullable=True, index=True))
    state: str
    submitted_at: datetime | None = None
    # How often it was handed in; each time is kept in `submission`.
    version: int
    # The head of the sheet's audit chain; kept apart from the log so that a deleted last entry shows.
    audit_seq: int
    audit_head: str


class MarkRow(SQLModel, table=True):
    """评分: the present mark of one item. Its history is the sheet's audit chain."""

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("(points IS NULL) = not_applicable", name="points"),
        CheckConstraint("points >= 0", name="not_negative"),
        CheckConstraint("item >= 1", name="item"),
    )
    sheet_id: int = Field(sa_column=ref("sheet.id", primary_key=True))
    item: int = Field(primary_key=True)
    points: int | None = None
    not_applicable: bool
    reason: str | None = None
    bulk: bool
    person_id: int = Field(sa_column=ref("person.id"))
    marked_at: datetime


class Submission(SQLModel, table=True):
    """A sheet as it was handed in. Never edited: handing in again after a return is the next version."""

    sheet_id: int = Field(sa_column=ref("sheet.id", primary_key=True))
    version: int = Field(primary_key=True)
    submitted_at: datetime
    person_id: int = Field(sa_column=ref("person.id"))
    # Canonical JSON of all marks.
    body: str
    audit_head: str


class ReturnedItem(SQLModel, table=True):
    """退回: why a version of a sheet went back to its rater, item by item."""

    __tablename__ = "returned_item"
    sheet_id: int = Field(sa_column=ref("sheet.id", primary_key=True))
    version: int = Field(primary_key=True)
    item: int = Field(primary_key=True)
    reason: str
    person_id: int = Field(sa_column=ref("person.id"))
    returned_at: datetime


class Evidence(SQLModel, table=True):
    """佐证 to one item. A file is first `owed` (known by its Telegram id), then `stored` by its SHA-256."""

    __table_args__ = (
        UniqueConstraint("sheet_id", "item", "source_key"),
        CheckConstraint("kind IN ('photo', 'file', 'location')", name="kind"),
        CheckConstraint("state IN ('owed', 'stored', 'failed')", name="state"),
        CheckConstraint("(kind = 'location') = (latitude IS NOT NULL)", name="location"),
        Index("ix_evidence_owed", "state", "next_try_at"),
    )
    id: int | None = Field(default=None, sa_column=key())
    sheet_id: int = Field(sa_column=ref("sheet.id"))
    item: int
    kind: str
    # What makes the same thing sent twice one piece of evidence: Telegram's unique file id, or the message.
    source_key: str
    telegram_file_id: str | None = None
    name: str | None = None
    size: int | None = None
    sha256: str | None = None
    # A location is evidence, not arithmetic: kept as the text Telegram sent.
    latitude: str | None = None
    longitude: str | None = None
    caption: str | None = None
    # Telegram's media_group_id: the pictures of one album share the caption of one of them.
    album: str | None = None
    state: str
    attempts: int
    next_try_at: datetime
    person_id: int = Field(sa_column=ref("person.id"))
    received_at: datetime
