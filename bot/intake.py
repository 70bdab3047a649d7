"""Updates in: fetched, handled in one transaction, and only then acknowledged to Telegram.

A crash before the commit: Telegram delivers again. A crash after it: the row in
`processed_update` makes the second delivery a no-op. An update that cannot be handled is
kept whole in `dead_letter` and does not stop its neighbours; a database that is gone stops
everything, and nothing is acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.clock import Clock, moment
from bot.deliver import Deliver
from bot.desk import Desk
from bot.notes import Notes
from bot.replies import Post, Toast, remember
from bot.screens.screen import Screen
from bot.transaction import OpenBatch, Transactions
from bot.visit import Visit
from bot.visitor import visitor_of
from core.actions.door import Moment
from core.people import Actor
from core.store import people, updates
from core.store.engine import Db, is_transient
from core.store.updates import Processed

_log = logging.getLogger(__name__)

Raw = dict[str, Any]
Checkpoint = Callable[[str], None]
"""Called at named points of the run, so that tests can kill the process exactly there."""


@dataclass(slots=True)
class _Handled:
    """An update that was handled, and what is to be said once it is committed."""

    update_id: int
    visit: Visit | None


class Intake:
    """The one function behind polling and webhook: `take` a batch of raw updates."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        transactions: Transactions,
        deliver: Deliver,
        desk: Desk,
        clock: Clock,
        language: str,
        notes: Notes,
        work_left: Callable[[], None],
        checkpoint: Checkpoint,
    ) -> None:
        self._application = application
        self._transactions = transactions
        self._deliver = deliver
        self._desk = desk
        self._clock = clock
        self._language = language
        self._notes = notes
        self._work_left = work_left
        self._checkpoint = checkpoint
        self.current: Visit | None = None
        self.failure: BaseException | None = None

    async def take(self, raws: list[Raw]) -> None:
        """Handle a batch and commit it. Raises the database's error when nothing could be committed."""
        at = moment(self._clock, self._desk.phrases.zone)
        async with self._transactions.batch() as batch:
            seen, known = await batch.outside(self._prepare, raws, at)
            handled: list[_Handled] = []
            for raw in raws:
                if raw["update_id"] in seen:
                    continue
                seen.add(raw["update_id"])
                done = await self._handle(raw, known, batch, at)
                handled.append(done)
                if done.visit is not None and done.visit.people_changed:
                    known = await batch.outside(people.actors, _senders(raws), at.today)
            await batch.outside(updates.remember, [_processed(each, at) for each in handled])
            self._checkpoint("before commit")
            await batch.commit()
            self._notes.written()
        self._checkpoint("after commit")
        visits = [(each.update_id, each.visit) for each in handled if each.visit is not None]
        for _, visit in visits:
            self._answer(visit)
        # Answers first, screens after the next poll: whoever waits with a spinning button is served at once.
        await asyncio.sleep(0)
        for update_id, visit in visits:
            self._reply(update_id, visit)
        if any(visit.leaves_work for _, visit in visits):
            self._work_left()

    def _prepare(self, db: Db, raws: list[Raw], at: Moment) -> tuple[set[int], dict[int, Actor]]:
        self._notes.write(db)
        seen, known = updates.seen(db, [raw["update_id"] for raw in raws]), people.actors(db, _senders(raws), at.today)
        unreachable = {sender for sender, actor in known.items() if actor.is_unreachable}
        if unreachable and (writing := unreachable & _writers(raws)):
            people.set_reachable(db, [known[sender].person_id for sender in writing])
        return seen, known

    async def _handle(self, raw: Raw, known: dict[int, Actor], batch: OpenBatch, at: Moment) -> _Handled:
        visit: Visit | None = None
        self.failure = None
        try:
            visit = self._visit(raw, known, batch, at)
            if visit is not None:
                self.current = visit
                await self._application.process_update(visit.update)
        except Exception as error:  # noqa: BLE001  # poison of any kind must not stop its neighbours
            self.failure = error
        if self.failure is not None:
            if is_transient(self.failure):
                raise self.failure
            await self._bury(raw, visit, self.failure, batch, at)
        batch.settle()
        return _Handled(raw["update_id"], visit)

    def _visit(self, raw: Raw, known: dict[int, Actor], batch: OpenBatch, at: Moment) -> Visit | None:
        update = Update.de_json(_lean(raw), self._application.bot)
        sender = _sender(raw)
        actor = known.get(sender) if sender is not None else None
        visitor = visitor_of(update, actor, self._language)
        if visitor is None:
            return None
        return Visit(update, visitor, batch, at, self._desk, self._application.bot.username)

    async def _bury(self, raw: Raw, visit: Visit | None, error: BaseException, batch: OpenBatch, at: Moment) -> None:
        # Escaped: half a surrogate pair, which JSON can carry and no database takes, must not make the burial fail.
        body = json.dumps(raw)
        # As unique as the update, and short enough to be read out over the phone.
        code = f"{raw['update_id']:X}"
        told = "".join(traceback.format_exception(error)).encode(errors="backslashreplace").decode()
        _log.error("update could not be handled code=%s update=%s\n%s", code, raw["update_id"], told)
        await batch.undo()
        await batch.act(updates.bury, code, raw["update_id"], body, told, at.now)
        if visit is not None:
            visit.replies[:] = _apology(visit, code)

    def _answer(self, visit: Visit) -> None:
        query_id = visit.visitor.query_id
        if query_id is not None:
            # Every tap is answered, or the button keeps spinning on the phone.
            toasts = [reply for reply in visit.replies if isinstance(reply, Toast)]
            self._deliver.toast(query_id, toasts[-1] if toasts else Toast(""))

    def _reply(self, update_id: int, visit: Visit) -> None:
        owed = [reply for reply in visit.replies if not isinstance(reply, Toast)]
        if owed:
            self._deliver.hand_over(update_id, visit.visitor.chat_id, owed)


def _processed(handled: _Handled, at: Moment) -> Processed:
    visit = handled.visit
    owed = None if visit is None else remember(visit.visitor.chat_id, visit.replies)
    return Processed(handled.update_id, at.now, owed)


def _apology(visit: Visit, code: str) -> list[Post | Toast]:
    if visit.visitor.query_id is not None:
        return [Toast(visit.phrases.say(visit.language, "fault.tap", code=code), alert=True)]
    return [Post(Screen(visit.phrases.say(visit.language, "fault.message", code=code)))]


def _senders(raws: list[Raw]) -> set[int]:
    return {person for raw in raws if (person := _sender(raw)) is not None}


def _writers(raws: list[Raw]) -> set[int]:
    """Who wrote or tapped in their own chat with us: Telegram lets us in there again. Blocking us is an update, too."""
    return {
        sender
        for raw in raws
        if "my_chat_member" not in raw and (sender := _sender(raw)) is not None and sender == _chat(raw)
    }


def _chat(raw: Raw) -> int | None:
    """The chat of a message or of a tap on one."""
    for part in raw.values():
        if isinstance(part, dict):
            message = part.get("message", part)
            chat = message.get("chat") if isinstance(message, dict) else None
            if isinstance(chat, dict) and isinstance(identity := chat.get("id"), int):
                return identity
    return None


def _sender(raw: Raw) -> int | None:
    """The Telegram id behind a raw update, whatever its kind."""
    for part in raw.values():
        if isinstance(part, dict) and isinstance(sender := part.get("from"), dict):
            identity = sender.get("id")
            return identity if isinstance(identity, int) else None
    return None


def _lean(raw: Raw) -> Raw:
    """The update without Telegram's echo of our own message: nobody reads it, and parsing it costs most of a tap."""
    query = raw.get("callback_query")
    if not isinstance(query, dict) or not isinstance(message := query.get("message"), dict):
        return raw
    kept = {name: value for name, value in message.items() if name in _KEPT}
    return {**raw, "callback_query": {**query, "message": kept}}


_KEPT = frozenset({"message_id", "date", "chat", "message_thread_id", "is_topic_message"})
