"""The tables. Values are validated before they come here; CHECKs hold the last line.

Units: points in hundredths, times in UTC, dates are the district's calendar dates,
Telegram ids are 64 bit. Rows never leave `core/store`; its functions return frozen
values. Enums are strings with a CHECK, because a native enum cannot be altered.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# Named constraints from the first revision on: SQLite's batch migrations cannot drop unnamed ones.
METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A 64-bit key that SQLite still counts up by itself.
_KEY = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column(_KEY, primary_key=True, autoincrement=True)


def _ref(target: str, *, nullable: bool = False, primary_key: bool = False, index: bool = False) -> Column[int]:
    return Column(_KEY, ForeignKey(target), nullable=nullable, primary_key=primary_key, index=index)


def _telegram_id(*, nullable: bool = True, unique: bool = False, primary_key: bool = False) -> Column[int]:
    return Column(BigInteger, nullable=nullable, unique=unique, primary_key=primary_key, autoincrement=False)


class District(SQLModel, table=True):
    """Owns everything else. `group_*` is where announcements go."""

    id: int | None = Field(default=None, sa_column=_key())
    name: str
    timezone: str
    group_chat_id: int | None = Field(default=None, sa_column=_telegram_id(unique=True))
    group_thread_id: int | None = Field(default=None, sa_column=_telegram_id())
    group_language: str


class Unit(SQLModel, table=True):
    """考核对象. Its names are dated and stand in `unit_name`."""

    __table_args__ = (
        UniqueConstraint("district_id", "code"),
        CheckConstraint("kind IN ('township', 'department')", name="kind"),
    )
    id: int | None = Field(default=None, sa_column=_key())
    district_id: int = Field(sa_column=_ref("district.id"))
    code: str
    kind: str


class UnitName(SQLModel, table=True):
    """The name a unit bears from a day on."""

    __tablename__ = "unit_name"
    unit_id: int = Field(sa_column=_ref("unit.id", primary_key=True))
    valid_from: date = Field(primary_key=True)
    name: str
    short_name: str


class Person(SQLModel, table=True):
    """Somebody the bot knows; bound to at most one Telegram account."""

    id: int | None = Field(default=None, sa_column=_key())
    district_id: int = Field(sa_column=_ref("district.id"))
    name: str
    telegram_id: int | None = Field(default=None, sa_column=_telegram_id(unique=True))
    language: str


class Appointment(SQLModel, table=True):
    """A role held from a day on, until a day (exclusive) or open-ended."""

    __table_args__ = (CheckConstraint("role IN ('admin', 'assessor', 'officer', 'liaison', 'viewer')", name="role"),)
    id: int | None = Field(default=None, sa_column=_key())
    person_id: int = Field(sa_column=_ref("person.id", index=True))
    role: str
    unit_id: int | None = Field(default=None, sa_column=_ref("unit.id", nullable=True))
    starts_on: date
    ends_on: date | None = None


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
    id: int | None = Field(default=None, sa_column=_key())
    district_id: int = Field(sa_column=_ref("district.id"))
    period: str
    unit_kind: str
    rubric_hash: str = Field(foreign_key="rule_text.hash")
    policy_hash: str = Field(foreign_key="rule_text.hash")
    opens_at: datetime
    closes_at: datetime
    audit_seq: int
    audit_head: str


class SheetRow(SQLModel, table=True):
    """评分表: one rater (a person, or for Annex 2 a township unit), one unit, one round."""

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id", "rater_person_id"),
        UniqueConstraint("round_id", "unit_id", "rater_unit_id"),
        CheckConstraint("(rater_person_id IS NULL) <> (rater_unit_id IS NULL)", name="one_rater"),
        CheckConstraint("state IN ('open', 'submitted')", name="state"),
        CheckConstraint("(state = 'open') = (submitted_at IS NULL)", name="submitted_at"),
    )
    id: int | None = Field(default=None, sa_column=_key())
    round_id: int = Field(sa_column=_ref("round.id"))
    unit_id: int = Field(sa_column=_ref("unit.id"))
    rater_person_id: int | None = Field(default=None, sa_column=_ref("person.id", nullable=True, index=True))
    rater_unit_id: int | None = Field(default=None, sa_column=_ref("unit.id", nullable=True, index=True))
    state: str
    submitted_at: datetime | None = None
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
    sheet_id: int = Field(sa_column=_ref("sheet.id", primary_key=True))
    item: int = Field(primary_key=True)
    points: int | None = None
    not_applicable: bool
    reason: str | None = None
    bulk: bool
    person_id: int = Field(sa_column=_ref("person.id"))
    marked_at: datetime


class Evidence(SQLModel, table=True):
    """佐证 to one item. A file is first `owed` (known by its Telegram id), then `stored` by its SHA-256."""

    __table_args__ = (
        UniqueConstraint("sheet_id", "item", "source_key"),
        CheckConstraint("kind IN ('photo', 'file', 'location')", name="kind"),
        CheckConstraint("state IN ('owed', 'stored', 'failed')", name="state"),
        CheckConstraint("(kind = 'location') = (latitude IS NOT NULL)", name="location"),
        Index("ix_evidence_owed", "state", "next_try_at"),
    )
    id: int | None = Field(default=None, sa_column=_key())
    sheet_id: int = Field(sa_column=_ref("sheet.id"))
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
    person_id: int = Field(sa_column=_ref("person.id"))
    received_at: datetime


class Prompt(SQLModel, table=True):
    """A question the bot asked and whose answer is free text."""

    __table_args__ = (
        CheckConstraint("kind IN ('reason', 'not_applicable')", name="kind"),
        Index("ix_prompt_open", "person_id", "answered_at"),
    )
    id: int | None = Field(default=None, sa_column=_key())
    person_id: int = Field(sa_column=_ref("person.id"))
    kind: str
    sheet_id: int = Field(sa_column=_ref("sheet.id"))
    item: int
    message_id: int | None = Field(default=None, sa_column=_telegram_id())
    asked_at: datetime
    answered_at: datetime | None = None


class ScreenRow(SQLModel, table=True):
    """What stands in a chat: which sheet, which item (0: the contents), in which message."""

    __tablename__ = "screen"
    chat_id: int = Field(sa_column=_telegram_id(nullable=False, primary_key=True))
    sheet_id: int = Field(sa_column=_ref("sheet.id"))
    item: int
    message_id: int | None = Field(default=None, sa_column=_telegram_id())


class Audit(SQLModel, table=True):
    """Every act, chained: `hash` covers the entry and `prev_hash`."""

    chain: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime
    person_id: int | None = Field(default=None, sa_column=_ref("person.id", nullable=True))
    act: str
    body: str
    prev_hash: str
    hash: str


class ProcessedUpdate(SQLModel, table=True):
    """An update whose effects are committed. `owed` is the reply still to be sent, NULL once it went out."""

    __tablename__ = "processed_update"
    __table_args__ = (
        Index(
            "ix_processed_update_owed",
            "update_id",
            sqlite_where=text("owed IS NOT NULL"),
            postgresql_where=text("owed IS NOT NULL"),
        ),
    )
    update_id: int = Field(sa_column=_telegram_id(nullable=False, primary_key=True))
    at: datetime
    owed: str | None = None


class DeadLetter(SQLModel, table=True):
    """An update that could not be handled, kept whole with what went wrong."""

    __tablename__ = "dead_letter"
    code: str = Field(primary_key=True)
    update_id: int | None = Field(default=None, sa_column=_telegram_id())
    body: str
    traceback: str
    at: datetime


class Occurrence(SQLModel, table=True):
    """A schedule's one firing for one calendar key: claimed once, whoever is first."""

    district_id: int = Field(sa_column=_ref("district.id", primary_key=True))
    schedule: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fire_at: datetime
    claimed_at: datetime


class ScheduleProgress(SQLModel, table=True):
    """Up to which moment a district's schedules have been turned into occurrences."""

    __tablename__ = "schedule_progress"
    district_id: int = Field(sa_column=_ref("district.id", primary_key=True))
    schedule: str = Field(primary_key=True)
    materialised_until: datetime


class Outbox(SQLModel, table=True):
    """A message the clock owes a chat. `dedup_key` makes it one, whatever happens."""

    __table_args__ = (
        UniqueConstraint("dedup_key"),
        CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed', 'unknown')", name="state"),
        Index("ix_outbox_due", "state", "not_before"),
    )
    id: int | None = Field(default=None, sa_column=_key())
    district_id: int = Field(sa_column=_ref("district.id"))
    dedup_key: str
    chat_id: int = Field(sa_column=_telegram_id(nullable=False))
    thread_id: int | None = Field(default=None, sa_column=_telegram_id())
    language: str
    # What is said, as a view's name and its parameters; the sentence is worded when it is sent.
    view: str
    state: str
    attempt: int
    not_before: datetime
    started_at: datetime | None = None
    message_id: int | None = Field(default=None, sa_column=_telegram_id())
    error: str | None = None


class Ranking(SQLModel, table=True):
    """综合排名: a frozen, versioned snapshot of one period and kind of unit."""

    __table_args__ = (
        UniqueConstraint("district_id", "period", "unit_kind", "version"),
        CheckConstraint("state IN ('provisional', 'final', 'superseded')", name="state"),
    )
    id: int | None = Field(default=None, sa_column=_key())
    district_id: int = Field(sa_column=_ref("district.id"))
    period: str
    unit_kind: str
    version: int
    state: str
    computed_at: datetime
    # Canonical JSON of the whole result: the same inputs give the same bytes.
    body: str
    inputs_hash: str
    audit_root: str
    rubric_hash: str = Field(foreign_key="rule_text.hash")
    policy_hash: str = Field(foreign_key="rule_text.hash")
