"""Refusals about workbooks and forms that are sent."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors.base import Refusal


class FormChanged(Refusal):
    """Marks changed since the form was previewed: what would be set now is something else."""


@dataclass
class FormOfOtherRules(Refusal):
    """The form was printed from another rubric than the sheet is scored by."""

    unit: str


@dataclass
class MarksOfSkipped(Refusal):
    """The form says 不了解 of a department and gives it new marks all the same."""

    unit: str


@dataclass
class WorkbookRefused(Refusal):
    """A file is no workbook that may be opened: `cause` names why. `size` and `limit` are those of a file too big."""

    cause: str
    size: int = 0
    limit: int = 0


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
class RosterUnfit(Refusal):
    """The district cannot take this roster: `code` says why, as it names a roster's problems; `count` how often."""

    code: str
    key: str
    value: str
    other: str
    count: int
