"""A frozen ranking read back: rows, standings and results from its canonical text. Values only.

Answers for every shape that was ever frozen: rankings from before the ledger counted have no components, those from
before there were quarters no dropped sheets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from core.duties import Tally
from core.metrics import Results
from core.snapshots import RankingRow


def read_body(body: str) -> dict[str, Any]:
    """The frozen text as plain values."""
    told: dict[str, Any] = json.loads(body)
    return told


def rows_of(told: Mapping[str, Any]) -> tuple[RankingRow, ...]:
    """Every row, best first, the unranked last."""
    return tuple(read_row(row) for row in told["rows"])


def row_of(told: Mapping[str, Any], unit_id: int) -> RankingRow | None:
    """The row of one unit; a thousand others are not read for it."""
    return next((read_row(row) for row in told["rows"] if row["unit_id"] == unit_id), None)


def results_of(told: Mapping[str, Any]) -> dict[int, Results]:
    """What each unit's work came to, by id."""
    names = told["categories"]
    return {
        row["unit_id"]: Results(
            _exact(row["score"]),
            dict(zip(names, map(_fraction, row["categories"]), strict=True)) if row["categories"] else {},
            {name: _fraction(part) for name, part in row.get("components", {}).items()},
        )
        for row in told["rows"]
    }


def read_row(row: Mapping[str, Any]) -> RankingRow:
    """One row of the frozen values."""
    quarters = row.get("quarters")
    return RankingRow(
        unit_id=row["unit_id"],
        unit=row["unit"],
        rank=row["rank"],
        tied=row["tied"],
        score=_exact(row["score"]),
        categories=tuple(map(_fraction, row["categories"])),
        tie_line=row["tie_line"],
        sheets=row["sheets"],
        components={name: _fraction(part) for name, part in row.get("components", {}).items()},
        dropped=tuple(map(_fraction, row.get("dropped", ()))),
        quarters=None if quarters is None else (quarters[0], quarters[1]),
        ledger={name: Tally(*counts) for name, counts in row.get("ledger", {}).items()},
    )


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else _fraction(text)


def _fraction(text: str) -> Fraction:
    # As `str` wrote it; to let Fraction find out in what way a text spells a number takes three times as long.
    numerator, _, denominator = text.partition("/")
    return Fraction(int(numerator), int(denominator or 1))
