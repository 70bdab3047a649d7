"""The life of a ranking: due, held or published, open to objections, final, and taken the place of."""

from __future__ import annotations

from fractions import Fraction

import pytest
from assessed import assessed, beats, falls_due, opens, scored
from district import GROUP, District, moment
from inviting_office import letters

from core.actions import admission, publishing, ranking
from core.actions.awarding import awards_of
from core.actions.door import Moment
from core.actions.ranking_inputs import of_round
from core.errors import NotAllowed, NothingHeld
from core.periods import Period
from core.rubric import UnitKind
from core.snapshots import RankingView
from core.store import objections, rankings, rounds, sheets, units
from core.store.engine import Db
from core.store.objections import ObjectionRecord

FIRST, FIFTH = moment("2013-07-01 09:00"), "2013-07-05 00:00"
"""Q2 is ranked on Monday 1 July; the third working day after it, 4 July, ends at the second."""
Q2 = "2013-Q2"
THREE = {"仙庾镇": 0, "月塘街道": 100, "明照乡": 200}


def view(office: District, period: str, kind: UnitKind = "township") -> RankingView:
    return office.act(ranking.newest_ranking, office.id, period, kind)


def told(office: District, name: str) -> list[dict[str, object]]:
    """The letters and bulletins of this name, in order."""
    return [each for each in letters(office) if each["name"] == name]


@pytest.fixture
def grouped(office: District) -> District:
    """An office whose group is bound."""
    office.act(units.bind_group, office.id, GROUP, None)
    return office


def test_a_quarter_is_open_to_objections_for_three_working_days(grouped: District) -> None:
    assessed(grouped, Q2, THREE)
    falls_due(grouped, "quarterly", FIRST)
    found = view(grouped, Q2)
    assert (found.state, found.version) == ("provisional", 1)
    assert found.objections_until == moment("2013-07-05 00:00").now
    assert [(row.unit, row.rank, row.score) for row in found.rows] == [
        ("仙庾镇", 1, Fraction(10000)),
        ("月塘街道", 2, Fraction(9900)),
        ("明照乡", 3, Fraction(9800)),
    ]
    assert grouped.act(awards_of, grouped.id).rewards == ()
    beats(grouped, "2013-07-04 23:59")
    assert view(grouped, Q2).state == "provisional"
    beats(grouped, FIFTH)
    final = view(grouped, Q2)
    assert (final.state, final.final_at) == ("final", moment(FIFTH).now)
    (quarter,) = grouped.act(awards_of, grouped.id).rewards
    assert sorted(quarter.rewards.shares.values()) == [100_000, 200_000, 300_000]
    assert [each["ranking"] for each in told(grouped, "ranking_bulletin")] == [found.ranking_id] * 2
    beats(grouped, "2013-07-06 10:00")
    assert len(told(grouped, "ranking_bulletin")) == 2


def test_a_month_is_final_at_once_and_its_winner_is_asked_for_a_talk(grouped: District) -> None:
    for unit in THREE:
        grouped.submitted(unit, {4: 0} if unit != "仙庾镇" else None)
    falls_due(grouped, "monthly", FIRST)
    found = view(grouped, "2013-06")
    assert (found.state, found.flag) == ("final", ("仙庾镇",))
    assert [each["unit"] for each in told(grouped, "talk_asked")] == ["仙庾镇"]


def test_what_lacks_something_is_held_until_an_admin_lets_it_through(grouped: District) -> None:
    held = assessed(grouped, Q2, {"仙庾镇": 0, "月塘街道": 100})
    scored(held, "仙庾镇", handed_in=False)
    falls_due(grouped, "quarterly", FIRST)
    beats(grouped, "2013-07-01 09:10")
    (asked,) = told(grouped, "ranking_held")
    assert asked["units"] == ["明照乡"]
    assert [unit for unit, _ in asked["sheets"]] == ["仙庾镇"]  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        grouped.act(admission.let_through, grouped.liu, Period.parse(Q2), "township", FIRST)
    for _ in range(2):
        grouped.act(admission.let_through, grouped.tang, Period.parse(Q2), "township", moment("2013-07-01 10:00"))
    beats(grouped, "2013-07-01 10:00")
    assert {row.unit: row.rank for row in view(grouped, Q2).rows} == {"仙庾镇": 1, "月塘街道": 2, "明照乡": None}
    # The office took its time; the bot was there.
    assert not told(grouped, "ranking_bulletin")[0]["late"]
    with pytest.raises(NothingHeld):
        grouped.act(admission.let_through, grouped.tang, Period.parse(Q2), "township", moment("2013-07-01 10:05"))


def test_a_round_that_closes_again_is_asked_about_again(grouped: District) -> None:
    held = assessed(grouped, Q2, {"仙庾镇": 0})
    falls_due(grouped, "quarterly", FIRST)
    later = moment("2013-07-03 00:00").now
    grouped.act(lambda db: rounds.set_closing(db, rounds.known(db, held.round_id), later))
    beats(grouped, "2013-07-02 12:00")
    assert len(told(grouped, "ranking_held")) == 1
    beats(grouped, "2013-07-03 00:00")
    assert len(told(grouped, "ranking_held")) == 2


def test_departments_are_trimmed_and_too_few_townships_rank_none(grouped: District) -> None:
    held = opens(grouped, Q2, "department")
    for points in (0, 50, 100, 100, 200):
        scored(held, "区民政局", {1: points})
    falls_due(grouped, "quarterly", FIRST)
    (row,) = view(grouped, Q2, "department").rows
    assert (row.rank, row.sheets, len(row.dropped)) == (1, 5, 2)
    assert grouped.act(awards_of, grouped.id).rewards == ()


def test_the_office_hears_how_many_sheets_a_department_lacks(grouped: District) -> None:
    held = opens(grouped, Q2, "department")
    for points in (0, 50):
        scored(held, "区民政局", {1: points})
    falls_due(grouped, "quarterly", FIRST)
    (asked,) = (each for each in told(grouped, "ranking_held") if each["kind"] == "department")
    assert (asked["units"], asked["short"], asked["least"]) == ([], [["区民政局", 2]], 3)
    grouped.act(admission.let_through, grouped.tang, Period.parse(Q2), "department", moment("2013-07-01 10:00"))
    beats(grouped, "2013-07-01 10:00")
    found = view(grouped, Q2, "department")
    (row,) = found.rows
    assert (found.least, found.is_short(row)) == (3, True)


def test_the_half_year_waits_for_the_second_quarter_to_be_final(grouped: District) -> None:
    assessed(grouped, "2013-Q1", THREE)
    falls_due(grouped, "quarterly", moment("2013-04-01 09:00"))
    beats(grouped, "2013-04-10 00:00")
    assert view(grouped, "2013-Q1").state == "final"
    assessed(grouped, Q2, {"仙庾镇": 400, "月塘街道": 100, "明照乡": 200})
    falls_due(grouped, "quarterly", FIRST)
    falls_due(grouped, "half_year", moment("2013-07-01 10:00"))
    assert grouped.act(rankings.newest, grouped.id, "2013-H1", "township") is None
    beats(grouped, FIFTH)
    beats(grouped, "2013-07-05 00:01")
    found = view(grouped, "2013-H1")
    assert found.state == "final"
    (bulletin,) = (each for each in told(grouped, "ranking_bulletin") if each["ranking"] == found.ranking_id)
    assert not bulletin["late"]
    assert [(row.unit, row.score, row.quarters) for row in found.rows] == [
        ("月塘街道", Fraction(9900), (2, 2)),
        ("仙庾镇", Fraction(9800), (2, 2)),
        ("明照乡", Fraction(9800), (2, 2)),
    ]


def test_only_what_fell_due_while_the_bot_was_down_comes_late(grouped: District) -> None:
    held = assessed(grouped, Q2, THREE)
    falls_due(grouped, "quarterly", moment("2013-07-02 08:00"))
    assert [each["late"] for each in told(grouped, "ranking_bulletin")] == [True]
    later = moment("2013-07-03 00:00").now
    grouped.act(lambda db: rounds.set_closing(db, rounds.known(db, held.round_id), later))
    beats(grouped, "2013-07-03 09:00")
    assert [each["late"] for each in told(grouped, "ranking_bulletin")] == [True, False]


def corrects(office: District, period: str, unit: str, item: int, points: int, at: Moment) -> None:
    """A mark of the unit's only sheet is another by now, and the ranking comes out anew."""

    def act(db: Db) -> None:
        found = rounds.find(db, office.id, period, "township")
        assert found is not None
        own = sheets.of_round(db, office.id, found.id, at.today)
        (sheet_id,) = (each.id for each in own if each.unit_id == office.units[unit])
        db.exec_driver_sql("UPDATE mark SET points = ? WHERE item = ? AND sheet_id = ?", (points, item, sheet_id))
        publishing.publish(db, units.district(db, office.id), of_round(db, found, at), at)

    office.act(act)


def test_a_final_that_is_corrected_is_superseded_and_everything_is_derived_anew(grouped: District) -> None:
    for period, due, over in (("2013-Q1", "2013-04-01 09:00", "2013-04-10 00:00"), (Q2, "2013-07-01 09:00", FIFTH)):
        assessed(grouped, period, THREE)
        falls_due(grouped, "quarterly", moment(due))
        beats(grouped, over)
    falls_due(grouped, "half_year", moment("2013-07-05 10:00"))
    first = view(grouped, Q2)
    corrects(grouped, Q2, "明照乡", 10, 600, moment("2013-07-20 10:00"))
    second = view(grouped, Q2)
    assert (second.version, second.state) == (2, "final")
    assert second.final_at == moment("2013-07-20 10:00").now
    old = grouped.act(rankings.known, first.ranking_id)
    assert (old.state, old.final_at) == ("superseded", moment(FIFTH).now)
    bulletin = [each for each in told(grouped, "ranking_bulletin") if each["ranking"] == second.ranking_id]
    assert bulletin[0]["replaced"] == first.ranking_id
    prizes = [each for each in bulletin[0]["changes"] if each["what"] == "prize"]  # type: ignore[attr-defined]
    unit = grouped.units["明照乡"]
    assert {"what": "prize", "period": Q2, "unit": unit, "before": 100_000, "after": 250_000} in prizes
    # What rests on the quarter comes out anew, too.
    half = view(grouped, "2013-H1")
    assert half.version == 2
    assert next(row.score for row in half.rows if row.unit == "明照乡") == Fraction(9900)


def test_an_open_objection_keeps_a_ranking_provisional(grouped: District) -> None:
    assessed(grouped, Q2, THREE)
    falls_due(grouped, "quarterly", FIRST)
    found = view(grouped, Q2)
    unit, person = grouped.units["月塘街道"], grouped.liu.person_id
    record = ObjectionRecord(0, grouped.id, found.ranking_id, unit, person, None, "10", "资料已补", FIRST.now, "open")
    raised = grouped.act(objections.raise_objection, record)
    corrects(grouped, Q2, "明照乡", 10, 600, moment("2013-07-02 10:00"))
    assert (view(grouped, Q2).version, view(grouped, Q2).state) == (2, "provisional")
    beats(grouped, FIFTH)
    assert view(grouped, Q2).state == "provisional"
    grouped.act(objections.decide, raised, "rejected", "已核实", grouped.tang.person_id, moment(FIFTH).now)
    beats(grouped, "2013-07-05 00:01")
    assert (view(grouped, Q2).version, view(grouped, Q2).state) == (2, "final")


def test_a_year_weighs_its_quarters_and_january(grouped: District) -> None:
    for number, (due, over) in enumerate((("04-01", "04-10"), ("07-01", "07-10"), ("10-01", "10-20")), start=1):
        assessed(grouped, f"2013-Q{number}", THREE)
        falls_due(grouped, "quarterly", moment(f"2013-{due} 09:00"))
        beats(grouped, f"2013-{over} 10:00")
    assessed(grouped, "2013", {"仙庾镇": 300, "月塘街道": 0, "明照乡": 0})
    falls_due(grouped, "annual", moment("2014-01-16 09:00"))
    found = view(grouped, "2013")
    assert found.components == ("quarters", "january")
    assert [(row.unit, row.score, row.quarters) for row in found.rows] == [
        ("月塘街道", Fraction(9950), (3, 3)),
        ("明照乡", Fraction(9900), (3, 3)),
        ("仙庾镇", Fraction(9850), (3, 3)),
    ]
    assert found.state == "provisional"


def test_without_known_holidays_the_time_for_objections_ends_only_once_they_are_entered(grouped: District) -> None:
    assessed(grouped, "2031-Q2", THREE)
    falls_due(grouped, "quarterly", moment("2031-07-01 09:00"))
    assert view(grouped, "2031-Q2").objections_until is None
    beats(grouped, "2031-09-01 09:00")
    assert view(grouped, "2031-Q2").state == "provisional"


def test_a_period_that_nobody_assessed_is_told_to_the_office(grouped: District) -> None:
    falls_due(grouped, "quarterly", FIRST)
    falls_due(grouped, "quarterly", FIRST)
    (letter,) = told(grouped, "no_round")
    assert (letter["period"], letter["kinds"]) == (Q2, ["township", "department"])
