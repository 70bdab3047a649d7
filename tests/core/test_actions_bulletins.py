"""What is said of a ranking: awards once it is final, what a correction changed, and each message owed once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from bulletin_office import BEST_FIRST, changed, made_final, office, posts, published, quarter, scored, told
from district import District, moment
from townships import departments

from core.actions.announcing_rankings import as_told
from core.actions.bulletins import bulletin_of, changes_read
from core.awards import (
    EligibilityChanged,
    FlagChanged,
    LastPlace,
    LastPlaceChanged,
    LastQuarter,
    PrizeChanged,
    Step,
)
from core.bulletin_views import BulletinView, LastPlaceTold, Placing, RowChanged, ToldLastPlace
from core.errors import NoSuchRanking
from core.periods import Period


@pytest.fixture
def five(district: District) -> District:
    return office(district)


@pytest.fixture
def either_five(either_district: District) -> District:
    return office(either_district)


def said(district: District, place: int = -1) -> BulletinView:
    """What the newest words in the group say, or others of them."""
    return told(district, [each for each in posts(district) if each["name"] == "ranking_bulletin"][place])


def names(district: District) -> dict[int, str]:
    return {unit_id: name for name, unit_id in district.units.items()}


def test_a_provisional_quarter_awards_nothing_and_waits(either_five: District) -> None:
    scored(either_five, "2013-Q2", BEST_FIRST)
    published(either_five, "2013-Q2", "2013-07-01 09:00")
    view = said(either_five)
    assert (view.ranking.state, view.awaits) == ("provisional", True)
    assert view.ranking.objections_until == moment("2013-07-05 00:00").now
    assert (view.rewards, view.prizes, view.last_places, view.flag, view.eligibility) == (None, {}, (), None, ())
    assert view.correction is None


def test_each_message_of_a_bulletin_is_owed_once_under_a_key_of_its_own(either_five: District) -> None:
    quarter(either_five, "2013-Q2", BEST_FIRST, "2013-07-01 09:00", "2013-07-05 00:00")
    made_final(either_five, "2013-07-06 00:00")
    key = f"bulletin:{either_five.id}:township:2013-Q2:v1"
    assert [(each["key"], each["name"]) for each in posts(either_five)] == [
        (f"{key}:{state}{ending}", name)
        for state in ("provisional", "final")
        for ending, name in (("", "ranking_bulletin"), (":picture", "ranking_picture"), (":paper", "ranking_paper"))
    ]


def test_a_final_quarter_tells_prizes_and_the_last_place(either_five: District) -> None:
    quarter(either_five, "2013-Q2", BEST_FIRST, "2013-07-01 09:00", "2013-07-05 00:00")
    view, by_id = said(either_five), names(either_five)
    assert {by_id[unit_id]: fen for unit_id, fen in view.prizes.items()} == {
        "仙庾镇": 300_000,
        "月塘街道": 200_000,
        "明照乡": 100_000,
    }
    [last] = view.last_places
    assert (by_id[last.unit_id], last.count, last.step, last.next_step) == ("桂花街道", 1, Step.WARN, Step.EXPLAIN)
    assert not view.awaits


def test_a_month_tells_the_flags_way(five: District) -> None:
    scored(five, "2013-05", {"月塘街道": 0, "仙庾镇": 1})
    published(five, "2013-05", "2013-06-01 09:00")
    five.submitted("仙庾镇")
    published(five, "2013-06", "2013-07-01 09:00")
    view = said(five)
    assert view.flag is not None
    assert [names(five)[each] for each in view.flag.handed_over_by] == ["月塘街道"]
    assert [names(five)[each] for each in view.flag.handed_over_to] == ["仙庾镇"]
    assert [each["name"] for each in posts(five)] == ["ranking_bulletin"] * 2


def test_a_month_that_was_corrected_sends_a_picture_only_where_the_flag_goes_elsewhere(five: District) -> None:
    five.submitted("仙庾镇")
    published(five, "2013-06", "2013-07-01 09:00")
    five.submitted("月塘街道", {1: 0})
    published(five, "2013-06", "2013-07-02 09:00")
    assert [each["name"] for each in posts(five)] == ["ranking_bulletin"] * 2
    five.submitted("明照乡")
    published(five, "2013-06", "2013-07-03 09:00")
    assert [each["name"] for each in posts(five)][2:] == ["ranking_bulletin", "ranking_picture"]
    correction = said(five).correction
    assert correction is not None
    [flag] = correction.awards
    assert isinstance(flag, FlagChanged)
    assert flag.after == tuple(sorted((five.units["仙庾镇"], five.units["明照乡"])))


def test_a_corrected_month_that_gives_no_flag_any_more_sends_no_picture(five: District) -> None:
    scored(five, "2013-05", {"月塘街道": 0})
    published(five, "2013-05", "2013-06-01 09:00")
    sheet = five.submitted("仙庾镇")
    published(five, "2013-06", "2013-07-01 09:00")
    changed(five, "UPDATE sheet SET state = 'open', submitted_at = NULL WHERE id = :sheet", sheet=sheet)
    published(five, "2013-06", "2013-07-02 09:00")
    assert [each["name"] for each in posts(five)] == ["ranking_bulletin"] * 3
    view = said(five)
    assert view.flag is not None
    assert (view.flag.given_to, view.flag.holders) == ((), (five.units["月塘街道"],))


def test_a_correction_tells_rows_and_awards_old_and_new(either_five: District) -> None:
    round_id = scored(either_five, "2013-Q2", {**BEST_FIRST, "仙庾镇": 3, "金山街道": 0})
    published(either_five, "2013-Q2", "2013-07-01 09:00")
    made_final(either_five, "2013-07-05 00:00")
    changed(
        either_five,
        "UPDATE mark SET points = 0 WHERE item = 1"
        " AND sheet_id IN (SELECT id FROM sheet WHERE round_id = :round AND unit_id = :unit)",
        round=round_id,
        unit=either_five.units["金山街道"],
    )
    published(either_five, "2013-Q2", "2013-07-10 09:00")
    correction = said(either_five).correction
    assert correction is not None
    assert correction.replaced == 1
    jinshan = either_five.units["金山街道"]
    [moved] = [row for row in correction.rows if row.unit_id == jinshan]
    assert moved == RowChanged(jinshan, Placing(1, Fraction(10000)), Placing(1, Fraction(9800)))
    prizes = [each for each in correction.awards if isinstance(each, PrizeChanged)]
    assert {(names(either_five)[each.unit_id], each.before, each.after) for each in prizes} == {
        ("月塘街道", 200_000, 250_000),
        ("金山街道", 300_000, 250_000),
    }


def test_what_a_version_gives_that_was_corrected_before_it_was_final_is_no_correction(five: District) -> None:
    scored(five, "2013-Q2", BEST_FIRST)
    published(five, "2013-Q2", "2013-07-01 09:00")
    published(five, "2013-Q2", "2013-07-02 09:00")
    provisional = said(five).correction
    assert provisional is not None
    assert (provisional.rows, provisional.awards) == ((), ())
    made_final(five, "2013-07-05 00:00")
    view = said(five)
    assert view.correction is not None
    assert (view.correction.rows, view.correction.awards) == ((), ())
    assert view.prizes[five.units["仙庾镇"]] == 300_000


def test_an_eligibility_lost_by_a_first_final_is_no_correction_either(five: District) -> None:
    quarter(five, "2013-Q1", BEST_FIRST, "2013-04-01 09:00", "2013-04-08 00:00")
    quarter(five, "2013-Q2", BEST_FIRST, "2013-07-01 09:00", "2013-07-05 00:00")
    scored(five, "2013-Q3", BEST_FIRST)
    published(five, "2013-Q3", "2013-10-01 09:00")
    published(five, "2013-Q3", "2013-10-08 09:00")
    made_final(five, "2013-10-11 00:00")
    view = said(five)
    assert [place.step for place in view.last_places] == [Step.DISQUALIFY]
    assert view.correction is not None
    assert (view.correction.rows, view.correction.awards) == ((), ())


def test_a_unit_that_is_listed_no_more_is_told_by_its_name(five: District) -> None:
    scored(five, "2013-Q2", BEST_FIRST)
    published(five, "2013-Q2", "2013-07-01 09:00")
    gone = five.units["桂花街道"]
    changed(five, "UPDATE unit SET ends_on = '2013-06-30' WHERE id = :unit", unit=gone)
    published(five, "2013-Q2", "2013-07-02 09:00")
    view = said(five)
    assert view.correction is not None
    [row] = view.correction.rows
    assert (row.unit_id, row.after, view.names[gone]) == (gone, None, "桂花街道")


def test_the_year_tells_who_is_eligible(five: District) -> None:
    days = [("2013-Q1", "2013-04"), ("2013-Q2", "2013-07"), ("2013-Q3", "2013-10")]
    for period, month in days:
        quarter(five, period, BEST_FIRST, f"{month}-01 09:00", f"{month}-15 00:00")
    scored(five, "2013", BEST_FIRST)
    published(five, "2013", "2014-01-16 09:00")
    assert said(five).eligibility == ()
    made_final(five, "2014-02-01 00:00")
    view, by_id = said(five), names(five)
    assert {by_id[unit_id] for unit_id in view.disqualified} == {"桂花街道"}
    orders = {by_id[each.standing.unit_id]: each.order for each in view.eligibility}
    assert orders == {"仙庾镇": 1, "月塘街道": 2, "明照乡": 3, "金山街道": 4, "桂花街道": None}


def test_a_half_year_gives_nothing(five: District) -> None:
    quarter(five, "2013-Q1", BEST_FIRST, "2013-04-01 09:00", "2013-04-15 00:00")
    published(five, "2013-H1", "2013-07-01 10:00")
    made_final(five, "2013-07-15 00:00")
    view = said(five)
    assert (view.ranking.period, view.ranking.state) == ("2013-H1", "final")
    assert (view.rewards, view.flag, view.eligibility) == (None, None, ())


def test_departments_get_nothing_either(five: District) -> None:
    departments(five, "区卫生局")
    published(five, "2013-06", "2013-07-01 09:00", "department")
    view = said(five)
    assert view.ranking.unit_kind == "department"
    assert (view.flag, view.awaits) == (None, False)


def test_a_version_whose_place_was_taken_is_said_as_it_was(five: District) -> None:
    first = quarter(five, "2013-Q2", BEST_FIRST, "2013-07-01 09:00", "2013-07-05 00:00")
    changed(
        five,
        "UPDATE mark SET points = 0 WHERE sheet_id IN (SELECT id FROM sheet WHERE unit_id = :unit)",
        unit=five.units["仙庾镇"],
    )
    second = published(five, "2013-Q2", "2013-07-10 09:00")
    old = five.act(bulletin_of, five.id, first.id)
    new = five.act(bulletin_of, five.id, second.id)
    assert (old.ranking.state, new.ranking.state) == ("superseded", "final")
    assert old.prizes[five.units["仙庾镇"]] == 300_000
    assert five.units["仙庾镇"] not in new.prizes


def test_a_flag_is_told_by_the_name_of_a_unit_that_is_ranked_no_more(five: District) -> None:
    scored(five, "2013-05", {"月塘街道": 0})
    published(five, "2013-05", "2013-06-01 09:00")
    holder = five.units["月塘街道"]
    changed(five, "UPDATE unit SET ends_on = '2013-06-15' WHERE id = :unit", unit=holder)
    published(five, "2013-06", "2013-07-01 09:00")
    view = said(five)
    assert view.names[holder] == "月塘街道"


def test_without_a_group_the_office_hears_of_it_once(five: District) -> None:
    changed(five, "UPDATE district SET group_chat_id = NULL")
    scored(five, "2013-Q2", BEST_FIRST)
    published(five, "2013-Q2", "2013-07-01 09:00")
    assert posts(five) == []
    with five.database.transaction() as db:
        owed = db.exec_driver_sql("SELECT chat_id FROM outbox WHERE view LIKE '%no_group%'").all()
    assert owed == [(880001,)]


def test_another_districts_ranking_is_not_told(five: District) -> None:
    scored(five, "2013-Q2", BEST_FIRST)
    record = published(five, "2013-Q2", "2013-07-01 09:00")
    with pytest.raises(NoSuchRanking):
        five.act(bulletin_of, five.id + 1, record.id)
    with pytest.raises(NoSuchRanking):
        five.act(bulletin_of, five.id, 404)


def test_what_a_row_keeps_is_read_back_as_it_was() -> None:
    q2 = Period.parse("2013-Q2")
    place = LastPlace(7, q2, (LastQuarter(q2, 7),), Step.EXPLAIN, Step.DISQUALIFY, date(2013, 7, 18))
    quiet = LastPlace(7, q2, (LastQuarter(q2, 7),), None, None, None)
    kept = [
        as_told(FlagChanged(Period.parse("2013-06"), None, (7,))),
        as_told(PrizeChanged(q2, 7, 0, 300_000)),
        as_told(EligibilityChanged(2013, 7, True)),
        as_told(LastPlaceChanged(q2, 7, None, place)),
        as_told(LastPlaceChanged(q2, 7, quiet, None)),
    ]
    assert changes_read(kept) == (
        FlagChanged(Period.parse("2013-06"), None, (7,)),
        PrizeChanged(q2, 7, 0, 300_000),
        EligibilityChanged(2013, 7, True),
        LastPlaceTold(q2, 7, None, ToldLastPlace(1, Step.EXPLAIN, Step.DISQUALIFY, date(2013, 7, 18))),
        LastPlaceTold(q2, 7, ToldLastPlace(1, None, None, None), None),
    )


def test_awards_that_a_correction_brought_to_other_quarters_are_told(five: District) -> None:
    for period, month in (("2013-Q1", "2013-04"), ("2013-Q2", "2013-07")):
        quarter(five, period, BEST_FIRST, f"{month}-01 09:00", f"{month}-15 00:00")
    changed(
        five,
        "UPDATE mark SET points = 0 WHERE item <= 12 AND sheet_id IN (SELECT sheet.id FROM sheet"
        " JOIN round ON round.id = sheet.round_id WHERE round.period = '2013-Q1' AND sheet.unit_id = :unit)",
        unit=five.units["金山街道"],
    )
    published(five, "2013-Q1", "2013-07-20 09:00")
    correction = told(five, next(each for each in posts(five) if each["key"].endswith("2013-Q1:v2:final"))).correction
    assert correction is not None
    places = {
        (str(each.quarter), names(five)[each.unit_id]): (
            each.before and each.before.count,
            each.after and each.after.count,
        )
        for each in correction.awards
        if isinstance(each, LastPlaceTold)
    }
    assert places == {
        ("2013-Q1", "金山街道"): (None, 1),
        ("2013-Q1", "桂花街道"): (1, None),
        ("2013-Q2", "桂花街道"): (2, 1),
    }
