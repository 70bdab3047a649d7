"""What lies on every desk: what handlers and papers use besides the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.phrases import Phrases
from core.actions.rounds import RuleSet
from core.invitation_codes import InvitationCodes
from core.store.engine import Db
from core.store.file_store import FileStore


@dataclass(frozen=True, slots=True)
class Desk:
    """Joined once, in `bot.app`."""

    phrases: Phrases
    codes: InvitationCodes
    rules: RuleSet
    files: FileStore
    bot_name: Callable[[], str]
    """The bot's name at Telegram, known once it was met; links need it."""
    snapshot: Callable[[], AbstractContextManager[Db]]
    """The database as it is at a moment, beside the database thread: for what reads so much that taps would wait."""
