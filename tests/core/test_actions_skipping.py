"""不了解: a township leaves a department unscored, and takes it up again."""

from __future__ import annotations

import pytest
from district import JUNE, NOON, District, moment, shipped_rules

from core.actions import marking, rounds, skipping, submitting
from core.errors import NotAllowed, NotSkippable, RoundClosed, SheetSkipped, SheetSubmitted
from core.sheet import SheetState
from core.store.engine import Db

LATE = moment("2013-07-02 12:00")


@pytest.fixture
def asked(district: District) -> int:
    """仙庾镇's sheet for the department."""

    def hand_out(db: Db) -> int:
        opens, closes = moment("2013-06-20 00:00").now, moment("2013-06-28 00:00").now
        found = rounds.open_round(db, district.id, JUNE, "department", shipped_rules("department"), opens, closes)
        return rounds.hand_out_to_unit(db, found, district.units["区民政局"], district.units["仙庾镇"])

    return district.act(hand_out)


def test_a_skipped_department_keeps_its_marks_and_takes_no_new_ones(district: District, asked: int) -> None:
    district.tap(asked, 3, 500, rater="liu")
    skipped = district.act(skipping.skip, district.liu, asked, NOON)
    assert skipped.sheet.state is SheetState.SKIPPED
    assert skipped.sheet.marks[3].points == 500
    with pytest.raises(SheetSkipped):
        district.tap(asked, 4, 500, rater="liu")
    resumed = district.act(skipping.resume, district.liu, asked, NOON)
    assert resumed.sheet.state is SheetState.OPEN
    assert resumed.sheet.marks[3].points == 500
    assert district.acts(asked) == ["mark", "skip", "resume"]


def test_doing_it_twice_is_doing_it_once(district: District, asked: int) -> None:
    for _ in range(2):
        district.act(skipping.skip, district.liu, asked, NOON)
    assert district.acts(asked) == ["skip"]


def test_what_is_handed_in_or_closed_is_not_skipped(district: District, asked: int) -> None:
    with pytest.raises(RoundClosed):
        district.act(skipping.skip, district.liu, asked, LATE)
    district.act(marking.fill_rest, district.liu, asked, NOON)
    district.act(submitting.submit, district.liu, asked, NOON)
    with pytest.raises(SheetSubmitted):
        district.act(skipping.skip, district.liu, asked, NOON)


def test_only_departments_are_skipped_and_only_by_those_who_score(district: District, asked: int) -> None:
    with pytest.raises(NotSkippable):
        district.act(skipping.skip, district.zhou, district.hand_out(), NOON)
    with pytest.raises(NotAllowed):
        district.act(skipping.skip, district.tang, asked, NOON)
