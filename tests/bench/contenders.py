"""The bots that are measured: how each is prepared, started, tapped and, if it stores, checked.

A contender is started as its own process exactly as a user would start it. Adding one
is adding an object with these attributes to the list in `__main__`; ours is in `district`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .plan import ITEMS, Deed, OpenSheet

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""


class Contender(Protocol):
    """A bot to be measured. `folder` is empty at first and the bot's alone for one trial."""

    @property
    def name(self) -> str:
        """As printed, and as given to `--only`."""

    @property
    def one_at_a_time(self) -> bool:
        """Whether each tap waits for two round trips of the one before: then a round trip means fewer taps."""

    def prepare(self, folder: Path, people: Sequence[int]) -> list[OpenSheet]:
        """Set the stage: one open sheet without marks for each of these Telegram ids."""

    def command(self, folder: Path, base_url: str) -> tuple[list[str], dict[str, str]]:
        """The command that starts the bot, and what it needs in its environment. It is run in `folder`."""

    def pack(self, deed: Deed) -> str:
        """The callback data of the button for this deed."""

    def stored(self, folder: Path) -> dict[tuple[int, int], int] | None:
        """Points in hundredths by (sheet, item), read after the bot has ended; None for a bot that stores nothing."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A bare python-telegram-bot bot, with default settings or that many updates at a time."""

    name: str
    concurrent_updates: int | None = None

    @property
    def one_at_a_time(self) -> bool:
        """The library's default."""
        return self.concurrent_updates is None

    def prepare(self, folder: Path, people: Sequence[int]) -> list[OpenSheet]:
        """Nothing to set up: a sheet of items of six points each."""
        del folder
        return [OpenSheet(person, number, (600,) * ITEMS) for number, person in enumerate(people, 1)]

    def command(self, folder: Path, base_url: str) -> tuple[list[str], dict[str, str]]:
        """The module beside this one."""
        del folder
        concurrent = [] if self.concurrent_updates is None else [str(self.concurrent_updates)]
        return [sys.executable, "-m", "tests.bench.bare_bot", base_url, *concurrent], {"PYTHONPATH": str(ROOT)}

    def pack(self, deed: Deed) -> str:
        """What the script takes apart again."""
        return f"m:{deed.sheet}:{deed.item}:{deed.points}"

    def stored(self, folder: Path) -> dict[tuple[int, int], int] | None:
        """Nothing."""
        del folder
        return None
