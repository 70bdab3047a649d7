"""A Telegram, a life and a time that a test holds in its hand.

The fake answers every call as it was told to and keeps a ledger of what its chats show. A life ends at one point of
the sender's work and takes everything with it that was not committed. No time passes but what somebody waits for.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.telegram_http import AiohttpRequest, NotSent, TelegramApi, Unanswered
from bot.transaction import Transactions
from core.store.engine import Database, Db

P = ParamSpec("P")
T = TypeVar("T")

MARK = "\n#"
"""Between the words of a message and the number of its outbox row, which Telegram does not know."""


class HandTime:
    """The bot's clock, which a test moves to and fro, and ticks, which only go on."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.ticks = 0.0

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        """Time goes by on both."""
        self.now += timedelta(seconds=seconds)
        self.ticks += seconds

    async def sleep(self, seconds: float) -> None:
        """Wait, which takes no time at all."""
        self.passes(seconds)
        await asyncio.sleep(0)


class Killed(BaseException):
    """The process is gone: nothing catches this, and nothing happens after it."""


class Point(StrEnum):
    """Where a life may end."""

    BEFORE_COMMIT = "before commit"
    AFTER_COMMIT = "after commit"
    BEFORE_CALL = "before the call"
    APPLIED = "applied and not answered"
    AFTER_CALL = "after the call"


class Life:
    """One run of the process. It ends at the given passing of a point; what comes too late meets the dead."""

    def __init__(self) -> None:
        self.ended_at: Point | None = None
        self._ends: tuple[Point, int] | None = None

    def is_to_end(self, point: Point, passing: int) -> None:
        """From now on count, and end at this passing of the point."""
        self._ends = (point, passing)

    def goes_on(self) -> None:
        """Nothing will end it any more."""
        self._ends = None

    def passes(self, point: Point) -> None:
        """Raises Killed here, or because it was over before."""
        self.must_go_on()
        if self._ends is None or self._ends[0] is not point:
            return
        self._ends = (point, self._ends[1] - 1)
        if self._ends[1] == 0:
            self.ended_at = point
            raise Killed

    def must_go_on(self) -> None:
        """Raises Killed when it is over."""
        if self.ended_at is not None:
            raise Killed

    def checkpoint(self, name: str) -> None:
        """The sender's own checkpoints."""
        self.passes(Point.BEFORE_CALL if name.startswith("before") else Point.AFTER_CALL)


class MortalTransactions(Transactions):
    """Transactions without the database thread, which a life may end before or after their commit."""

    def __init__(self, database: Database, life: Life) -> None:
        super().__init__(database)
        self._here = database
        self._life = life

    async def once(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._life.must_go_on()
        with self._here.transaction() as db:
            result = action(db, *args, **kwargs)
            self._life.passes(Point.BEFORE_COMMIT)
        self._life.passes(Point.AFTER_COMMIT)
        return result

    async def read(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._life.must_go_on()
        with self._here.transaction() as db:
            return action(db, *args, **kwargs)


class Fate(StrEnum):
    """What becomes of a call."""

    APPLIED = "applied"
    DROPPED = "applied, and the answer lost"
    CUT = "lost on the way, as nobody can know"
    NOT_SENT = "no connection came about"
    HELD = "429"
    SHUT_OUT = "403"

    @property
    def is_in_doubt(self) -> bool:
        """Whether the bot cannot know if the message is there."""
        return self in {Fate.DROPPED, Fate.CUT}


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the fake or did not, by both measures of time; `parcel` is its outbox row."""

    parcel: int
    chat_id: int
    text: str
    now: datetime
    ticks: float
    fate: Fate

    @property
    def is_shown(self) -> bool:
        """Whether the chat shows the message."""
        return self.fate in {Fate.APPLIED, Fate.DROPPED}


class FakeTelegram(AiohttpRequest):
    """Telegram, as far as messages go, in the place of the transport. `looks` is shown every call it answers."""

    def __init__(self, time: HandTime, looks: Callable[[int, int], None]) -> None:
        super().__init__(None)
        self.ledger: list[Call] = []
        self.shut: set[int] = set()
        self.life = Life()
        self._time = time
        self._looks = looks
        self._troubles: defaultdict[int, deque[tuple[Fate, int]]] = defaultdict(deque)
        self._messages = 100

    @property
    def api(self) -> TelegramApi:
        """The bot's own client of it."""
        return TelegramApi(self, "", "", "")

    def will(self, chat_id: int, fate: Fate, seconds: int = 0) -> None:
        """One of the next calls for this chat ends so; `seconds` to wait are told with a 429."""
        self._troubles[chat_id].append((fate, seconds))

    def is_well(self) -> None:
        """Whatever was to go wrong does not."""
        self._troubles.clear()
        self.shut.clear()

    def shown(self, parcel: int) -> int:
        """How often a chat shows the message of this outbox row."""
        return sum(call.is_shown for call in self.ledger if call.parcel == parcel)

    async def exchange(
        self, url: str, method: str, body: Any, seconds: float, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        del method, seconds, headers
        if not url.endswith("sendMessage"):
            raise NotImplementedError(f"{url}: nothing of what is tested here calls that")
        self.life.must_go_on()
        message = json.loads(body)
        chat_id, (text, _, parcel) = message["chat_id"], message["text"].rpartition(MARK)
        troubles = self._troubles[chat_id]
        fate, wait = troubles.popleft() if troubles else (Fate.APPLIED, 0)
        if chat_id in self.shut:
            fate = Fate.SHUT_OUT
        self._looks(int(parcel), chat_id)
        self.ledger.append(Call(int(parcel), chat_id, text, self._time.now, self._time.ticks, fate))
        # Others move meanwhile.
        await asyncio.sleep(0)
        return self._answered(fate, wait)

    def _answered(self, fate: Fate, wait: int) -> tuple[int, bytes]:
        if fate is Fate.NOT_SENT:
            raise NotSent("no connection")
        if fate.is_in_doubt:
            raise Unanswered("the connection broke")
        if fate is Fate.SHUT_OUT:
            return _refusal(403, "Forbidden: bot was blocked by the user")
        if fate is Fate.HELD:
            return _refusal(429, "Too Many Requests", retry_after=wait)
        self.life.passes(Point.APPLIED)
        self._messages += 1
        return 200, json.dumps({"ok": True, "result": {"message_id": self._messages}}).encode()


def _refusal(status: int, words: str, **parameters: int) -> tuple[int, bytes]:
    answer = {"ok": False, "error_code": status, "description": words, "parameters": parameters}
    return status, json.dumps(answer).encode()
