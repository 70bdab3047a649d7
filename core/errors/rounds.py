"""Refusals about rounds, periods and rankings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors.base import Refusal


@dataclass
class RoundNotOpen(Refusal):
    """The round has not opened yet."""

    opens_at: datetime


@dataclass
class RoundClosed(Refusal):
    """The round is over."""

    closed_at: datetime


class FocusEmpty(Refusal):
    """督查重点 without any item would leave nothing to score."""


@dataclass
class FocusFixed(Refusal):
    """A sheet of the round was handed in: what counts stands."""

    period: str


@dataclass
class NoUnitToExplain(Refusal):
    """No unit whose result the person may see bears this name."""

    name: str


@dataclass
class NoReasonsYet(Refusal):
    """The unit has no result that could be explained."""

    unit: str


@dataclass
class TooFewSheets(Refusal):
    """So few townships scored the department that a mean would tell what one of them gave."""

    unit: str
    least: int


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
class NoSuchRanking(Refusal):
    """No ranking of this period exists."""

    period: str


@dataclass
class BadPeriod(Refusal):
    """The text names no month, quarter, half-year or year that can be assessed."""

    text: str


@dataclass
class NothingHeld(Refusal):
    """The ranking of this period waits for nobody's word."""

    period: str


@dataclass
class NothingToSuppose(Refusal):
    """A half-year rests on finals alone: it has no sheets and no weights that could be otherwise."""

    period: str
