"""The people: a closed loop of taps, and when each was answered and seen on a screen.

Answers for keeping a number of taps in flight (a tap's place is free again once it is
answered), for nobody having two unanswered taps, and for matching screens to taps:
an edit of the tapped message that says `n/23` shows the person's taps 1 to n, so an
edit that stands for several taps covers them all, and one that was drawn too early
covers none of the later. Never knows HTTP. Times are seconds of the loop's clock.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .plan import Deed, OpenSheet, Pack, callback, deed, message_id, progress, query_id

_PATIENCE = 30.0


@dataclass(slots=True)
class Tap:
    """One tap, and what became of it."""

    deed: Deed
    query_id: str
    tapped: float = 0.0
    answered: float | None = None
    shown: float | None = None


class BotStopped(Exception):
    """The bot let the people wait: no answer and no screen for half a minute."""


class Load:
    """Taps by all owners of these sheets, in turn. `push` queues an update for the bot."""

    def __init__(
        self,
        sheets: Sequence[OpenSheet],
        pack: Pack,
        push: Callable[[str, str], None],
        now: Callable[[], float],
    ) -> None:
        self._push, self._now = push, now
        self._taps = {s.person: [Tap(deed(s, i), query_id(s.person, i)) for i in _items(s)] for s in sheets}
        # Made before the trial: the load must not cost the machine what the bot is to have.
        self._updates = {query_id(s.person, i): callback(s, i, pack) for s in sheets for i in _items(s)}
        self._free = deque(s.person for s in sheets)
        self._tapped = dict.fromkeys(self._taps, 0)
        self._shown = dict.fromkeys(self._taps, 0)
        self._in_flight: dict[str, Tap] = {}
        self._phase: list[Tap] = []
        self._to_tap = self._unseen = 0
        self._moved = asyncio.Event()

    def all_taps(self) -> list[Tap]:
        """Every tap made so far, each person's in their order."""
        return [tap for person, taps in self._taps.items() for tap in taps[: self._tapped[person]]]

    async def run(self, count: int, in_flight: int) -> list[Tap]:
        """Make this many taps and wait until each is answered and seen. Raises BotStopped."""
        self._phase, self._to_tap, self._unseen = [], count, count
        for _ in range(in_flight):
            self._tap_next()
        while self._unseen or self._in_flight:
            self._moved.clear()
            try:
                await asyncio.wait_for(self._moved.wait(), _PATIENCE)
            except TimeoutError:
                raise BotStopped(self._state()) from None
        return self._phase

    def answered(self, query_id: str) -> bool:
        """The bot answered: the tap's place is free, and its person taps again in their turn."""
        tap = self._in_flight.pop(query_id, None)
        if tap is None:
            return False
        tap.answered = self._now()
        self._free.append(tap.deed.person)
        self._tap_next()
        self._moved.set()
        return True

    def shown(self, chat: int, message: int | None, text: str) -> None:
        """A screen arrived in a chat; a text that is no item screen, or of another message, shows no tap."""
        done = progress(text)
        if done is None or chat not in self._taps or message not in (None, message_id(chat)):
            return
        newest = min(done, self._tapped[chat])
        for tap in self._taps[chat][self._shown[chat] : newest]:
            tap.shown = self._now()
            self._unseen -= 1
        self._shown[chat] = max(newest, self._shown[chat])
        self._moved.set()

    def _tap_next(self) -> None:
        if not self._to_tap or not self._free:
            return
        person = self._free.popleft()
        tap = self._taps[person][self._tapped[person]]
        self._tapped[person] += 1
        self._to_tap -= 1
        self._in_flight[tap.query_id] = tap
        self._phase.append(tap)
        tap.tapped = self._now()
        self._push("callback_query", self._updates[tap.query_id])

    def _state(self) -> str:
        tapped = len(self._phase)
        return f"{tapped} taps made, {len(self._in_flight)} unanswered, {self._unseen - self._to_tap} not on a screen"


def answer_times(taps: Iterable[Tap]) -> list[float]:
    """Seconds from each tap to its answer."""
    return [tap.answered - tap.tapped for tap in taps if tap.answered is not None]


def screen_times(taps: Iterable[Tap]) -> list[float]:
    """Seconds from each tap to the first screen that shows it."""
    return [tap.shown - tap.tapped for tap in taps if tap.shown is not None]


def _items(sheet: OpenSheet) -> range:
    return range(1, len(sheet.maxima) + 1)
