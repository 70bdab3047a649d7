"""Who is to be invited, and whether their link is good: values and one rule, without a database.

A link is good when it is open (neither used nor revoked), has not expired, and its code can be made again with the
program's secret. Where the secret changed it cannot: such a link still opens nothing that could be shown, so the person
counts as one whose link must be issued anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.invitation_codes import LENGTH, InvitationCodes, hash_of
from core.people import Actor, Role

LINK_PREFIX = "i-"
"""What a deep link's payload begins with when a code follows."""


class LinkState(StrEnum):
    """What can be said of a person's newest link."""

    NONE = "none"
    GOOD = "good"
    EXPIRED = "expired"
    UNREADABLE = "unreadable"
    """Issued with another secret: it cannot be shown again."""


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that was neither used nor revoked. Times are UTC."""

    nonce: str
    code_hash: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person as far as inviting goes; without roles they have left. `units` are the names of today."""

    person_id: int
    name: str
    roles: tuple[Role, ...]
    units: tuple[str, ...]
    telegram_id: int | None
    invitation: OpenInvitation | None


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitee with what can be shown of their link; `code` is there exactly when the link is good."""

    person: Invitee
    state: LinkState
    code: str | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who came in by a link. `again`: the account was bound to this person before."""

    actor: Actor
    person: Invitee
    again: bool


def code_in(payload: str) -> str | None:
    """The code in what came behind /start: of a link, or a link or a bare code that was typed. None without one."""
    text = payload.strip().rpartition("start=")[2]
    if len(text) == LENGTH:
        return text
    return text.removeprefix(LINK_PREFIX) if text.startswith(LINK_PREFIX) else None


def invited(person: Invitee, codes: InvitationCodes, now: datetime) -> Invited:
    """What can be shown of a person's link now."""
    invitation = person.invitation
    if invitation is None:
        return Invited(person, LinkState.NONE, None, None)
    if now >= invitation.expires_at:
        return Invited(person, LinkState.EXPIRED, None, invitation.expires_at)
    code = codes.code(invitation.nonce)
    if hash_of(code) != invitation.code_hash:
        return Invited(person, LinkState.UNREADABLE, None, invitation.expires_at)
    return Invited(person, LinkState.GOOD, code, invitation.expires_at)
