"""Buttons of people and units: lists, one of them, ending a person, handing a sheet over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowPeople:
    """A page of the people that a filter leaves (`bot.screens.people.FILTERS`), both from 0."""

    VERB: ClassVar[str] = "pl"
    filter: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """One person."""

    VERB: ClassVar[str] = "pp"
    person: int


@dataclass(frozen=True, slots=True)
class AskEndPerson:
    """停用: really?"""

    VERB: ClassVar[str] = "pq"
    person: int


@dataclass(frozen=True, slots=True)
class EndPerson:
    """停用."""

    VERB: ClassVar[str] = "pe"
    person: int


@dataclass(frozen=True, slots=True)
class ChooseReceiver:
    """移交: a page, from 0, of those who may take this sheet over."""

    VERB: ClassVar[str] = "ph"
    sheet: int
    page: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Let this person have this sheet."""

    VERB: ClassVar[str] = "pt"
    sheet: int
    person: int


@dataclass(frozen=True, slots=True)
class ShowUnits:
    """A page, from 0, of the units of a kind (0: townships, 1: departments)."""

    VERB: ClassVar[str] = "pu"
    kind: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowUnit:
    """One unit."""

    VERB: ClassVar[str] = "pv"
    unit: int


@dataclass(frozen=True, slots=True)
class PrintRoster:
    """A workbook of the roster (`bot.handlers.rosters.PAPERS`, from 0)."""

    VERB: ClassVar[str] = "pw"
    kind: int


PeopleButton: TypeAlias = (
    ShowPeople | ShowPerson | AskEndPerson | EndPerson | ChooseReceiver | HandOver | ShowUnits | ShowUnit | PrintRoster
)
