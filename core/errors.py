"""Refusals: everything the rules say no to, as types.

Raised by the rules and the actions, caught once at the bot's door, and worded in
`bot/phrases` under the class name. The attributes are what the sentence needs;
points are in hundredths of a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):
    """Something the rules do not allow. It changes nothing and is told to the person."""


class StrangerRefused(Refusal):
    """The Telegram account is bound to nobody."""


@dataclass
class NotAllowed(Refusal):
    """The person's roles do not include this deed."""

    deed: str


@dataclass
class NoSuchSheet(Refusal):
    """No sheet has this id in the person's district."""

    sheet_id: int


@dataclass
class NotYourSheet(Refusal):
    """The sheet belongs to another rater."""

    unit: str


@dataclass
class SheetSubmitted(Refusal):
    """The sheet was handed in; its marks stand."""

    unit: str


@dataclass
class RoundNotOpen(Refusal):
    """The round has not opened yet."""

    opens_at: datetime


@dataclass
class RoundClosed(Refusal):
    """The round is over."""

    closed_at: datetime


@dataclass
class NoSuchItem(Refusal):
    """The rubric has no item of this number."""

    item: int
    last: int


@dataclass
class ItemNotInFocus(Refusal):
    """The round is about other items (督查重点); this one does not count in it."""

    item: int


class FocusEmpty(Refusal):
    """督查重点 without any item would leave nothing to score."""


@dataclass
class FocusFixed(Refusal):
    """A sheet of the round was handed in: what counts stands."""

    period: str


@dataclass
class ConflictOfInterest(Refusal):
    """The unit is the rater's own, or one they must keep away from (回避)."""

    unit: str


@dataclass
class NoSuchRound(Refusal):
    """No round has this id in the person's district."""

    round_id: int


@dataclass
class RoundExists(Refusal):
    """There is a round of this period and kind of unit already."""

    period: str


@dataclass
class ClosingPast(Refusal):
    """A round cannot end at a time that has gone by already."""

    closes_at: datetime


@dataclass
class ClosingTooLate(Refusal):
    """A round is open no longer than the period after its own."""

    latest: datetime


@dataclass
class RoundNotOver(Refusal):
    """What can still be scored is not ranked."""

    closes_at: datetime


@dataclass
class RankingFinal(Refusal):
    """The ranking of this period is final: its round stands as it closed."""

    period: str


@dataclass
class MarkOutOfRange(Refusal):
    """The mark is below zero or above the item's maximum (hundredths)."""

    item: int
    points: int
    max_points: int


@dataclass
class MarkNotAStep(Refusal):
    """The mark is not a multiple of the rubric's step (hundredths)."""

    item: int
    points: int
    step: int


@dataclass
class MarkMissing(Refusal):
    """A reason was given for an item that has no mark yet."""

    item: int


@dataclass
class ReasonMissing(Refusal):
    """A reason is required and none, or only blanks, was given."""

    item: int


@dataclass
class ReasonTooLong(Refusal):
    """The reason has more characters than a screen can carry."""

    item: int
    length: int
    longest: int


@dataclass
class SheetIncomplete(Refusal):
    """Items lack a mark or a reason; the sheet cannot be submitted."""

    without_mark: tuple[int, ...]
    without_reason: tuple[int, ...]


@dataclass
class FileTooBig(Refusal):
    """Telegram hands files over only up to its limit (bytes)."""

    name: str
    size: int
    limit: int


@dataclass
class NoItemOnScreen(Refusal):
    """Something was sent to attach, and no item is open to attach it to."""


@dataclass
class UnreadableMark(Refusal):
    """A line of shorthand could not be understood."""

    line: str


@dataclass
class UnknownUnit(Refusal):
    """No open sheet of the person is for a unit of this name."""

    name: str


@dataclass
class AmbiguousUnit(Refusal):
    """Several open sheets fit; the person must say which."""

    units: tuple[str, ...]


@dataclass
class NoOpenSheet(Refusal):
    """The person has no sheet in an open round."""


@dataclass
class NoSuchRanking(Refusal):
    """No ranking of this period exists."""

    period: str


@dataclass
class BadPeriod(Refusal):
    """The text names no month, quarter, half-year or year that can be assessed."""

    text: str


@dataclass
class NotAGroup(Refusal):
    """The deed belongs in the group of announcements."""


@dataclass
class NoSuchPerson(Refusal):
    """No person of the district has this id."""

    person_id: int


@dataclass
class AlreadyBound(Refusal):
    """The person has a Telegram account already and needs no invitation."""

    name: str


@dataclass
class HasLeft(Refusal):
    """停用: the person holds no role any more."""

    name: str


class InvitationUnknown(Refusal):
    """No invitation has this code."""


class InvitationUsed(Refusal):
    """A link opens once; this one was used by another account."""


class InvitationRevoked(Refusal):
    """An admin revoked the link, or issued another one since."""


@dataclass
class InvitationExpired(Refusal):
    """The link was not used in time."""

    expired_at: datetime


class InvitationElsewhere(Refusal):
    """The link is for another district than the account's own."""


class AccountTaken(Refusal):
    """The Telegram account belongs to another person of the roster."""


class SecondAccount(Refusal):
    """The invited person came with another Telegram account before."""


@dataclass
class TooManyCodes(Refusal):
    """The account tried so many wrong codes within an hour that none is looked at for a while."""

    allowed: int


class FormChanged(Refusal):
    """Marks changed since the form was previewed: what would be set now is something else."""


@dataclass
class FormOfOtherRules(Refusal):
    """The form was printed from another rubric than the sheet is scored by."""

    unit: str


class WorkbookRefused(Refusal):
    """A file is no workbook that may be opened. `cause` names why, the rest is what its sentence needs."""

    def __init__(self, cause: str, **facts: int | str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.facts = facts


@dataclass
class NoSuchUpload(Refusal):
    """No workbook of the person has this id."""

    upload_id: int


@dataclass
class UploadOver(Refusal):
    """The workbook was applied, put aside or refused already. `state` says which."""

    name: str
    state: str


class FileGone(Refusal):
    """Telegram does not hand the file over any more."""


class NotOurWorkbook(Refusal):
    """The workbook is none that the program wrote, and no item is open that it could be evidence for."""


class PreviewChanged(Refusal):
    """What would be done now is not what was previewed."""


@dataclass
class NoSuchUnit(Refusal):
    """No unit of the district has this id."""

    unit_id: int


class OwnLeaving(Refusal):
    """停用 of oneself would leave nobody to take it back."""


@dataclass
class NotAnAssessor(Refusal):
    """Only an assessor takes over an assessor's sheet."""

    name: str


@dataclass
class ReceiverConflict(Refusal):
    """The unit is the receiver's own, or one they must keep away from (回避)."""

    name: str
    unit: str


@dataclass
class HasSheetAlready(Refusal):
    """The receiver scores this unit in this round already."""

    name: str
    unit: str
