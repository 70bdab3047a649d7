"""Who there is: districts, units, persons, and what joins them from a day on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.tables.naming import key, ref, telegram_id


class District(SQLModel, table=True):
    """Owns everything else. `group_*` is where announcements go."""

    id: int | None = Field(default=None, sa_column=key())
    name: str
    timezone: str
    group_chat_id: int | None = Field(default=None, sa_column=telegram_id(unique=True))
    group_thread_id: int | None = Field(default=None, sa_column=telegram_id())
    group_language: str
    # The policy in force for what belongs to no round: quiet hours, invitations. A round pins its own.
    policy_hash: str | None = Field(default=None, foreign_key="rule_text.hash")
    # The head of the roster's audit chain: people, units and what joins them.
    audit_seq: int
    audit_head: str


class Unit(SQLModel, table=True):
    """考核对象. Its names are dated and stand in `unit_name`; it begins with the first of them."""

    __table_args__ = (
        UniqueConstraint("district_id", "code"),
        CheckConstraint("kind IN ('township', 'department')", name="kind"),
        CheckConstraint("category IN ('town', 'subdistrict', 'committee', 'department')", name="category"),
        CheckConstraint("(category = 'department') = (kind = 'department')", name="category_of_kind"),
        CheckConstraint("(successor_id IS NULL) = (successor_inherits IS NULL)", name="successor"),
    )
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    code: str
    # Among whom it is ranked.
    kind: str
    # 类别: what it calls itself.
    category: str
    # The first day on which it is no unit any more.
    ends_on: date | None = None
    # 并入: the unit it was merged into, and whether its last places in a row go along.
    successor_id: int | None = Field(default=None, sa_column=ref("unit.id", nullable=True))
    successor_inherits: bool | None = None


class UnitName(SQLModel, table=True):
    """The name a unit bears from a day on."""

    __tablename__ = "unit_name"
    unit_id: int = Field(sa_column=ref("unit.id", primary_key=True))
    valid_from: date = Field(primary_key=True)
    name: str
    short_name: str


class Person(SQLModel, table=True):
    """Somebody the bot knows; bound to at most one Telegram account."""

    __table_args__ = (UniqueConstraint("district_id", "code"),)
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    # 编号 of the roster, which tells two people of one name apart.
    code: str | None = None
    name: str
    telegram_id: int | None = Field(default=None, sa_column=telegram_id(unique=True))
    language: str
    # When an admin last had them reminded.
    reminded_at: datetime | None = None
    # Whether the morning's summary of what is due is wanted.
    digest: bool = True
    # Since when Telegram refuses what is sent to them (403); None once they write again.
    unreachable_since: datetime | None = None


class Appointment(SQLModel, table=True):
    """A role held from a day on, until a day (exclusive) or open-ended."""

    __table_args__ = (CheckConstraint("role IN ('admin', 'assessor', 'officer', 'liaison', 'viewer')", name="role"),)
    id: int | None = Field(default=None, sa_column=key())
    person_id: int = Field(sa_column=ref("person.id", index=True))
    role: str
    unit_id: int | None = Field(default=None, sa_column=ref("unit.id", nullable=True))
    starts_on: date
    ends_on: date | None = None


class Link(SQLModel, table=True):
    """联点: this township scores this department, from a day on, until a day (exclusive) or open-ended."""

    id: int | None = Field(default=None, sa_column=key())
    department_id: int = Field(sa_column=ref("unit.id", index=True))
    township_id: int = Field(sa_column=ref("unit.id", index=True))
    starts_on: date
    ends_on: date | None = None


class Assignment(SQLModel, table=True):
    """分工: this assessor scores this township, from a day on, until a day (exclusive) or open-ended."""

    id: int | None = Field(default=None, sa_column=key())
    person_id: int = Field(sa_column=ref("person.id", index=True))
    unit_id: int = Field(sa_column=ref("unit.id", index=True))
    starts_on: date
    ends_on: date | None = None


class Conflict(SQLModel, table=True):
    """回避: this person must not score this unit, from a day on, until a day (exclusive) or open-ended."""

    id: int | None = Field(default=None, sa_column=key())
    person_id: int = Field(sa_column=ref("person.id", index=True))
    unit_id: int = Field(sa_column=ref("unit.id", index=True))
    reason: str
    starts_on: date
    ends_on: date | None = None


class Invitation(SQLModel, table=True):
    """A single-use link for one person. Only the hash of its code is kept; `nonce` alone tells nobody the code."""

    id: int | None = Field(default=None, sa_column=key())
    person_id: int = Field(sa_column=ref("person.id", index=True))
    nonce: str
    code_hash: str = Field(unique=True)
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = Field(default=None, sa_column=telegram_id())
    revoked_at: datetime | None = None


class WrongCode(SQLModel, table=True):
    """A code that an account tried and that opened nothing: what slows down who guesses."""

    __tablename__ = "wrong_code"
    __table_args__ = (Index("ix_wrong_code_telegram_id_at", "telegram_id", "at"),)
    id: int | None = Field(default=None, sa_column=key())
    telegram_id: int = Field(sa_column=telegram_id(nullable=False))
    at: datetime
