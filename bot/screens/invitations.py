"""Invitation links: who has none, the links to send on, the cards to print, and the welcome.

A link stands in a screen as code, which a tap copies: an admin sends it on and must not open it. Screens with links
are secrets; their handlers show them so that they are not remembered (`bot.replies.Post.instead`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from bot.buttons import Button
from bot.buttons.invitations import (
    AskRevokeAll,
    Invite,
    InviteAll,
    ListInvitees,
    PrintCards,
    RevokeAll,
    RevokeInvitation,
    ShowInvitations,
    ShowInvitee,
)
from bot.buttons.people import PrintRoster
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.export.invitation_sheet import InvitationCard, InvitationSheet
from core.export.typesetting import Language
from core.invitations import LINK_PREFIX, Invited, Invitee, LinkState, Welcome

PEOPLE_PER_PAGE = 8
_PER_ROW = 2


def deep_link(bot_name: str, code: str) -> str:
    """The address that opens the chat with the bot and hands it the code."""
    return f"https://t.me/{bot_name}?start={LINK_PREFIX}{code}"


def overview_screen(phrases: Phrases, language: str, people: Sequence[Invited]) -> Screen:
    """How many have no account and how their links stand, with all that can be done."""
    counts = {state.value: sum(each.state is state for each in people) for state in LinkState}
    text = phrases.say(language, "invitations.overview", unbound=len(people), **counts)

    def key(name: str, deed: Button) -> Key:
        return Key(phrases.say_plain(language, name), deed)

    rows: list[tuple[Key, ...]] = []
    if people:
        rows.append((key("keys.invite_all", InviteAll()), key("keys.invitees", ListInvitees(0))))
    if counts[LinkState.GOOD]:
        rows.append((key("keys.invitation_cards", PrintCards()), key("keys.imports.links", PrintRoster(2))))
        rows.append((key("keys.revoke_all", AskRevokeAll()),))
    return Screen(text, tuple(rows))


def invitees_screen(phrases: Phrases, language: str, people: Sequence[Invited], page: int, bot_name: str) -> Screen:
    """One page (from 0, the nearest there is) of those without an account; each opens."""
    back = (Key(phrases.say_plain(language, "keys.to_invitations"), ShowInvitations()),)
    if not people:
        return Screen(phrases.say(language, "invitations.nobody"), (back,))
    last = (len(people) - 1) // PEOPLE_PER_PAGE
    page = min(page, last)
    here = people[page * PEOPLE_PER_PAGE : (page + 1) * PEOPLE_PER_PAGE]
    lines = [
        {"name": each.person.name, "units": each.person.units, "link": _link(phrases, language, each, bot_name)}
        for each in here
    ]
    text = phrases.say(language, "invitations.list", lines=lines, page=page + 1, pages=last + 1)
    rows = in_rows([Key(each.person.name, ShowInvitee(each.person.person_id)) for each in here], _PER_ROW)
    turns = []
    if page > 0:
        turns.append(Key(phrases.say_plain(language, "keys.back"), ListInvitees(page - 1)))
    if page < last:
        turns.append(Key(phrases.say_plain(language, "keys.forward"), ListInvitees(page + 1)))
    return Screen(text, (*rows, tuple(turns), back) if turns else (*rows, back))


def invitee_screen(phrases: Phrases, language: str, one: Invited, bot_name: str) -> Screen:
    """One person and their link, with what can be done about it."""
    person = one.person
    bound = person.telegram_id is not None
    text = phrases.say(
        language,
        "invitations.person",
        name=person.name,
        roles=role_names(phrases, language, person),
        units=person.units,
        bound=bound,
        link=_link(phrases, language, one, bot_name),
    )
    keys = []
    if person.roles and not bound:
        issue = "keys.issue" if one.state is LinkState.NONE else "keys.issue_again"
        keys.append(Key(phrases.say_plain(language, issue), Invite(person.person_id)))
    if one.state is LinkState.GOOD:
        keys.append(Key(phrases.say_plain(language, "keys.revoke"), RevokeInvitation(person.person_id)))
    back = (Key(phrases.say_plain(language, "keys.to_invitees"), ListInvitees(0)),)
    return Screen(text, (tuple(keys), back) if keys else (back,))


def revoke_all_screen(phrases: Phrases, language: str, people: Sequence[Invited]) -> Screen:
    """Asks whether all links are to open nothing any more."""
    good = sum(each.state is LinkState.GOOD for each in people)
    confirm = (Key(phrases.say_plain(language, "keys.confirm_revoke_all"), RevokeAll()),)
    back = (Key(phrases.say_plain(language, "keys.to_invitations"), ShowInvitations()),)
    return Screen(phrases.say(language, "invitations.ask_revoke_all", good=good), (confirm, back))


def welcome_screen(phrases: Phrases, language: str, welcome: Welcome) -> Screen:
    """Who came in by a link, and as what."""
    person = welcome.person
    return Screen(
        phrases.say(
            language,
            "invitations.welcome",
            name=person.name,
            roles=role_names(phrases, language, person),
            units=person.units,
            again=welcome.again,
        )
    )


def invitation_keys(phrases: Phrases, language: str) -> tuple[Key, ...]:
    """The way here from other rooms."""
    return (Key(phrases.say_plain(language, "keys.invitations"), ShowInvitations()),)


def refused_letter(phrases: Phrases, language: str, telegram_id: int, cause: str, invited_name: str | None) -> Screen:
    """Tells an admin of a link that opened nothing."""
    text = phrases.say(
        language,
        "invitations.letter",
        cause=phrases.say_plain(language, f"invitations.causes.{cause}"),
        telegram_id=telegram_id,
        person=invited_name,
    )
    return Screen(text, (invitation_keys(phrases, language),))


def invitation_sheet(phrases: Phrases, language: str, people: Sequence[Invited], bot_name: str) -> InvitationSheet:
    """The good links as cards to print."""

    def words(name: str) -> str:
        return phrases.say_plain(language, f"papers.invitations.{name}")

    cards = [
        InvitationCard(
            name=each.person.name,
            role=_joined(phrases, language, role_names(phrases, language, each.person)),
            unit=_joined(phrases, language, each.person.units),
            link=deep_link(bot_name, each.code),
            expires=phrases.say_plain(language, "papers.invitations.expires", at=each.expires_at),
        )
        for each in people
        if each.code is not None
    ]
    # Phrases know exactly the languages that the typesetter knows.
    typeset = cast("Language", language)
    return InvitationSheet(typeset, words("title"), words("hint"), words("nobody"), words("pages"), tuple(cards))


def role_names(phrases: Phrases, language: str, person: Invitee) -> list[str]:
    """A person's roles, in words."""
    return [phrases.say_plain(language, f"invitations.roles.{role}") for role in person.roles]


def _joined(phrases: Phrases, language: str, names: Sequence[str]) -> str:
    return phrases.say_plain(language, "papers.invitations.joined", names=names)


def _link(phrases: Phrases, language: str, one: Invited, bot_name: str) -> str:
    """The link and until when it is good, or why there is none; as HTML."""
    link = None if one.code is None else deep_link(bot_name, one.code)
    said = phrases.say(language, f"invitations.states.{one.state}", link=link, expires_at=one.expires_at)
    return phrases.markup(said)
