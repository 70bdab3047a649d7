"""What verifying the audit came to, in words."""

from __future__ import annotations

from datetime import datetime

from bot.phrases import Phrases
from bot.screens.screen import Screen
from core.audit_findings import Finding, Plain, Verified

_LONGEST_VALUE = 120
"""Characters of a value: a whole filing would fill the message."""


def checking_screen(phrases: Phrases, language: str) -> Screen:
    """It is under way."""
    return Screen(phrases.say(language, "audit.checking"))


def audit_screen(phrases: Phrases, language: str, found: Verified, at: datetime) -> Screen:
    """Everything holds, with the root over all heads; or the first thing that does not."""
    if found.holds:
        return Screen(phrases.say(language, "audit.holds", found=found, at=at))
    first = finding_text(phrases, language, found.findings[0])
    return Screen(phrases.say(language, "audit.broken", found=found, at=at, first=first))


def finding_text(phrases: Phrases, language: str, each: Finding) -> str:
    """One thing that does not hold, as plain text."""

    def shown(value: Plain) -> str:
        text = phrases.say_plain(language, "audit.nothing") if value is None else str(value)
        return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"

    return phrases.say_plain(
        language,
        f"audit.kinds.{each.kind}",
        each=each,
        table=phrases.say_plain(language, f"audit.tables.{each.table}"),
        expected=shown(each.expected),
        found=shown(each.found),
    )
