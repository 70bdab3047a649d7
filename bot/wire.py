"""Screens as Bot API parameters. Built for every tap, so plain dicts and nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bot.buttons import pack
from bot.replies import Post
from bot.screens.screen import Key, Screen


def post_parameters(chat_id: int, post: Post) -> dict[str, Any]:
    """The parameters of sendMessage."""
    parameters: dict[str, Any] = {"chat_id": chat_id, "text": post.screen.text, "parse_mode": "HTML"}
    if post.prompt_id is not None:
        parameters["reply_markup"] = {"force_reply": True}
    elif post.screen.rows:
        parameters["reply_markup"] = keyboard(post.screen.rows)
    if post.thread_id is not None:
        parameters["message_thread_id"] = post.thread_id
    if post.reply_to is not None:
        parameters["reply_parameters"] = {"message_id": post.reply_to, "allow_sending_without_reply": True}
    return parameters


def edit_parameters(chat_id: int, message_id: int, screen: Screen) -> dict[str, Any]:
    """The parameters of editMessageText. Without rows the message loses its buttons, as the screen says."""
    parameters: dict[str, Any] = {
        "chat_id": chat_id,
        "message_id": message_id,
        "text": screen.text,
        "parse_mode": "HTML",
    }
    if screen.rows:
        parameters["reply_markup"] = keyboard(screen.rows)
    return parameters


def keyboard(rows: tuple[tuple[Key, ...], ...]) -> dict[str, Any]:
    """The inline keyboard of a screen."""
    return {"inline_keyboard": [_row(row) for row in rows]}


@lru_cache(maxsize=8192)
def _row(row: tuple[Key, ...]) -> list[dict[str, str]]:
    return [{"text": key.label, "callback_data": pack(key.deed)} for key in row]
