"""Any sequence of taps, with repeats, is the last mark per item, on a real file."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from databases import opened
from district import CHAT, NOON, District, found_district, shipped_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actions import marking
from core.sheet import legal_points
from core.store.engine import Db

RUBRIC = shipped_rules().rubric
# None stands for 不适用.
TAPS = st.lists(
    st.sampled_from(RUBRIC.items[:4]).flatmap(
        lambda item: st.tuples(
            st.just(item.number), st.sampled_from([None, *legal_points(item, RUBRIC.step)]), st.integers(1, 3)
        )
    ),
    max_size=15,
)


def tap_all(db: Db, district: District, sheet_id: int, taps: list[tuple[int, int | None, int]]) -> None:
    """Every tap, as often as it is repeated."""
    for item, points, repeats in taps:
        for _ in range(repeats):
            if points is None:
                marking.set_not_applicable(db, district.zhou, sheet_id, item, "没有这项工作", NOON)
            else:
                marking.set_mark(db, district.zhou, CHAT, sheet_id, item, points, NOON)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=TAPS)
def test_the_last_mark_of_each_item_holds(migrated_sqlite: Path, taps: list[tuple[int, int | None, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(migrated_sqlite, folder)
        with opened(f"sqlite:///{path}") as database:
            district = found_district(database)
            sheet_id = district.hand_out()
            district.act(tap_all, district, sheet_id, taps)
            marks = district.sees(sheet_id).sheet.marks
            last = {item: points for item, points, _ in taps}
            assert {mark.item: mark.points for mark in marks.values()} == last
            # What changed nothing is no act, and the chain holds.
            changes = sum(1 for index, tap in enumerate(taps) if _before(taps, index) != tap[1:2])
            assert len(district.chain(sheet_id)) == changes


def _before(taps: list[tuple[int, int | None, int]], index: int) -> tuple[int | None, ...]:
    """What the item of this tap had before it: nothing, or its last tap's points."""
    earlier = [points for item, points, _ in taps[:index] if item == taps[index][0]]
    return tuple(earlier[-1:])
