"""Lists that are longer than a screen: one page of them, and the keys that turn it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.buttons import Button
from bot.phrases import Phrases
from bot.screens.screen import Key

T = TypeVar("T")

PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `number` and `last` from 0."""

    lines: Sequence[T]
    number: int
    last: int

    def turns(self, phrases: Phrases, language: str, deed: Callable[[int], Button]) -> tuple[tuple[Key, ...], ...]:
        """The row of ◀ and ▶, or no row; `deed` names the page that a key opens."""
        keys = []
        if self.number > 0:
            keys.append(Key(phrases.say_plain(language, "keys.back"), deed(self.number - 1)))
        if self.number < self.last:
            keys.append(Key(phrases.say_plain(language, "keys.forward"), deed(self.number + 1)))
        return (tuple(keys),) if keys else ()


def page_of(lines: Sequence[T], number: int, per_page: int = PER_PAGE) -> Page[T]:
    """The page of this number, or the last there is."""
    last = max(0, (len(lines) - 1) // per_page)
    number = min(number, last)
    return Page(lines[number * per_page : (number + 1) * per_page], number, last)
