"""Codes that are wrong: unknown, counted, refused from too many on, and told to admins without waking them."""

from __future__ import annotations

import pytest
from district import NOON, District, later
from inviting_office import (
    CONTACT,
    NEW_PHONE,
    OTHER_PHONE,
    code_for,
    comes,
    comes_in,
    is_refused,
    letters,
    neighbour,
    wrong_codes,
)

from core.errors import InvitationExpired, InvitationUnknown, TooManyCodes


@pytest.mark.parametrize("code", ["", "x" * 22, "x" * 63, "不是代码", "\ud83d", "a b", "i-"])
def test_what_is_no_code_is_unknown(office: District, code: str) -> None:
    assert isinstance(is_refused(office, code), InvitationUnknown)
    assert wrong_codes(office) == 1


def test_who_guesses_is_stopped_even_when_the_code_is_right(either_office: District) -> None:
    person = comes(either_office)
    code = code_for(either_office, person)
    allowed = CONTACT.wrong_codes_per_hour
    for number in range(allowed):
        refused = is_refused(either_office, "x" * 22, at=later(NOON, minutes=number))
        assert isinstance(refused, InvitationUnknown)
    refused = is_refused(either_office, code, at=later(NOON, minutes=allowed))
    assert isinstance(refused, TooManyCodes)
    assert refused.allowed == allowed
    assert wrong_codes(either_office) == allowed, "who is told to wait is not counted"
    assert isinstance(is_refused(either_office, code, OTHER_PHONE, later(NOON, days=30)), InvitationExpired)
    assert wrong_codes(either_office) == 1, "what is an hour old is forgotten"


def test_after_an_hour_the_next_code_is_looked_at(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    for _ in range(CONTACT.wrong_codes_per_hour):
        is_refused(office, "x" * 22)
    assert isinstance(is_refused(office, code, at=later(NOON, seconds=3599)), TooManyCodes)
    assert not comes_in(office, code, at=later(NOON, hours=1)).again


def test_the_limit_is_each_accounts_own(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    for _ in range(CONTACT.wrong_codes_per_hour):
        is_refused(office, "x" * 22, OTHER_PHONE)
    assert not comes_in(office, code).again


def test_admins_hear_of_a_refusal_once_an_hour(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    comes_in(office, code, OTHER_PHONE)
    is_refused(office, code)
    is_refused(office, "x" * 22, at=later(NOON, minutes=10))
    told = {"name": "invitation_refused", "telegram_id": NEW_PHONE, "to": office.tang.telegram_id}
    first = {**told, "cause": "InvitationUsed", "person": person}
    assert letters(office) == [first]
    is_refused(office, "x" * 22, at=later(NOON, hours=1))
    assert letters(office) == [first, {**told, "cause": "InvitationUnknown", "person": None}]


def test_admins_are_not_woken_by_a_guesser(office: District) -> None:
    is_refused(office, "x" * 22, at=later(NOON, hours=12))
    ((due,),) = office.act(lambda db: db.exec_driver_sql("SELECT not_before FROM outbox").all())
    assert str(due).startswith("2013-06-24 23:30"), "half past seven in Shanghai"


def test_a_code_of_nobody_concerns_the_district_of_the_account_else_all(office: District) -> None:
    office.act(neighbour, 770001)
    is_refused(office, "x" * 22, office.liu.telegram_id)
    assert [each["to"] for each in letters(office)] == [office.tang.telegram_id]
    is_refused(office, "x" * 22, NEW_PHONE)
    assert [each["to"] for each in letters(office)][1:] == [office.tang.telegram_id, 770001]
