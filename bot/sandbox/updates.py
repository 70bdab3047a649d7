"""The bot's queue of updates, with Telegram's offsets and lifetimes.

It answers for: what is added is delivered again and again until an offset above it acknowledges it or its lifetime
ends; ids grow by one from a number that looks like chance; `allowed_updates` stick and act when an update is made;
the newest waiting poll displaces the older. Lifetimes run on the ageing clock.
"""

from pydantic import BaseModel

from bot.sandbox.clock import Clock
from bot.sandbox.errors import conflict
from bot.sandbox.feed import Feed
from bot.sandbox.store import Store
from bot.sandbox.values import JsonObject

MESSAGE_LIFE = 24 * 3600.0
TAP_LIFE = 150.0
LIFETIMES = {"callback_query": TAP_LIFE}
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_AT_ONCE = 100
LONGEST_WAIT = 50
FARTHEST_OFFSET = 10
"""An offset further ahead of the next id than this is taken for a mistake and ignored."""

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


class Pending(BaseModel):
    """One update that the bot has not acknowledged."""

    number: int
    kind: str
    payload: JsonObject
    expires_at: float


class QueueState(BaseModel):
    """What the queue remembers besides its updates. `allowed` empty means Telegram's default set."""

    next_id: int
    allowed: list[str] = []


class Updates:
    """The one queue of the one bot."""

    def __init__(self, store: Store, clock: Clock, first_id: int) -> None:
        """Read back what the store holds; a new queue starts at `first_id`."""
        self._store = store
        self._clock = clock
        self._arrivals = Feed()
        self._polls = 0
        self._why_ended = OTHER_POLL
        self._state = next(map(QueueState.model_validate_json, store.all("queue")), QueueState(next_id=first_id))
        self._pending = {one.number: one for one in map(Pending.model_validate_json, store.all("update"))}

    @property
    def allowed(self) -> list[str]:
        """The kinds the bot asked for; empty means all but `NOT_BY_DEFAULT`."""
        return list(self._state.allowed)

    def allow(self, kinds: list[str]) -> None:
        """Make only these kinds from now on; what is already queued stays."""
        self._state.allowed = list(kinds)
        self._save()

    def add(self, kind: str, payload: JsonObject) -> None:
        """Queue an update if the bot wants its kind."""
        wanted = kind in self._state.allowed if self._state.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return
        expires_at = self._clock.age_now() + LIFETIMES.get(kind, MESSAGE_LIFE)
        one = Pending(number=self._state.next_id, kind=kind, payload=payload, expires_at=expires_at)
        self._pending[one.number] = one
        self._store.put("update", str(one.number), lambda: one.model_dump_json().encode())
        self._state.next_id += 1
        self._save()
        self._arrivals.bump()

    def fetch(self, offset: int = 0, limit: int = MOST_AT_ONCE) -> list[JsonObject]:
        """Forget what the offset acknowledges and return the oldest of the rest, as Update objects."""
        self._forget_expired()
        if offset < 0:
            offset = list(self._pending)[-min(-offset, len(self._pending))] if self._pending else 0
        if 0 < offset <= self._state.next_id + FARTHEST_OFFSET:
            self._drop([number for number in self._pending if number < offset])
        oldest = list(self._pending.values())[: max(1, min(limit, MOST_AT_ONCE))]
        return [{"update_id": one.number, one.kind: one.payload} for one in oldest]

    async def poll(self, offset: int, limit: int, seconds: int) -> list[JsonObject]:
        """Fetch, waiting for a first update. Raises a 409 `ApiError` when another poll or a webhook comes between."""
        self._end_polls(OTHER_POLL)
        mine = self._polls
        found = self.fetch(offset, limit)
        if found or seconds <= 0:
            return found
        await self._arrivals.until(
            lambda: self._polls != mine or bool(self.waiting()), within=min(seconds, LONGEST_WAIT)
        )
        if self._polls != mine:
            raise conflict(self._why_ended)
        return self.fetch(0, limit)

    def webhook_set(self) -> None:
        """End a waiting poll the way setWebhook does."""
        self._end_polls(WEBHOOK_SET)

    def waiting(self) -> int:
        """How many updates the bot has not acknowledged."""
        self._forget_expired()
        return len(self._pending)

    def clear(self) -> None:
        """Drop everything, as `drop_pending_updates` does."""
        self._drop(list(self._pending))

    async def drained(self, within: float) -> bool:
        """Wait until nothing is left to acknowledge, at most `within` seconds, and say whether that is so."""
        return await self._arrivals.until(lambda: not self.waiting(), within)

    def close(self) -> None:
        """End every wait."""
        self._arrivals.close()

    def _end_polls(self, reason: str) -> None:
        self._polls += 1
        self._why_ended = reason
        self._arrivals.bump()

    def _forget_expired(self) -> None:
        now = self._clock.age_now()
        self._drop([one.number for one in self._pending.values() if one.expires_at <= now])

    def _drop(self, numbers: list[int]) -> None:
        for number in numbers:
            del self._pending[number]
            self._store.drop("update", str(number))
        if numbers and not self._pending:
            self._arrivals.bump()

    def _save(self) -> None:
        self._store.put("queue", "", lambda: self._state.model_dump_json().encode())
