"""Refusals about people, units and invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors.base import Refusal


@dataclass
class NoSuchPerson(Refusal):
    """No person of the district has this id."""

    person_id: int


@dataclass
class NoSuchUnit(Refusal):
    """No unit of the district has this id."""

    unit_id: int


@dataclass
class AlreadyBound(Refusal):
    """The person has a Telegram account already and needs no invitation."""

    name: str


@dataclass
class HasLeft(Refusal):
    """停用: the person holds no role any more."""

    name: str


class InvitationUnknown(Refusal):
    """No invitation has this code."""


class InvitationUsed(Refusal):
    """A link opens once; this one was used by another account."""


class InvitationRevoked(Refusal):
    """An admin revoked the link, or issued another one since."""


@dataclass
class InvitationExpired(Refusal):
    """The link was not used in time."""

    expired_at: datetime


class InvitationElsewhere(Refusal):
    """The link is for another district than the account's own."""


class AccountTaken(Refusal):
    """The Telegram account belongs to another person of the roster."""


class SecondAccount(Refusal):
    """The invited person came with another Telegram account before."""


@dataclass
class TooManyCodes(Refusal):
    """The account tried so many wrong codes within an hour that none is looked at for a while."""

    allowed: int


class OwnLeaving(Refusal):
    """停用 of oneself would leave nobody to take it back."""


@dataclass
class NotAnAssessor(Refusal):
    """Only an assessor takes over an assessor's sheet."""

    name: str


@dataclass
class ReceiverConflict(Refusal):
    """The unit is the receiver's own, or one they must keep away from (回避)."""

    name: str
    unit: str


@dataclass
class HasSheetAlready(Refusal):
    """The receiver scores this unit in this round already."""

    name: str
    unit: str
