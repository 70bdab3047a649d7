"""How fast messages may leave: per chat and overall, one object for replies and for what the clock owes.

Measured on the bot's own clock, so that a jump of it frees every chat at once; and on ticks that
only go forward, so that a clock that is put back never makes a chat wait longer than its gap.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock

AT_ONCE = 6
_AT_ONCE_SECONDS = 0.2
"""Telegram: a bot's bulk messages should not exceed about 30 a second. Spread over each second, five times six."""

_PERSON_GAP, _GROUP_GAP = 1.0, 3.0
"""Telegram: about one message a second to a chat. Posts to a group keep to an even share of its minute."""

_GROUP = (20, 60.0)
"""Telegram: 20 messages a minute to a group; sends and edits count alike."""

_MANY = 1000
_GRAIN = 0.001
"""Waits shorter than this are none: a loop's clock need not be able to tell them from nothing."""


def loop_ticks() -> float:
    """Seconds of the running loop."""
    return asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True)
class _Instant:
    """One moment on both measures."""

    clock: datetime
    ticks: float

    def seconds_until(self, later: _Instant) -> float:
        """What has passed by the measure on which more has."""
        return max((later.clock - self.clock).total_seconds(), later.ticks - self.ticks)


class _Window:
    """At most so many within so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self._used: deque[_Instant] = deque(maxlen=most)

    def use(self, now: _Instant) -> None:
        self._used.append(now)

    def room(self, now: _Instant) -> int:
        while self._used and self._left(self._used[0], now) <= 0:
            self._used.popleft()
        return self.most - len(self._used)

    def wait(self, now: _Instant, count: int = 1) -> float:
        """Seconds until there is room for so many."""
        missing = count - self.room(now)
        return self._left(self._used[missing - 1], now) if missing > 0 else 0.0

    def _left(self, used: _Instant, now: _Instant) -> float:
        return _seconds(self.seconds - used.seconds_until(now))


@dataclass(slots=True)
class _Chat:
    """What went to one chat of late."""

    gap: _Window
    minute: _Window | None
    pauses: list[tuple[_Instant, float]] = field(default_factory=list)


class Pace:
    """Told of every message, it says how long the next has to wait. It never waits itself."""

    def __init__(self, clock: Clock, ticks: Callable[[], float] = loop_ticks) -> None:
        self._clock = clock
        self._ticks = ticks
        self._all = _Window(AT_ONCE, _AT_ONCE_SECONDS)
        self._chats: dict[int, _Chat] = {}

    def share(self, senders: int) -> None:
        """So many processes send for this bot: each takes its part of what Telegram allows."""
        self._all.seconds = _AT_ONCE_SECONDS * max(1, senders)

    def room(self) -> int:
        """How many messages that nobody waits for may leave now."""
        return self._all.room(self._now())

    def wait_for_room(self, count: int) -> float:
        """Seconds until so many, at most AT_ONCE, may leave together."""
        return self._all.wait(self._now(), count)

    def wait(self, chat_id: int) -> float:
        """Seconds until a message that nobody waits for may go to a chat."""
        chat = self._chats.get(chat_id)
        return 0.0 if chat is None else max(chat.gap.wait(self._now()), self.wait_to_reply(chat_id))

    def wait_to_reply(self, chat_id: int) -> float:
        """Seconds until an answer may go to a chat: somebody waits for it, so only what Telegram refuses holds it."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return 0.0
        now = self._now()
        chat.pauses = [pause for pause in chat.pauses if _left_of(pause, now) > 0]
        paused = max((_left_of(pause, now) for pause in chat.pauses), default=0.0)
        return max(paused, 0.0 if chat.minute is None else chat.minute.wait(now))

    def replies(self, chat_id: int) -> None:
        """An answer or an edit leaves for a chat. Those to one person are few, and Telegram lets them pass."""
        if chat_id < 0:
            self._goes(chat_id, self._now())

    def sends(self, chat_id: int) -> None:
        """A message that nobody waits for leaves for a chat."""
        now = self._now()
        self._all.use(now)
        self._goes(chat_id, now)

    def pause(self, chat_id: int, seconds: float) -> None:
        """Telegram wants nothing for this chat for so long."""
        self._chat(chat_id).pauses.append((self._now(), seconds))

    def waiting(self) -> dict[int, float]:
        """The chats that must wait, and how many seconds; others are forgotten as far as they matter no more."""
        waits = {chat_id: self.wait(chat_id) for chat_id in self._chats}
        now = self._now()
        for chat_id, seconds in waits.items():
            minute = self._chats[chat_id].minute
            if seconds <= 0 and (minute is None or minute.room(now) == minute.most):
                del self._chats[chat_id]
        return {chat_id: seconds for chat_id, seconds in waits.items() if seconds > 0}

    def _goes(self, chat_id: int, now: _Instant) -> None:
        chat = self._chat(chat_id)
        chat.gap.use(now)
        if chat.minute is not None:
            chat.minute.use(now)

    def _chat(self, chat_id: int) -> _Chat:
        if chat_id not in self._chats:
            if len(self._chats) >= _MANY:
                self.waiting()
            # Telegram gives groups negative ids.
            of_group = chat_id < 0
            gap = _Window(1, _GROUP_GAP if of_group else _PERSON_GAP)
            self._chats[chat_id] = _Chat(gap, _Window(*_GROUP) if of_group else None)
        return self._chats[chat_id]

    def _now(self) -> _Instant:
        return _Instant(self._clock(), self._ticks())


def _left_of(pause: tuple[_Instant, float], now: _Instant) -> float:
    since, seconds = pause
    return _seconds(seconds - since.seconds_until(now))


def _seconds(left: float) -> float:
    return left if left > _GRAIN else 0.0
