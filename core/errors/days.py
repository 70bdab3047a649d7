"""Refusals about the notice of holidays."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors.base import Refusal


class NoSuchNotice(Refusal):
    """Nobody sent the person's question a notice that could be entered."""


class NoticeChanged(Refusal):
    """Another notice was sent since this preview."""


@dataclass
class NoticeFileRefused(Refusal):
    """A file is none that a notice can be read from: `cause` names why."""

    cause: str
