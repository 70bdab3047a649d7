"""/why: of one's own unit, from the counted sheets; of departments means only, and only of enough townships."""

from __future__ import annotations

from fractions import Fraction

import pytest
from district import FIRST_OF_JULY, JUNE, LONG_AGO, NOON, District, moment, shipped_rules

from core.actions import explaining, rounds
from core.actions.computing import compute_monthly
from core.errors import NoReasonsYet, NoSuchUnit, NotAllowed, NoUnitToExplain, TooFewSheets
from core.people import Actor, Role
from core.reasons import Why
from core.sheet import Mark
from core.store import sheets, units
from core.store.engine import Db

RUBRIC = shipped_rules("department").rubric


def explained(district: District, who: Actor, unit: str) -> Why:
    """What somebody is told on the first of July."""
    return district.act(explaining.why, who, district.units[unit], FIRST_OF_JULY)


def scored_by_townships(district: District, *points: int | None) -> None:
    """So many townships gave 区民政局 full marks but for item 1, which got these points (None: 不适用) and a reason."""

    def act(db: Db) -> None:
        closes = moment("2013-06-28 00:00").now
        rules = shipped_rules("department")
        asked = rounds.open_round(db, district.id, JUNE, "department", rules, moment("2013-06-20 00:00").now, closes)
        for number, given in enumerate(points):
            name = f"第{number}乡"
            township = units.add_unit(db, district.id, name, "township", name, name, LONG_AGO)
            sheet_id = rounds.hand_out_to_unit(db, asked, district.units["区民政局"], township)
            for item in RUBRIC.items:
                mark = Mark(item.number, item.max_points)
                if item.number == 1:
                    mark = Mark(1, given, not_applicable=given is None, reason=f"{name}说")
                sheets.set_mark(db, sheet_id, mark, district.liu.person_id, NOON.now)
            sheets.set_submitted(db, sheet_id, 1, NOON.now)

    district.act(act)


def test_a_township_is_told_its_rank_and_what_it_lost_with_reasons(district: District) -> None:
    district.submitted("仙庾镇", {4: 100, 15: 50})
    district.submitted("仙庾镇", {4: 0}, rater="luo")
    district.submitted("月塘街道")
    with pytest.raises(NoReasonsYet):
        explained(district, district.liu, "仙庾镇")
    district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY)
    found = explained(district, district.liu, "仙庾镇")
    assert (found.rank, found.sheets, found.counted, found.period) == (2, 2, 2, "2013-06")
    most = shipped_rules().rubric.item(4).max_points
    fourth = next(each for each in found.losses if each.item.number == 4)
    assert (fourth.mean, fourth.lost) == (Fraction(50), Fraction(most - 50))
    assert fourth.reasons == ("台账缺页",)
    assert sorted(each.item.number for each in found.losses) == [4, 15]
    assert [each.lost for each in found.losses] == sorted((each.lost for each in found.losses), reverse=True)
    assert found.score == found.max_points - sum(each.lost for each in found.losses)
    assert explained(district, district.tang, "月塘街道").losses == ()
    with pytest.raises(NoReasonsYet):
        explained(district, district.tang, "明照乡")


def test_everybody_asks_about_their_own_unit_and_the_office_about_any(district: District) -> None:
    with pytest.raises(NotAllowed):
        district.act(explaining.askable, district.zhou, "", NOON)
    mine = district.act(explaining.askable, district.liu, "", NOON)
    assert [unit.name for unit in mine] == ["仙庾镇"]
    with pytest.raises(NoSuchUnit):
        explained(district, district.liu, "月塘街道")
    with pytest.raises(NoUnitToExplain):
        district.act(explaining.askable, district.liu, "月塘", NOON)
    assert len(district.act(explaining.askable, district.tang, "", NOON)) == len(district.units)
    assert [unit.name for unit in district.act(explaining.askable, district.tang, "民政", NOON)] == ["区民政局"]
    assert Role.LIAISON in district.people["deng"].roles
    assert [unit.name for unit in district.act(explaining.askable, district.people["deng"], "", NOON)] == ["区民政局"]


def test_of_a_department_too_few_townships_tell_nothing(district: District) -> None:
    with pytest.raises(NoReasonsYet):
        explained(district, district.people["deng"], "区民政局")
    scored_by_townships(district, 500, 700)
    for who in (district.people["deng"], district.tang):
        with pytest.raises(TooFewSheets):
            explained(district, who, "区民政局")


def test_of_a_department_only_means_are_told(district: District) -> None:
    scored_by_townships(district, 500, 700, 900)
    found = explained(district, district.people["deng"], "区民政局")
    (loss,) = found.losses
    assert (loss.item.number, loss.mean, loss.reasons) == (1, Fraction(700), ())
    assert (found.rank, found.sheets, found.counted) == (None, 3, 3)


def test_an_item_that_few_found_applicable_tells_nothing_of_them(district: District) -> None:
    scored_by_townships(district, 500, None, None)
    found = explained(district, district.people["deng"], "区民政局")
    assert (found.losses, found.sheets) == ((), 3)


def test_the_means_are_of_the_sheets_that_count(district: District) -> None:
    scored_by_townships(district, 1000, 900, 0, 500, 700)
    found = explained(district, district.people["deng"], "区民政局")
    (loss,) = found.losses
    assert (found.sheets, found.counted, loss.mean) == (5, 3, Fraction(700))
    assert found.score == found.max_points - loss.lost
