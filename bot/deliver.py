"""Replies go out here: after the commit, in order within a chat, concurrently across chats.

Of the screens that wait for one message only the newest is sent. A chat that Telegram
tells to wait pauses alone. A reply that cannot be delivered now stays owed in its update's
row and is rendered again at the next start.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.pace import Pace
from bot.removing import remove
from bot.replies import Paper, Post, Toast
from bot.telegram_http import TelegramApi, Unanswered, seconds_to_wait
from bot.wire import edit_parameters, post_parameters

_log = logging.getLogger(__name__)

MOST_IN_FLIGHT = 400
"""Replies under way above which no further updates are fetched; Telegram keeps them meanwhile."""

_TRIES = 6
_MOST_COUNTERS = 1000
_GONE = ("message to edit not found", "message can't be edited")

Sent = Callable[[int, Post, int], None]
"""Told after a message went out: the chat, the post, and the message's id."""


@dataclass(slots=True)
class _Waiting:
    """A reply in its chat's lane, and the updates it answers."""

    reply: Post | Paper
    updates: list[int]
    tries: int = 0


@dataclass(slots=True)
class _Lane:
    waiting: deque[_Waiting] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None


class Deliver:
    """The sender of replies. `sent` and `replied` are told what to remember in the database."""

    def __init__(
        self,
        api: TelegramApi,
        draw: Callable[[int, Paper], Awaitable[None]],
        sent: Sent,
        replied: Callable[[int], None],
        pace: Pace,
    ) -> None:
        self._api = api
        self._draw = draw
        self._sent = sent
        self._replied = replied
        self._pace = pace
        self._lanes: dict[int, _Lane] = {}
        self._toasts: set[asyncio.Task[None]] = set()
        self._open: dict[int, int] = {}
        self._counters: dict[str | None, int] = {}
        self._in_flight = 0
        self._calm = asyncio.Event()
        self._calm.set()

    def toast(self, query_id: str, toast: Toast) -> None:
        """Answer a tap, at once and beside everything else."""
        task = asyncio.get_running_loop().create_task(self._answer(query_id, toast))
        self._toasts.add(task)
        self._count(1)
        task.add_done_callback(self._toast_done)

    def hand_over(self, update_id: int, chat_id: int, replies: list[Post | Paper]) -> None:
        """Queue the replies to an update in its chat's lane."""
        lane = self._lanes.setdefault(chat_id, _Lane())
        self._open[update_id] = len(replies)
        for reply in replies:
            known = self._counted(reply)
            updates = [update_id, *self._supersede(lane, known)]
            lane.waiting.append(_Waiting(known, updates))
            self._count(1)
        if lane.task is None:
            self._start(chat_id, lane)

    def is_at(self, update_id: int) -> bool:
        """Whether replies to this update are still on their way."""
        return update_id in self._open

    async def calm(self) -> None:
        """Wait until there is room for more."""
        await self._calm.wait()

    async def drain(self, seconds: float) -> None:
        """Wait until everything that was handed over went out, at most so long. The rest stays owed in its rows."""
        try:
            async with asyncio.timeout(seconds):
                while tasks := self._under_way():
                    await asyncio.wait(tasks)
        except TimeoutError:
            for task in self._under_way():
                task.cancel()

    def _under_way(self) -> list[asyncio.Task[None]]:
        return [*self._toasts, *(lane.task for lane in self._lanes.values() if lane.task is not None)]

    def _counted(self, reply: Post | Paper) -> Post | Paper:
        """A post whose counter stands in a message already is an edit of that message."""
        if isinstance(reply, Post) and reply.counter in self._counters:
            return replace(reply, message_id=self._counters[reply.counter])
        return reply

    def _supersede(self, lane: _Lane, reply: Post | Paper) -> list[int]:
        """Take older posts for the same message out of the lane; the newer one answers their updates too."""
        target = _target(reply)
        older = [each for each in lane.waiting if target is not None and _target(each.reply) == target]
        for each in older:
            lane.waiting.remove(each)
            self._count(-1)
        return [update_id for each in older for update_id in each.updates]

    def _start(self, chat_id: int, lane: _Lane) -> None:
        lane.task = asyncio.get_running_loop().create_task(self._run(chat_id, lane))
        lane.task.add_done_callback(lambda task: self._lane_done(chat_id, lane, task))

    def _lane_done(self, chat_id: int, lane: _Lane, task: asyncio.Task[None]) -> None:
        """A defect in sending one reply costs that reply alone; it stays owed in its row."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        _log.error("sending a reply failed chat=%s", chat_id, exc_info=error)
        self._count(-1)
        self._start(chat_id, lane)

    async def _run(self, chat_id: int, lane: _Lane) -> None:
        while lane.waiting:
            # What a group gets from the clock counts too; whoever waits longer still sees the newest screen only.
            if held := self._pace.wait_to_reply(chat_id):
                await asyncio.sleep(held)
            waiting = lane.waiting.popleft()
            self._pace.replies(chat_id)
            waiting.reply = self._counted(waiting.reply)
            pause = await self._attempt(chat_id, waiting)
            if pause is None:
                self._settle(waiting)
                continue
            self._put_back(lane, waiting)
            await asyncio.sleep(pause)
        # No await between the test and this line: a reply that comes now starts a new task.
        del self._lanes[chat_id]

    def _put_back(self, lane: _Lane, waiting: _Waiting) -> None:
        target = _target(waiting.reply)
        newer = [each for each in lane.waiting if target is not None and _target(each.reply) == target]
        if newer:
            newer[0].updates += waiting.updates
            self._count(-1)
        else:
            lane.waiting.appendleft(waiting)

    async def _attempt(self, chat_id: int, waiting: _Waiting) -> float | None:
        """Send once: None when it is settled, else how many seconds to wait before the next try."""
        try:
            await self._send(chat_id, waiting.reply)
        except RetryAfter as error:
            seconds = seconds_to_wait(error)
            self._pace.pause(chat_id, seconds)
            return seconds
        except (BadRequest, Forbidden, ChatMigrated) as error:
            # Refused for good. The rows hold everything; the person sees it with the next screen.
            _log.warning("reply refused chat=%s updates=%s: %s", chat_id, waiting.updates, error)
            return None
        except NetworkError as error:
            waiting.tries += 1
            if waiting.tries < _TRIES:
                return float(2 ** (waiting.tries - 1))
            _log.error("reply given up chat=%s updates=%s: %s", chat_id, waiting.updates, error)
            waiting.updates.clear()
            return None
        except TelegramError as error:
            _log.error("reply failed chat=%s updates=%s: %s", chat_id, waiting.updates, error)
            waiting.updates.clear()
        return None

    async def _send(self, chat_id: int, reply: Post | Paper) -> None:
        if isinstance(reply, Paper):
            await self._draw(chat_id, reply)
        elif reply.message_id is None:
            await self._post(chat_id, reply)
        else:
            await self._edit(chat_id, reply, reply.message_id)

    async def _edit(self, chat_id: int, post: Post, message_id: int) -> None:
        try:
            await self._api.do("editMessageText", edit_parameters(chat_id, message_id, post.screen))
        except BadRequest as error:
            reason = error.message.lower()
            if "message is not modified" in reason:
                return
            if any(gone in reason for gone in _GONE):
                await self._post(chat_id, replace(post, message_id=None))
                return
            raise

    async def _post(self, chat_id: int, post: Post) -> None:
        message = await self._api.ask("sendMessage", post_parameters(chat_id, post))
        message_id = int(message["message_id"])
        self._sent(chat_id, post, message_id)
        if post.counter is not None:
            self._counters[post.counter] = message_id
            # An album is over within seconds; only the newest counters can still grow.
            if len(self._counters) > _MOST_COUNTERS:
                del self._counters[next(iter(self._counters))]
        if post.replaces is not None:
            await remove(self._api, chat_id, post.replaces)

    async def _answer(self, query_id: str, toast: Toast) -> None:
        parameters: dict[str, object] = {"callback_query_id": query_id, "text": toast.text}
        if toast.alert:
            parameters["show_alert"] = True
        if toast.url is not None:
            parameters = {"callback_query_id": query_id, "url": toast.url}
        for _ in range(2):
            try:
                await self._api.do("answerCallbackQuery", parameters)
            except Unanswered:
                # Answering twice is harmless: the second answer is refused as too old.
                continue
            except TelegramError as error:
                _log.info("tap not answered query=%s: %s", query_id, error)
            return

    def _toast_done(self, task: asyncio.Task[None]) -> None:
        self._toasts.discard(task)
        self._count(-1)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("answering a tap failed", exc_info=error)

    def _settle(self, waiting: _Waiting) -> None:
        self._count(-1)
        for update_id in waiting.updates:
            self._open[update_id] -= 1
            if not self._open[update_id]:
                del self._open[update_id]
                self._replied(update_id)

    def _count(self, change: int) -> None:
        self._in_flight += change
        if self._in_flight < MOST_IN_FLIGHT:
            self._calm.set()
        else:
            self._calm.clear()


def _target(reply: Post | Paper) -> int | str | None:
    """What makes two posts two states of one message; None for a message of its own."""
    if isinstance(reply, Paper):
        return None
    return reply.message_id if reply.message_id is not None else reply.counter
