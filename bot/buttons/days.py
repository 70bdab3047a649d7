"""Buttons of the days of the year (节假日): what is known of them, and entering the office's notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowHolidays:
    """What is known of a year; 0 is the present one."""

    VERB: ClassVar[str] = "hy"
    year: int


@dataclass(frozen=True, slots=True)
class ListHolidays:
    """A page (from 0) of a year's days."""

    VERB: ClassVar[str] = "hl"
    year: int
    page: int


@dataclass(frozen=True, slots=True)
class AskNotice:
    """Ask for the notice of a year."""

    VERB: ClassVar[str] = "hn"
    year: int


@dataclass(frozen=True, slots=True)
class ShowNotice:
    """A page (from 0) of what the notice would change that answered this question."""

    VERB: ClassVar[str] = "hp"
    prompt: int
    page: int


@dataclass(frozen=True, slots=True)
class EnterNotice:
    """Let the notice count that answered this question; `check` is the head of its digest."""

    VERB: ClassVar[str] = "he"
    prompt: int
    check: int


DaysButton: TypeAlias = ShowHolidays | ListHolidays | AskNotice | ShowNotice | EnterNotice
