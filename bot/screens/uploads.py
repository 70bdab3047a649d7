"""What is said about a workbook that somebody sent, whatever its kind."""

from __future__ import annotations

from bot.phrases import Phrases
from bot.screens.notices import attached_screen
from core.errors import Refusal
from core.snapshots import Attached


def reading_text(phrases: Phrases, language: str, name: str) -> str:
    """It is being read."""
    return phrases.say(language, "uploads.reading", name=name)


def applying_text(phrases: Phrases, language: str, name: str) -> str:
    """It is being applied."""
    return phrases.say(language, "uploads.applying", name=name)


def dropped_text(phrases: Phrases, language: str, name: str) -> str:
    """It was put aside."""
    return phrases.say(language, "uploads.dropped", name=name)


def progress_text(phrases: Phrases, language: str, percent: int) -> str:
    """How far a long import is."""
    return phrases.say(language, "uploads.progress", percent=percent)


def refusal_text(phrases: Phrases, language: str, refusal: Refusal) -> str:
    """Why nothing comes of it."""
    return phrases.say(language, f"refusals.{type(refusal).__name__}", **vars(refusal))


def attached_text(phrases: Phrases, language: str, attached: Attached) -> str:
    """It is none of the program's own and was kept as evidence."""
    return attached_screen(phrases, language, attached, "file").text
