"""Links for people of the roster: issued once, shown again, opened once, refused with a reason, revoked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from district import NOON, District, later
from inviting_office import (
    CODES,
    DAYS,
    NEW_PHONE,
    OTHER_CODES,
    OTHER_PHONE,
    acts,
    code_for,
    comes,
    comes_in,
    is_refused,
    leaves,
    letters,
    neighbour,
    wrong_codes,
)
from sqlalchemy import select

from core import permissions
from core.actions import inviting, telling
from core.actions.door import Moment
from core.errors import (
    AccountTaken,
    AlreadyBound,
    HasLeft,
    InvitationElsewhere,
    InvitationExpired,
    InvitationRevoked,
    InvitationUsed,
    NoSuchPerson,
    NotAllowed,
    SecondAccount,
)
from core.invitations import LinkState, invited
from core.people import Actor, Role
from core.store import invitations, people
from core.store.engine import Db
from core.store.tables import Audit, Invitation, Outbox, Person, table_of


def test_an_invited_person_comes_in_and_is_who_the_roster_says(either_office: District) -> None:
    person = comes(either_office, "王小明", (Role.OFFICER, "仙庾镇"), (Role.LIAISON, "区民政局"))
    code = code_for(either_office, person)
    welcome = comes_in(either_office, code)
    assert not welcome.again
    assert welcome.actor.person_id == person
    assert (welcome.actor.language, welcome.actor.telegram_id) == ("en", NEW_PHONE)
    assert welcome.person.roles == (Role.OFFICER, Role.LIAISON)
    assert welcome.person.units == ("仙庾镇", "区民政局")
    known = either_office.act(people.actors, [NEW_PHONE], NOON.today)[NEW_PHONE]
    assert known.roles == {Role.OFFICER, Role.LIAISON}
    assert [name for name, _ in acts(either_office)] == ["invite", "accept_invitation"]


def test_neither_the_rows_nor_the_audit_chain_hold_a_code(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    comes_in(office, code)

    def everything(db: Db) -> str:
        return repr([db.execute(select(table_of(kept))).all() for kept in (Invitation, Audit, Outbox, Person)])

    assert code not in office.act(everything)


def test_everybody_without_an_account_gets_a_link_once(either_office: District) -> None:
    first, second = comes(either_office, "甲"), comes(either_office, "乙", (Role.VIEWER, None))
    gone = comes(either_office, "丙")
    leaves(either_office, gone)
    assert either_office.act(inviting.invite_all, either_office.tang, CODES, NOON) == 2
    shown = either_office.act(inviting.invitees, either_office.tang, NOON)
    assert [each.person_id for each in shown] == [first, second]
    assert [each.units for each in shown] == [("仙庾镇",), ()]
    links = [invited(each, CODES, NOON.now) for each in shown]
    assert [each.state for each in links] == [LinkState.GOOD, LinkState.GOOD]
    assert len({each.code for each in links}) == 2
    assert either_office.act(inviting.invite_all, either_office.tang, CODES, later(NOON, hours=1)) == 0
    again = either_office.act(inviting.invitees, either_office.tang, NOON)
    assert [invited(each, CODES, NOON.now) for each in again] == links, "the links that are good stay as they are"
    assert acts(either_office) == [("invite", {"people": f"{first},{second}", "count": 2})]


def test_links_that_expired_or_were_made_with_another_secret_are_issued_anew(office: District) -> None:
    person = comes(office)
    old = code_for(office, person)
    shown = office.act(inviting.invitee, office.tang, person, NOON)
    assert invited(shown, OTHER_CODES, NOON.now).state is LinkState.UNREADABLE
    assert invited(shown, OTHER_CODES, NOON.now).code is None
    expired = Moment(NOON.now + DAYS, NOON.today)
    assert invited(shown, CODES, expired.now).state is LinkState.EXPIRED
    assert office.act(inviting.invite_all, office.tang, OTHER_CODES, NOON) == 1
    assert office.act(inviting.invite_all, office.tang, OTHER_CODES, NOON) == 0
    assert office.act(inviting.invite_all, office.tang, OTHER_CODES, expired) == 1
    assert isinstance(is_refused(office, old), InvitationRevoked)


def test_a_new_link_revokes_the_old_one(office: District) -> None:
    person = comes(office)
    old, new = code_for(office, person), code_for(office, person)
    assert old != new
    assert isinstance(is_refused(office, old), InvitationRevoked)
    assert not comes_in(office, new).again


def test_one_link_or_all_are_revoked(either_office: District) -> None:
    first, second, third = (comes(either_office, name) for name in "甲乙丙")
    codes = [code_for(either_office, each) for each in (first, second, third)]
    assert either_office.act(inviting.revoke, either_office.tang, first, NOON).invitation is None
    assert either_office.act(inviting.revoke_all, either_office.tang, NOON) == 2
    assert either_office.act(inviting.revoke_all, either_office.tang, NOON) == 0
    for number, code in enumerate(codes):
        assert isinstance(is_refused(either_office, code, NEW_PHONE + number), InvitationRevoked)
    revoked = [body for name, body in acts(either_office) if name == "revoke_invitation"]
    assert revoked == [{"people": f"{first}", "count": 1}, {"people": f"{second},{third}", "count": 2}]


def test_a_link_that_expired_has_nothing_to_be_revoked(office: District) -> None:
    person = comes(office)
    code_for(office, person)
    assert office.act(inviting.revoke_all, office.tang, Moment(NOON.now + DAYS, NOON.today)) == 0


def test_only_admins_invite(office: District) -> None:
    person = comes(office)
    liu = office.liu
    assert not permissions.may(liu, permissions.Right.MANAGE_PEOPLE)
    deeds: list[Callable[[Db], object]] = [
        lambda db: inviting.invitees(db, liu, NOON),
        lambda db: inviting.invitee(db, liu, person, NOON),
        lambda db: inviting.invite(db, liu, CODES, person, NOON),
        lambda db: inviting.invite_all(db, liu, CODES, NOON),
        lambda db: inviting.revoke(db, liu, person, NOON),
        lambda db: inviting.revoke_all(db, liu, NOON),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            office.act(deed)


def test_whom_nobody_can_invite(office: District) -> None:
    with pytest.raises(NoSuchPerson):
        office.act(inviting.invite, office.tang, CODES, 404, NOON)
    with pytest.raises(NoSuchPerson):
        office.act(inviting.revoke, office.tang, 404, NOON)
    with pytest.raises(AlreadyBound) as refused:
        office.act(inviting.invite, office.tang, CODES, office.zhou.person_id, NOON)
    assert refused.value.name == "周建国"
    gone = comes(office)
    leaves(office, gone)
    with pytest.raises(HasLeft):
        office.act(inviting.invite, office.tang, CODES, gone, NOON)


def test_another_district_is_out_of_reach(office: District) -> None:
    person = comes(office)
    foreign = office.act(neighbour, 770001)
    assert isinstance(foreign, Actor)
    with pytest.raises(NoSuchPerson):
        office.act(inviting.invite, foreign, CODES, person, NOON)
    code = code_for(office, person)
    assert office.act(inviting.revoke_all, foreign, NOON) == 0
    assert isinstance(is_refused(office, code, 770001, NOON), InvitationElsewhere)


def test_who_accepts_twice_is_welcomed_again_and_nobody_else_is(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    comes_in(office, code)
    welcome = comes_in(office, code, at=Moment(NOON.now + 2 * DAYS, NOON.today))
    assert welcome.again
    assert isinstance(is_refused(office, code, OTHER_PHONE), InvitationUsed)
    assert wrong_codes(office) == 1
    assert [name for name, _ in acts(office)] == ["invite", "accept_invitation"]


def test_a_link_is_good_until_the_second_it_expires(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    refused = is_refused(office, code, at=Moment(NOON.now + DAYS, NOON.today))
    assert isinstance(refused, InvitationExpired)
    assert refused.expired_at == NOON.now + DAYS
    assert not comes_in(office, code, at=Moment(NOON.now + DAYS - timedelta(seconds=1), NOON.today)).again


def test_an_account_is_one_person_and_a_person_one_account(office: District) -> None:
    person, other = comes(office, "甲"), comes(office, "乙")
    code, others_code = code_for(office, person), code_for(office, other)
    assert isinstance(is_refused(office, code, office.zhou.telegram_id), AccountTaken)
    assert office.act(invitations.bind, other, OTHER_PHONE)
    assert isinstance(is_refused(office, others_code), SecondAccount), "bound by the roster meanwhile"
    assert not comes_in(office, code).again


def test_who_left_does_not_come_in(office: District) -> None:
    person = comes(office)
    code = code_for(office, person)
    leaves(office, person)
    refused = is_refused(office, code)
    assert isinstance(refused, HasLeft)
    assert refused.name == "王小明"


def test_an_account_that_somebody_else_got_meanwhile_is_refused_by_the_database(either_office: District) -> None:
    person = comes(either_office)
    with pytest.raises(AccountTaken):
        either_office.act(invitations.bind, person, either_office.zhou.telegram_id)


def test_without_a_policy_nobody_is_invited(district: District) -> None:
    with pytest.raises(LookupError, match="no policy"):
        district.act(inviting.invite, district.tang, CODES, comes(district), NOON)


def test_a_fold_keeps_a_persons_roles_and_units_once(office: District) -> None:
    person = comes(office, "甲", (Role.OFFICER, "仙庾镇"), (Role.LIAISON, "仙庾镇"), (Role.OFFICER, "月塘街道"))
    shown = office.act(inviting.invitee, office.tang, person, NOON)
    assert (shown.roles, shown.units) == ((Role.OFFICER, Role.LIAISON), ("仙庾镇", "月塘街道"))
    assert replace(shown, roles=()).invitation is None


def test_who_has_no_account_cannot_be_written_to(office: District) -> None:
    nobody = people.Addressee(1, "甲", None, "zh")
    assert not office.act(telling.tell, office.id, nobody, "key", {"name": "hello"}, NOON)
    assert letters(office) == []
