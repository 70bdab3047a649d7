"""Buttons of /export: what can be had as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ListExports:
    """A page of what there is of one sort, by its place: rankings, rounds, the ledger; from the next place on, all."""

    VERB: ClassVar[str] = "xl"
    sort: int
    page: int


@dataclass(frozen=True, slots=True)
class PrintRanking:
    """A ranking as a file; `form` by its place: workbook, 通报 (PDF), picture."""

    VERB: ClassVar[str] = "xr"
    ranking: int
    form: int


@dataclass(frozen=True, slots=True)
class PrintRound:
    """The sheets of a round as a workbook."""

    VERB: ClassVar[str] = "xs"
    round: int


@dataclass(frozen=True, slots=True)
class PrintLedger:
    """The ledger of a period (a number) as a workbook."""

    VERB: ClassVar[str] = "xg"
    period: int


ExportButton: TypeAlias = ListExports | PrintRanking | PrintRound | PrintLedger
