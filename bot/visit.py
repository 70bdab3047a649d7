"""One update being handled: who came, the batch it runs in, and what is said in return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from telegram import Message, Update

from bot.desk import Desk
from bot.replies import Paper, Post, Reply, Toast
from bot.screens.screen import Screen
from bot.transaction import OpenBatch
from bot.visitor import Visitor
from core.actions.door import Moment
from core.errors import Refusal, StrangerRefused
from core.people import Actor
from core.store.engine import Db

P = ParamSpec("P")
T = TypeVar("T")


class Visit:
    """What a handler gets. It acts in the batch's transaction and collects replies; it sends nothing."""

    def __init__(
        self, update: Update, visitor: Visitor, batch: OpenBatch, at: Moment, desk: Desk, bot_name: str
    ) -> None:
        self.update = update
        self.visitor = visitor
        self.at = at
        self.desk = desk
        self.phrases = desk.phrases
        self.language = visitor.language
        self.bot_name = bot_name
        self.replies: list[Reply] = []
        self.people_changed = False
        # Set when there is something to fetch or to send beside the replies, once this is committed.
        self.leaves_work = False
        self._batch = batch

    @property
    def actor(self) -> Actor:
        """The person who came. Raises StrangerRefused."""
        if self.visitor.actor is None:
            raise StrangerRefused
        return self.visitor.actor

    @property
    def sent_at(self) -> datetime:
        """When the message was sent, or changed, by Telegram's clock (UTC): an outage of ours is nobody's delay."""
        message = self.update.effective_message
        if not isinstance(message, Message) or self.visitor.query_id is not None:
            return self.at.now
        return min(message.edit_date or message.date, self.at.now)

    async def refuse(self, refusal: Refusal) -> None:
        """Take back what this update did, and say why."""
        await self._batch.undo()
        self.replies.clear()
        key, values = f"refusals.{type(refusal).__name__}", vars(refusal)
        if self.visitor.query_id is not None:
            self.toast(self.phrases.say_plain(self.language, key, **values), alert=True)
        else:
            self.post(Screen(self.say(key, **values)))

    async def act(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one core action inside this update's savepoint."""
        return await self._batch.act(action, *args, **kwargs)

    def say(self, key: str, **values: object) -> str:
        """A sentence in the person's language."""
        return self.phrases.say(self.language, key, **values)

    def toast(self, text: str, *, alert: bool = False, url: str | None = None) -> None:
        """Answer the tap with a short text."""
        self.replies.append(Toast(text, alert=alert, url=url))

    def post(self, screen: Screen, *, prompt_id: int | None = None, counter: str | None = None) -> None:
        """Send a new message; posts with the same `counter` share one."""
        came = self.visitor
        reply_to = came.message_id if came.is_group else None
        post = Post(screen, prompt_id=prompt_id, thread_id=came.thread_id, reply_to=reply_to, counter=counter)
        self.replies.append(post)

    def refresh_sheet(self, screen: Screen, sheet: int, item: int, message_id: int) -> None:
        """Show a sheet's screen anew where it stands."""
        self.replies.append(Post(screen, message_id=message_id, sheet=sheet, item=item))

    def show(self, screen: Screen, *, instead: str | None = None) -> None:
        """Show a screen in the message whose button was tapped, or in a new one.

        `instead` is what is remembered of a text that holds secrets, until it went out.
        """
        message_id = self.visitor.message_id if self.visitor.query_id is not None else None
        self.replies.append(Post(screen, message_id=message_id, thread_id=self.visitor.thread_id, instead=instead))

    def show_sheet(self, screen: Screen, sheet: int, item: int, *, replaces: int | None = None) -> None:
        """Show a sheet's screen: in the tapped message, or as a new one that takes an older one's place."""
        message_id = self.visitor.message_id if self.visitor.query_id is not None else None
        self.replies.append(Post(screen, message_id=message_id, sheet=sheet, item=item, replaces=replaces))

    def paper(self, kind: str, key: int) -> None:
        """Send a paper of this kind (`bot.papers`) about this."""
        self.replies.append(Paper(kind, key))
