"""Every change of state raises its event: each kind is raised by the act it tells of, in that act's transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from clock_office import REMINDER, says
from district import JUNE, NOON, SHANGHAI, District, later
from inviting_office import CODES, code_for, comes, comes_in, is_refused
from notice_office import OF_2027, enters
from quarter import COMPUTED, DURING, FIRST, assessed, four_townships
from roster_rows import assign
from test_actions_deciding import briefing, reason_for
from test_actions_handing_out import begin
from test_actions_roster import brought, known
from townships import departments

from core.actions import (
    correcting,
    deciding,
    objecting,
    objection_desk,
    reactions,
    returning,
    round_desk,
    skipping,
    staff,
)
from core.calendar import Duty
from core.events import (
    DutyExcused,
    Event,
    FilingDecided,
    FilingMade,
    FiringChanged,
    FocusChosen,
    HolidaysEntered,
    InvitationRefused,
    ObjectionDecided,
    ObjectionRaised,
    PersonBound,
    PersonLeft,
    RosterImported,
    RoundOpened,
    RoundRescheduled,
    SheetCorrected,
    SheetHandedOver,
    SheetResumed,
    SheetReturned,
    SheetsHandedOut,
    SheetSkipped,
    SheetSubmitted,
)
from core.schedule_views import SKIP
from core.scheduler import desk
from core.snapshots import Question


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[type[Event]]:
    """The kinds of event raised so far."""
    seen: list[type[Event]] = []

    def watched(reaction: reactions.Reaction) -> reactions.Reaction:
        def react(db: Any, event: Any, at: Any) -> None:
            seen.append(type(event))
            reaction(db, event, at)

        return react

    told = {kind: watched(reaction) for kind, reaction in reactions.REACTIONS.items()}
    monkeypatch.setattr(reactions, "REACTIONS", told)
    return seen


def test_every_kind_of_event_has_its_reaction() -> None:
    assert set(reactions.REACTIONS) == set(Event.__args__)


def test_the_life_of_a_sheet(district: District, raised: list[type[Event]]) -> None:
    handed_in = district.submitted("仙庾镇")
    assert raised == [SheetSubmitted]
    district.act(returning.return_item, district.tang, handed_in, 4, "请补依据", NOON)
    assert raised[1:] == [SheetReturned]
    draft = district.hand_out("月塘街道")
    district.act(staff.hand_over, district.tang, draft, district.luo.person_id, NOON)
    assert raised[2:] == [SheetHandedOver]
    # Twice is once: nothing changed, nothing is told.
    district.act(staff.hand_over, district.tang, draft, district.luo.person_id, NOON)
    assert len(raised) == 3
    skipped = departments(district, "甲局")[0]
    district.act(skipping.skip, district.liu, skipped, NOON)
    district.act(skipping.resume, district.liu, skipped, NOON)
    assert raised[-2:] == [SheetSkipped, SheetResumed]


def test_the_life_of_a_round(district: District, raised: list[type[Event]]) -> None:
    begin(district)
    assert raised == [RoundOpened]
    district.act(round_desk.set_focus, district.tang, district.round_id, 4, NOON, counts=True)
    assert raised[1:] == [FocusChosen]
    assign(district, "zhou", "明照乡")
    district.act(round_desk.supply, district.tang, district.round_id, NOON)
    assert raised[2:] == [SheetsHandedOut]
    district.act(round_desk.set_closing, district.tang, district.round_id, later_than(JUNE.ends_at(SHANGHAI)), NOON)
    assert raised[3:] == [RoundRescheduled]


def test_what_units_file(office: District, raised: list[type[Event]]) -> None:
    filing_id = briefing(office)
    assert raised == [FilingMade]
    reason_for(office, filing_id, "重复")
    office.act(deciding.accept, office.tang, filing_id, NOON)
    assert raised[1:] == [FilingDecided, FilingDecided]
    unit = office.units["月塘街道"]
    asked = office.act(deciding.ask_excuse, office.tang, unit, Duty.WORKDAY, "2013-06-08", NOON)
    about = f"{unit}:workday:2013-06-08"
    office.act(deciding.take_reason, office.tang, Question(asked.prompt_id, "excuse", about), "抗洪", NOON)
    assert raised[3:] == [DutyExcused]


def test_the_office_enters_a_notice(office: District, raised: list[type[Event]]) -> None:
    assert enters(office, OF_2027)
    assert not enters(office, OF_2027)
    assert raised == [HolidaysEntered]


def test_what_follows_a_ranking(district: District, raised: list[type[Event]]) -> None:
    quarter = assessed(four_townships(district), FIRST)
    ranking, there = quarter.publish(COMPUTED), quarter.district
    unit, sheet = there.units["仙庾镇"], quarter.sheets["仙庾镇"]
    raised.clear()
    asked = there.act(objecting.ask, there.liu, ranking.id, unit, (4,), DURING)
    about = Question(asked.prompt_id, "objection", f"{ranking.id}:{unit}:4")
    number = there.act(objecting.take_words, there.liu, about, "有误", DURING.now, DURING).objection.objection_id
    answer = there.act(correcting.ask, there.tang, sheet, number, DURING)
    correction = Question(answer.prompt_id, "correction", f"{sheet}:{number}")
    for _ in range(2):
        there.act(correcting.take_words, there.tang, correction, "4 1 核实一半", DURING)
    decision = there.act(objection_desk.ask, there.tang, number, DURING, upholds=True)
    uphold = Question(decision.prompt_id, "uphold", str(number))
    there.act(objection_desk.take_reason, there.tang, uphold, "属实", DURING)
    assert raised == [ObjectionRaised, SheetCorrected, ObjectionDecided]


def test_people_come_and_go(office: District, raised: list[type[Event]]) -> None:
    comes_in(office, code_for(office, comes(office)))
    assert raised == [PersonBound]
    is_refused(office, CODES.code("0" * 32), phone=990077)
    assert raised[1:] == [InvitationRefused]
    office.act(staff.end_person, office.tang, office.luo.person_id, NOON)
    assert raised[2:] == [PersonLeft]
    roster = known(office).roster
    people = tuple(replace(each, language="en") if each.name == "周建国" else each for each in roster.people or ())
    brought(office, replace(roster, people=people))
    assert raised[3:] == [RosterImported]


def later_than(moment: Any) -> Any:
    """A day after."""
    return later(replace(NOON, now=moment), days=1).now


def test_changing_the_clock(office: District, raised: list[type[Event]]) -> None:
    says(office, SKIP, REMINDER, "系统检修")
    office.act(desk.restore, office.tang, REMINDER, NOON)
    assert raised == [FiringChanged, FiringChanged]
    # Nothing was changed any more, so nothing happened.
    office.act(desk.restore, office.tang, REMINDER, NOON)
    assert len(raised) == 2
