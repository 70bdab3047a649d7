"""Links that are opened by several at the same moment: one gets in, and nobody gets in twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from district import District
from inviting_office import NEW_PHONE, acts, code_for, comes, comes_in

from core.errors import (
    AccountTaken,
    InvitationUsed,
    Refusal,
)


def at_once(district: District, *tries: tuple[int, str]) -> list[type[Refusal] | None]:
    """Several accounts try a code each, in threads that begin together; what each was refused with."""
    begin = Barrier(len(tries))

    def attempt(phone: int, code: str) -> type[Refusal] | None:
        begin.wait()
        try:
            comes_in(district, code, phone)
        except Refusal as refused:
            return type(refused)
        return None

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(lambda each: attempt(*each), tries))


def test_of_two_accounts_at_once_one_gets_in(either_office: District) -> None:
    person = comes(either_office)
    code = code_for(either_office, person)
    outcome = at_once(either_office, *((NEW_PHONE + number, code) for number in range(6)))
    assert outcome.count(None) == 1
    assert set(outcome) == {None, InvitationUsed}
    assert [name for name, _ in acts(either_office)] == ["invite", "accept_invitation"]


def test_one_account_with_two_links_at_once_becomes_one_person(either_office: District) -> None:
    codes = [code_for(either_office, comes(either_office, name)) for name in "甲乙丙"]
    outcome = at_once(either_office, *((NEW_PHONE, code) for code in codes))
    assert outcome.count(None) == 1
    assert set(outcome) == {None, AccountTaken}


def test_many_people_at_once_all_get_in_and_the_chain_holds(either_office: District) -> None:
    codes = [code_for(either_office, comes(either_office, name)) for name in "甲乙丙丁"]
    outcome = at_once(either_office, *((NEW_PHONE + number, code) for number, code in enumerate(codes)))
    assert outcome == [None] * 4
    assert [name for name, _ in acts(either_office)].count("accept_invitation") == 4
