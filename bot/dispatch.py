"""From python-telegram-bot's dispatch to our handlers: the current visit in, refusals worded.

python-telegram-bot finds the handler; the visit that belongs to the update was made by
the intake. A refusal takes back what the update did and becomes a sentence.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.buttons import unpack
from bot.commands import COMMANDS, Command
from bot.deeds import DEEDS
from bot.handlers import evidence, group, words
from bot.intake import Intake
from bot.screens.notices import old_button
from bot.visit import Visit
from core.errors import Refusal
from core.permissions import Right, require

Handler = Callable[[Visit], Awaitable[None]]
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Anything = Application[Any, Any, Any, Any, Any, Any]

_FILES = filters.PHOTO | filters.Document.ALL | filters.VIDEO | filters.LOCATION
_PRIVATE = filters.ChatType.PRIVATE
# An edited command is not given again; edited marks are, because they set.
_NEW = filters.UpdateType.MESSAGE


def register(application: Anything, intake: Intake) -> None:
    """Join the tables of commands and deeds to the application."""

    def adapted(handler: Handler) -> Callback:
        async def callback(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            await _guarded(intake, handler)

        return callback

    async def remember_failure(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        intake.failure = context.error

    handlers: list[BaseHandler[Any, Any, Any]] = [
        # Taps first: they are nine in ten updates, and the first handler that fits is taken.
        CallbackQueryHandler(adapted(do_deed)),
        # A sheet, or what somebody owes, is nobody else's business: asked for in a group it is not shown.
        *(
            CommandHandler(
                command.name, adapted(partial(obey, command=command)), _NEW if command.in_group else _NEW & _PRIVATE
            )
            for command in COMMANDS
        ),
        MessageHandler(filters.StatusUpdate.MIGRATE, adapted(group.follow)),
        MessageHandler(_PRIVATE & _FILES & ~filters.UpdateType.EDITED, adapted(evidence.take)),
        # A slip such as /reprot must never be taken for the answer to a question.
        MessageHandler(_PRIVATE & filters.COMMAND, adapted(words.no_such_command)),
        MessageHandler(_PRIVATE & filters.TEXT, adapted(words.take)),
        MessageHandler(_PRIVATE & ~filters.UpdateType.EDITED, adapted(words.explain)),
        ChatMemberHandler(adapted(group.membership), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
    application.add_handlers(handlers)
    application.add_error_handler(remember_failure)


async def do_deed(visit: Visit) -> None:
    """Do what a button says; a button that is none of ours is answered too."""
    query = visit.update.callback_query
    deed = unpack(query.data or "") if query is not None else None
    if deed is None:
        visit.toast(old_button(visit.phrases, visit.language), alert=True)
        return
    entry = DEEDS[type(deed)]
    _check(visit, entry.right, open_in_group=entry.open_in_group)
    await entry.handler(visit, deed)


async def obey(visit: Visit, command: Command) -> None:
    """Do what a command says."""
    _check(visit, command.right, open_in_group=command.open_in_group)
    await command.handler(visit)


def _check(visit: Visit, right: Right | None, *, open_in_group: bool) -> None:
    """Raises StrangerRefused or NotAllowed. The actions check again what they alone can know: whose it is."""
    if right is not None and not (open_in_group and visit.visitor.is_group):
        require(visit.actor, right)


async def _guarded(intake: Intake, handler: Handler) -> None:
    visit = intake.current
    if visit is None:
        raise RuntimeError("an update reached its handler without the intake")
    try:
        await handler(visit)
    except Refusal as refusal:
        await visit.refuse(refusal)
