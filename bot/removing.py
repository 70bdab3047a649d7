"""Taking away the screen whose place a newer one has taken."""

from __future__ import annotations

import logging

from telegram.error import TelegramError

from bot.telegram_http import TelegramApi

_log = logging.getLogger(__name__)


async def remove(api: TelegramApi, chat_id: int, message_id: int) -> None:
    """Delete a message. Where that fails it stays: its buttons still do what they say, and nothing is sent again."""
    try:
        await api.do("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
    except TelegramError as error:
        # Already gone, too old for Telegram to delete, or the network: the new screen is there all the same.
        _log.info("old screen stays chat=%s message=%s: %s", chat_id, message_id, error)
