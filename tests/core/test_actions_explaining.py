"""/why: of one's own unit, from what was published; of departments means only, and only of enough townships."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from assessed import assessed, beats, falls_due, opens, scored
from district import CHAT, FIRST_OF_JULY, JUNE, NOON, District, later, moment, shipped_rules
from explained import DUE, FOUR, MOST, NOTHING, ONE, OVER, Q1, Q2, explained, published, quarter, reasons

from core.actions import attaching, explaining, marking, submitting
from core.actions.computing import compute_monthly
from core.errors import NoReasonsYet, NoSuchEvidence, NoSuchUnit, NotAllowed, NoUnitToExplain, TooFewSheets
from core.people import Role
from core.store import evidence, rankings, rounds, units
from core.store.evidence import Piece
from core.why import Clause


def scored_by_townships(district: District, *points: int | None) -> None:
    """So many gave 区民政局 full marks but for item 1, which got these points (None: 不适用), and it is ranked."""
    held = opens(district, Q2, "department")
    for given in points:
        scored(held, "区民政局", {1: given})
    falls_due(district, "quarterly", FIRST_OF_JULY)


def test_a_township_is_told_its_rank_and_what_it_lost_with_reasons(district: District) -> None:
    district.submitted("仙庾镇", {4: 100, 15: 50})
    district.submitted("仙庾镇", {4: 0}, rater="luo")
    district.submitted("月塘街道")
    with pytest.raises(NoReasonsYet):
        explained(district, district.liu, "仙庾镇")
    district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY)
    found = explained(district, district.liu, "仙庾镇")
    told = reasons(found)
    assert (found.row.rank, told.sheets, told.counted, found.period, told.basis) == (2, 2, 2, "2013-06", "frozen")
    most = shipped_rules().rubric.item(4).max_points
    fourth = next(each for each in told.losses if each.item.number == 4)
    assert (fourth.mean, fourth.lost) == (Fraction(50), Fraction(most - 50))
    assert fourth.reasons == ("台账缺页",)
    assert sorted(each.item.number for each in told.losses) == [4, 15]
    assert [each.lost for each in told.losses] == sorted((each.lost for each in told.losses), reverse=True)
    assert told.score == told.max_points - sum(each.lost for each in told.losses)
    assert reasons(explained(district, district.tang, "月塘街道")).losses == ()
    unranked = explained(district, district.tang, "明照乡")
    assert (unranked.row.rank, unranked.reasons, unranked.above, unranked.below) == (None, None, None, None)


def test_everybody_asks_about_their_own_unit_and_the_office_about_any(district: District) -> None:
    with pytest.raises(NotAllowed):
        district.act(explaining.askable, district.zhou, "", NOON)
    mine = district.act(explaining.askable, district.liu, "", NOON)
    assert [unit.name for unit in mine] == ["仙庾镇"]
    with pytest.raises(NoSuchUnit):
        explained(district, district.liu, "月塘街道")
    with pytest.raises(NoUnitToExplain):
        district.act(explaining.askable, district.liu, "月塘", NOON)
    assert len(district.act(explaining.askable, district.tang, "", NOON)) == len(district.units)
    assert [unit.name for unit in district.act(explaining.askable, district.tang, "民政", NOON)] == ["区民政局"]
    assert Role.LIAISON in district.people["deng"].roles
    assert [unit.name for unit in district.act(explaining.askable, district.people["deng"], "", NOON)] == ["区民政局"]


def test_words_name_a_unit_and_a_period(four: District) -> None:
    quarter(four, Q1, FOUR)
    found = four.act(explaining.asked, four.tang, "仙庾镇 2013-q1", NOON)
    record = four.act(rankings.newest, four.id, Q1, "township")
    assert record is not None
    assert ([unit.name for unit in found.units], found.rankings) == (["仙庾镇"], {"township": record.id})
    own = four.act(explaining.asked, four.liu, Q1, NOON)
    assert [unit.name for unit in own.units] == ["仙庾镇"]
    assert len(four.act(explaining.asked, four.tang, Q1, NOON).units) == 4
    assert four.act(explaining.asked_of, four.tang, record.id, NOON).rankings == {"township": record.id}
    assert four.act(explaining.asked, four.tang, "仙庾镇", NOON).rankings == {}
    for words in (Q2, "仙庾镇 2013-Q2"):
        with pytest.raises(NoReasonsYet):
            four.act(explaining.asked, four.tang, words, NOON)
    with pytest.raises(NoUnitToExplain):
        four.act(explaining.asked_of, four.tang, 999, NOON)


def test_of_a_department_too_few_townships_tell_nothing(district: District) -> None:
    with pytest.raises(NoReasonsYet):
        explained(district, district.people["deng"], "区民政局")
    scored_by_townships(district, 500, 700)
    published(district, Q2, "department")
    for who in (district.people["deng"], district.tang):
        with pytest.raises(TooFewSheets):
            explained(district, who, "区民政局")


def test_of_a_department_only_means_are_told(district: District) -> None:
    scored_by_townships(district, 500, 700, 900)
    found = explained(district, district.people["deng"], "区民政局")
    told = reasons(found)
    (loss,) = told.losses
    assert (loss.item.number, loss.mean, loss.reasons) == (1, Fraction(700), ())
    assert (found.row.rank, told.sheets, told.counted, told.pieces) == (1, 3, 3, {})
    assert found.clauses == (Clause("department"),)
    own = district.units["区民政局"]
    _, pieces = district.act(explaining.evidence_of, district.people["deng"], own, found.ranking, 1, NOON)
    assert pieces == ()


def test_an_item_that_few_found_applicable_tells_nothing_of_them(district: District) -> None:
    scored_by_townships(district, 500, None, None)
    told = reasons(explained(district, district.people["deng"], "区民政局"))
    assert (told.losses, told.sheets) == ((), 3)
    assert (told.left_out, told.scaled) == ((), True)


def test_the_means_are_of_the_sheets_that_count(district: District) -> None:
    scored_by_townships(district, 1000, 900, 0, 500, 700)
    told = reasons(explained(district, district.people["deng"], "区民政局"))
    (loss,) = told.losses
    assert (told.sheets, told.counted, loss.mean) == (5, 3, Fraction(700))
    assert told.score == told.max_points - loss.lost


def test_the_distance_to_both_neighbours_is_exact(four: District) -> None:
    quarter(four, Q2, FOUR, final=False)
    found = explained(four, four.liu, "仙庾镇")
    assert (found.row.rank, found.ranked, found.above) == (1, 4, None)
    assert found.below is not None
    assert (found.below.rank, found.below.units, found.below.points, found.below.line) == (2, ("月塘街道",), ONE, None)
    middle = explained(four, four.tang, "明照乡")
    assert middle.above is not None
    assert (middle.above.units, middle.above.points) == (("月塘街道",), ONE)
    assert (found.state, found.objections_until) == ("provisional", moment("2013-07-05 00:00").now)
    assert found.clauses == (Clause("provisional"),)


def test_a_tie_is_told_by_the_category_that_decided_it_and_by_how_much(four: District) -> None:
    held = opens(four, Q2)
    # As many points lost, 仙庾镇's in 七项重大任务, 月塘街道's in 组织管理.
    scored(held, "仙庾镇", {10: MOST - 100})
    scored(held, "月塘街道", {1: shipped_rules().rubric.item(1).max_points - 100})
    for unit in ("明照乡", "桂花街道"):
        scored(held, unit, {10: MOST - 300})
    falls_due(four, "quarterly", FIRST_OF_JULY)
    beats(four, OVER[Q2])
    found = explained(four, four.tang, "仙庾镇")
    assert found.above is not None
    assert (found.above.points, found.above.line, found.above.by) == (NOTHING, "七项重大任务", ONE)
    first = explained(four, four.tang, "月塘街道")
    assert first.below is not None
    assert (first.below.line, first.below.by) == ("七项重大任务", ONE)
    assert explained(four, four.tang, "明照乡").equals == ("桂花街道",)


def test_what_moved_since_the_period_before(four: District) -> None:
    quarter(four, Q1, FOUR)
    held = opens(four, Q2)
    scored(held, "仙庾镇", {10: MOST - 50, 1: 150})
    scored(held, "月塘街道")
    falls_due(four, "quarterly", FIRST_OF_JULY)
    published(four, Q2)
    found = explained(four, four.tang, "仙庾镇", Q2)
    assert found.moved is not None
    assert (found.moved.period, found.moved.rank, found.moved.score) == (Q1, 1, Fraction(10000))
    assert [(each.name, each.now - each.before) for each in found.moved.categories] == [
        ("七项重大任务", Fraction(-50)),
        ("组织管理", Fraction(-50)),
    ]
    assert [(each.number, each.before, each.now) for each in found.moved.entries] == [
        (1, NOTHING, Fraction(50)),
        (10, NOTHING, Fraction(50)),
    ]
    assert found.moved.components == ()
    other = explained(four, four.tang, "明照乡", Q2)
    assert other.moved is not None
    assert (other.row.rank, other.moved.entries, other.moved.rank) == (None, (), 3)
    before = explained(four, four.tang, "仙庾镇", Q1)
    assert (before.moved, before.before, before.after) == (None, None, found.ranking)
    assert found.before == before.ranking


def test_a_unit_that_was_not_in_the_period_before_did_not_move(four: District) -> None:
    quarter(four, Q1, FOUR)
    since = moment("2013-05-01 08:00").today
    added = four.act(units.add_unit, four.id, "新镇", "township", "新镇", "新镇", since)
    now = replace(four, units={**four.units, "新镇": added})
    assessed(now, Q2, {**FOUR, "新镇": 50})
    falls_due(now, "quarterly", FIRST_OF_JULY)
    found = explained(now, now.tang, "新镇", Q2)
    assert (found.row.rank, found.moved) == (2, None)
    with pytest.raises(NoReasonsYet):
        explained(now, now.tang, "新镇", Q1)


def test_an_older_version_is_explained_by_the_newest(four: District) -> None:
    quarter(four, Q2, FOUR)
    first = explained(four, four.tang, "仙庾镇", Q2)

    published(four, Q2, at=moment("2013-07-20 10:00"))
    found = four.act(explaining.why, four.tang, four.units["仙庾镇"], NOON, first.ranking)
    assert (found.version, found.ranking != first.ranking) == (2, True)
    with pytest.raises(NoReasonsYet):
        four.act(explaining.why, four.tang, four.units["仙庾镇"], NOON, 999)


def test_a_correction_that_is_not_published_yet_changes_no_explanation(district: District) -> None:
    sheet = district.submitted("仙庾镇", {4: 50})
    other = district.submitted("仙庾镇", {4: 50}, rater="luo")
    district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY)
    before = explained(district, district.liu, "仙庾镇")
    at = later(FIRST_OF_JULY, hours=1)
    closes = at.now.replace(hour=23)
    district.act(lambda db: rounds.set_closing(db, rounds.known(db, district.round_id), closes))
    district.act(
        lambda db: db.exec_driver_sql("UPDATE sheet SET state = 'open', submitted_at = NULL WHERE id = ?", (sheet,))
    )
    district.act(marking.set_mark, district.zhou, CHAT, sheet, 4, 100, at)
    district.act(submitting.submit, district.zhou, sheet, at)
    found = explained(district, district.liu, "仙庾镇")
    assert reasons(found).basis == "corrected"
    assert reasons(found).items == reasons(before).items
    # What is not kept cannot be told: then the present marks are, and it is said.
    district.act(lambda db: db.exec_driver_sql("DELETE FROM submission WHERE sheet_id = ? AND version = 1", (sheet,)))
    found = explained(district, district.liu, "仙庾镇")
    assert reasons(found).basis == "present"
    assert reasons(found).items != reasons(before).items
    assert other != sheet


def test_a_ranking_whose_inputs_were_not_kept_is_compared_with_the_marks(district: District) -> None:
    sheet = district.submitted("仙庾镇", {4: 50})
    district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY)
    district.act(lambda db: db.exec_driver_sql("UPDATE ranking SET inputs = NULL"))
    assert reasons(explained(district, district.liu, "仙庾镇")).basis == "frozen"
    district.act(lambda db: db.exec_driver_sql("UPDATE mark SET points = 0 WHERE item = 4 AND sheet_id = ?", (sheet,)))
    assert reasons(explained(district, district.liu, "仙庾镇")).basis == "present"


def test_evidence_to_a_loss_is_the_units_own_and_the_offices(district: District) -> None:
    sheet = district.hand_out()
    for item, key in ((4, "lost"), (5, "kept")):
        photo = Piece("photo", key, f"telegram-{key}", None, 5)
        district.act(attaching.attach, district.zhou, sheet, item, photo, NOON)
    district.act(marking.set_mark_with_reason, district.zhou, sheet, 4, 50, "台账缺页", NOON)
    district.act(marking.fill_rest, district.zhou, sheet, NOON)
    district.act(submitting.submit, district.zhou, sheet, NOON)
    (lost,), (kept,) = (district.act(evidence.of_item, sheet, item) for item in (4, 5))
    for piece in (lost, kept):
        district.act(evidence.set_stored, piece.evidence_id, "ab" * 32, 5)
    with pytest.raises(NoSuchEvidence):
        district.act(explaining.piece, district.liu, lost.evidence_id, NOON)
    district.act(compute_monthly, district.id, JUNE, FIRST_OF_JULY)
    found = explained(district, district.liu, "仙庾镇")
    assert reasons(found).pieces == {4: 1}
    own = district.units["仙庾镇"]
    for who in (district.liu, district.tang):
        unit, pieces = district.act(explaining.evidence_of, who, own, found.ranking, 4, NOON)
        assert (unit.name, [each.evidence_id for each in pieces]) == ("仙庾镇", [lost.evidence_id])
        assert district.act(explaining.piece, who, lost.evidence_id, NOON).sha256 == "ab" * 32
    # Evidence to what was not lost explains nothing, and another township's is nobody else's business.
    for who, evidence_id, refusal in (
        (district.liu, kept.evidence_id, NoSuchEvidence),
        (district.liu, 999, NoSuchEvidence),
        (district.people["chen"], lost.evidence_id, NoSuchUnit),
        (replace(district.tang, district_id=999), lost.evidence_id, NoSuchEvidence),
        (district.zhou, lost.evidence_id, NotAllowed),
    ):
        with pytest.raises(refusal):
            district.act(explaining.piece, who, evidence_id, NOON)


def test_what_was_not_applicable_is_told_to_the_unit(four: District) -> None:
    office = opens(four, Q1)
    for unit in FOUR:
        scored(office, unit, {10: 450, 23: None} if unit == "仙庾镇" else {10: 400})
    falls_due(office, "quarterly", DUE[Q1])
    told = reasons(explained(office, office.liu, "仙庾镇", Q1))
    assert [(each.item.number, each.sheets) for each in told.left_out] == [(23, 1)]
    assert told.scaled
    assert told.left_out[0].reasons
    assert told.score != sum(part for _, part, _ in told.categories)
    other = reasons(explained(office, office.tang, "月塘街道", Q1))
    assert (other.left_out, other.scaled) == ((), False)
