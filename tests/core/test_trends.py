"""The ranks of a year: gaps stay gaps, and who was ranked best of late comes first."""

from __future__ import annotations

from fractions import Fraction

from core.periods import Period, PeriodKind
from core.snapshots import RankingRow
from core.trends import Trend, TrendPoint, YearPoint, drawn_by, trend

MONTHS = Period.parse("2013").parts(PeriodKind.MONTH)


def row(unit_id: int, rank: int | None, name: str = "", *, tied: bool = False) -> RankingRow:
    score = None if rank is None else Fraction(9000)
    return RankingRow(unit_id, name or f"单位{unit_id}", rank, tied, score, (), None, 1)


def year(**months: list[RankingRow]) -> Trend:
    points = {Period.parse(f"2013-{key[1:]}"): YearPoint(rows, is_final=key != "m06") for key, rows in months.items()}
    return trend("township", MONTHS, points)


FOUND = year(
    m01=[row(1, 1), row(2, 2), row(3, None)],
    m04=[row(1, 2), row(2, 1), row(4, 3)],
    m06=[row(2, 1, "新名", tied=True), row(1, 1, tied=True)],
)


def ranks(found: Trend, unit_id: int) -> list[int | None]:
    [line] = [line for line in found.lines if line.unit_id == unit_id]
    return [None if point is None else point.rank for point in line.points]


def test_a_period_without_a_ranking_or_without_a_rank_is_a_gap() -> None:
    nothing = [None] * 6
    assert ranks(FOUND, 1) == [1, None, None, 2, None, 1, *nothing]
    assert ranks(FOUND, 3) == [None] * 12
    assert ranks(FOUND, 4) == [None, None, None, 3, None, None, *nothing]
    assert FOUND.ranked == (2, None, None, 3, None, 2, *nothing)


def test_the_newest_ranks_come_first_and_the_never_ranked_last() -> None:
    assert [line.unit_id for line in FOUND.lines] == [1, 2, 4, 3]
    assert [None if line.last is None else line.last.rank for line in FOUND.lines] == [1, 1, 3, None]


def test_a_unit_bears_the_name_that_it_bore_last() -> None:
    assert [line.unit for line in FOUND.lines] == ["单位1", "新名", "单位4", "单位3"]


def test_ties_and_what_is_not_final_are_told() -> None:
    [line] = [line for line in FOUND.lines if line.unit_id == 2]
    assert line.points[5] == TrendPoint(1, tied=True, is_final=False)
    assert line.points[0] == TrendPoint(2, tied=False, is_final=True)


def test_one_unit_alone() -> None:
    only = FOUND.of_unit(4)
    assert only is not None
    assert [line.unit_id for line in only.lines] == [4]
    assert only.ranked == FOUND.ranked
    assert FOUND.of_unit(9) is None


def test_months_are_drawn_by_months_and_the_rest_by_quarters() -> None:
    assert [drawn_by(kind) for kind in PeriodKind] == [PeriodKind.MONTH, *[PeriodKind.QUARTER] * 3]
