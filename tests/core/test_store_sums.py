"""A round added up in the database comes to the same as its sheets, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

import pytest
from district import NOON, District
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import scoring
from core.actions import rounds
from core.rubric import Rubric
from core.scoring import RoundScore, SheetScore, group_score
from core.sheet import Mark, SheetState
from core.store import people, rules, sheets, sums
from core.store.engine import Db
from core.store.rounds import known

MARKS = st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=23, max_size=23)
"""The marks of a sheet in quarters of each item; None is not applicable."""


def rubric(office: District) -> Rubric:
    return office.act(lambda db: rules.rubric_of(db, known(db, office.round_id).rubric_hash))


def fill(db: Db, sheet_id: int, found: Rubric, marks: list[int | None]) -> None:
    for item, quarters in zip(found.items, marks, strict=True):
        points = None if quarters is None else quarters * item.max_points // 4
        sheets.set_mark(db, sheet_id, Mark(item.number, points, quarters is None, "", False), 1, NOON.now)
    sheets.set_submitted(db, sheet_id, 1, NOON.now)


def submit(office: District, unit: str, marks: list[int | None]) -> int:
    def act(db: Db) -> int:
        person = people.add_person(db, office.id, "评委", None, "zh")
        sheet_id = rounds.hand_out(db, office.round_id, office.units[unit], person)
        fill(db, sheet_id, found, marks)
        return sheet_id

    found = rubric(office)
    return office.act(act)


def one_by_one(office: District, focus: frozenset[int] | None) -> Mapping[int, list[SheetScore]]:
    found = rubric(office)
    scores: dict[int, list[SheetScore]] = defaultdict(list)
    for record in office.act(sheets.of_round, office.id, office.round_id, NOON.today):
        score = scoring.sheet_score(found, office.act(sheets.marks, record.id), focus)
        if record.state == SheetState.SUBMITTED and score is not None:
            scores[record.unit_id].append(score)
    return scores


def added_up(office: District, focus: frozenset[int] | None) -> dict[int, RoundScore]:
    found = rubric(office)
    groups = defaultdict(list)
    for each in office.act(lambda db: list(sums.unit_groups(db, office.round_id, found, focus))):
        groups[each.unit_id].append(each.group)
    return {unit: score for unit, each in groups.items() if (score := group_score(found, each)) is not None}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(st.tuples(st.sampled_from(("仙庾镇", "月塘街道")), MARKS), max_size=5),
    focus=st.one_of(st.none(), st.frozensets(st.integers(1, 23), min_size=1)),
)
def test_sums_are_the_mean_of_the_sheets(
    district: District, told: list[tuple[str, list[int | None]]], focus: frozenset[int] | None
) -> None:
    district.act(lambda db: db.exec_driver_sql("DELETE FROM mark"))
    district.act(lambda db: db.exec_driver_sql("DELETE FROM sheet"))
    for unit, marks in told:
        submit(district, unit, marks)
    expected = {unit: scoring.round_score(scores, 0) for unit, scores in one_by_one(district, focus).items()}
    assert added_up(district, focus) == expected


def test_both_databases_add_up_alike(either_district: District) -> None:
    submit(either_district, "仙庾镇", [4] * 23)
    submit(either_district, "仙庾镇", [None] + [2] * 22)
    submit(either_district, "月塘街道", [None] * 23)
    found = added_up(either_district, None)
    assert found == {either_district.units["仙庾镇"]: found[either_district.units["仙庾镇"]]}
    assert found[either_district.units["仙庾镇"]].score == Fraction(7500)
    assert len(either_district.act(sums.heads, either_district.round_id)) == 3


def test_by_sheet_every_sheet_is_told_for_itself(district: District) -> None:
    first, second = submit(district, "仙庾镇", [4] * 23), submit(district, "仙庾镇", [2] * 23)
    found = rubric(district)
    told = district.act(lambda db: list(sums.unit_groups(db, district.round_id, found, None, by_sheet=True)))
    assert [each.sheet_id for each in told] == [first, second]
    assert [sum(each.group.points) for each in told] == [10000, 5000]


def test_a_sheet_that_lacks_a_mark_is_no_zero(district: District) -> None:
    sheet_id = submit(district, "仙庾镇", [4] * 23)
    district.act(lambda db: db.exec_driver_sql("DELETE FROM mark WHERE sheet_id = ? AND item = 7", (sheet_id,)))
    with pytest.raises(ValueError, match="lacks a mark"):
        added_up(district, None)
    assert added_up(district, frozenset({1, 2}))
