"""Update → Visitor: who came, where, with what. Telegram's Optionals are narrowed here, once."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update

from core.people import Actor


@dataclass(frozen=True, slots=True)
class Visitor:
    """One update as the handlers see it. `actor` is None for a stranger.

    `message_id` is the message that was sent, or that carries the tapped button.
    """

    telegram_id: int
    chat_id: int
    is_group: bool
    thread_id: int | None
    message_id: int | None
    reply_to: int | None
    query_id: str | None
    text: str
    actor: Actor | None
    language: str


def telegram_id_of(update: Update) -> int | None:
    """Whose update this is; None where no person stands behind it."""
    return None if update.effective_user is None else update.effective_user.id


def visitor_of(update: Update, actor: Actor | None, default_language: str) -> Visitor | None:
    """The visitor of an update, or None when there is no person or no chat to answer."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None:
        return None
    message = update.effective_message
    sent = message if isinstance(message, Message) else None
    reply = sent.reply_to_message if sent is not None and update.callback_query is None else None
    return Visitor(
        telegram_id=user.id,
        chat_id=chat.id,
        is_group=chat.type != chat.PRIVATE,
        thread_id=sent.message_thread_id if sent is not None and sent.is_topic_message else None,
        message_id=None if message is None else message.message_id,
        reply_to=None if reply is None else reply.message_id,
        query_id=None if update.callback_query is None else update.callback_query.id,
        text=(sent.text or sent.caption or "") if sent is not None and update.callback_query is None else "",
        actor=actor,
        language=actor.language if actor is not None else _stranger_language(user.language_code, default_language),
    )


def _stranger_language(code: str | None, default: str) -> str:
    if not code:
        return default
    return "zh" if code.startswith("zh") else "en"
