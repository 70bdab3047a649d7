"""A screen is a value: text in Telegram's HTML and rows of buttons. It is rendered, never awaited."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import Button


@dataclass(frozen=True, slots=True)
class Key:
    """One inline button: what it says and what it does."""

    label: str
    deed: Button


@dataclass(frozen=True, slots=True)
class Screen:
    """What a message shows. `text` is Telegram HTML of at most 4,096 characters after parsing."""

    text: str
    rows: tuple[tuple[Key, ...], ...] = ()
