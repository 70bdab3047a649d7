"""Invitation links: issuing, showing and revoking them, and letting people in by them."""

from __future__ import annotations

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
from bot.screens import invitations as screens
from bot.screens.home import home_screen
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import inviting, todo
from core.errors import Refusal
from core.invitations import Invited, LinkState, invited


async def accept(visit: Visit, code: str) -> None:
    """A link was opened, or its code typed: the account becomes the invited person, or is told why not."""
    account = visit.visitor.telegram_id
    try:
        welcome = await visit.act(inviting.accept, account, code, visit.at)
    except Refusal as refused:
        await visit.refuse(refused)
        # Behind what the refusal took back, so that a try in vain is counted and reported all the same.
        await visit.act(inviting.report_refusal, account, code, refused, visit.at)
        visit.leaves_work = True
        return
    visit.people_changed = True
    visit.language = welcome.actor.language
    visit.post(screens.welcome_screen(visit.phrases, visit.language, welcome))
    owed = await visit.act(todo.todo, welcome.actor, visit.at)
    visit.post(home_screen(visit.phrases, visit.language, welcome.actor, owed))


async def overview_of_links(visit: Visit, _button: ShowInvitations) -> None:
    """邀请链接: how many have no account, and how their links stand."""
    visit.show(screens.overview_screen(visit.phrases, visit.language, await _people(visit)))


async def list_invitees(visit: Visit, button: ListInvitees) -> None:
    """Those without an account, each with their link."""
    people = await _people(visit)
    _show_secret(visit, screens.invitees_screen(visit.phrases, visit.language, people, button.page, visit.bot_name))


async def show_invitee(visit: Visit, button: ShowInvitee) -> None:
    """One person and their link."""
    person = await visit.act(inviting.invitee, visit.actor, button.person, visit.at)
    _show_person(visit, invited(person, visit.desk.codes, visit.at.now))


async def invite(visit: Visit, button: Invite) -> None:
    """A new link for one person."""
    issued = await visit.act(inviting.invite, visit.actor, visit.desk.codes, button.person, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.invited", name=issued.person.name))
    _show_person(visit, issued)


async def invite_all(visit: Visit, _button: InviteAll) -> None:
    """Links for all who lack one."""
    count = await visit.act(inviting.invite_all, visit.actor, visit.desk.codes, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.invited_all", count=count))
    visit.show(screens.overview_screen(visit.phrases, visit.language, await _people(visit)))


async def revoke(visit: Visit, button: RevokeInvitation) -> None:
    """One person's link opens nothing any more."""
    person = await visit.act(inviting.revoke, visit.actor, button.person, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.invitation_revoked"))
    _show_person(visit, invited(person, visit.desk.codes, visit.at.now))


async def ask_revoke_all(visit: Visit, _button: AskRevokeAll) -> None:
    """All links are revoked only when that is said twice."""
    visit.show(screens.revoke_all_screen(visit.phrases, visit.language, await _people(visit)))


async def revoke_all(visit: Visit, _button: RevokeAll) -> None:
    """No link opens anything any more."""
    count = await visit.act(inviting.revoke_all, visit.actor, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.invitations_revoked", count=count))
    visit.show(screens.overview_screen(visit.phrases, visit.language, await _people(visit)))


async def print_cards(visit: Visit, _button: PrintCards) -> None:
    """The good links as a PDF of cards, which comes when it is drawn."""
    people = await _people(visit)
    if not any(each.state is LinkState.GOOD for each in people):
        visit.toast(visit.phrases.say_plain(visit.language, "papers.invitations.nobody"), alert=True)
        return
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.cards_coming"))
    visit.paper("invitation_cards", visit.actor.district_id)


async def _people(visit: Visit) -> list[Invited]:
    people = await visit.act(inviting.invitees, visit.actor, visit.at)
    return [invited(each, visit.desk.codes, visit.at.now) for each in people]


def _show_person(visit: Visit, one: Invited) -> None:
    _show_secret(visit, screens.invitee_screen(visit.phrases, visit.language, one, visit.bot_name))


def _show_secret(visit: Visit, screen: Screen) -> None:
    visit.show(screen, instead=visit.say("invitations.remembered"))
