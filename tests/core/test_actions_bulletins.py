"""What is said of a ranking: awards once it is final, in the words of its day, and each message owed once."""

from __future__ import annotations

import pytest
from bulletin_office import BEST_FIRST, changed, made_final, names, posts, published, quarter, said, scored
from district import District, moment
from townships import departments

from core.actions.bulletins import bulletin_of
from core.awards import Step
from core.errors import NoSuchRanking


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


def test_a_half_year_sums_up_its_months_flags(five: District) -> None:
    scored(five, "2013-04", {"月塘街道": 0})
    published(five, "2013-04", "2013-05-01 09:00")
    scored(five, "2013-05", {})
    published(five, "2013-05", "2013-06-01 09:00")
    quarter(five, "2013-Q1", BEST_FIRST, "2013-04-01 09:00", "2013-04-15 00:00")
    published(five, "2013-H1", "2013-07-01 10:00")
    flags = {str(month): flag for month, flag in said(five).flags.items()}
    assert list(flags) == [f"2013-0{month}" for month in range(1, 7)]
    given = {month: (flag.given_to, flag.holders) for month, flag in flags.items() if flag is not None}
    holder = five.units["月塘街道"]
    assert given == {"2013-04": ((holder,), (holder,)), "2013-05": ((), (holder,))}


def test_a_half_years_flag_is_told_by_the_name_of_a_unit_that_is_ranked_no_more(five: District) -> None:
    scored(five, "2013-01", {"月塘街道": 0})
    published(five, "2013-01", "2013-02-01 09:00")
    holder = five.units["月塘街道"]
    changed(five, "UPDATE unit SET ends_on = '2013-02-15' WHERE id = :unit", unit=holder)
    quarter(five, "2013-Q1", {"仙庾镇": 0}, "2013-04-01 09:00", "2013-04-15 00:00")
    published(five, "2013-H1", "2013-07-01 10:00")
    view = said(five)
    assert holder not in {row.unit_id for row in view.ranking.rows}
    assert view.names[holder] == "月塘街道"


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
