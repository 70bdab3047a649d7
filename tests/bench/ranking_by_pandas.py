"""Rank the same year from the same database the way one would with pandas: read it, merge, group, average, rank.

    python -m tests.bench.ranking_by_pandas [--lean] year.db

Written straightforwardly, as somebody who knows pandas would write it: the tables are read and merged. With `--lean`
the database joins them first and gives only the five columns that count, which is what one who cares would do. Either
does less than the program: nothing is exact, frozen, hashed or announced.
"""

from __future__ import annotations

import sqlite3
import sys
from itertools import pairwise

import pandas as pd

from core.rubric_files import SHIPPED, load_directory

_LEAN = (
    "SELECT round.period, sheet.id AS sheet, sheet.unit_id AS unit, mark.item, mark.points"
    " FROM mark JOIN sheet ON sheet.id = mark.sheet_id JOIN round ON round.id = sheet.round_id"
    " WHERE sheet.state = 'submitted'"
)


def main() -> None:
    """Rank, and tell."""
    book = load_directory(SHIPPED)
    rubric, policy = book.rubrics["2013-township"], book.policies["2013-policy"]
    with sqlite3.connect(sys.argv[-1]) as connection:
        marks = pd.read_sql_query(_LEAN, connection) if "--lean" in sys.argv else _merged(connection)
    marks["category"] = marks["item"].map({item.number: item.category for item in rubric.items})
    sheets = marks.pivot_table(index=["period", "unit", "sheet"], columns="category", values="points", aggfunc="sum")
    sheets["score"] = sheets.sum(axis=1)
    units = sheets.groupby(["period", "unit"]).mean()
    order = ["score", *policy.rankings.precedence.township]
    ranked = {str(period): _ranked(frame.droplevel("period"), order) for period, frame in units.groupby("period")}
    quarters = [ranked[key] for key in sorted(ranked) if "Q" in key]
    for half in (quarters[:2], quarters[2:]):
        _ranked(_mean(half, order), order)
    weights = policy.rankings.annual.weights
    annual = _mean(quarters, order) * weights.quarters / 100 + ranked["2013"][order] * weights.january / 100
    year = _ranked(annual, order)
    prizes = sum(_prizes(quarter, policy.awards.rewards.prizes) for quarter in quarters)
    flags = sum(int((ranked[key]["rank"] == 1).sum()) for key in ranked if "-" in key and "Q" not in key)
    last = [set(quarter.index[quarter["rank"] == quarter["rank"].max()]) for quarter in quarters]
    twice = [before & after for before, after in pairwise(last)]
    first = [int(unit) for unit in year.index[year["rank"] == 1]]
    print(f"first {first}, prizes {prizes}, flags {flags}, last twice {sum(map(len, twice))}")  # noqa: T201


def _merged(connection: sqlite3.Connection) -> pd.DataFrame:
    rounds, sheets, marks = (
        pd.read_sql_query(f"SELECT * FROM {table}", connection)  # noqa: S608  # the three tables named here
        for table in ("round", "sheet", "mark")
    )
    sheets = sheets[sheets["state"] == "submitted"].merge(rounds[["id", "period"]], left_on="round_id", right_on="id")
    marks = marks.merge(sheets, left_on="sheet_id", right_on="id_x")
    return marks.rename(columns={"sheet_id": "sheet", "unit_id": "unit"})


def _ranked(frame: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    frame = frame.sort_values(order, ascending=False)
    keys = frame[order].apply(tuple, axis=1)
    frame["rank"] = _places(keys)
    return frame


def _places(keys: pd.Series) -> list[int]:
    places: list[int] = []
    for number, (key, before) in enumerate(zip(keys, keys.shift(), strict=True), 1):
        places.append(places[-1] if places and key == before else number)
    return places


def _mean(frames: list[pd.DataFrame], order: list[str]) -> pd.DataFrame:
    return pd.concat([frame[order] for frame in frames]).groupby("unit").mean()


def _prizes(quarter: pd.DataFrame, prizes: tuple[int, ...]) -> int:
    places = quarter["rank"].value_counts().sort_index()
    return sum(sum(prizes[rank - 1 : rank - 1 + count]) for rank, count in places.items() if rank <= len(prizes))


if __name__ == "__main__":
    main()
