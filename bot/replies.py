"""What a handler wants to say, as values; sent after the commit by `bot.deliver`.

A reply that is still owed when the process dies is remembered in its update's row: a sheet's
screen by reference, so that it is rendered again from the rows, anything else as it was worded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.buttons import pack, unpack
from bot.screens.screen import Key, Screen


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap. It is owed to nobody: Telegram forgets the tap within seconds."""

    text: str
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A message. `message_id`: edit that one; None: send a new one.

    `sheet` and `item` say which sheet's screen it is (item 0: another view of it), so that the chat's screen
    is remembered. Posts with the same `counter` share one message, the newest text standing. `replaces` is
    deleted once the new message is there. `prompt_id` asks for a reply. `instead` is remembered in place of the text
    where that holds what no row may keep (links that let people in).
    """

    screen: Screen
    message_id: int | None = None
    sheet: int | None = None
    item: int = 0
    replaces: int | None = None
    prompt_id: int | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    counter: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is made when it is sent: its kind (`bot.papers`), and what it is about."""

    kind: str
    key: int


Reply = Toast | Post | Paper


def remember(chat_id: int, replies: list[Reply]) -> str | None:
    """The owed part of these replies as text, or None when nothing is owed."""
    owed = [_packed(reply) for reply in replies if not isinstance(reply, Toast)]
    # Escaped: an echo of half a surrogate pair would make the whole batch impossible to commit, again and again.
    return json.dumps([chat_id, owed], separators=(",", ":")) if owed else None


@dataclass(frozen=True, slots=True)
class OwedScreen:
    """The screen of a sheet, to be rendered from the rows as they are now."""

    sheet: int
    message_id: int | None


def recall(owed: str) -> tuple[int, list[Post | Paper | OwedScreen]]:
    """The chat and the replies that `remember` packed."""
    chat_id, packed = json.loads(owed)
    return int(chat_id), [_unpacked(each) for each in packed]


def _packed(reply: Post | Paper) -> dict[str, Any]:
    if isinstance(reply, Paper):
        return {"paper": [reply.kind, reply.key]}
    if reply.sheet is not None:
        return {"sheet": reply.sheet, "message": reply.message_id}
    rows = [[[key.label, pack(key.deed)] for key in row] for row in reply.screen.rows]
    text = reply.screen.text if reply.instead is None else reply.instead
    packed = {"text": text, "rows": rows, "message": reply.message_id}
    return packed | {"thread": reply.thread_id, "prompt": reply.prompt_id}


def _unpacked(packed: dict[str, Any]) -> Post | Paper | OwedScreen:
    if "paper" in packed:
        paper = packed["paper"]
        # A row from before there were other papers names the sheet of a receipt.
        return Paper(*paper) if isinstance(paper, list) else Paper("receipt", paper)
    if "sheet" in packed:
        return OwedScreen(packed["sheet"], packed["message"])
    rows = tuple(tuple(Key(label, deed) for label, data in row if (deed := unpack(data))) for row in packed["rows"])
    return Post(
        Screen(packed["text"], rows),
        message_id=packed["message"],
        thread_id=packed["thread"],
        prompt_id=packed["prompt"],
    )
