"""/rank: the newest of a period, versions by their ids, and the ranks of a year."""

from __future__ import annotations

import pytest
from bulletin_office import BEST_FIRST, office, published, quarter, scored
from district import District
from townships import departments

from core.actions import browsing
from core.errors import NoSuchRanking, NoSuchUnit
from core.periods import Period, PeriodKind


@pytest.fixture
def five(either_district: District) -> District:
    return office(either_district)


def test_without_a_period_the_ranking_computed_last_opens(five: District) -> None:
    quarter(five, "2013-Q1", BEST_FIRST, "2013-04-01 09:00", "2013-04-15 00:00")
    five.submitted("仙庾镇")
    published(five, "2013-06", "2013-07-01 09:00")
    opened = five.act(browsing.newest, five.id, None, "township")
    assert opened.bulletin.ranking.period == "2013-06"
    assert opened.shelf.rhythms[PeriodKind.QUARTER] == Period.parse("2013-Q1")


def test_versions_are_reached_by_their_ids(five: District) -> None:
    scored(five, "2013-Q2", BEST_FIRST)
    first = published(five, "2013-Q2", "2013-07-01 09:00")
    second = published(five, "2013-Q2", "2013-07-02 09:00")
    opened = five.act(browsing.newest, five.id, Period.parse("2013-Q2"), "township")
    assert opened.bulletin.ranking.ranking_id == second.id
    assert opened.shelf.versions == {1: first.id, 2: second.id}
    old = five.act(browsing.version, five.id, first.id)
    assert (old.bulletin.ranking.state, old.shelf.newest_version) == ("superseded", 2)


def test_departments_stand_on_the_same_shelf(five: District) -> None:
    departments(five, "区卫生局")
    published(five, "2013-06", "2013-07-01 09:00", "department")
    five.submitted("仙庾镇")
    published(five, "2013-06", "2013-07-01 09:00")
    opened = five.act(browsing.newest, five.id, None, "department")
    assert opened.shelf.other_kind == ("township", Period.parse("2013-06"))


def test_what_was_never_ranked_does_not_open(five: District) -> None:
    with pytest.raises(NoSuchRanking):
        five.act(browsing.newest, five.id, None, "township")
    with pytest.raises(NoSuchRanking) as refused:
        five.act(browsing.newest, five.id, Period.parse("2013-Q2"), "department")
    assert refused.value.period == "2013-Q2"


def test_the_ranks_of_a_year_are_those_of_the_newest_versions(five: District) -> None:
    scored(five, "2013-Q1", BEST_FIRST)
    published(five, "2013-Q1", "2013-04-01 09:00")
    scored(five, "2013-Q3", {**BEST_FIRST, "仙庾镇": 3})
    published(five, "2013-Q3", "2013-10-01 09:00")
    found = five.act(browsing.trend_of, five.id, "township", 2013, PeriodKind.QUARTER)
    xianyu = five.units["仙庾镇"]
    [line] = [line for line in found.lines if line.unit_id == xianyu]
    assert [None if point is None else point.rank for point in line.points] == [1, None, 3, None]
    only = five.act(browsing.trend_of, five.id, "township", 2013, PeriodKind.QUARTER, xianyu)
    assert only.lines == (line,)
    with pytest.raises(NoSuchUnit):
        five.act(browsing.trend_of, five.id, "township", 2013, PeriodKind.QUARTER, 404)
    with pytest.raises(NoSuchRanking):
        five.act(browsing.trend_of, five.id, "township", 2012, PeriodKind.QUARTER)
