"""A district of any size whose year is scored: sheets and marks written straight into its tables.

Answers for the same rows at every run. The marks follow from the numbers of unit, rater, period and item alone, so
that ranks differ and ties happen; about every fifth mark loses points and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.actions import rounds
from core.actions.rounds import Rules, rules_from
from core.periods import Period, PeriodKind
from core.rubric import Item
from core.rubric_files import SHIPPED, load_directory
from core.store import people, units
from core.store.engine import Db, open_database
from core.store.migrate import upgrade

from .year import ZONE, periods

_SINCE = date(2013, 1, 1)
_HEAD = "{:064x}"
_SHEETS = (
    "INSERT INTO sheet (id, round_id, unit_id, rater_person_id, state, submitted_at, version, audit_seq, audit_head)"
    " VALUES (?, ?, ?, ?, 'submitted', ?, 1, 25, ?)"
)
_MARKS = (
    "INSERT INTO mark (sheet_id, item, points, not_applicable, reason, bulk, person_id, marked_at)"
    " VALUES (?, ?, ?, 0, ?, 0, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large it is: units, raters of every monthly round, and of the quarterly and the January rounds."""

    units: int = 1000
    raters: int = 10
    other_raters: int = 2

    def sheets(self, period: Period) -> int:
        """How many sheets a unit gets in a period's round."""
        return self.raters if period.kind is PeriodKind.MONTH else self.other_raters


def build(path: Path, size: Size) -> int:
    """Write the district into a new SQLite file; gives the number of marks."""
    book = load_directory(SHIPPED)
    rules = rules_from(SHIPPED, book.rubrics["2013-township"], book.policies["2013-policy"])
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    with database.transaction() as db:
        district_id = units.add_district(db, "大区", str(ZONE), "zh")
        unit_ids = [
            units.add_unit(db, district_id, f"u{n:04}", "township", f"第{n:04}镇", f"{n:04}镇", _SINCE)
            for n in range(size.units)
        ]
        raters = [people.add_person(db, district_id, f"考核员{n:02}", None, "zh") for n in range(size.raters)]
        marks = 0
        for place, period in enumerate(periods()):
            marks += _score(db, district_id, rules, period, unit_ids, raters[: size.sheets(period)], place)
    database.close()
    return marks


def _score(
    db: Db, district_id: int, rules: Rules, period: Period, unit_ids: list[int], raters: list[int], place: int
) -> int:
    opens, closes = (datetime(*day.timetuple()[:3], tzinfo=ZONE).astimezone(UTC) for day in _days(period))
    round_id = rounds.open_round(db, district_id, period, "township", rules, opens, closes)
    first = db.exec_driver_sql("SELECT coalesce(max(id), 0) FROM sheet").scalar_one() + 1
    handed_in = opens.strftime("%Y-%m-%d %H:%M:%S.%f")
    sheets = [
        (first + unit * len(raters) + rater, round_id, unit_id, rater_id, handed_in, "")
        for unit, unit_id in enumerate(unit_ids)
        for rater, rater_id in enumerate(raters)
    ]
    db.exec_driver_sql(_SHEETS, [(*sheet[:5], _HEAD.format(sheet[0])) for sheet in sheets])
    for begin in range(0, len(sheets), 1000):
        db.exec_driver_sql(_MARKS, list(_marks(sheets[begin : begin + 1000], rules.rubric.items, place)))
    return len(sheets) * len(rules.rubric.items)


def _days(period: Period) -> tuple[date, date]:
    """From when to when a round is open; the year's in the January after it."""
    if period.kind is PeriodKind.YEAR:
        return period.last_day + timedelta(days=5), period.last_day + timedelta(days=16)
    return period.last_day - timedelta(days=10), period.last_day + timedelta(days=1)


def _marks(sheets: list[Any], items: tuple[Item, ...], place: int) -> Iterator[tuple[Any, ...]]:
    for sheet_id, _, unit_id, person_id, at, _ in sheets:
        for item in items:
            # Any mixing of the numbers does; this one loses points at every fifth mark or so.
            mixed = (unit_id * 7919 + person_id * 104729 + place * 1299709 + item.number * 15485863) % 9973
            lost = 50 * (1 + mixed % 3) if mixed % 5 == 0 else 0
            points = max(0, item.max_points - lost)
            yield sheet_id, item.number, points, "台账缺页" if lost else None, person_id, at
