"""Evidence: to the item it names, or to the one on screen."""

from __future__ import annotations

from core.actions.door import Moment, enter, view_of
from core.actions.marking import chained
from core.errors import FileTooBig, NoItemOnScreen
from core.people import Actor
from core.snapshots import Attached
from core.store import evidence, sheets
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.evidence import Piece

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes that Telegram hands over to a bot at most."""


def attach(db: Db, actor: Actor, sheet_id: int, item: int, piece: Piece, at: Moment) -> Attached:
    """Attach a piece of evidence; sending the same again changes nothing.

    Raises what `door.enter` raises, NoSuchItem, and FileTooBig for a file that could never be fetched.
    """
    if piece.size is not None and piece.size > LARGEST_FILE:
        raise FileTooBig(name=piece.name or "", size=piece.size, limit=LARGEST_FILE)
    opened = enter(db, actor, sheet_id, at)
    opened.sheet.rubric.item(item)
    new = evidence.attach(db, sheet_id, item, piece, actor.person_id, at.now)
    record = opened.record
    if new:
        told: dict[str, str | int | None] = {"item": item, "kind": piece.kind, "source": piece.source_key}
        record = chained(db, record, Act(at.now, actor.person_id, "attach", told))
    view = view_of(db, record, opened.sheet)
    return Attached(view, item, view.evidence.get(item, 0), new)


def attach_on_screen(db: Db, actor: Actor, chat_id: int, item: int | None, piece: Piece, at: Moment) -> Attached:
    """Attach to the sheet that stands in the chat, to `item` or else to the one on screen.

    Raises NoItemOnScreen when no sheet was shown yet, or no item is open on it.
    """
    screen = sheets.screen(db, chat_id)
    target = item or (screen.item if screen else 0)
    if screen is None or not target:
        raise NoItemOnScreen
    return attach(db, actor, screen.sheet_id, target, piece, at)
