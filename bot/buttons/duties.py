"""Buttons of what units file: filing it, and the office's ledger.

Months are numbered from the year 0, days from 0001-01-01, duties by their place in `Duty` (`bot.due_numbers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class FileReport:
    """报月报表 of a month for a unit."""

    VERB: ClassVar[str] = "fr"
    unit: int
    month: int


@dataclass(frozen=True, slots=True)
class FileBriefing:
    """报信息 for a unit."""

    VERB: ClassVar[str] = "fb"
    unit: int


@dataclass(frozen=True, slots=True)
class FileWorkday:
    """登记群众工作日 of a day for a unit."""

    VERB: ClassVar[str] = "fw"
    unit: int
    day: int


@dataclass(frozen=True, slots=True)
class ShowFiling:
    """One filing, for the office."""

    VERB: ClassVar[str] = "fs"
    filing: int


@dataclass(frozen=True, slots=True)
class FetchFiles:
    """The photos and files of a filing."""

    VERB: ClassVar[str] = "ff"
    filing: int


@dataclass(frozen=True, slots=True)
class AcceptBriefing:
    """采用."""

    VERB: ClassVar[str] = "fa"
    filing: int


@dataclass(frozen=True, slots=True)
class AskDecision:
    """退回, or for a briefing 不采用: asks why."""

    VERB: ClassVar[str] = "fd"
    filing: int


@dataclass(frozen=True, slots=True)
class ListPending:
    """A page of the briefings that wait for the office."""

    VERB: ClassVar[str] = "fp"
    page: int


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """A page of a month's ledger; month 0 is the present one."""

    VERB: ClassVar[str] = "lb"
    month: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowUnitMonth:
    """One unit's month in the ledger."""

    VERB: ClassVar[str] = "lu"
    unit: int
    month: int


@dataclass(frozen=True, slots=True)
class AskExcuse:
    """免报: asks why a unit does not owe a due date; `due` is a month's number, or a day's."""

    VERB: ClassVar[str] = "lx"
    unit: int
    duty: int
    due: int


DutyButton: TypeAlias = (
    FileReport
    | FileBriefing
    | FileWorkday
    | ShowFiling
    | FetchFiles
    | AcceptBriefing
    | AskDecision
    | ListPending
    | ShowBoard
    | ShowUnitMonth
    | AskExcuse
)
