"""What an admin does with rounds: every act sets, is audited, told, and refused where it would be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from district import FIRST_OF_JULY, JUNE, NOON, SHANGHAI, District, later, moment, shipped_rules
from roster_rows import assign
from test_actions_handing_out import LIU, LUO, ZHOU, handed, owed

from core import audit
from core.actions import round_desk, rounds, submitting
from core.actions.computing import compute_monthly
from core.actions.marking import fill_rest
from core.actions.rounds import Plan
from core.errors import (
    BadPeriod,
    ClosingPast,
    ClosingTooLate,
    FocusEmpty,
    FocusFixed,
    NoSuchItem,
    NoSuchRound,
    NotAllowed,
    RankingFinal,
    RoundClosed,
    RoundExists,
    RoundNotOver,
)
from core.periods import Period
from core.rubric_files import SHIPPED
from core.store import audit_log, rankings, units
from core.store.engine import Db
from core.store.tables import Ranking, table_of

RULES = rounds.rule_set(SHIPPED)
CLOSES = JUNE.ends_at(SHANGHAI)
LATEST = moment("2013-08-01 00:00").now
ITEMS = len(shipped_rules().rubric.items)


def acts(on: District, round_id: int | None = None) -> list[str]:
    """What was done to a round since the story began; the hashes are verified on the way."""
    links = on.act(audit_log.links, f"round:{round_id or on.round_id}")
    assert audit.verify(links) is None
    opened, *since = [link.entry for link in links]
    assert opened["act"] == "open"
    # The sheets that a test hands out one by one are nobody's act.
    return [str(each["act"]) for each in since if each["act"] != "hand_out" or each["person"] is not None]


def make_provisional(db: Db) -> None:
    """Every ranking there is can be objected to."""
    db.execute(table_of(Ranking).update().values(state="provisional"))


def test_only_the_office_manages_rounds(district: District) -> None:
    plan = Plan(Period.parse("2013-Q2"), "township", CLOSES)
    for actor in (district.zhou, district.liu):
        for refused in (
            lambda db, who=actor: round_desk.rounds_of(db, who, NOON),
            lambda db, who=actor: round_desk.set_closing(db, who, district.round_id, LATEST, NOON),
            lambda db, who=actor: round_desk.close_early(db, who, district.round_id, NOON),
            lambda db, who=actor: round_desk.set_focus(db, who, district.round_id, 4, NOON, counts=True),
            lambda db, who=actor: round_desk.supply(db, who, district.round_id, NOON),
            lambda db, who=actor: round_desk.open_by_hand(db, who, RULES, plan, NOON),
        ):
            with pytest.raises(NotAllowed):
                district.act(refused)


def test_the_list_shows_open_rounds_first_and_then_the_newest(either_district: District) -> None:
    tang = either_district.tang
    for key, opens in (("2013-04", "2013-04-01 08:00"), ("2013-05", "2013-05-01 08:00")):
        period = Period.parse(key)
        rule = shipped_rules()
        closes = period.ends_at(SHANGHAI)
        either_district.act(rounds.open_round, either_district.id, period, "township", rule, moment(opens).now, closes)
    either_district.hand_out()
    either_district.submitted("月塘街道")
    views = either_district.act(round_desk.rounds_of, tang, NOON)
    assert [view.period for view in views] == ["2013-06", "2013-05", "2013-04"]
    assert (views[0].sheets, views[0].submitted, views[0].is_open, views[0].focus_fixed) == (2, 1, True, True)
    assert (views[1].sheets, views[1].submitted, views[1].is_open, views[1].focus_fixed) == (0, 0, False, False)
    assert [f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" for at in views[0].closings] == [
        "07-02 00:00",
        "07-04 00:00",
        "07-08 00:00",
    ]


def test_another_districts_round_does_not_exist(district: District) -> None:
    other = district.act(units.add_district, "芦淞区", str(SHANGHAI), "zh")
    closes = JUNE.ends_at(SHANGHAI)
    theirs = district.act(rounds.open_round, other, JUNE, "township", shipped_rules(), NOON.now, closes)
    for round_id in (theirs, 404):
        with pytest.raises(NoSuchRound):
            district.act(round_desk.round_of, district.tang, round_id, NOON)
        with pytest.raises(NoSuchRound):
            district.act(round_desk.close_early, district.tang, round_id, NOON)


def test_a_round_is_extended_once_however_often_the_button_is_tapped(either_district: District) -> None:
    either_district.hand_out()
    until = CLOSES + timedelta(days=3)
    tang, round_id = either_district.tang, either_district.round_id
    for _ in range(2):
        view = either_district.act(round_desk.set_closing, tang, round_id, until, NOON)
        assert view.closes_at == until
    assert acts(either_district) == ["extend"]
    told = {"name": "round_rescheduled", "round": round_id, "is_over": False}
    assert owed(either_district, NOON) == [(ZHOU, told)]


@pytest.mark.parametrize(
    ("until", "refusal"), [(NOON.now, ClosingPast), (LATEST + timedelta(minutes=1), ClosingTooLate)]
)
def test_a_round_ends_neither_in_the_past_nor_beyond_the_next_period(
    district: District, until: datetime, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        district.act(round_desk.set_closing, district.tang, district.round_id, until, NOON)
    assert district.act(round_desk.set_closing, district.tang, district.round_id, LATEST, NOON).closings == ()


def test_closing_early_seals_at_once_and_tells_who_is_not_finished(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    tang, round_id = either_district.tang, either_district.round_id
    for minutes in (0, 5):
        either_district.act(round_desk.close_early, tang, round_id, later(NOON, minutes=minutes))
    with pytest.raises(RoundClosed):
        either_district.tap(sheet_id, 1, 200)
    assert acts(either_district) == ["close"]
    told = {"name": "round_rescheduled", "round": round_id, "is_over": True}
    assert owed(either_district, later(NOON, minutes=5)) == [(ZHOU, told)]


def test_a_closed_round_is_reopened_from_today_on(district: District) -> None:
    sheet_id = district.hand_out()
    second = moment("2013-07-02 15:00")
    view = district.act(round_desk.round_of, district.tang, district.round_id, second)
    assert view.closings[0] == moment("2013-07-03 00:00").now
    district.act(round_desk.set_closing, district.tang, district.round_id, view.closings[0], second)
    assert district.tap(sheet_id, 1, 200, second).view.sheet.marked_count == 1
    assert acts(district) == ["reopen"]


def test_a_final_ranking_leaves_its_round_alone(district: District) -> None:
    assert district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY) is not None
    view = district.act(round_desk.round_of, district.tang, district.round_id, FIRST_OF_JULY)
    assert view.is_final
    for refused in (
        lambda db: round_desk.set_closing(db, district.tang, district.round_id, LATEST, FIRST_OF_JULY),
        lambda db: round_desk.close_early(db, district.tang, district.round_id, FIRST_OF_JULY),
        lambda db: round_desk.set_focus(db, district.tang, district.round_id, 4, FIRST_OF_JULY, counts=True),
    ):
        with pytest.raises(RankingFinal):
            district.act(refused)


def test_a_provisional_ranking_gets_its_next_version_after_its_round_was_reopened(either_district: District) -> None:
    sheet_id = either_district.hand_out("仙庾镇")
    tang, round_id = either_district.tang, either_district.round_id
    first = either_district.act(compute_monthly, either_district.id, JUNE, FIRST_OF_JULY)
    assert first is not None
    either_district.act(make_provisional)
    until = moment("2013-07-02 00:00")
    either_district.act(round_desk.set_closing, tang, round_id, until.now, FIRST_OF_JULY)
    with pytest.raises(RoundNotOver):
        either_district.act(compute_monthly, either_district.id, JUNE, FIRST_OF_JULY)
    either_district.act(fill_rest, either_district.zhou, sheet_id, FIRST_OF_JULY)
    either_district.act(submitting.submit, either_district.zhou, sheet_id, FIRST_OF_JULY)
    for _ in range(2):
        second = either_district.act(compute_monthly, either_district.id, JUNE, until)
        assert second is not None
        assert (first.version, second.version, second.rows[0].unit) == (1, 2, "仙庾镇")
    old = either_district.act(rankings.find, first.ranking_id)
    assert old is not None

    assert old.state == "superseded"


def test_the_focus_is_chosen_item_by_item(either_district: District) -> None:
    tang, round_id = either_district.tang, either_district.round_id

    def chosen(item: int, *, counts: bool) -> list[int] | None:
        focus = either_district.act(round_desk.set_focus, tang, round_id, item, NOON, counts=counts).focus
        return None if focus is None else sorted(focus)

    assert chosen(4, counts=True) == [4]
    assert chosen(4, counts=True) == [4]
    assert chosen(10, counts=True) == [4, 10]
    assert chosen(4, counts=False) == [10]
    with pytest.raises(FocusEmpty):
        chosen(10, counts=False)
    assert chosen(0, counts=True) is None
    assert chosen(4, counts=False) == [1, 2, 3, *range(5, ITEMS + 1)]
    with pytest.raises(NoSuchItem):
        chosen(ITEMS + 1, counts=True)
    assert acts(either_district) == ["focus"] * 5


def test_the_focus_is_fixed_once_a_sheet_was_handed_in_or_the_round_is_over(district: District) -> None:
    with pytest.raises(RoundClosed):
        district.act(round_desk.set_focus, district.tang, district.round_id, 4, FIRST_OF_JULY, counts=True)
    district.submitted("仙庾镇")
    with pytest.raises(FocusFixed):
        district.act(round_desk.set_focus, district.tang, district.round_id, 4, NOON, counts=True)
    assert acts(district) == []


def test_missing_sheets_are_handed_out_by_hand(district: District) -> None:
    assign(district, "zhou", "仙庾镇")
    assign(district, "luo", "仙庾镇")
    tang, round_id = district.tang, district.round_id
    assert len(district.act(round_desk.supply, tang, round_id, NOON).sheet_ids) == 2
    assert district.act(round_desk.supply, tang, round_id, NOON).sheet_ids == ()
    assert acts(district) == ["hand_out"]
    letter = {"name": "round_opened", "round": round_id}
    assert owed(district, NOON) == [(ZHOU, letter), (LUO, letter)]
    with pytest.raises(RoundClosed):
        district.act(round_desk.supply, tang, round_id, FIRST_OF_JULY)


def test_a_round_opened_by_hand_is_there_once(either_district: District) -> None:
    tang = either_district.tang
    plan = Plan(Period.parse("2013-Q2"), "department", CLOSES)
    view = either_district.act(round_desk.open_by_hand, tang, RULES, plan, NOON)
    assert (view.period, view.unit_kind, view.is_open, view.sheets) == ("2013-Q2", "department", True, 3)
    assert acts(either_district, view.round_id) == ["hand_out"]
    assert len(handed(either_district, view.round_id)) == 3
    assert LIU in [chat for chat, _ in owed(either_district, NOON)]
    with pytest.raises(RoundExists):
        either_district.act(round_desk.open_by_hand, tang, RULES, plan, NOON)


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (Plan(Period.parse("2013-05"), "department", CLOSES), BadPeriod),
        (Plan(Period.parse("2013-H1"), "township", CLOSES), BadPeriod),
        (Plan(Period.parse("2013-05"), "township", NOON.now), ClosingPast),
    ],
)
def test_a_round_that_the_policy_does_not_hold_is_not_opened(
    district: District, plan: Plan, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        district.act(round_desk.open_by_hand, district.tang, RULES, plan, NOON)


def test_what_can_be_opened_is_what_is_not_there(district: District) -> None:
    views = district.act(round_desk.rounds_of, district.tang, NOON)
    found = [(str(period), kind) for period, kind in round_desk.proposals(RULES, views, NOON)]
    assert found == [
        ("2013-05", "township"),
        ("2013-Q2", "township"),
        ("2013-Q2", "department"),
        ("2013-Q1", "township"),
        ("2013-Q1", "department"),
        ("2013", "township"),
        ("2013", "department"),
        ("2012", "township"),
        ("2012", "department"),
    ]
