"""The page's own words, zh and en, from words.yaml.

Answers for: a phrase for a key, dates as people of each language write them. Never holds a sentence itself,
and knows nothing of the bot's phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_DATES: Mapping[Language, str] = {"zh": "{0.year}年{0.month}月{0.day}日", "en": "{0.day} {0:%b} {0.year}"}


@cache
def _table() -> Mapping[str, Mapping[Language, str]]:
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[Language, str]]", yaml.safe_load(text))


class Words:
    """The words of one language: `words("reply_to", name="红旗")`."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: Any) -> str:
        """The phrase of this key with its values filled in. Raises KeyError when there is none."""
        return _table()[key][self.language].format(**values)

    def day(self, day: date) -> str:
        """The date with its weekday: 2013年6月26日 周三, 26 Jun 2013 Wed."""
        return f"{_DATES[self.language].format(day)} {self.weekday(day)}"

    def weekday(self, day: date) -> str:
        """The short name of the weekday."""
        return _WEEKDAYS[self.language][day.weekday()]


def language_of(code: str | None) -> Language:
    """The page's language for a stored choice or none; zh is the default."""
    return "en" if code == "en" else "zh"
