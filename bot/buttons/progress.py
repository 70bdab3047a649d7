"""Buttons of /progress: a page of a round's sheets, reminding, and the list as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """A page of the sheets that a filter leaves (`bot.screens.progress.FILTERS`), both from 0. Round 0: the next."""

    VERB: ClassVar[str] = "gl"
    round: int
    filter: int
    page: int


@dataclass(frozen=True, slots=True)
class Nudge:
    """提醒 whoever is not finished with a sheet; sheet 0 is all of the round."""

    VERB: ClassVar[str] = "gn"
    round: int
    sheet: int


@dataclass(frozen=True, slots=True)
class PrintProgress:
    """The round's progress as a workbook."""

    VERB: ClassVar[str] = "gx"
    round: int


ProgressButton: TypeAlias = ShowProgress | Nudge | PrintProgress
