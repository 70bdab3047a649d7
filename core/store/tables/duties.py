"""What units file, and what the office says to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.tables.naming import key, ref


class FilingRow(SQLModel, table=True):
    """A monthly report, a briefing or a workday's log as it was filed. Never edited: again is the next version.

    `key` is the due date it is for (`2013-06`, `2013-06-08`), for a briefing the week it was filed in (`2013-W26`).
    """

    __tablename__ = "filing"
    __table_args__ = (
        UniqueConstraint("unit_id", "duty", "key", "version"),
        CheckConstraint("duty IN ('monthly_report', 'briefing', 'workday')", name="duty"),
        CheckConstraint("state IN ('filed', 'returned', 'pending', 'accepted', 'rejected')", name="state"),
        CheckConstraint("(duty = 'briefing') = (state IN ('pending', 'accepted', 'rejected'))", name="state_of_duty"),
        CheckConstraint("(decided_at IS NULL) = (state IN ('filed', 'pending'))", name="decided"),
        CheckConstraint("version >= 1", name="version"),
        Index("ix_filing_began", "district_id", "duty", "filed_at"),
    )
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    unit_id: int = Field(sa_column=ref("unit.id"))
    duty: str
    key: str
    version: int
    person_id: int = Field(sa_column=ref("person.id"))
    # The question that it answers; its files hang on that.
    prompt_id: int | None = Field(default=None, sa_column=ref("prompt.id", nullable=True))
    filed_at: datetime
    state: str
    title: str | None = None
    text: str | None = None
    link: str | None = None
    # Of a workday: people received, matters heard, matters solved.
    received: int | None = None
    heard: int | None = None
    solved: int | None = None
    # Who of the office accepted, rejected or returned it, and why.
    decided_by: int | None = Field(default=None, sa_column=ref("person.id", nullable=True))
    decided_at: datetime | None = None
    decision: str | None = None
    # Of a briefing: another one that says much the same, and how alike they are, in percent.
    alike_id: int | None = Field(default=None, sa_column=ref("filing.id", nullable=True))
    alike_percent: int | None = None


class FilingFile(SQLModel, table=True):
    """A photo or file that was sent in answer to a question: it belongs to whatever is filed in answer to it."""

    __tablename__ = "filing_file"
    __table_args__ = (
        UniqueConstraint("prompt_id", "source_key"),
        CheckConstraint("kind IN ('photo', 'file')", name="kind"),
        CheckConstraint("state IN ('owed', 'stored', 'failed')", name="state"),
        Index("ix_filing_file_owed", "state", "next_try_at"),
    )
    id: int | None = Field(default=None, sa_column=key())
    prompt_id: int = Field(sa_column=ref("prompt.id"))
    kind: str
    source_key: str
    telegram_file_id: str
    name: str | None = None
    size: int | None = None
    album: str | None = None
    sha256: str | None = None
    state: str
    attempts: int
    next_try_at: datetime
    person_id: int = Field(sa_column=ref("person.id"))
    received_at: datetime


class Excuse(SQLModel, table=True):
    """The office excuses a unit from one due date, with a reason."""

    __table_args__ = (CheckConstraint("duty IN ('monthly_report', 'briefing', 'workday')", name="duty"),)
    unit_id: int = Field(sa_column=ref("unit.id", primary_key=True))
    duty: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    reason: str
    person_id: int = Field(sa_column=ref("person.id"))
    excused_at: datetime


class UnitLedger(SQLModel, table=True):
    """The head of a unit's ledger chain; kept apart from the log so that a deleted last entry shows."""

    __tablename__ = "unit_ledger"
    unit_id: int = Field(sa_column=ref("unit.id", primary_key=True))
    audit_seq: int
    audit_head: str
