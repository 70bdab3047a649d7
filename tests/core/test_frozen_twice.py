"""The same inputs, the same bytes, the same root: rankings frozen twice, at another time and in another district.

What a ranking says follows from its marks alone. What it was computed from is pinned by the heads of audit chains,
which hold who did what and when: of marks that came in another order the body is the same to the byte, and the root is
not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest
from district import LONG_AGO, SHANGHAI, later, moment, shipped_rules
from golden_deeds import hands_in
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core import audit
from core.actions import district as districts
from core.actions import rounds
from core.actions.computing import freeze
from core.actions.ranking_inputs import of_round
from core.periods import Period
from core.rubric import UnitKind
from core.store import people, units
from core.store import rounds as stored
from core.store.engine import Database, Db
from core.store.rankings import RankingRecord

QUARTER = Period.parse("2013-Q2")
BEGINS, OVER = moment("2013-06-20 08:00"), moment("2013-07-01 09:00")
UNITS = ("甲", "乙", "丙", "丁")
RATERS = range(6)
"""Enough that a department's lowest and highest sheet are dropped."""


@dataclass(frozen=True)
class Handed:
    """A sheet: how many whole points each item lost, None where it is not applicable."""

    unit: str
    rater: int
    lost: Mapping[int, int | None]


LOST = st.dictionaries(st.integers(1, 15), st.none() | st.just(0) | st.just(1), max_size=4)
SHEETS = st.lists(
    st.builds(Handed, st.sampled_from(UNITS), st.sampled_from(RATERS), LOST),
    unique_by=lambda each: (each.unit, each.rater),
    max_size=18,
)
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
"""Every example leaves the database as empty as it found it."""
KINDS = st.sampled_from(["township", "department"])
SPREAD = [Handed("甲", rater, {2: rater % 2, 10: 1}) for rater in RATERS]
"""Equal totals among them: which of the equals are dropped must not depend on who came first."""


Frozen = tuple[RankingRecord, RankingRecord]


class _UndoneError(Exception):
    """Leaves a database as empty as it was."""


def frozen_twice(database: Database, kind: UnitKind, handed: Sequence[Handed]) -> Frozen:
    """A quarter whose sheets were handed out and in in this order, a minute after each other, in an empty database."""
    found: list[Frozen] = []

    def act(db: Db) -> None:
        found.append(_ranked(db, kind, handed))
        raise _UndoneError

    with pytest.raises(_UndoneError), database.transaction() as db:
        act(db)
    return found[0]


def _ranked(db: Db, kind: UnitKind, handed: Sequence[Handed]) -> Frozen:
    rule = shipped_rules(kind)
    district_id = districts.first_district(db, "荷塘区", str(SHANGHAI), "zh").id
    own = {name: units.add_unit(db, district_id, name, kind, name, name, LONG_AGO) for name in UNITS}
    raters = [people.add_person(db, district_id, f"评委{number}", None, "zh") for number in RATERS]
    ends = QUARTER.ends_at(SHANGHAI)
    round_id = rounds.open_round(db, district_id, QUARTER, kind, rule, BEGINS.now, ends)
    for minutes, each in enumerate(handed):
        sheet_id = rounds.hand_out(db, round_id, own[each.unit], raters[each.rater])
        hands_in(db, rule.rubric, sheet_id, each.lost, raters[each.rater], later(BEGINS, minutes=minutes))
    once, again = (
        freeze(db, of_round(db, stored.known(db, round_id), at), None, at) for at in (OVER, later(OVER, hours=5))
    )
    return once, again


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(kind=KINDS, handed=SHEETS, data=st.data())
def test_the_order_in_which_sheets_are_handed_in_changes_no_byte(
    sqlite: Database, kind: UnitKind, handed: list[Handed], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(handed))
    (first, _), (other, _) = (frozen_twice(sqlite, kind, each) for each in (handed, shuffled))
    assert first.body == other.body


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(kind=KINDS, handed=SHEETS)
@example(kind="department", handed=SPREAD)
def test_the_same_rows_give_the_same_bytes_hashes_and_root(
    sqlite: Database, kind: UnitKind, handed: list[Handed]
) -> None:
    (first, twice), (elsewhere, _) = (frozen_twice(sqlite, kind, handed) for _ in range(2))
    # Another version of the same, computed at another time.
    assert twice == replace(first, id=twice.id, version=2, computed_at=twice.computed_at)
    assert elsewhere == first


def test_another_mark_is_another_body_and_another_time_another_root(sqlite: Database) -> None:
    first, _ = frozen_twice(sqlite, "department", SPREAD)
    changed, _ = frozen_twice(sqlite, "department", [replace(SPREAD[0], lost={3: 1}), *SPREAD[1:]])
    turned, _ = frozen_twice(sqlite, "department", SPREAD[::-1])
    assert first.body != changed.body
    assert first.body == turned.body
    assert len({each.audit_root for each in (first, changed, turned)}) == 3
    assert first.audit_root != audit.root([])
