"""An office that invites: a policy in force, people without accounts, codes tried as the bot tries them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from district import LONG_AGO, NOON, SHANGHAI, District, shipped_rules
from sqlalchemy import update

from core import audit
from core.actions import inviting, rounds
from core.actions.door import Moment
from core.audit_replay import STOCK
from core.errors import Refusal
from core.invitation_codes import InvitationCodes
from core.invitations import LinkState, Welcome
from core.people import Actor, Role
from core.store import audit_log, people, units
from core.store.engine import Db
from core.store.tables import Appointment, table_of

CODES = InvitationCodes(b"one secret")
OTHER_CODES = InvitationCodes(b"the secret of another token")
NEW_PHONE, OTHER_PHONE = 990001, 990002
CONTACT = shipped_rules().policy.contact
DAYS = timedelta(days=CONTACT.invitation_days)


def ready(district: District) -> District:
    """The policy is in force, as it is in a running bot."""
    rule = shipped_rules()
    district.act(rounds.take_policy, district.id, rule.policy, rule.policy_text)
    return district


def comes(district: District, name: str = "王小明", *roles: tuple[Role, str | None]) -> int:
    """Somebody new on the roster, without an account; an officer of 仙庾镇 if nothing else is said."""

    def add(db: Db) -> int:
        person = people.add_person(db, district.id, name, None, "en")
        for role, unit in roles or ((Role.OFFICER, "仙庾镇"),):
            people.appoint(db, person, role, None if unit is None else district.units[unit], LONG_AGO)
        return person

    return district.act(add)


def leaves(district: District, person_id: int) -> None:
    appointment = table_of(Appointment)
    ended = update(appointment).where(appointment.c.person_id == person_id).values(ends_on=NOON.today)
    district.act(lambda db: db.execute(ended))


def code_for(district: District, person_id: int, at: Moment = NOON) -> str:
    issued = district.act(inviting.invite, district.tang, CODES, person_id, at)
    assert issued.state is LinkState.GOOD
    assert issued.code is not None
    return issued.code


def comes_in(district: District, code: str, phone: int = NEW_PHONE, at: Moment = NOON) -> Welcome:
    return district.act(inviting.accept, phone, code, at)


def is_refused(district: District, code: str, phone: int = NEW_PHONE, at: Moment = NOON) -> Refusal:
    """Try a code as the bot does: what is refused is undone, then counted and reported."""
    with pytest.raises(Refusal) as refused:
        comes_in(district, code, phone, at)
    district.act(inviting.report_refusal, phone, code, refused.value, at)
    return refused.value


def acts(district: District) -> list[tuple[str, dict[str, object]]]:
    """The acts on the roster, oldest first, without what the roster came to; the chain is verified on the way."""
    links = district.act(audit_log.links, f"roster:{district.id}")
    assert audit.verify(links) is None
    told = [(str(link.entry["act"]), json.loads(str(link.entry["body"]))) for link in links]
    assert all(body.pop(STOCK) for _, body in told)
    return told


def letters(district: District) -> list[dict[str, object]]:
    rows = district.act(lambda db: db.exec_driver_sql("SELECT view, chat_id FROM outbox ORDER BY id").all())
    return [{**json.loads(view), "to": chat} for view, chat in rows]


def wrong_codes(district: District) -> int:
    return int(district.act(lambda db: db.exec_driver_sql("SELECT count(*) FROM wrong_code").scalar_one()))


def neighbour(db: Db, phone: int | None) -> Actor | int:
    """Somebody of another district: an admin with an account, or an officer without one."""
    district_id = units.add_district(db, "芦淞区", str(SHANGHAI), "zh")
    person = people.add_person(db, district_id, "外人", phone, "zh")
    people.appoint(db, person, Role.ADMIN, None, LONG_AGO)
    return person if phone is None else people.actors(db, [phone], NOON.today)[phone]
