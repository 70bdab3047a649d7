"""Refusals about the clock's plan and the office's changes to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from core.errors.base import Refusal


class NoSuchFiring(Refusal):
    """No schedule of the policy has such a firing."""


class FiringOver(Refusal):
    """It was carried out already, missed, or skipped: nothing is left to change."""


class FiringOfRound(Refusal):
    """When a round closes is changed where rounds are managed."""


@dataclass
class FiringPast(Refusal):
    """The time has gone by already."""

    fire_at: datetime


@dataclass
class FiringTooFar(Refusal):
    """The time is too far away, or later than makes sense."""

    latest: datetime


@dataclass
class FiringInQuietHours(Refusal):
    """Nobody is written to at this time of day."""

    quiet_from: time
    quiet_until: time


class FiringTimeUnreadable(Refusal):
    """A new time is a day, a time of day, and the reason behind them."""


@dataclass
class FiringReasonMissing(Refusal):
    """A new time came alone: `typed` lacks the reason behind it."""

    typed: str
