"""Two times: the virtual clock that everybody sees and can move, and the ageing clock of queue lifetimes.

The virtual clock stamps messages and is what the bot takes for now. The ageing clock counts real seconds plus
whatever a test added, so that moving the calendar by a month never expires a tap. Both stand still while the
sandbox is down: a restart goes on where it stopped. Neither reads a wall clock; the ticks are injected.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.sandbox.feed import Feed
from bot.sandbox.values import JsonObject

Ticks = Callable[[], float]
"""A source of monotonic seconds."""


class Clock:
    """The times of one world. `revision` starts at 1 and grows with each jump; `acted_on` is the bot's progress."""

    def __init__(self, start: datetime, ticks: Ticks, feed: Feed) -> None:
        """Start the virtual clock at `start` (aware) and the ageing clock at 0."""
        self._feed = feed
        self._ticks = ticks
        self._began = ticks()
        self._base = _utc(start)
        self._age_base = 0.0
        self.revision = 1
        self.acted_on = 0

    def now(self) -> datetime:
        """The virtual now, aware, in UTC."""
        return self._base + timedelta(seconds=self._ticks() - self._began)

    def stamp(self) -> int:
        """The virtual now as Unix seconds, the way messages are dated."""
        return int(self.now().timestamp())

    def age_now(self) -> float:
        """Seconds on the ageing clock."""
        return self._age_base + self._ticks() - self._began

    def jump(self, to: datetime) -> int:
        """Move the virtual clock to `to` (aware, not before now) and return the new revision."""
        if _utc(to) < self.now():
            raise ValueError(
                f"The clock only moves forward: it is {self.now().isoformat()}, asked for {to.isoformat()}."
            )
        self._rebase(_utc(to), self.age_now())
        self.revision += 1
        self._feed.bump()
        return self.revision

    def age(self, seconds: float) -> None:
        """Let pending updates and unanswered taps grow older by `seconds`, without moving the virtual clock."""
        if seconds < 0:
            raise ValueError("Nothing grows younger: seconds must not be negative.")
        self._rebase(self.now(), self.age_now() + seconds)
        self._feed.bump()

    async def seen(self, revision: int, within: float) -> tuple[int, datetime]:
        """The bot says it acted on `revision` and asks for a later one, waiting at most `within` seconds.

        Returns the revision and the virtual now, as they stand.
        """
        if revision > self.acted_on:
            self.acted_on = min(revision, self.revision)
            self._feed.bump()
        await self._feed.until(lambda: self.revision > revision, within)
        return self.revision, self.now()

    async def acted(self, revision: int, within: float | None = None) -> bool:
        """Wait until the bot has acted on `revision`, at most `within` seconds, and say whether it has."""
        return await self._feed.until(lambda: self.acted_on >= revision, within)

    def saved(self) -> JsonObject:
        """What a restart needs."""
        return {"now": self.now().isoformat(), "age": self.age_now(), "revision": self.revision}

    def restore(self, saved: JsonObject) -> None:
        """Go on from what `saved()` gave. The bot's progress is not kept: a new bot process says it again."""
        self._rebase(datetime.fromisoformat(saved["now"]), float(saved["age"]))
        self.revision = int(saved["revision"])

    def _rebase(self, virtual: datetime, age: float) -> None:
        self._began, self._base, self._age_base = self._ticks(), virtual, age


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"A moment needs a time zone: {moment.isoformat()}.")
    return moment.astimezone(UTC)
