"""若… and 宽严: estimates by hand-worked numbers, for the office alone, and nothing of them is ever written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from assessed import assessed, beats, falls_due, opens, scored
from district import District, moment, shipped_rules
from sqlalchemy import select
from sqlmodel import SQLModel

from core.actions import explaining, supposing
from core.errors import NoSuchRanking, NotAllowed, NothingToSuppose
from core.rubric import UnitKind
from core.store import rankings
from core.store.engine import Db
from core.what_if import Estimate, code_of

FIRST = moment("2013-07-01 09:00")
LATER = moment("2013-07-02 09:00")
Q2 = "2013-Q2"
MOST = shipped_rules().rubric.item(10).max_points


def ranking_of(office: District, period: str, kind: UnitKind = "township") -> int:
    found = office.act(rankings.newest, office.id, period, kind)
    assert found is not None
    return found.id


def everything(office: District) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""

    def act(db: Db) -> dict[str, list[tuple[object, ...]]]:
        tables = SQLModel.metadata.tables
        return {name: [tuple(row) for row in db.execute(select(table))] for name, table in tables.items()}

    return office.act(act)


def supposed(
    office: District,
    period: str,
    kind: UnitKind = "township",
    *,
    without_rater: int = 0,
    untrimmed: bool = False,
    code: int = 0,
) -> Estimate:
    return office.act(
        supposing.estimate,
        office.tang,
        ranking_of(office, period, kind),
        LATER,
        without_rater=without_rater,
        untrimmed=untrimmed,
        code=code,
    )


@pytest.fixture
def quarter(office: District) -> District:
    """Two assessors each: the first puts 月塘街道 ahead, the second 仙庾镇."""
    held = opens(office, Q2)
    for lost in ({"仙庾镇": 300, "月塘街道": 0}, {"仙庾镇": 0, "月塘街道": 200}):
        for unit, points in lost.items():
            scored(held, unit, {10: MOST - points})
    scored(held, "明照乡", {10: MOST - 400})
    falls_due(office, "quarterly", FIRST)
    return office


def test_nothing_supposed_is_what_was_published(quarter: District) -> None:
    found = supposed(quarter, Q2)
    assert [(line.unit, line.rank, line.would_rank) for line in found.lines] == [
        ("月塘街道", 1, 1),
        ("仙庾镇", 2, 2),
        ("明照乡", 3, 3),
    ]
    assert not any(line.moves for line in found.lines)
    assert (found.rater, found.trimmed, found.can_trim, found.weights, found.corrected) == (
        None,
        False,
        False,
        {},
        False,
    )


def test_without_one_rater_the_ranks_are_those_of_the_others(quarter: District) -> None:
    raters = quarter.act(supposing.raters_of, quarter.tang, ranking_of(quarter, Q2), LATER)
    own = {each.rater: each for each in raters.raters}
    assert len(own) == 5
    # Each assessor here has one sheet: without the one who took 3 points off 仙庾镇, it is first.
    hard = next(each for each in raters.raters if each.mean == Fraction(9700))
    assert {(each.unit, each.rank, each.without) for each in hard.changes} == {("仙庾镇", 2, 1), ("月塘街道", 1, 2)}
    found = supposed(quarter, Q2, without_rater=hard.rater_id)
    assert [(line.unit, line.would_rank, line.would_score) for line in found.lines] == [
        ("仙庾镇", 1, Fraction(10000)),
        ("月塘街道", 2, Fraction(9900)),
        ("明照乡", 3, Fraction(9600)),
    ]
    assert found.rater == hard.rater
    alone = next(each for each in raters.raters if each.mean == Fraction(9600))
    assert [(each.unit, each.without) for each in alone.changes] == [("明照乡", None)]


def test_without_trimming_the_highest_and_lowest_count(office: District) -> None:
    held = opens(office, Q2, "department")
    for points in (0, 1000, 1000, 1000, 1000):
        scored(held, "区民政局", {1: points})
    falls_due(office, "quarterly", FIRST)
    ruled, plain = supposed(office, Q2, "department"), supposed(office, Q2, "department", untrimmed=True)
    assert (ruled.can_trim, ruled.trimmed, plain.trimmed) == (True, True, False)
    (line,) = plain.lines
    assert line.score is not None
    assert line.would_score is not None
    assert line.would_score < line.score == ruled.lines[0].would_score


def test_other_weights_of_a_year(office: District) -> None:
    assessed(office, "2013-Q1", {"仙庾镇": 0, "月塘街道": 100, "明照乡": 200})
    falls_due(office, "quarterly", moment("2013-04-01 09:00"))
    beats(office, "2013-04-10 00:00")
    assessed(office, "2013", {"仙庾镇": 300, "月塘街道": 0, "明照乡": 0})
    falls_due(office, "annual", moment("2014-01-16 09:00"))
    ruled = supposed(office, "2013")
    assert ruled.weights == {"quarters": 50, "january": 50} == ruled.ruled
    found = supposed(office, "2013", code=code_of({"quarters": 100, "january": 0}))
    assert (found.weights, found.whole) == ({"quarters": 100, "january": 0}, 100)
    assert [(line.unit, line.would_rank) for line in found.lines] == [("仙庾镇", 1), ("月塘街道", 2), ("明照乡", 3)]
    rescaled = supposed(office, "2013", code=code_of({"quarters": 10, "january": 10}))
    assert [line.would_score for line in rescaled.lines] == [line.score for line in ruled.lines]


def test_other_weights_of_a_month(office: District) -> None:
    office.submitted("仙庾镇")
    falls_due(office, "monthly", FIRST)
    found = supposed(office, "2013-06", code=code_of(dict.fromkeys(("supervision", "b", "c", "d"), 25)))
    # Nobody filed anything: the other components do not count, whatever they would weigh.
    assert found.weights == {"supervision": 25}
    assert found.lines[0].would_score == found.lines[0].score == Fraction(10000)


def test_what_changed_since_is_said(quarter: District) -> None:
    quarter.act(lambda db: db.exec_driver_sql("UPDATE sheet SET audit_head = 'ff'"))
    assert supposed(quarter, Q2).corrected


def test_a_half_year_has_nothing_that_could_be_otherwise(quarter: District) -> None:
    beats(quarter, "2013-07-05 00:00")
    falls_due(quarter, "half_year", moment("2013-07-05 10:00"))
    for action in (supposing.estimate, supposing.raters_of):
        with pytest.raises(NothingToSuppose):
            quarter.act(action, quarter.tang, ranking_of(quarter, "2013-H1"), LATER)


def test_only_the_office_may_and_nothing_is_written(quarter: District) -> None:
    ranking = ranking_of(quarter, Q2)
    before = everything(quarter)
    for action in (supposing.estimate, supposing.raters_of):
        for who in (quarter.liu, quarter.zhou, quarter.people["deng"]):
            with pytest.raises(NotAllowed):
                quarter.act(action, who, ranking, LATER)
        with pytest.raises(NoSuchRanking):
            quarter.act(action, quarter.tang, 999, LATER)
    quarter.act(supposing.raters_of, quarter.tang, ranking, LATER)
    supposed(quarter, Q2, without_rater=3, untrimmed=True, code=5)
    assert everything(quarter) == before


def test_both_databases_add_up_alike(either_office: District) -> None:
    held = opens(either_office, Q2)
    for unit, points in (("仙庾镇", MOST), ("仙庾镇", MOST - 200), ("月塘街道", MOST - 50)):
        scored(held, unit, {10: points, 11: None} if points == MOST else {10: points})
    scored(held, "明照乡", {10: 0})
    falls_due(either_office, "quarterly", FIRST)
    mild, *_, hard = either_office.act(
        supposing.raters_of, either_office.tang, ranking_of(either_office, Q2), LATER
    ).raters
    assert (mild.mean, mild.applicable, mild.full, hard.full) == (Fraction(10000), 22, 22, 22)
    found = supposed(either_office, Q2, without_rater=mild.rater_id)
    assert [(line.unit, line.rank, line.would_score) for line in found.lines] == [
        ("月塘街道", 1, Fraction(9950)),
        ("仙庾镇", 2, Fraction(9800)),
        ("明照乡", 3, Fraction(10000 - MOST)),
    ]
    own = either_office.units["仙庾镇"]
    told = either_office.act(explaining.why, either_office.liu, own, LATER)
    assert told.reasons is not None
    assert (told.row.rank, told.reasons.score, told.reasons.sheets) == (2, Fraction(9900), 2)
