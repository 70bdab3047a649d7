"""Refusals about objections (异议), corrections (更正) and explanations (说明情况)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors.base import Refusal


@dataclass
class NotProvisional(Refusal):
    """The ranking of this period is final: nothing can be objected to it."""

    period: str


@dataclass
class ObjectionsOver(Refusal):
    """The time for objections to a ranking is over (公示期满)."""

    period: str
    until: datetime


class NoSuchObjection(Refusal):
    """No objection of the district, or none of the person's units, has this id."""


@dataclass
class ObjectionDecided(Refusal):
    """The office has answered the objection already."""

    number: int
    unit: str


@dataclass
class NothingCorrected(Refusal):
    """An objection is upheld by a correction; of this ranking nothing was corrected since."""

    period: str


@dataclass
class NothingToPublish(Refusal):
    """No correction waits to be published, or the ranking that will hold it was not computed yet."""

    period: str


@dataclass
class NotSealed(Refusal):
    """The round still runs: what is wrong goes back to its rater."""

    unit: str


class CorrectionUnreadable(Refusal):
    """A correction is an item, its mark and the reason."""


@dataclass
class NoExplanationOwed(Refusal):
    """The unit owes no explanation of this quarter, or does not any more."""

    period: str
