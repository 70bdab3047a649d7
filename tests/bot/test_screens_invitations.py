"""The screens of invitation links: what they say, that they page, and that no name breaks them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from pypdf import PdfReader
from rooms import START
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES, actor

from bot.buttons import pack, unpack
from bot.buttons.invitations import (
    AskRevokeAll,
    Invite,
    InviteAll,
    ListInvitees,
    PrintCards,
    RevokeInvitation,
    ShowInvitations,
    ShowInvitee,
)
from bot.buttons.people import PrintRoster
from bot.sandbox.markup import parse_html
from bot.screens import invitations as screens
from bot.screens.screen import Screen
from core import errors
from core.actions import inviting
from core.export.invitation_sheet import set_invitation_sheet
from core.invitation_codes import LENGTH, InvitationCodes, hash_of
from core.invitations import Invited, Invitee, LinkState, OpenInvitation, Welcome, code_in, invited
from core.people import Role

CODES = InvitationCodes(b"one secret")
LATER = START + timedelta(days=14)
CAUSES = [
    *("InvitationUnknown", "InvitationUsed", "InvitationRevoked", "InvitationExpired", "InvitationElsewhere"),
    *("HasLeft", "AccountTaken", "SecondAccount", "TooManyCodes"),
]


def person(
    number: int = 1,
    name: str = "王小明",
    *,
    roles: Sequence[Role] = (Role.OFFICER,),
    units: Sequence[str] = ("仙庾镇",),
    account: int | None = None,
    secret: bytes | None = b"one secret",
    days: int = 14,
) -> Invited:
    """Somebody with a link made with this secret (None: without one) that is good for so many days."""
    nonce = str(number)
    invitation = None
    if secret is not None:
        code = InvitationCodes(secret).code(nonce)
        invitation = OpenInvitation(nonce, hash_of(code), START + timedelta(days=days))
    invitee = Invitee(number, name, tuple(roles), tuple(units), account, invitation)
    return invited(invitee, CODES, START)


def deeds(screen: Screen) -> list[object]:
    return [key.deed for row in screen.rows for key in row]


GOOD, NONE, EXPIRED = person(1), person(2, secret=None), person(3, days=0)
UNREADABLE = person(4, secret=b"the secret of an older token")


def test_the_overview_counts_and_offers_what_can_be_done() -> None:
    screen = screens.overview_screen(PHRASES, "zh", [GOOD, NONE, EXPIRED, UNREADABLE])
    assert "未绑定 4 · 有效链接 1 · 已过期 1" in screen.text
    assert "1个链接因机器人换过令牌" in screen.text
    assert deeds(screen) == [InviteAll(), ListInvitees(0), PrintCards(), PrintRoster(2), AskRevokeAll()]
    assert deeds(screens.overview_screen(PHRASES, "zh", [NONE])) == [InviteAll(), ListInvitees(0)]
    assert deeds(screens.overview_screen(PHRASES, "zh", [])) == []


def test_the_list_shows_each_link_and_says_why_there_is_none() -> None:
    screen = screens.invitees_screen(PHRASES, "zh", [GOOD, NONE, EXPIRED, UNREADABLE], 0, "hongqi_bot")
    assert f"<code>https://t.me/hongqi_bot?start=i-{GOOD.code}</code>" in screen.text
    assert screen.text.count("t.me") == 1
    for words in ("还没有链接", "链接已于2013年6月24日 10:00过期", "链接不能再显示"):
        assert words in screen.text
    assert deeds(screen) == [ShowInvitee(number) for number in range(1, 5)] + [ShowInvitations()]
    assert "没有需要邀请的人" in screens.invitees_screen(PHRASES, "zh", [], 0, "hongqi_bot").text


def test_sixty_people_page() -> None:
    people = [person(number) for number in range(1, 61)]
    pages = [screens.invitees_screen(PHRASES, "zh", people, page, "hongqi_bot") for page in range(8)]
    shown = [deed.person for page in pages for deed in deeds(page) if isinstance(deed, ShowInvitee)]
    assert shown == list(range(1, 61))
    turns = [[deed.page for deed in deeds(page) if isinstance(deed, ListInvitees)] for page in pages]
    assert turns == [[1], *([page - 1, page + 1] for page in range(1, 7)), [6]]
    assert screens.invitees_screen(PHRASES, "zh", people, 99, "hongqi_bot") == pages[-1]


def test_a_person_is_offered_what_fits_them() -> None:
    def shown(one: Invited) -> tuple[str, list[object]]:
        screen = screens.invitee_screen(PHRASES, "zh", one, "hongqi_bot")
        return screen.text, deeds(screen)[:-1]

    assert shown(GOOD)[1] == [Invite(1), RevokeInvitation(1)]
    assert shown(NONE)[1] == [Invite(2)]
    bound = shown(person(account=880005, secret=None))
    assert ("已绑定" in bound[0], bound[1]) == (True, [])
    left = shown(person(roles=(), secret=None))
    assert ("已停用" in left[0], left[1]) == (True, [])


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_words_in_the_letter_to_admins(language: str, cause: str) -> None:
    assert hasattr(errors, cause)
    assert hasattr(inviting, cause)
    for name in (None, HOSTILE):
        screen = screens.refused_letter(PHRASES, language, 889999, cause, name)
        parse_html(screen.text)
        assert PHRASES.say(language, f"invitations.causes.{cause}") in screen.text
        assert deeds(screen) == [ShowInvitations()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_people_are_called_the_screens_are_sound(language: str) -> None:
    named = [
        person(number, HOSTILE * 3, roles=tuple(Role), units=[HOSTILE] * 5, secret=secret)
        for number, secret in enumerate([b"one secret"] * 6 + [None, b"older"], 1)
    ]
    welcome = Welcome(actor(), named[0].person, again=True)
    for screen in (
        screens.overview_screen(PHRASES, language, named),
        screens.invitees_screen(PHRASES, language, named * 3, 1, "b" * 32),
        screens.invitee_screen(PHRASES, language, named[0], "b" * 32),
        screens.revoke_all_screen(PHRASES, language, named),
        screens.welcome_screen(PHRASES, language, welcome),
    ):
        text, _ = parse_html(screen.text)
        assert 0 < len(text) <= 4096
        assert all(unpack(pack(key.deed)) == key.deed and key.label for row in screen.rows for key in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_carry_only_good_links_ten_a_page(language: str) -> None:
    people = [person(number, f"甲{number}") for number in range(1, 12)] + [NONE, EXPIRED, UNREADABLE]
    sheet = screens.invitation_sheet(PHRASES, language, people, "hongqi_bot")
    assert len(sheet.cards) == 11
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(set_invitation_sheet(sheet))).pages]
    assert [page.count("t.me/hongqi_bot") for page in pages] == [10, 1]
    assert "甲11" in pages[1].replace(" ", "")
    assert "2" in pages[0].splitlines()[-1], "of two pages"


def test_cards_for_nobody_and_for_impossible_names_can_be_printed() -> None:
    nobody = screens.invitation_sheet(PHRASES, "zh", [NONE], "hongqi_bot")
    (page,) = PdfReader(io.BytesIO(set_invitation_sheet(nobody))).pages
    assert "目前没有有效的邀请链接" in page.extract_text()
    names = (HOSTILE * 9, "W" * 90, "", "\n" * 40, "阿" * 90)
    odd = [person(number, name, units=[name], roles=tuple(Role)) for number, name in enumerate(names, 1)]
    sheet = screens.invitation_sheet(PHRASES, "zh", odd, "b" * 32)
    assert len(PdfReader(io.BytesIO(set_invitation_sheet(sheet))).pages) == 1


def test_the_key_that_other_rooms_put_on_their_screens() -> None:
    assert [key.deed for key in screens.invitation_keys(PHRASES, "zh")] == [ShowInvitations()]


CODE = CODES.code("1")


@pytest.mark.parametrize(
    "payload", [CODE, f"i-{CODE}", f" i-{CODE} ", f"https://t.me/hongqi_bot?start=i-{CODE}", f"t.me/x?start={CODE}"]
)
def test_a_code_is_found_however_it_is_typed(payload: str) -> None:
    assert len(CODE) == LENGTH
    assert code_in(payload) == CODE


def test_a_code_may_begin_like_its_prefix_and_words_are_no_code() -> None:
    assert code_in("i-" + "x" * (LENGTH - 2)) == "i-" + "x" * (LENGTH - 2)
    assert code_in("i-short") == "short"
    assert code_in("rubbish") is None
    assert code_in("") is None


def test_a_link_is_good_until_it_expires() -> None:
    assert invited(GOOD.person, CODES, LATER - timedelta(seconds=1)).state is LinkState.GOOD
    assert invited(GOOD.person, CODES, LATER).state is LinkState.EXPIRED
