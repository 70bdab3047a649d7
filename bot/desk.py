"""What lies on every desk: what handlers and papers use besides the database."""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrases import Phrases
from core.invitation_codes import InvitationCodes


@dataclass(frozen=True, slots=True)
class Desk:
    """Joined once, in `bot.app`."""

    phrases: Phrases
    codes: InvitationCodes
