"""What the senders learnt and the database is to remember: message ids, replies that went out.

Written with the next batch, before anything in it is handled, or soon by itself: one
transaction for many notes instead of one for each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from bot.replies import Post
from bot.transaction import Transactions
from core.actions.overview import shown
from core.store import prompts, updates
from core.store.engine import Db

_SOON_SECONDS = 0.5


class Notes:
    """Collects what is to be remembered; `write` puts it into an open transaction."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._replied: list[int] = []
        self._facts: list[Callable[[Db], None]] = []
        self._taken = (0, 0)
        self._some = asyncio.Event()

    def replied(self, update_id: int) -> None:
        """All replies to this update went out."""
        self._replied.append(update_id)
        self._some.set()

    def sent(self, chat_id: int, post: Post, message_id: int) -> None:
        """A message went out and has this id now."""
        if post.sheet is not None:
            self._facts.append(
                partial(shown, chat_id=chat_id, sheet_id=post.sheet, item=post.item, message_id=message_id)
            )
        if post.prompt_id is not None:
            self._facts.append(partial(prompts.set_message, prompt_id=post.prompt_id, message_id=message_id))
        self._some.set()

    def write(self, db: Db) -> None:
        """Put everything collected so far into this transaction; `written` once that is committed.

        Runs on the database thread while more may be collected: it only reads. Writing twice is harmless.
        """
        self._taken = (len(self._facts), len(self._replied))
        for fact in self._facts[: self._taken[0]]:
            fact(db)
        updates.replied(db, self._replied[: self._taken[1]])

    def written(self) -> None:
        """The transaction that `write` ran in is committed."""
        facts, replied = self._taken
        del self._facts[:facts], self._replied[:replied]
        self._taken = (0, 0)

    async def run(self) -> None:
        """Write notes soon after they come; ends only by cancellation."""
        # What a failed attempt left behind is tried again at once.
        if self._replied or self._facts:
            self._some.set()
        while True:
            await self._some.wait()
            self._some.clear()
            await asyncio.sleep(_SOON_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Write what is there now."""
        if self._replied or self._facts:
            # Under the same lock as the batches, so that nobody else writes them in between.
            async with self._transactions.batch() as batch:
                await batch.outside(self.write)
                await batch.commit()
                self.written()
