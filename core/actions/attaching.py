"""Evidence: to the item it names, or to the one on screen."""

from __future__ import annotations

from dataclasses import replace

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

    Raises what `door.enter` raises, NoSuchItem, ItemNotInFocus, and FileTooBig for a file that could never be fetched.
    """
    if piece.size is not None and piece.size > LARGEST_FILE:
        raise FileTooBig(name=piece.name or "", size=piece.size, limit=LARGEST_FILE)
    opened = enter(db, actor, sheet_id, at)
    opened.sheet.item(item)
    new = evidence.attach(db, sheet_id, item, piece, actor.person_id, at.now)
    record = opened.record
    if new:
        told: dict[str, str | int | None] = {"item": item, "kind": piece.kind, "source": piece.source_key}
        record = chained(db, record, Act(at.now, actor.person_id, "attach", told))
    view = view_of(db, record, opened.sheet)
    return Attached(view, item, view.evidence.get(item, 0), new)


def attach_on_screen(db: Db, actor: Actor, chat_id: int, piece: Piece, at: Moment) -> Attached:
    """Attach where the rest of the album went, else to the item on screen.

    Raises NoItemOnScreen when no sheet was shown yet, or no item is open on it.
    """
    place = None if piece.album is None else evidence.place_of_album(db, actor.person_id, piece.album)
    if place is not None:
        return attach(db, actor, *place, piece, at)
    screen = sheets.screen(db, chat_id)
    if screen is None or not screen.item:
        raise NoItemOnScreen
    return attach(db, actor, screen.sheet_id, screen.item, piece, at)


def attach_named(db: Db, actor: Actor, sheet_id: int, item: int, piece: Piece, at: Moment) -> Attached:
    """Attach to the item a caption names, together with what came of the same album before."""
    attached = attach(db, actor, sheet_id, item, piece, at)
    if piece.album is None:
        return attached
    evidence.move_album(db, actor.person_id, piece.album, sheet_id, item)
    view = replace(attached.view, evidence=sheets.evidence_counts(db, sheet_id))
    return replace(attached, view=view, count=view.evidence.get(item, 0))
