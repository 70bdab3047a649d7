"""A row found in a frozen text is the row that reading all of them gives, whatever units are called."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.actions.computing import canonical
from core.frozen_ranking import read_body, row_of, rows_of
from core.frozen_text import firsts_of, head_of, place_in, ranked_in, ranks_of, row_in, sheet_heads
from core.metrics import Metric, Metrics, Results, Source
from core.snapshots import RankingRow

NAMES = st.one_of(
    st.text(max_size=12), st.sampled_from(['"unit_id":1}', '{"categories":[', '","rank":null', '],"rows":['])
)
SCORES = st.one_of(st.none(), st.integers(0, 4))
METRICS = Metrics((Metric(Source.TOTAL), Metric(Source.CATEGORY, "甲")), ())


def frozen(units: list[tuple[str, int | None, int]]) -> str:
    """A ranking of these units: name, score and a tie line, the ids from 1."""
    results = {
        unit_id: Results(None if score is None else Fraction(score, 3), {"甲": Fraction(line)})
        for unit_id, (_, score, line) in enumerate(units, start=1)
    }
    ordered = METRICS.order(results)
    rows: list[dict[str, Any]] = []
    for each in ordered.standings:
        decided = ordered.decided(each)
        rows.append(
            {
                "components": {},
                "ledger": {"briefings": [1, 2, 3, 4]},
                "unit_id": each.unit_id,
                "unit": units[each.unit_id - 1][0],
                "rank": each.rank,
                "tied": each.tied,
                "score": None if each.score is None else str(each.score),
                "categories": [str(results[each.unit_id].categories["甲"])],
                "tie_line": None if decided is None else decided.name,
                "sheets": 2,
                "dropped": [],
                "quarters": None,
            }
        )
    return canonical(
        {"district": "区", "categories": ["甲"], "components": [], "absent": [], "rows": rows, "rubric": "r"}
    )


@given(st.lists(st.tuples(NAMES, SCORES, st.integers(0, 2)), min_size=1, max_size=12))
def test_what_is_found_in_the_text_is_what_is_read(units: list[tuple[str, int | None, int]]) -> None:
    body = frozen(units)
    rows = rows_of(read_body(body))
    assert ranked_in(body) == sum(row.rank is not None for row in rows)
    assert [(each.unit_id, each.rank, each.tied) for each in ranks_of(body)] == [
        (row.unit_id, row.rank, row.tied) for row in rows
    ]
    assert [each.unit_id for each in firsts_of(body)] == [row.unit_id for row in rows if row.rank == 1]
    for row in rows:
        assert row_in(body, row.unit_id) == row == row_of(read_body(body), row.unit_id)
        _stands_between_its_neighbours(body, row, rows)
    assert (row_in(body, 99), place_in(body, 99)) == (None, None)


def _stands_between_its_neighbours(body: str, row: RankingRow, rows: tuple[RankingRow, ...]) -> None:
    place = place_in(body, row.unit_id)
    assert place is not None
    assert place.row == row
    if row.rank is None:
        assert (place.equals, place.above, place.below) == ((), (), ())
        return
    ranks = sorted({each.rank for each in rows if each.rank is not None})
    at = ranks.index(row.rank)
    above = ranks[at - 1] if at else None
    below = ranks[at + 1] if at + 1 < len(ranks) else None

    def ids(rank: int | None) -> set[int]:
        return {each.unit_id for each in rows if rank is not None and each.rank == rank and each != row}

    assert {each.unit_id for each in place.equals} == ids(row.rank)
    assert {each.unit_id for each in place.above} == ids(above)
    assert {each.unit_id for each in place.below} == ids(below)


def test_what_stands_before_the_rows_is_read_without_them() -> None:
    head = head_of(frozen([("仙庾镇", 3, 1)]))
    assert (head["categories"], head["district"]) == (["甲"], "区")


def test_heads_are_those_of_sheets_and_of_nothing_else() -> None:
    inputs = canonical({"ledgers": {"1": "aa", "7": "bb"}, "sheets": {"1": "cc", "12": "dd"}, "units": {"7": "仙庾镇"}})
    assert sheet_heads(inputs, [1, 2, 7, 12]) == {1: "cc", 12: "dd"}
    assert json.loads(inputs)["sheets"] == {"1": "cc", "12": "dd"}
