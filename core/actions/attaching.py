"""Evidence: to the item it names, or to the one on screen."""

from __future__ import annotations

from dataclasses import replace

from core.actions.door import Moment, enter, look, view_of
from core.actions.marking import chained
from core.actions.overview import has_open_sheet
from core.actions.questions import words_are_waited_for
from core.errors import FileTooBig, NoItemOnScreen, NothingToAttachTo, WordsWanted
from core.people import Actor
from core.snapshots import Attached
from core.store import evidence, sheets
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.evidence import Moved, Piece

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

    Raises NoItemOnScreen when no sheet was shown yet, or no item is open on it; then, too, WordsWanted where a
    question waits for words, and NothingToAttachTo without any sheet to open.
    """
    place = None if piece.album is None else evidence.place_of_album(db, actor.person_id, piece.album)
    if place is not None:
        return attach(db, actor, *place, piece, at)
    screen = sheets.screen(db, chat_id)
    if screen is None or not screen.item:
        if words_are_waited_for(db, actor):
            raise WordsWanted
        raise NoItemOnScreen if has_open_sheet(db, actor, at) else NothingToAttachTo
    return attach(db, actor, screen.sheet_id, screen.item, piece, at)


def attach_named(db: Db, actor: Actor, sheet_id: int, item: int, piece: Piece, at: Moment) -> Attached:
    """Attach to the item a caption names, together with what came of the same album before."""
    attached = attach(db, actor, sheet_id, item, piece, at)
    if piece.album is None:
        return attached
    for moved in evidence.move_album(db, actor.person_id, piece.album, sheet_id, item):
        _tell_move(db, actor, moved, sheet_id, item, at)
    view = look(db, actor, sheet_id, at)
    return replace(attached, view=view, count=view.evidence.get(item, 0))


def _tell_move(db: Db, actor: Actor, moved: Moved, sheet_id: int, item: int, at: Moment) -> None:
    """Both chains hear of a piece that goes from one sheet to another; within one sheet it is one act."""
    left: dict[str, str | int | None] = {"source": moved.source_key, "from": moved.item}
    if moved.sheet_id == sheet_id:
        _tell(db, actor, sheet_id, "move", left | {"item": item}, at)
        return
    _tell(db, actor, moved.sheet_id, "move", left, at)
    came = {"kind": moved.kind, "received_at": moved.received_at.isoformat()}
    _tell(db, actor, sheet_id, "take_in", {"source": moved.source_key, "item": item, **came}, at)


def _tell(db: Db, actor: Actor, sheet_id: int, act: str, told: dict[str, str | int | None], at: Moment) -> None:
    record = sheets.record(db, actor.district_id, sheet_id, at.today, to_change=True)
    assert record is not None  # noqa: S101 -- a piece of this person's hangs on it
    chained(db, record, Act(at.now, actor.person_id, act, told))
