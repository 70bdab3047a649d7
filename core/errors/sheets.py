"""Refusals about sheets, marks, reasons and what is attached."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors.base import Refusal


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
class SheetSkipped(Refusal):
    """不了解: the sheet was skipped, and is taken up again before it is scored."""

    unit: str


@dataclass
class NotSkippable(Refusal):
    """Only a township may say of a department that it does not know it (附件2)."""

    unit: str


@dataclass
class SuggestionChanged(Refusal):
    """The ledger suggests other points than the button says."""

    item: int


@dataclass
class ConflictOfInterest(Refusal):
    """The unit is the rater's own, or one they must keep away from (回避)."""

    unit: str


@dataclass
class NoSuchItem(Refusal):
    """The rubric has no item of this number."""

    item: int
    last: int


@dataclass
class ItemNotInFocus(Refusal):
    """The round is about other items (督查重点); this one does not count in it."""

    item: int


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


class NoSuchEvidence(Refusal):
    """There is no such file, or it was not fetched yet."""


@dataclass
class NotHandedIn(Refusal):
    """The sheet was never handed in, or is skipped: there is nothing to look into or to give back."""

    unit: str


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


class NoItemOnScreen(Refusal):
    """Something was sent to attach, and no item is open to attach it to."""


class NothingToAttachTo(Refusal):
    """Something was sent to attach, by somebody whom no sheet or question waits for."""


class WordsWanted(Refusal):
    """A file came where the question asks for words."""


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


class ReplyWanted(Refusal):
    """One question is open, and a text may only answer it as a reply to it."""


@dataclass
class NoOpenSheet(Refusal):
    """The person has no sheet in an open round."""
