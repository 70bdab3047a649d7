"""Telegram's sending limits, for those who switch them on: per chat, per group and overall.

Telegram publishes them as advice (about one message a second in a chat, 20 a minute in a group, 30 a second
overall); a short burst in a private chat passes. Sends and edits count alike. Times are those of the ageing clock.
"""

from collections import deque
from math import ceil

PRIVATE = (3, 3.0)
GROUP = (20, 60.0)
OVERALL = (30, 1.0)
"""How many in how many seconds."""


class Pacing:
    """What was sent lately."""

    def __init__(self) -> None:
        """Nothing was sent yet."""
        self._sent: dict[int | None, deque[float]] = {}

    def wait(self, chat_id: int, now: float) -> int:
        """Whole seconds to wait before a message to this chat is taken; 0 counts the message as sent."""
        limits = {None: OVERALL, chat_id: GROUP if chat_id < 0 else PRIVATE}
        waits = [self._wait(key, now, *limit) for key, limit in limits.items()]
        if not any(waits):
            for key in limits:
                self._sent[key].append(now)
        return max(waits)

    def _wait(self, key: int | None, now: float, most: int, seconds: float) -> int:
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return 0 if len(sent) < most else max(1, ceil(sent[0] + seconds - now))
