"""At the start: replies that a killed process still owed are made again.

A sheet's screen is rendered from the rows as they are now, once per chat and message; other
words are sent as they stood. A message that had gone out a moment before the kill comes twice,
a screen does not: editing it to what it shows already changes nothing.
"""

from __future__ import annotations

from bot.handlers.scoring import screen_of
from bot.phrases import Phrases
from bot.replies import OwedScreen, Paper, Post, recall
from core.actions import door, overview
from core.actions.door import Moment
from core.errors import Refusal
from core.people import Actor
from core.store import people, updates
from core.store.engine import Db

Owed = tuple[int, int, list[Post | Paper]]
"""An update, the chat, and the replies to it."""


def owed_replies(db: Db, phrases: Phrases, at: Moment) -> list[Owed]:
    """Everything that is still owed, oldest first."""
    owed: list[Owed] = []
    shown: set[tuple[int, int, int | None]] = set()
    for processed in updates.owed(db):
        chat_id, replies = recall(processed.owed or "[0,[]]")
        # Replies are owed to private chats, whose id is the person's own, and to groups, whose id is not.
        actor = people.actors(db, [chat_id], at.today).get(chat_id)
        made: list[Post | Paper] = []
        for reply in replies:
            if not isinstance(reply, OwedScreen):
                made.append(reply)
            elif actor is not None and (chat_id, reply.sheet, reply.message_id) not in shown:
                shown.add((chat_id, reply.sheet, reply.message_id))
                made += _screen(db, actor, chat_id, reply, phrases, at)
        owed.append((processed.update_id, chat_id, made))
    return owed


def _screen(db: Db, actor: Actor, chat_id: int, owed: OwedScreen, phrases: Phrases, at: Moment) -> list[Post | Paper]:
    try:
        view = door.look(db, actor, owed.sheet, at)
    except Refusal:
        # The sheet is no longer theirs: there is nothing to show them.
        return []
    standing = overview.on_screen(db, chat_id)
    item = standing.item if standing is not None and standing.sheet_id == owed.sheet else view.sheet.cursor or 0
    screen = screen_of(phrases, actor.language, view, item)
    return [Post(screen, message_id=owed.message_id, sheet=owed.sheet, item=item)]
