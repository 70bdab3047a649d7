"""The real bot with something in its way: `python -m tests.faults.killable_bot POINT DEED PASSING CLOCK`.

At the given passing of the checkpoint POINT it is killed by SIGKILL (DEED `dies`), or the database
refuses once (DEED `refuses`). Waits after trouble with polling are short. All else is the real bot.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys

from sqlalchemy.exc import OperationalError

from bot.app import Wiring
from bot.cli import serve
from bot.logs import set_up_logging
from bot.practice_clock import PracticeClock
from bot.settings import read_settings

_SHORT = 0.05


class Trouble:
    """A checkpoint at which something happens once."""

    def __init__(self, point: str, deed: str, passing: int) -> None:
        self._point = point
        self._deed = deed
        self._left = passing

    def __call__(self, point: str) -> None:
        """Count a passing of the point; at the last one make trouble."""
        if point != self._point:
            return
        self._left -= 1
        if self._left == 0:
            if self._deed == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))


async def _soon(_seconds: float) -> None:
    await asyncio.sleep(_SHORT)


def main(point: str, deed: str, passing: str, clock: str) -> None:
    """Run the bot until it is stopped or killed."""
    settings = read_settings()
    set_up_logging(settings.hongqi_log_format, settings.telegram_bot_token.get_secret_value())
    trouble = Trouble(point, deed, int(passing))
    asyncio.run(serve(settings, Wiring(practice=PracticeClock(clock), checkpoint=trouble, sleep=_soon)))


if __name__ == "__main__":
    main(*sys.argv[1:])
