"""What stands around a ranking: by the calendar, of the same rhythm, and of the others what shares its days."""

from __future__ import annotations

from core.periods import Period, PeriodKind
from core.ranking_shelf import Shelf, shelf_around
from core.rubric import UnitKind


def periods(*keys: str) -> list[Period]:
    return [Period.parse(key) for key in keys]


def around(key: str, township: str, department: str = "", kind: UnitKind = "township") -> Shelf:
    ranked: dict[UnitKind, list[Period]] = {
        "township": periods(*township.split()),
        "department": periods(*department.split()),
    }
    return shelf_around(Period.parse(key), kind, ranked, {1: 10, 2: 11})


def test_before_and_after_are_the_nearest_of_the_same_rhythm() -> None:
    shelf = around("2013-06", "2013-01 2013-04 2013-06 2013-Q2 2013-09 2014-01")
    assert (str(shelf.before), str(shelf.after)) == ("2013-04", "2013-09")


def test_at_the_ends_there_is_nowhere_to_go() -> None:
    shelf = around("2013-06", "2013-06")
    assert (shelf.before, shelf.after, shelf.other_kind) == (None, None, None)
    assert shelf.rhythms == {PeriodKind.MONTH: Period.parse("2013-06")}


def test_other_rhythms_are_those_that_share_days_or_else_the_latest() -> None:
    shelf = around("2013-05", "2013-05 2013-Q1 2013-Q2 2013-Q3 2012")
    assert [str(each) for each in shelf.rhythms.values()] == ["2013-05", "2013-Q2", "2012"]
    back = around("2013-Q2", "2013-04 2013-06 2013-07 2013-Q2")
    assert str(back.rhythms[PeriodKind.MONTH]) == "2013-06"


def test_the_other_kind_is_of_the_same_period_or_the_latest() -> None:
    assert around("2013-Q2", "2013-Q2", "2013-Q1 2013-Q2 2013-Q3").other_kind == ("department", Period.parse("2013-Q2"))
    assert around("2013-06", "2013-06", "2013-Q1 2013-Q2").other_kind == ("department", Period.parse("2013-Q2"))
    other = around("2013-Q1", "2013-06", "2013-Q1", kind="department").other_kind
    assert other == ("township", Period.parse("2013-06"))


def test_the_newest_version_is_the_highest_number() -> None:
    assert around("2013-06", "2013-06").newest_version == 2
    assert Shelf().newest_version == 1
