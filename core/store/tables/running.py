"""What keeps the bot going: screens, questions, updates, uploads, what is owed to chats, the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.store.tables.naming import key, ref, telegram_id


class Prompt(SQLModel, table=True):
    """A question the bot asked and whose answer is free text: about an item of a sheet, or `about` something else."""

    __table_args__ = (
        CheckConstraint(
            "kind IN ('reason', 'not_applicable', 'return', 'report', 'briefing', 'workday', 'return_filing',"
            " 'reject_filing', 'excuse', 'skip_occurrence', 'move_occurrence', 'fire_occurrence', 'holidays',"
            " 'objection', 'uphold', 'reject_objection', 'explanation', 'correction')",
            name="kind",
        ),
        CheckConstraint(
            "(sheet_id IS NULL) = (about IS NOT NULL) AND (sheet_id IS NULL) = (item IS NULL)", name="about"
        ),
        Index("ix_prompt_open", "person_id", "answered_at"),
    )
    id: int | None = Field(default=None, sa_column=key())
    person_id: int = Field(sa_column=ref("person.id"))
    kind: str
    sheet_id: int | None = Field(default=None, sa_column=ref("sheet.id", nullable=True))
    item: int | None = None
    about: str | None = None
    message_id: int | None = Field(default=None, sa_column=telegram_id())
    asked_at: datetime
    answered_at: datetime | None = None


class ScreenRow(SQLModel, table=True):
    """What stands in a chat: which sheet, which item (0: the contents), in which message.

    `in_column`: the item is being scored across all departments, not the sheet item by item.
    """

    __tablename__ = "screen"
    chat_id: int = Field(sa_column=telegram_id(nullable=False, primary_key=True))
    sheet_id: int = Field(sa_column=ref("sheet.id"))
    item: int
    message_id: int | None = Field(default=None, sa_column=telegram_id())
    in_column: bool


class Upload(SQLModel, table=True):
    """A workbook that somebody sent: first `owed`, then `read` into `body`, then `applying` and `applied`, or not.

    `sheet_id` and `item` say what stood in the chat when it came: a workbook that is none of ours is evidence to it.
    A `notice` is the text of one: its `body` is the question that it answers, and reading it applies it to that.
    """

    __table_args__ = (
        UniqueConstraint("chat_id", "message_id"),
        CheckConstraint("state IN ('owed', 'read', 'refused', 'applying', 'applied', 'dropped')", name="state"),
        CheckConstraint("kind IN ('roster', 'form', 'matrix', 'evidence', 'notice')", name="kind"),
        Index("ix_upload_owed", "state", "next_try_at"),
    )
    id: int | None = Field(default=None, sa_column=key())
    person_id: int = Field(sa_column=ref("person.id"))
    chat_id: int = Field(sa_column=telegram_id(nullable=False))
    message_id: int = Field(sa_column=telegram_id(nullable=False))
    telegram_file_id: str
    file_unique_id: str
    name: str
    size: int | None = None
    sheet_id: int | None = Field(default=None, sa_column=ref("sheet.id", nullable=True))
    item: int | None = None
    state: str
    kind: str | None = None
    sha256: str | None = None
    # What was read, as canonical JSON; or the problems that were found.
    body: str | None = None
    # The preview that was confirmed, by the head of its digest, and the message in which that was done.
    confirmed: int | None = Field(default=None, sa_column=telegram_id())
    shown_in: int | None = Field(default=None, sa_column=telegram_id())
    attempts: int
    next_try_at: datetime
    received_at: datetime


class Audit(SQLModel, table=True):
    """Every act, chained: `hash` covers the entry and `prev_hash`."""

    chain: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime
    person_id: int | None = Field(default=None, sa_column=ref("person.id", nullable=True))
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
    update_id: int = Field(sa_column=telegram_id(nullable=False, primary_key=True))
    at: datetime
    owed: str | None = None


class DeadLetter(SQLModel, table=True):
    """An update that could not be handled, kept whole with what went wrong."""

    __tablename__ = "dead_letter"
    code: str = Field(primary_key=True)
    update_id: int | None = Field(default=None, sa_column=telegram_id())
    body: str
    traceback: str
    at: datetime


class Outbox(SQLModel, table=True):
    """A message the clock owes a chat. `dedup_key` makes it one, whatever happens."""

    __table_args__ = (
        UniqueConstraint("dedup_key"),
        CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed', 'unknown')", name="state"),
        Index("ix_outbox_due", "state", "not_before"),
        Index("ix_outbox_occurrence", "district_id", "occurrence"),
    )
    id: int | None = Field(default=None, sa_column=key())
    district_id: int = Field(sa_column=ref("district.id"))
    dedup_key: str
    chat_id: int = Field(sa_column=telegram_id(nullable=False))
    thread_id: int | None = Field(default=None, sa_column=telegram_id())
    language: str
    # What is said, as a view's name and its parameters; the sentence is worded when it is sent.
    view: str
    state: str
    attempt: int
    not_before: datetime
    # A reminder that comes too late reminds of nothing.
    not_after: datetime | None = None
    started_at: datetime | None = None
    message_id: int | None = Field(default=None, sa_column=telegram_id())
    error: str | None = None
    # Which firing of which schedule it comes of (`report-reminder:2013-06-26`); None: somebody's act.
    occurrence: str | None = None
