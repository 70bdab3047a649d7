"""A ranking for other programs: JSON with exact and rounded scores, and CSV that a spreadsheet does not execute.

The fields of the JSON are documented in `docs/rank-json.md`; what is documented is kept. Points are told exactly as
fractions (`191/2`) and rounded half-up to two places; money is in integer fen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from io import StringIO
from typing import Any

from core.awards import FlagMonth, LastPlace
from core.bulletin_views import BulletinView
from core.scoring import display
from core.snapshots import RankingRow
from core.workbooks.book import Cell

SCHEMA = 1
"""Counts up when a field changes its meaning or goes; new fields may come without."""

# A spreadsheet takes a cell that begins so for a formula, quoted or not.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def ranking_json(view: BulletinView) -> dict[str, Any]:
    """The ranking as plain values."""
    ranking = view.ranking
    return {
        "schema": SCHEMA,
        "district": ranking.district,
        "period": ranking.period,
        "kind": ranking.unit_kind,
        "version": ranking.version,
        "state": ranking.state,
        "computed_at": _moment(ranking.computed_at),
        "objections_until": _moment(ranking.objections_until),
        "final_at": _moment(ranking.final_at),
        "rubric": ranking.rubric,
        "policy": ranking.policy,
        "inputs_hash": ranking.inputs_hash,
        "audit_root": ranking.audit_root,
        "components": list(ranking.components),
        "absent": list(ranking.absent),
        "categories": list(ranking.categories),
        "rows": [_row(view, row) for row in ranking.rows],
        "flag": _flag(view.flag),
        "flags": [{"month": str(month), "flag": _flag(flag)} for month, flag in view.flags.items()],
        "prizes": _prizes(view),
        "last_places": [_last_place(each) for each in view.last_places],
    }


def table_csv(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """A table as CSV, with the mark by which spreadsheets know UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_harmless(heading) for heading in headings])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _row(view: BulletinView, row: RankingRow) -> dict[str, Any]:
    order = {each.standing.unit_id: each.order for each in view.eligibility}
    return {
        "unit_id": row.unit_id,
        "unit": row.unit,
        "rank": row.rank,
        "tied": row.tied,
        "score": _points(row.score),
        "components": {name: _points(part) for name, part in row.components.items()},
        "categories": {
            name: _points(part) for name, part in zip(view.ranking.categories, row.categories, strict=False)
        },
        "tie_line": row.tie_line,
        "sheets": row.sheets,
        "dropped": [_points(each) for each in row.dropped],
        "quarters": None if row.quarters is None else {"ranked": row.quarters[0], "held": row.quarters[1]},
        "prize_fen": None if view.rewards is None else view.prizes.get(row.unit_id, 0),
        "eligible": None if not view.eligibility else row.unit_id not in view.disqualified,
        "honours_order": order.get(row.unit_id),
    }


def _points(hundredths: Fraction | None) -> dict[str, str] | None:
    return None if hundredths is None else {"exact": str(hundredths / 100), "rounded": display(hundredths)}


def _flag(flag: FlagMonth | None) -> dict[str, Any] | None:
    if flag is None:
        return None
    return {"given_to": list(flag.given_to), "before": list(flag.before), "holders": list(flag.holders)}


def _prizes(view: BulletinView) -> dict[str, int] | None:
    told = view.rewards
    if told is None:
        return None
    sums = {"budget_fen": told.budget, "paid_fen": told.paid, "remainder_fen": told.remainder}
    return sums | {"excess_fen": told.excess, "unclaimed_fen": told.unclaimed}


def _last_place(place: LastPlace) -> dict[str, Any]:
    return {
        "unit_id": place.unit_id,
        "count": place.count,
        "quarters": [str(each.quarter) for each in place.streak],
        "step": place.step,
        "next_step": place.next_step,
        "due": None if place.due is None else place.due.isoformat(),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _harmless(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_DANGEROUS) else text
