"""The office looks at people and units, ends a person, and hands their sheets over."""

from __future__ import annotations

import pytest
from district import NOON, District, moment
from sqlalchemy import insert, select, update

from core.actions import staff
from core.errors import (
    HasSheetAlready,
    NoSuchPerson,
    NoSuchSheet,
    NoSuchUnit,
    NotAllowed,
    NotAnAssessor,
    OwnLeaving,
    ReceiverConflict,
    RoundClosed,
    SheetSubmitted,
)
from core.people import Role
from core.store import audit_log, people
from core.store.tables import Conflict, Link, Outbox, Unit, table_of

TOMORROW = moment("2013-06-25 12:00")


def letters(district: District) -> list[str]:
    return district.act(lambda db: list(db.scalars(select(table_of(Outbox).c.view))))


def avoids(district: District, who: str, unit: str) -> None:
    values = {
        "person_id": district.people[who].person_id,
        "unit_id": district.units[unit],
        "reason": "亲属",
        "starts_on": NOON.today,
    }
    district.act(lambda db: db.execute(insert(table_of(Conflict)).values(values)))


def test_everybody_is_listed_with_roles_unit_and_account(district: District) -> None:
    lines = {each.name: each for each in district.act(staff.everybody, district.tang, NOON)}
    liu = lines[district.liu.name]
    assert [(post.role, post.unit) for post in liu.posts] == [(Role.OFFICER, "仙庾镇")]
    assert liu.bound
    assert len(lines) == len(district.people)


def test_only_who_manages_people_sees_or_changes_them(district: District) -> None:
    sheet = district.hand_out()
    for call in (
        lambda: district.act(staff.everybody, district.zhou, NOON),
        lambda: district.act(staff.person, district.zhou, 1, NOON),
        lambda: district.act(staff.end_person, district.zhou, 1, NOON),
        lambda: district.act(staff.handover, district.zhou, sheet, NOON),
        lambda: district.act(staff.hand_over, district.zhou, sheet, 1, NOON),
        lambda: district.act(staff.all_units, district.zhou, NOON),
        lambda: district.act(staff.unit, district.zhou, 1, NOON),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_who_is_ended_holds_nothing_from_now_on_and_it_is_written_down_once(district: District) -> None:
    zhou = district.zhou
    sheet = district.hand_out()
    district.act(people.appoint, zhou.person_id, Role.VIEWER, None, TOMORROW.today)
    for _ in range(2):
        card = district.act(staff.end_person, district.tang, zhou.person_id, NOON)
        assert card.person.posts == ()
        assert [draft.sheet_id for draft in card.drafts] == [sheet]
    for at in (NOON, TOMORROW):
        assert district.act(people.actors, [zhou.telegram_id], at.today) == {}
    acts = [link.entry["act"] for link in district.act(audit_log.links, f"roster:{district.id}")]
    assert acts.count("end_person") == 1


def test_nobody_ends_themselves_or_somebody_who_is_not_there(district: District) -> None:
    with pytest.raises(OwnLeaving):
        district.act(staff.end_person, district.tang, district.tang.person_id, NOON)
    with pytest.raises(NoSuchPerson):
        district.act(staff.end_person, district.tang, 9999, NOON)


def test_a_sheet_goes_on_with_its_marks_and_the_receiver_is_told_once(district: District) -> None:
    sheet = district.hand_out()
    district.tap(sheet, 1, 100)
    offered = district.act(staff.handover, district.tang, sheet, NOON)
    assert [each.person_id for each in offered.receivers] == [district.luo.person_id]
    assert offered.rater_id == district.zhou.person_id
    card = district.act(staff.hand_over, district.tang, sheet, district.luo.person_id, NOON)
    assert card.person.person_id == district.zhou.person_id
    assert card.drafts == ()
    district.act(staff.hand_over, district.tang, sheet, district.luo.person_id, NOON)
    assert district.sees(sheet, rater="luo").sheet.marks[1].points == 100
    assert district.acts(sheet).count("hand_over") == 1
    assert len(letters(district)) == 1
    assert "sheet_handed_over" in letters(district)[0]


def test_who_must_keep_away_or_has_one_already_or_is_no_assessor_gets_none(district: District) -> None:
    sheet = district.hand_out()
    with pytest.raises(NotAnAssessor):
        district.act(staff.hand_over, district.tang, sheet, district.liu.person_id, NOON)
    avoids(district, "luo", "仙庾镇")
    assert district.act(staff.handover, district.tang, sheet, NOON).receivers == ()
    with pytest.raises(ReceiverConflict):
        district.act(staff.hand_over, district.tang, sheet, district.luo.person_id, NOON)
    both = district.hand_out("明照乡"), district.hand_out("明照乡", "luo")
    with pytest.raises(HasSheetAlready):
        district.act(staff.hand_over, district.tang, both[0], district.luo.person_id, NOON)
    assert letters(district) == []


def test_only_an_open_sheet_of_a_person_is_handed_over(district: District) -> None:
    with pytest.raises(NoSuchSheet):
        district.act(staff.handover, district.tang, 9999, NOON)
    submitted = district.submitted("仙庾镇")
    with pytest.raises(SheetSubmitted):
        district.act(staff.handover, district.tang, submitted, NOON)
    late = district.hand_out("明照乡")
    with pytest.raises(RoundClosed):
        district.act(staff.handover, district.tang, late, moment("2014-01-10 09:00"))


def test_a_unit_shows_its_names_people_and_links(district: District) -> None:
    lines = district.act(staff.all_units, district.tang, NOON)
    assert {each.unit_id for each in lines} == set(district.units.values())
    department = next(each for each in lines if each.kind == "department")
    township = district.units["仙庾镇"]
    link = {"department_id": department.unit_id, "township_id": township, "starts_on": NOON.today}
    district.act(lambda db: db.execute(insert(table_of(Link)).values(link)))
    card = district.act(staff.unit, district.tang, township, NOON)
    assert [each.name for each in card.people] == [district.liu.name]
    assert [each.name for each in card.namings] == ["仙庾镇"]
    assert card.linked == (department.name,)
    assert district.act(staff.unit, district.tang, department.unit_id, NOON).linked == ("仙庾镇",)
    with pytest.raises(NoSuchUnit):
        district.act(staff.unit, district.tang, 9999, NOON)


def test_a_unit_that_ended_says_what_it_was_merged_into(district: District) -> None:
    unit = table_of(Unit)
    merged = {"ends_on": NOON.today, "successor_id": district.units["仙庾镇"], "successor_inherits": True}
    district.act(lambda db: db.execute(update(unit).where(unit.c.id == district.units["明照乡"]).values(merged)))
    card = district.act(staff.unit, district.tang, district.units["明照乡"], NOON)
    assert card.unit.ended
    assert card.unit.successor == "仙庾镇"
