"""What is said of a ranking that was corrected: rows and awards, old and new, and what is no correction."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bulletin_office import (
    BEST_FIRST,
    changed,
    made_final,
    names,
    posts,
    published,
    quarter,
    said,
    scored,
    told,
)
from district import District

from core.actions.announcing_rankings import as_told
from core.actions.bulletins import changes_read
from core.awards import (
    EligibilityChanged,
    FlagChanged,
    LastPlace,
    LastPlaceChanged,
    LastQuarter,
    PrizeChanged,
    Step,
)
from core.bulletin_views import LastPlaceTold, Placing, RowChanged, ToldLastPlace
from core.periods import Period


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
