"""Buttons of invitation links: what admins do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowInvitations:
    """How many have no account, and what can be done about it."""

    VERB: ClassVar[str] = "jo"


@dataclass(frozen=True, slots=True)
class ListInvitees:
    """One page (from 0) of those without an account, each with their link."""

    VERB: ClassVar[str] = "jl"
    page: int


@dataclass(frozen=True, slots=True)
class ShowInvitee:
    """One person and their link."""

    VERB: ClassVar[str] = "jp"
    person: int


@dataclass(frozen=True, slots=True)
class Invite:
    """Issue a link for one person; an older one is revoked."""

    VERB: ClassVar[str] = "ji"
    person: int


@dataclass(frozen=True, slots=True)
class InviteAll:
    """Issue a link for everybody who lacks a good one."""

    VERB: ClassVar[str] = "ja"


@dataclass(frozen=True, slots=True)
class RevokeInvitation:
    """One person's link opens nothing any more."""

    VERB: ClassVar[str] = "jr"
    person: int


@dataclass(frozen=True, slots=True)
class AskRevokeAll:
    """Ask whether all links are to be revoked."""

    VERB: ClassVar[str] = "jq"


@dataclass(frozen=True, slots=True)
class RevokeAll:
    """No link opens anything any more."""

    VERB: ClassVar[str] = "jx"


@dataclass(frozen=True, slots=True)
class PrintCards:
    """The good links as cards with QR codes."""

    VERB: ClassVar[str] = "jc"


InvitationButton: TypeAlias = (
    ShowInvitations
    | ListInvitees
    | ShowInvitee
    | Invite
    | InviteAll
    | RevokeInvitation
    | AskRevokeAll
    | RevokeAll
    | PrintCards
)
