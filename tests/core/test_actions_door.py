"""The one guarded door to a sheet: does it exist, is it theirs, is it open?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from district import CHAT, JUNE, LONG_AGO, NOON, SHANGHAI, District, moment, shipped_rules
from sqlalchemy import insert

from core.actions import door, marking, rounds
from core.errors import ConflictOfInterest, NoSuchSheet, NotYourSheet, RoundClosed, RoundNotOpen, SheetSubmitted
from core.people import Actor, Role
from core.sheet import SheetState
from core.store import people, units
from core.store.engine import Db
from core.store.tables import Conflict, table_of

CLOSING = moment("2013-07-01 00:00")


def neighbour(db: Db) -> Actor:
    """An assessor of another district."""
    district_id = units.add_district(db, "芦淞区", str(SHANGHAI), "zh")
    person_id = people.add_person(db, district_id, "外人", 990001, "zh")
    people.appoint(db, person_id, Role.ASSESSOR, None, LONG_AGO)
    return people.actors(db, [990001], NOON.today)[990001]


def officers_sheet(district: District) -> int:
    """A sheet on which 仙庾镇 scores 区民政局."""

    def open_and_hand_out(db: Db) -> int:
        round_id = rounds.open_round(
            db,
            district.id,
            JUNE,
            "department",
            shipped_rules("department"),
            moment("2013-06-20 00:00").now,
            CLOSING.now,
        )
        return rounds.hand_out_to_unit(db, round_id, district.units["区民政局"], district.units["仙庾镇"])

    return district.act(open_and_hand_out)


def test_a_rater_is_let_in_and_sees_the_names_of_the_day(either_district: District) -> None:
    view = either_district.sees(either_district.hand_out("仙庾镇"))
    assert (view.unit, view.rater, view.period, view.unit_kind) == ("仙庾镇", "周建国", "2013-06", "township")
    assert view.sheet.state is SheetState.OPEN
    assert view.sheet.cursor == 1
    assert len(view.sheet.rubric.items) == 23


def test_a_sheet_that_never_was_does_not_exist(district: District) -> None:
    with pytest.raises(NoSuchSheet):
        district.sees(404)


def test_the_sheet_of_another_district_does_not_exist_either(district: District) -> None:
    sheet_id, stranger = district.hand_out(), district.act(neighbour)
    with pytest.raises(NoSuchSheet):
        district.act(door.look, stranger, sheet_id, NOON)


def test_another_assessors_sheet_is_not_yours(district: District) -> None:
    sheet_id = district.hand_out(rater="zhou")
    with pytest.raises(NotYourSheet) as refused:
        district.tap(sheet_id, 4, 200, rater="luo")
    assert refused.value.unit == "仙庾镇"
    assert district.sees(sheet_id).sheet.marked_count == 0


def test_an_assessor_who_is_none_any_more_has_lost_the_sheet(district: District) -> None:
    sheet_id = district.hand_out()
    retired = replace(district.zhou, roles=frozenset({Role.VIEWER}))
    with pytest.raises(NotYourSheet):
        district.act(door.look, retired, sheet_id, NOON)


def test_a_township_scores_through_its_officers(either_district: District) -> None:
    sheet_id = officers_sheet(either_district)
    view = either_district.sees(sheet_id, rater="liu")
    assert (view.unit, view.rater, view.unit_kind) == ("区民政局", "仙庾镇", "department")
    marked = either_district.tap(sheet_id, 1, view.sheet.rubric.item(1).max_points, rater="liu")
    assert marked.view.sheet.marked_count == 1


@pytest.mark.parametrize("person", ["chen", "zhou", "deng"])
def test_nobody_else_scores_for_the_township(district: District, person: str) -> None:
    sheet_id = officers_sheet(district)
    with pytest.raises(NotYourSheet):
        district.sees(sheet_id, rater=person)


def test_somebody_of_the_unit_who_is_no_officer_does_not_score_for_it(district: District) -> None:
    sheet_id = officers_sheet(district)
    liaison = replace(district.liu, roles=frozenset({Role.LIAISON}))
    with pytest.raises(NotYourSheet):
        district.act(door.look, liaison, sheet_id, NOON)


def keeps_away(db: Db, person_id: int, unit_id: int, ends_on: date | None = None) -> None:
    """回避 from a day on, until another."""
    values = {"person_id": person_id, "unit_id": unit_id, "reason": "亲属", "starts_on": LONG_AGO, "ends_on": ends_on}
    db.execute(insert(table_of(Conflict)).values(values))


def test_who_must_keep_away_is_refused_at_the_tap(either_district: District) -> None:
    sheet_id, zhou = either_district.hand_out(), either_district.zhou
    either_district.act(keeps_away, zhou.person_id, either_district.units["仙庾镇"])
    with pytest.raises(ConflictOfInterest) as refused:
        either_district.tap(sheet_id, 1, 200)
    assert refused.value.unit == "仙庾镇"
    assert either_district.sees(sheet_id).sheet.marked_count == 0


def test_another_persons_conflict_another_unit_or_one_that_is_over_refuses_nobody(district: District) -> None:
    sheet_id, zhou, luo = district.hand_out(), district.zhou, district.luo
    district.act(keeps_away, luo.person_id, district.units["仙庾镇"])
    district.act(keeps_away, zhou.person_id, district.units["明照乡"])
    district.act(keeps_away, zhou.person_id, district.units["仙庾镇"], NOON.today)
    assert district.tap(sheet_id, 1, 200).view.sheet.marked_count == 1


def test_nobody_scores_their_own_unit(district: District) -> None:
    sheet_id = district.hand_out()
    own = replace(district.zhou, unit_ids=frozenset({district.units["仙庾镇"]}))
    with pytest.raises(ConflictOfInterest):
        district.act(marking.set_mark, own, CHAT, sheet_id, 4, 0, NOON)


def test_an_officer_who_must_keep_away_from_a_department_leaves_it_to_colleagues(district: District) -> None:
    sheet_id = officers_sheet(district)
    district.act(keeps_away, district.liu.person_id, district.units["区民政局"])
    with pytest.raises(ConflictOfInterest):
        district.tap(sheet_id, 1, 200, rater="liu")
    colleague = replace(district.people["chen"], unit_ids=frozenset({district.units["仙庾镇"]}))
    assert district.act(marking.set_mark, colleague, CHAT, sheet_id, 1, 200, NOON).view.sheet.marked_count == 1


def test_before_the_round_opens_a_sheet_may_be_seen_and_not_changed(district: District) -> None:
    sheet_id, early = district.hand_out(), moment("2013-05-31 23:59")
    assert district.sees(sheet_id, early).sheet.cursor == 1
    with pytest.raises(RoundNotOpen) as refused:
        district.tap(sheet_id, 1, 200, early)
    assert refused.value.opens_at == moment("2013-06-01 00:00").now


def test_the_round_opens_and_closes_to_the_second(district: District) -> None:
    sheet_id = district.hand_out()
    assert district.tap(sheet_id, 1, 200, moment("2013-06-01 00:00")).view.sheet.marked_count == 1
    assert district.tap(sheet_id, 2, 300, moment("2013-06-30 23:59:59")).view.sheet.marked_count == 2
    with pytest.raises(RoundClosed) as refused:
        district.tap(sheet_id, 3, 100, CLOSING)
    assert refused.value.closed_at == CLOSING.now


def test_after_closing_every_sheet_is_sealed_and_still_to_be_seen(district: District) -> None:
    opened, submitted = district.hand_out("仙庾镇"), district.submitted("月塘街道")
    assert district.sees(opened, CLOSING).sheet.state is SheetState.SEALED
    assert district.sees(submitted, CLOSING).sheet.state is SheetState.SEALED


def test_a_submitted_sheet_is_shown_and_not_changed(district: District) -> None:
    sheet_id = district.submitted("仙庾镇")
    before = district.sees(sheet_id)
    assert before.sheet.state is SheetState.SUBMITTED
    assert before.submitted_at == NOON.now
    with pytest.raises(SheetSubmitted):
        district.act(marking.set_mark, district.zhou, CHAT, sheet_id, 4, 0, NOON)
    assert district.sees(sheet_id) == before
