"""The gate's button: an admin lets through what is held, once, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from district import District, moment, shipped_rules
from quarter import COMPUTED, FIRST, SECOND, Quarter, assessed, four_townships, letters

from core.actions import admission, publishing
from core.actions.firing import Firing
from core.actions.todo import todo
from core.errors import NotAllowed, NothingHeld
from core.periods import Period
from core.store import rankings, units
from core.store.engine import Db

SOON = moment("2013-04-01 09:10")
SETTLED = moment("2013-07-12 09:00")
"""When the first two quarters are final."""


@pytest.fixture
def held(district: District) -> Quarter:
    """A quarter in which one township has no sheet and a draft lies about, when it is due to be ranked."""
    there = four_townships(district)
    quarter = assessed(there, FIRST, {"仙庾镇": {4: 0}, "月塘街道": {}, "明照乡": {}})
    replace(there, round_id=quarter.round_id).hand_out("月塘街道", "luo")
    beat(quarter, due=True)
    return quarter


def beat(quarter: Quarter, *, due: bool = False) -> None:
    """The clock's hand: the quarter's ranking is due, or was and waits."""
    policy = shipped_rules().policy
    (schedule,) = (each for each in policy.schedules if each.id == "quarterly-ranking")

    def act(db: Db) -> None:
        district = units.district(db, quarter.district.id)
        if due:
            firing = Firing(schedule.id, COMPUTED.today, COMPUTED.now)
            publishing.rank_due(db, district, policy, schedule, firing, COMPUTED)
        else:
            publishing.rank_what_waits(db, district, policy, schedule, SOON)

    quarter.district.act(act)


def is_there(quarter: Quarter) -> bool:
    """Whether the quarter was ranked."""
    district = quarter.district
    return district.act(rankings.newest, district.id, str(FIRST), "township") is not None


def test_it_is_held_until_an_admin_lets_it_through_and_twice_is_once(held: Quarter) -> None:
    district, tang = held.district, held.district.tang
    beat(held)
    assert not is_there(held)
    assert letters(district, "ranking_held") == [tang.telegram_id]
    district.act(admission.check_held, tang, FIRST, "township")
    for _ in range(2):
        district.act(admission.let_through, tang, FIRST, "township", SOON)
    assert held.acts().count("let_through") == 1
    beat(held)
    assert is_there(held)
    with pytest.raises(NothingHeld):
        district.act(admission.let_through, tang, FIRST, "township", SOON)


def test_what_is_held_is_what_the_office_owes_until_it_decides(held: Quarter) -> None:
    district, tang = held.district, held.district.tang
    assert district.act(todo, tang, SOON).held == ((FIRST, "township"),)
    assert district.act(todo, district.liu, SOON).held == ()
    asked, round_id = district.act(admission.ask_again, tang, FIRST, "township", SOON)
    assert (asked["sheets"], asked["units"], round_id) == ((("月塘街道", "罗晓梅"),), ("金山街道",), held.round_id)
    district.act(admission.let_through, tang, FIRST, "township", SOON)
    assert district.act(todo, tang, SOON).held == ()
    with pytest.raises(NothingHeld):
        district.act(admission.ask_again, tang, FIRST.next(), "township", SOON)


def test_without_a_policy_nothing_is_held(district: District) -> None:
    assert district.act(admission.held, district.tang, SOON) == ()


def test_a_half_year_that_is_held_is_owed_too(district: District) -> None:
    there = four_townships(district)
    for quarter in (FIRST, SECOND):
        found = assessed(there, quarter, {"仙庾镇": {4: 0}, "月塘街道": {}, "明照乡": {}})
        found.publish(moment(f"{quarter.next().first_day} 09:00"))
        assert found.finalises(SETTLED) == "final"
    policy = shipped_rules().policy
    (schedule,) = (each for each in policy.schedules if each.id == "half-year-summary")
    first_of_july = moment("2013-07-01 10:00")
    firing = Firing(schedule.id, first_of_july.today, first_of_july.now)

    def act(db: Db) -> None:
        publishing.rank_due(db, units.district(db, district.id), policy, schedule, firing, SETTLED)

    district.act(act)
    half = Period.parse("2013-H1")
    assert district.act(todo, district.tang, SETTLED).held == ((half, "township"),)
    asked, round_id = district.act(admission.ask_again, district.tang, half, "township", SETTLED)
    assert (asked["units"], round_id) == (("金山街道",), None)


def test_nothing_is_let_through_that_nobody_asked_about(held: Quarter) -> None:
    district, tang = held.district, held.district.tang
    for period in (FIRST.next(), Period.parse("2013")):
        with pytest.raises(NothingHeld):
            district.act(admission.let_through, tang, period, "township", SOON)
    with pytest.raises(NothingHeld):
        district.act(admission.let_through, tang, FIRST, "department", SOON)
    with pytest.raises(NotAllowed):
        district.act(admission.let_through, district.liu, FIRST, "township", SOON)
    with pytest.raises(NotAllowed):
        district.act(admission.check_held, district.liu, FIRST, "township")
