"""Inviting people of the roster, and letting them in.

Answers for who may be given a link, for what a link opens and for whom, and for slowing down who guesses. A code is
never stored and never told to the audit chain. Every act on the roster takes the district's turn first, so that two
processes neither give one person two good links nor let two accounts in by one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import timedelta

from core.actions.door import Moment
from core.actions.reactions import happened
from core.errors import (
    AccountTaken,
    AlreadyBound,
    HasLeft,
    InvitationElsewhere,
    InvitationExpired,
    InvitationRevoked,
    InvitationUnknown,
    InvitationUsed,
    NoSuchPerson,
    Refusal,
    SecondAccount,
    TooManyCodes,
)
from core.events import InvitationRefused, PersonBound
from core.invitation_codes import InvitationCodes, hash_of
from core.invitations import Invited, Invitee, LinkState, Welcome, invited
from core.people import Actor
from core.permissions import Right, require
from core.policy import Contact
from core.store import invitations, people, rules, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.invitations import InvitationRecord, NewInvitation

_CODE = re.compile(r"[A-Za-z0-9_-]{1,62}")
"""What a deep link can carry behind its prefix. Anything else is no code, and half a surrogate has no hash."""

_WINDOW = timedelta(hours=1)


def invitees(db: Db, actor: Actor, at: Moment) -> tuple[Invitee, ...]:
    """Everybody of the district who is active and has no account yet. Raises NotAllowed."""
    require(actor, Right.MANAGE_PEOPLE)
    return invitations.unbound(db, actor.district_id, at.today)


def invitee(db: Db, actor: Actor, person_id: int, at: Moment) -> Invitee:
    """One person of the district, as far as inviting goes. Raises NotAllowed or NoSuchPerson."""
    require(actor, Right.MANAGE_PEOPLE)
    return _known(db, actor.district_id, person_id, at)


def invite(db: Db, actor: Actor, codes: InvitationCodes, person_id: int, at: Moment) -> Invited:
    """A new link for one person; an older one opens nothing any more.

    Raises NotAllowed, NoSuchPerson, HasLeft or AlreadyBound.
    """
    require(actor, Right.MANAGE_PEOPLE)
    units.roster_head(db, actor.district_id)
    person = _known(db, actor.district_id, person_id, at)
    if not person.roles:
        raise HasLeft(name=person.name)
    if person.telegram_id is not None:
        raise AlreadyBound(name=person.name)
    _issue(db, actor, codes, [person_id], at)
    return invited(_known(db, actor.district_id, person_id, at), codes, at.now)


def invite_all(db: Db, actor: Actor, codes: InvitationCodes, at: Moment) -> int:
    """A link for everybody who has neither an account nor a good link; how many were issued. Raises NotAllowed.

    Doing so twice issues nothing the second time.
    """
    require(actor, Right.MANAGE_PEOPLE)
    units.roster_head(db, actor.district_id)
    shown = [invited(each, codes, at.now) for each in invitations.unbound(db, actor.district_id, at.today)]
    wanting = [each.person.person_id for each in shown if each.state is not LinkState.GOOD]
    if wanting:
        _issue(db, actor, codes, wanting, at)
    return len(wanting)


def revoke(db: Db, actor: Actor, person_id: int, at: Moment) -> Invitee:
    """The person's link opens nothing any more; without a good one nothing changes. Raises NotAllowed, NoSuchPerson."""
    require(actor, Right.MANAGE_PEOPLE)
    _known(db, actor.district_id, person_id, at)
    _revoke(db, actor, person_id, at)
    return _known(db, actor.district_id, person_id, at)


def revoke_all(db: Db, actor: Actor, at: Moment) -> int:
    """No link of the district opens anything any more; how many had been good. Raises NotAllowed."""
    require(actor, Right.MANAGE_PEOPLE)
    return _revoke(db, actor, None, at)


def accept(db: Db, telegram_id: int, code: str, at: Moment) -> Welcome:
    """Let an account in by a code: from now on it is the invited person. Doing so again is welcomed again.

    Raises TooManyCodes before the code is looked at, else InvitationUnknown, InvitationUsed, InvitationRevoked,
    InvitationExpired, InvitationElsewhere, HasLeft, AccountTaken or SecondAccount. What was refused is counted and
    reported by `report_refusal`, which the caller owes once this is undone.
    """
    _slow_down(db, telegram_id, at)
    found = _find(db, code)
    if found is None:
        raise InvitationUnknown
    units.roster_head(db, found.district_id)
    person = _known(db, found.district_id, found.person_id, at)
    if not person.roles:
        raise HasLeft(name=person.name)
    again = person.telegram_id == telegram_id
    if not again:
        _bind(db, found, person, telegram_id, at)
    return Welcome(people.actors(db, [telegram_id], at.today)[telegram_id], person, again)


def report_refusal(db: Db, telegram_id: int, code: str, refusal: Refusal, at: Moment) -> None:
    """Count a code that opened nothing and report it, in a transaction that the refusal did not undo.

    Who is told to wait is not counted again, and whether that code was right is not looked up for anybody.
    """
    found = None
    if not isinstance(refusal, TooManyCodes):
        found = _find(db, code)
        invitations.add_wrong_code(db, telegram_id, at.now, forget_before=at.now - _WINDOW)
    whose = None if found is None else found.person_id
    for district_id in _concerned(db, telegram_id, found):
        happened(db, InvitationRefused(district_id, telegram_id, type(refusal).__name__, whose), at)


def _bind(db: Db, found: InvitationRecord, person: Invitee, telegram_id: int, at: Moment) -> None:
    if found.used_at is not None:
        raise InvitationUsed
    if found.revoked_at is not None:
        raise InvitationRevoked
    if at.now >= found.expires_at:
        raise InvitationExpired(expired_at=found.expires_at)
    account = invitations.account(db, telegram_id)
    if account is not None:
        raise AccountTaken if account[1] == found.district_id else InvitationElsewhere
    # `found` was read before this district's turn came: whether the link is still open is asked by using it up.
    if not invitations.use(db, found.id, telegram_id, at.now):
        raise InvitationUsed
    if not invitations.bind(db, found.person_id, telegram_id):
        raise SecondAccount
    act = Act(at.now, found.person_id, "accept_invitation", {"person": found.person_id, "name": person.name})
    units.append_act(db, found.district_id, act)
    happened(db, PersonBound(found.person_id, telegram_id), at)


def _find(db: Db, code: str) -> InvitationRecord | None:
    # By its hash, in the index: a lookup may take longer for one hash than for another, but who measures that learns
    # something of hashes of codes that cannot be chosen, and nothing of a code.
    return invitations.by_hash(db, hash_of(code)) if _CODE.fullmatch(code) else None


def _slow_down(db: Db, telegram_id: int, at: Moment) -> None:
    """Raises TooManyCodes. An account that tries codes belongs to no district yet: the first one's policy counts."""
    allowed = _contact(db, units.districts(db)[0].id).wrong_codes_per_hour
    if invitations.wrong_codes(db, telegram_id, at.now - _WINDOW) >= allowed:
        raise TooManyCodes(allowed=allowed)


def _concerned(db: Db, telegram_id: int, found: InvitationRecord | None) -> list[int]:
    """Whose admins hear of it: the link's district, else the account's, else all, for nobody knows which was meant."""
    if found is not None:
        return [found.district_id]
    account = invitations.account(db, telegram_id)
    return [each.id for each in units.districts(db)] if account is None else [account[1]]


def _issue(db: Db, actor: Actor, codes: InvitationCodes, person_ids: Collection[int], at: Moment) -> None:
    # Told from another by chance, not by counting: a database put back from a backup must not give an old code anew.
    nonces = {person_id: secrets.token_hex(16) for person_id in person_ids}
    new = [NewInvitation(person, nonce, hash_of(codes.code(nonce))) for person, nonce in nonces.items()]
    expires_at = at.now + timedelta(days=_contact(db, actor.district_id).invitation_days)
    invitations.issue(db, new, at.now, expires_at)
    _note(db, actor, "invite", person_ids, at)


def _revoke(db: Db, actor: Actor, person_id: int | None, at: Moment) -> int:
    units.roster_head(db, actor.district_id)
    revoked = invitations.revoke(db, actor.district_id, person_id, at.now)
    if revoked:
        _note(db, actor, "revoke_invitation", revoked, at)
    return len(revoked)


def _note(db: Db, actor: Actor, name: str, person_ids: Collection[int], at: Moment) -> None:
    body: dict[str, str | int | None] = {"people": ",".join(map(str, person_ids)), "count": len(person_ids)}
    units.append_act(db, actor.district_id, Act(at.now, actor.person_id, name, body))


def _known(db: Db, district_id: int, person_id: int, at: Moment) -> Invitee:
    found = invitations.invitee(db, district_id, person_id, at.today)
    if found is None:
        raise NoSuchPerson(person_id=person_id)
    return found


def _contact(db: Db, district_id: int) -> Contact:
    policy = rules.policy_in_force(db, district_id)
    if policy is None:
        raise LookupError(f"no policy is in force in district {district_id}")
    return policy.contact
