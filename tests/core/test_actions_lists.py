"""The lists behind /todo and /score, and what the district remembers of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from district import GROUP, JUNE, NOON, SHANGHAI, District, moment, shipped_rules

from core.actions import district as deeds
from core.actions import overview, rounds
from core.actions.todo import todo
from core.actions.typing import Said, take_text
from core.errors import NotAGroup, NotAllowed, UnreadableMark
from core.people import Actor, Role
from core.sheet import SheetState
from core.store import outbox, people, prompts, units


def test_unfinished_sheets_come_first_then_those_that_close_first(either_district: District) -> None:
    done = either_district.submitted("月塘街道")
    june = either_district.hand_out("仙庾镇")
    either_district.tap(june, 1, 200)
    late = either_district.act(
        rounds.open_round,
        either_district.id,
        JUNE.next(),
        "township",
        shipped_rules(),
        moment("2013-06-20 00:00").now,
        moment("2013-07-31 00:00").now,
    )
    july = either_district.act(rounds.hand_out, late, either_district.units["明照乡"], either_district.zhou.person_id)
    lines = either_district.act(overview.my_sheets, either_district.zhou, NOON)
    assert [(line.sheet_id, line.unit, line.state, line.marked, line.items) for line in lines] == [
        (june, "仙庾镇", SheetState.OPEN, 1, 23),
        (july, "明照乡", SheetState.OPEN, 0, 23),
        (done, "月塘街道", SheetState.SUBMITTED, 23, 23),
    ]
    assert either_district.act(todo, either_district.zhou, NOON).by_time == tuple(lines[:2])


def test_marks_are_expected_from_who_has_a_sheet_or_a_question(district: District) -> None:
    def types(actor: Actor, reply_to: int | None = None) -> object:
        return district.act(take_text, actor, Said(1, "7:一半", reply_to, NOON.now), NOON)

    assert types(district.zhou) is None
    with pytest.raises(UnreadableMark):
        types(district.zhou, reply_to=9)
    sheet_id = district.submitted("月塘街道")
    district.hand_out("仙庾镇", "luo")
    with pytest.raises(UnreadableMark):
        types(district.luo)
    assert not district.act(overview.has_open_sheet, district.zhou, NOON)
    assert types(district.tang) is None
    for about in (sheet_id, sheet_id + 1):
        district.act(prompts.add_question, district.tang.person_id, "correction", str(about), NOON.now)
    with pytest.raises(UnreadableMark):
        types(district.tang)


def test_only_open_rounds_and_only_own_sheets_are_listed(district: District) -> None:
    district.hand_out("仙庾镇")
    assert district.act(overview.my_sheets, district.luo, NOON) == []
    assert district.act(overview.my_sheets, district.zhou, moment("2013-05-31 12:00")) == []
    assert district.act(overview.my_sheets, district.zhou, moment("2013-07-01 00:00")) == []


def test_a_townships_sheets_are_on_its_officers_lists(either_district: District) -> None:
    def open_departments() -> int:
        return either_district.act(
            rounds.open_round,
            either_district.id,
            JUNE,
            "department",
            shipped_rules("department"),
            moment("2013-06-20 00:00").now,
            moment("2013-07-01 00:00").now,
        )

    theirs = either_district.units["仙庾镇"]
    sheet_id = either_district.act(
        rounds.hand_out_to_unit, open_departments(), either_district.units["区民政局"], theirs
    )
    liu = either_district.people["liu"]
    assert [line.sheet_id for line in either_district.act(overview.my_sheets, liu, NOON)] == [sheet_id]
    for name in ("chen", "tang", "deng"):
        assert either_district.act(overview.my_sheets, either_district.people[name], NOON) == []
    no_officer = replace(liu, roles=frozenset({Role.LIAISON}))
    assert either_district.act(overview.my_sheets, no_officer, NOON) == []


def test_there_is_one_district_however_often_it_is_asked_for(district: District) -> None:
    again = district.act(deeds.first_district, "别的区", "UTC", "en")
    assert (again.id, again.name, again.timezone, again.group_language) == (district.id, "荷塘区", SHANGHAI.key, "zh")


def test_admins_of_the_settings_are_made_once(either_district: District) -> None:
    wanted = [880001, 770001, 880002, 770001]
    for _ in range(2):
        either_district.act(deeds.ensure_admins, either_district.id, wanted, "zh", NOON)
    found = either_district.act(people.admins, either_district.id, NOON.today)
    assert [(admin.telegram_id, admin.name) for admin in found] == [
        (770001, "770001"),
        (880001, "唐文静"),
        (880002, "周建国"),
    ]
    zhou = either_district.act(people.actors, [880002], NOON.today)[880002]
    assert zhou.roles == {Role.ADMIN, Role.ASSESSOR}


def test_a_person_without_a_role_today_is_a_stranger(district: District) -> None:
    person_id = district.act(people.add_person, district.id, "新人", 660001, "zh")
    assert district.act(people.actors, [660001, 660002], NOON.today) == {}
    assert district.act(people.actors, [], NOON.today) == {}
    district.act(people.appoint, person_id, Role.VIEWER, None, moment("2013-07-01 00:00").today)
    assert district.act(people.actors, [660001], NOON.today) == {}
    assert 660001 in district.act(people.actors, [660001], moment("2013-07-01 00:00").today)


def test_an_admin_binds_the_group_and_may_bind_another(either_district: District) -> None:
    bound = either_district.act(deeds.bind_group, either_district.tang, GROUP, 5, is_group=True)
    assert (bound.group_chat_id, bound.group_thread_id) == (GROUP, 5)
    found = either_district.act(deeds.district_of, GROUP)
    assert found == bound
    either_district.act(deeds.bind_group, either_district.tang, -1001234567890, None, is_group=True)
    assert either_district.act(deeds.district_of, GROUP) is None


def test_nobody_else_binds_and_nothing_else_is_bound(district: District) -> None:
    with pytest.raises(NotAllowed):
        district.act(deeds.bind_group, district.zhou, GROUP, None, is_group=True)
    with pytest.raises(NotAGroup):
        district.act(deeds.bind_group, district.tang, 880001, None, is_group=False)
    assert district.act(deeds.district_of, GROUP) is None


def test_a_group_that_became_a_supergroup_is_followed_with_what_is_owed(either_district: District) -> None:
    supergroup = -1001234567890
    either_district.act(deeds.bind_group, either_district.tang, GROUP, None, is_group=True)
    either_district.act(outbox.put, either_district.id, "key", GROUP, "{}", NOON.now, language="zh")
    for _ in range(2):
        either_district.act(deeds.follow_group, GROUP, supergroup)
    assert either_district.act(units.district, either_district.id).group_chat_id == supergroup
    parcel = either_district.act(outbox.next_pending, NOON.now)
    assert parcel is not None
    assert parcel.chat_id == supergroup


def test_a_person_chooses_their_language(district: District) -> None:
    district.act(deeds.choose_language, district.zhou, "en")
    assert district.act(people.actors, [880002], NOON.today)[880002].language == "en"


def test_a_unit_bears_the_name_of_the_day(either_district: District) -> None:
    either_district.act(
        units.add_unit, either_district.id, "new", "township", "新设街道", "新设", moment("2013-07-01 00:00").today
    )
    named = either_district.act(units.unit_names, either_district.id, "township", NOON.today)
    assert sorted(named.values()) == sorted(["仙庾镇", "月塘街道", "明照乡"])
