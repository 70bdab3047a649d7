"""Refusals about what units file."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors.base import Refusal


class TextMissing(Refusal):
    """There is nothing to file."""


@dataclass
class TextTooLong(Refusal):
    """A text does not fit one message."""

    length: int
    longest: int


class WorkdayUnreadable(Refusal):
    """A workday is three numbers and a line of text."""


@dataclass
class NoSuchDutyDay(Refusal):
    """Nothing can be filed now for this month or day (`2013-06`, `2013-06-08`)."""

    day: str


class NothingToFileFor(Refusal):
    """The person belongs to no unit that files this."""


class NotYourUnit(Refusal):
    """The unit is none of the person's."""


class NoSuchFiling(Refusal):
    """No filing of the district has this id, or it has no such file."""


@dataclass
class FilingDecided(Refusal):
    """The office has decided on the filing already, or a newer version took its place."""

    unit: str


class NothingToExcuse(Refusal):
    """What was filed, or excused already, needs no excuse."""
