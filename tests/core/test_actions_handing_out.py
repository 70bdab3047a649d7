"""Handing out sheets: who scores whom today, once; and who is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from district import LONG_AGO, NOON, SHANGHAI, District, later, moment, shipped_rules
from roster_rows import assign, keep_away, link

from core.actions import reactions, rounds
from core.actions.rounds import Plan
from core.events import RosterImported
from core.people import Role
from core.periods import Period
from core.rubric import UnitKind
from core.store import outbox, people, sheets, units
from core.store.rules import policy_of
from core.store.sheets import SheetRecord
from core.store.tables import Unit, table_of

QUARTER = Period.parse("2013-Q2")
CLOSES = QUARTER.ends_at(SHANGHAI)
TWENTIETH = moment("2013-06-20 08:00")
TANG, ZHOU, LUO, LIU, CHEN = 880001, 880002, 880003, 880005, 880006


def begin(on: District, kind: UnitKind = "township") -> int:
    """The quarter's round, opened on the 20th."""
    plan = Plan(QUARTER, kind, CLOSES)
    return on.act(rounds.begin, on.id, plan, shipped_rules(kind), None, TWENTIETH.now, TWENTIETH)


def handed(on: District, round_id: int) -> list[tuple[str, str]]:
    """Rater and unit of every sheet."""
    found: Sequence[SheetRecord] = on.act(sheets.of_round, on.id, round_id, TWENTIETH.today)
    return [(each.rater, each.unit) for each in found]


def owed(on: District, at: Any = TWENTIETH) -> list[tuple[int, dict[str, Any]]]:
    """Everything owed by then: chat and view."""
    found = []
    while (parcel := on.act(outbox.next_pending, at.now)) is not None:
        assert on.act(outbox.take, parcel, at.now) is not None
        on.act(outbox.set_sent, parcel.id, 1)
        found.append((parcel.chat_id, json.loads(parcel.view)))
    return sorted(found, key=lambda each: each[0])


def test_townships_are_scored_by_assignment_and_each_assessor_hears_it_once(either_district: District) -> None:
    assign(either_district, "zhou", "仙庾镇")
    assign(either_district, "zhou", "月塘街道")
    assign(either_district, "luo", "月塘街道")
    assign(either_district, "luo", "明照乡")
    round_id = begin(either_district)
    assert handed(either_district, round_id) == [
        ("周建国", "仙庾镇"),
        ("周建国", "月塘街道"),
        ("罗晓梅", "月塘街道"),
        ("罗晓梅", "明照乡"),
    ]
    letter = {"name": "round_opened", "round": round_id}
    assert owed(either_district) == [(ZHOU, letter), (LUO, letter)]


def test_an_assignment_or_office_that_is_over_gives_no_sheet(district: District) -> None:
    assign(district, "zhou", "仙庾镇", ends_on=TWENTIETH.today)
    assign(district, "liu", "月塘街道")
    assign(district, "luo", "区民政局")
    round_id = begin(district)
    assert handed(district, round_id) == []
    # An officer is no assessor, and a department is none of the townships' round: the admins hear that nobody scores.
    everybody = ["仙庾镇", "月塘街道", "明照乡"]
    troubles = {"name": "round_troubles", "round": round_id, "sheets": 0, "kept_away": [], "unassessed": everybody}
    assert owed(district) == [(TANG, troubles)]


def test_the_office_hears_which_units_nobody_scores(either_district: District) -> None:
    assign(either_district, "zhou", "仙庾镇")
    assign(either_district, "zhou", "月塘街道")
    round_id = begin(either_district)
    troubles = {"name": "round_troubles", "round": round_id, "sheets": 2, "kept_away": [], "unassessed": ["明照乡"]}
    assert owed(either_district) == [(TANG, troubles), (ZHOU, {"name": "round_opened", "round": round_id})]


def test_conflicts_are_left_out_and_told_to_the_office_with_names(district: District) -> None:
    assign(district, "zhou", "仙庾镇")
    assign(district, "zhou", "月塘街道")
    assign(district, "luo", "明照乡")
    keep_away(district, "zhou", "仙庾镇")
    district.act(people.appoint, district.luo.person_id, Role.OFFICER, district.units["明照乡"], LONG_AGO)
    round_id = begin(district)
    assert handed(district, round_id) == [("周建国", "月塘街道")]
    kept = [["周建国", "仙庾镇"], ["罗晓梅", "明照乡"]]
    troubles = {"name": "round_troubles", "round": round_id, "sheets": 1, "kept_away": kept}
    troubles["unassessed"] = ["仙庾镇", "明照乡"]
    assert owed(district) == [(TANG, troubles), (ZHOU, {"name": "round_opened", "round": round_id})]


def test_departments_are_scored_by_their_townships_and_officers_hear_it(either_district: District) -> None:
    link(either_district, "区民政局", "仙庾镇")
    round_id = begin(either_district, "department")
    assert handed(either_district, round_id) == [("仙庾镇", "区民政局")]
    assert owed(either_district) == [(LIU, {"name": "round_opened", "round": round_id})]


def test_a_department_without_links_is_scored_by_all_townships(district: District) -> None:
    round_id = begin(district, "department")
    assert handed(district, round_id) == [("仙庾镇", "区民政局"), ("月塘街道", "区民政局"), ("明照乡", "区民政局")]


def test_links_to_townships_that_are_gone_are_none(district: District) -> None:
    link(district, "区民政局", "明照乡")
    ended = table_of(Unit).update().where(table_of(Unit).c.id == district.units["明照乡"])
    district.act(lambda db: db.execute(ended.values(ends_on=TWENTIETH.today)))
    assert handed(district, begin(district, "department")) == [("仙庾镇", "区民政局"), ("月塘街道", "区民政局")]


def test_a_policy_may_leave_a_department_without_links_to_nobody(district: District) -> None:
    rule = shipped_rules("department")
    text = rule.policy_text.replace("unlinked_department: all_townships", "unlinked_department: nobody")
    scoring = rule.policy.scoring.model_copy(update={"unlinked_department": "nobody"})
    policy = rule.policy.model_copy(update={"scoring": scoring, "hash": "nobody"})
    changed = replace(rule, policy=policy, policy_text=text)
    plan = Plan(QUARTER, "department", CLOSES)
    round_id = district.act(rounds.begin, district.id, plan, changed, None, TWENTIETH.now, TWENTIETH)
    assert district.act(policy_of, "nobody").scoring.unlinked_department == "nobody"
    assert handed(district, round_id) == []


def test_after_an_import_open_rounds_get_what_they_lack_and_lose_nothing(either_district: District) -> None:
    assign(either_district, "zhou", "仙庾镇", ends_on=NOON.today)
    round_id = begin(either_district)
    owed(either_district)
    assign(either_district, "luo", "仙庾镇")
    imported = RosterImported(either_district.id, either_district.tang.person_id)
    for _ in range(2):
        either_district.act(reactions.happened, imported, NOON)
    assert handed(either_district, round_id) == [("周建国", "仙庾镇"), ("罗晓梅", "仙庾镇")]
    # June's round lacked 罗晓梅's sheet too.
    assert handed(either_district, either_district.round_id) == [("罗晓梅", "仙庾镇")]
    told = owed(either_district, NOON)
    assert [chat for chat, _ in told] == [LUO, LUO]
    assert {view["round"] for _, view in told} == {round_id, either_district.round_id}


def test_a_round_that_is_over_gets_nothing_more(district: District) -> None:
    assign(district, "zhou", "仙庾镇")
    closed = moment("2013-07-01 00:00")
    district.act(reactions.happened, RosterImported(district.id, None), closed)
    assert handed(district, district.round_id) == []


def test_in_the_quiet_hours_raters_are_left_in_peace(district: District) -> None:
    for township in ("仙庾镇", "月塘街道", "明照乡"):
        assign(district, "zhou", township)
    late = moment("2013-06-20 21:00")
    rule = shipped_rules()
    district.act(rounds.take_policy, district.id, rule.policy, rule.policy_text)
    plan = Plan(QUARTER, "township", CLOSES)
    district.act(rounds.begin, district.id, plan, rule, None, late.now, late)
    assert owed(district, later(late, hours=3)) == []
    assert [chat for chat, _ in owed(district, moment("2013-06-21 07:30"))] == [ZHOU]


def test_whoever_has_no_account_hears_nothing_and_hinders_nobody(district: District) -> None:
    person = district.act(people.add_person, district.id, "新人", None, "zh")
    district.act(people.appoint, person, Role.OFFICER, district.units["仙庾镇"], LONG_AGO)
    link(district, "区民政局", "仙庾镇")
    begin(district, "department")
    assert [chat for chat, _ in owed(district)] == [LIU]


@pytest.mark.parametrize("day", ["2013-06-19", "2013-06-20"])
def test_a_unit_scores_and_is_scored_from_its_first_day(district: District, day: str) -> None:
    since = moment(f"{day} 00:00").today
    new = district.act(units.add_unit, district.id, "new", "department", "新局", "新局", since)
    assert new
    raters = {rater for rater, unit in handed(district, begin(district, "department")) if unit == "新局"}
    assert raters == {"仙庾镇", "月塘街道", "明照乡"}
