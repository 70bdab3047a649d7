"""How far a round is, and reminding: only who is not finished, and nobody twice in two hours."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from district import FIRST_OF_JULY, NOON, District, later
from sqlalchemy import select, update
from townships import departments

from core.actions import progress, round_desk, skipping
from core.errors import NoSuchRound, NotAllowed, RoundClosed
from core.progress import Advance, Nudged, ProgressView
from core.store import audit_log
from core.store.tables import Outbox, Person, table_of


def seen(district: District, round_id: int = 0) -> ProgressView:
    """What the admin sees."""
    return district.act(progress.progress, district.tang, round_id, NOON)


def letters(district: District) -> list[int]:
    """To whom reminders are owed, in their order."""
    table = table_of(Outbox)
    rows = district.act(lambda db: db.execute(select(table.c.chat_id, table.c.view).order_by(table.c.id)).all())
    return [row.chat_id for row in rows if json.loads(row.view)["name"] == "nudge"]


def test_a_round_tells_who_is_how_far(district: District) -> None:
    district.submitted("月塘街道", rater="luo")
    begun = district.hand_out("仙庾镇")
    district.tap(begun, 1, 200)
    district.hand_out("明照乡")
    view = seen(district)
    assert (view.round.period, view.items, view.is_open, view.others) == ("2013-06", 23, True, ())
    assert [(line.unit, line.advance, line.marked) for line in view.lines] == [
        ("月塘街道", Advance.SUBMITTED, 23),
        ("仙庾镇", Advance.UNDER_WAY, 1),
        ("明照乡", Advance.UNTOUCHED, 0),
    ]
    assert [line.is_owed for line in view.lines] == [False, True, True]
    assert view.count(Advance.SUBMITTED) == 1
    over = district.act(progress.progress, district.tang, 0, FIRST_OF_JULY)
    assert (over.is_open, over.lines[0].advance) == (False, Advance.SUBMITTED)


def test_units_that_nobody_has_a_sheet_for_are_named(district: District) -> None:
    district.hand_out("仙庾镇")
    district.hand_out("月塘街道", "luo")
    assert seen(district).unassessed == ("明照乡",)
    assert district.act(round_desk.round_of, district.tang, district.round_id, NOON).unassessed == ("明照乡",)
    district.hand_out("明照乡")
    assert seen(district).unassessed == ()


def test_the_round_that_closes_first_comes_first_and_the_others_are_named(district: District) -> None:
    first, *_ = departments(district, "甲局")
    district.act(skipping.skip, district.liu, first, NOON)
    view = seen(district)
    assert (view.round.unit_kind, [each.round_id for each in view.others]) == ("department", [district.round_id])
    assert view.lines[0].advance is Advance.SKIPPED
    assert seen(district, district.round_id).round.unit_kind == "township"


def test_who_is_not_finished_is_reminded_and_left_in_peace_for_two_hours(district: District) -> None:
    district.submitted("月塘街道", rater="luo")
    own, other = district.hand_out("仙庾镇"), district.hand_out("明照乡", "luo")

    def nudge(sheet_id: int, minutes: int = 0) -> Nudged:
        at = later(NOON, minutes=minutes)
        return district.act(progress.nudge, district.tang, district.round_id, sheet_id, at)

    assert nudge(own) == Nudged(1, 0, 0)
    assert nudge(own) == Nudged(0, 1, 0)
    assert nudge(0, 1) == Nudged(1, 1, 0)
    assert nudge(0, 119) == Nudged(0, 2, 0)
    assert nudge(0, 120) == Nudged(1, 1, 0)
    assert nudge(other, 121) == Nudged(1, 0, 0)
    zhou, luo = (district.people[name].telegram_id for name in ("zhou", "luo"))
    assert letters(district) == [zhou, luo, zhou, luo]
    acts = [link.entry["act"] for link in district.act(audit_log.links, f"round:{district.round_id}")]
    assert acts.count("nudge") == 4
    assert timedelta(hours=2) == progress.AGAIN_AFTER


def test_who_has_no_account_is_counted_and_nobody_is_reminded_of_what_is_over(district: District) -> None:
    sheet_id = departments(district, "甲局")[0]
    round_id = seen(district).round.round_id
    liu = district.liu.person_id
    person = table_of(Person)
    district.act(lambda db: db.execute(update(person).where(person.c.id == liu).values(telegram_id=None)))
    assert district.act(progress.nudge, district.tang, round_id, sheet_id, NOON) == Nudged(0, 0, 1)
    with pytest.raises(RoundClosed):
        district.act(progress.nudge, district.tang, district.round_id, 0, FIRST_OF_JULY)


def test_only_the_office_follows_progress(district: District) -> None:
    for act in (progress.progress, lambda db, actor, number, at: progress.nudge(db, actor, number, 0, at)):
        with pytest.raises(NotAllowed):
            district.act(act, district.zhou, district.round_id, NOON)
        with pytest.raises(NoSuchRound):
            district.act(act, district.tang, 99_999, NOON)


def test_without_any_round_there_is_no_progress(district: District) -> None:
    district.act(lambda db: db.exec_driver_sql("DELETE FROM round"))
    with pytest.raises(NoSuchRound):
        seen(district)
