"""Refusals of who somebody is and what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors.base import Refusal


class StrangerRefused(Refusal):
    """The Telegram account is bound to nobody."""


@dataclass
class NotAllowed(Refusal):
    """The person's roles do not include this deed."""

    deed: str


@dataclass
class NotAGroup(Refusal):
    """The deed belongs in the group of announcements."""
