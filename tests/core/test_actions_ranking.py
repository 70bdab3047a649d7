"""The month's ranking: computed once, frozen, and the same bytes from the same sheets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from databases import migrated_file, opened
from district import FIRST_OF_JULY, JUNE, SHANGHAI, District, found_district, later, moment, shipped_rules

from core import audit
from core.actions import marking, ranking, rounds, submitting
from core.actions.computing import compute_monthly
from core.actions.door import Moment
from core.errors import BadPeriod, NoSuchRanking
from core.periods import Period
from core.snapshots import RankingView
from core.store import audit_log, rankings, units
from core.store.engine import Database
from core.store.rankings import RankingRecord

MAY, JULY = JUNE.previous(), JUNE.next()
EVERY_ITEM = tuple(range(1, 24))


def ranked(district: District, period: Period = JUNE, at: Moment = FIRST_OF_JULY) -> RankingView:
    """The ranking of a month that had a round."""
    view = district.act(compute_monthly, district.id, period, at)
    assert view is not None
    return view


def frozen(district: District, period: Period = JUNE) -> RankingRecord:
    """The row of the ranking."""
    record = district.act(rankings.newest, district.id, str(period), "township")
    assert record is not None
    return record


def ranks(view: RankingView) -> dict[str, int | None]:
    """Rank by unit."""
    return {row.unit: row.rank for row in view.rows}


def month_won_by(district: District, period: Period, unit: str | None, computed: str) -> None:
    """Another month, with a round in which only this unit was assessed, ranked at some time."""
    begin = moment(f"{period}-01 00:00")
    end = period.ends_at(SHANGHAI)
    round_id = district.act(rounds.open_round, district.id, period, "township", shipped_rules(), begin.now, end)
    if unit is not None:
        replace(district, round_id=round_id).submitted(unit, at=begin)
    assert district.act(compute_monthly, district.id, period, moment(computed)) is not None


def test_units_are_ordered_by_their_sheets_and_the_unassessed_come_last(either_district: District) -> None:
    either_district.submitted("仙庾镇", {4: 100})
    either_district.submitted("月塘街道", {4: 0, 5: 0})
    view = ranked(either_district)
    assert ranks(view) == {"仙庾镇": 1, "月塘街道": 2, "明照乡": None}
    assert [row.score for row in view.rows] == [Fraction(9900), Fraction(9600), None]
    assert [row.sheets for row in view.rows] == [1, 1, 0]
    assert (view.flag, view.held_before) == (("仙庾镇",), ())
    assert view.components == ("supervision",)
    assert view.absent == ("monthly_report", "briefings", "workdays")
    assert view.categories == ("七项重大任务", "结合工作", "创新举措", "宣传工作", "组织管理")
    assert (view.version, view.state, view.computed_at) == (1, "final", FIRST_OF_JULY.now)


def test_several_sheets_of_a_unit_are_averaged_exactly(district: District) -> None:
    district.submitted("仙庾镇", {4: 100})
    district.submitted("仙庾镇", {4: 50}, rater="luo")
    row = ranked(district).rows[0]
    assert (row.score, row.sheets) == (Fraction(9875), 2)


def test_equal_units_share_the_first_rank_and_the_flag(either_district: District) -> None:
    either_district.submitted("仙庾镇", {4: 100})
    either_district.submitted("月塘街道", {5: 100})
    either_district.submitted("明照乡", {1: 0})
    view = ranked(either_district)
    assert ranks(view) == {"仙庾镇": 1, "月塘街道": 1, "明照乡": 3}
    assert {row.unit for row in view.rows if row.tied} == {"仙庾镇", "月塘街道"}
    assert set(view.flag) == {"仙庾镇", "月塘街道"}


def test_equal_scores_are_told_apart_by_the_category_that_comes_first(district: District) -> None:
    district.submitted("仙庾镇", {6: 300})
    district.submitted("月塘街道", {1: 0})
    view = ranked(district)
    assert ranks(view) == {"月塘街道": 1, "仙庾镇": 2, "明照乡": None}
    assert {row.unit: row.tie_line for row in view.rows if row.rank} == {
        "月塘街道": "七项重大任务",
        "仙庾镇": "七项重大任务",
    }


def test_an_unsubmitted_sheet_does_not_count(district: District) -> None:
    sheet_id = district.hand_out("仙庾镇")
    district.tap(sheet_id, 4, 200)
    view = ranked(district)
    assert ranks(view) == {"仙庾镇": None, "月塘街道": None, "明照乡": None}
    assert view.flag == ()
    assert view.components == ()


def test_a_unit_to_which_nothing_applies_is_not_ranked(district: District) -> None:
    district.submitted("仙庾镇", not_applicable=EVERY_ITEM)
    district.submitted("月塘街道", {4: 0})
    view = ranked(district)
    assert ranks(view) == {"月塘街道": 1, "仙庾镇": None, "明照乡": None}
    assert {row.unit: row.sheets for row in view.rows}["仙庾镇"] == 1


def test_a_month_without_a_round_has_no_ranking(district: District) -> None:
    assert district.act(compute_monthly, district.id, JULY, FIRST_OF_JULY) is None
    with pytest.raises(NoSuchRanking):
        district.act(ranking.newest_ranking, district.id, None)


def test_computing_again_gives_what_was_frozen(either_district: District) -> None:
    either_district.submitted("仙庾镇")
    first = ranked(either_district)
    before = frozen(either_district)
    again = either_district.act(compute_monthly, either_district.id, JUNE, later(FIRST_OF_JULY, days=3))
    assert again == first
    assert frozen(either_district) == before
    links = either_district.act(audit_log.links, f"round:{either_district.round_id}")
    assert audit.verify(links) is None
    assert [link.entry["act"] for link in links if link.entry["act"] != "hand_out"] == ["open", "rank"]


def test_the_same_sheets_give_the_same_bytes(sqlite: Database, tmp_path_factory: pytest.TempPathFactory) -> None:
    def record(database: Database) -> RankingRecord:
        district = found_district(database)
        district.submitted("仙庾镇", {4: 100})
        ranked(district)
        return frozen(district)

    elsewhere = migrated_file(tmp_path_factory.mktemp("elsewhere") / "hongqi.db")
    with opened(f"sqlite:///{elsewhere}") as other:
        assert record(sqlite) == record(other)


def test_the_inputs_hash_and_root_change_with_any_mark(either_district: District) -> None:
    def attempt(lost: dict[int, int]) -> tuple[str, str]:
        with either_district.database.engine.connect() as db, db.begin() as transaction:
            sheet_id = rounds.hand_out(
                db, either_district.round_id, either_district.units["仙庾镇"], either_district.zhou.person_id
            )
            at = moment("2013-06-24 12:00")
            for item, points in lost.items():
                marking.set_mark_with_reason(db, either_district.zhou, sheet_id, item, points, "缺", at)
            marking.fill_rest(db, either_district.zhou, sheet_id, at)
            submitting.submit(db, either_district.zhou, sheet_id, at)
            view = compute_monthly(db, either_district.id, JUNE, FIRST_OF_JULY)
            transaction.rollback()
        assert view is not None
        return view.inputs_hash, view.audit_root

    tries = [attempt(lost) for lost in ({}, {4: 150}, {4: 100}, {5: 150})]
    assert len({inputs for inputs, _ in tries}) == len({root for _, root in tries}) == len(tries)


def test_the_audit_root_covers_the_heads_of_the_counted_sheets(district: District) -> None:
    sheet_id = district.submitted("仙庾镇")
    district.hand_out("月塘街道")
    assert ranked(district).audit_root == audit.root([(f"sheet:{sheet_id}", district.chain_head(sheet_id))])


def test_the_holder_before_is_who_got_the_newest_flag_by_the_calendar(district: District) -> None:
    april = MAY.previous()
    month_won_by(district, MAY, "月塘街道", "2013-06-01 09:00")
    # Corrected, or made up for, after May was ranked.
    month_won_by(district, april, "明照乡", "2013-06-15 09:00")
    month_won_by(district, JULY, "明照乡", "2013-08-01 09:00")
    district.submitted("仙庾镇")
    assert ranked(district, at=moment("2013-08-02 09:00")).held_before == ("月塘街道",)


def test_a_month_that_gave_no_flag_leaves_it_with_the_holder(district: District) -> None:
    month_won_by(district, MAY.previous(), "明照乡", "2013-05-01 09:00")
    month_won_by(district, MAY, None, "2013-06-01 09:00")
    view = ranked(district)
    assert (view.flag, view.held_before) == ((), ("明照乡",))


def test_a_ranking_prints_the_names_of_its_last_day(district: District) -> None:
    new = moment("2013-07-01 00:00").today
    district.act(units.add_unit, district.id, "new", "township", "新设街道", "新设", new)
    assert "新设街道" not in ranks(ranked(district))


def test_days_for_objections_make_a_ranking_provisional(sqlite: Database) -> None:
    rules = shipped_rules()
    monthly = rules.policy.rankings.monthly.model_copy(update={"objection_days": 3})
    assert rules.policy.rankings.monthly.objection_days == 0
    text = rules.policy_text.replace("objection_days: 0 # 政策：公示几个工作日", "objection_days: 3", 1)
    changed = rules.policy.model_copy(
        update={
            "rankings": rules.policy.rankings.model_copy(update={"monthly": monthly}),
            "hash": "another",
        }
    )
    district = found_district(sqlite)
    district.act(
        rounds.open_round,
        district.id,
        JULY,
        "township",
        replace(rules, policy=changed, policy_text=text),
        moment("2013-07-01 00:00").now,
        JULY.ends_at(SHANGHAI),
    )
    assert ranked(district, JULY, moment("2013-08-01 09:00")).state == "provisional"


def test_rankings_are_found_by_period_and_by_id(district: District) -> None:
    district.submitted("仙庾镇")
    view = ranked(district)
    assert district.act(ranking.newest_ranking, district.id, None) == view
    assert district.act(ranking.newest_ranking, district.id, "2013-6") == view
    assert district.act(ranking.ranking_by_id, district.id, view.ranking_id) == view
    with pytest.raises(NoSuchRanking) as refused:
        district.act(ranking.newest_ranking, district.id, "2013-05")
    assert refused.value.period == "2013-05"
    with pytest.raises(BadPeriod):
        district.act(ranking.newest_ranking, district.id, "六月")
    with pytest.raises(NoSuchRanking):
        district.act(ranking.ranking_by_id, district.id, 404)


def test_another_districts_ranking_does_not_exist(district: District) -> None:
    view = ranked(district)
    other = district.act(units.add_district, "芦淞区", SHANGHAI.key, "zh")
    with pytest.raises(NoSuchRanking):
        district.act(ranking.ranking_by_id, other, view.ranking_id)
    with pytest.raises(NoSuchRanking):
        district.act(ranking.newest_ranking, other, None)
    assert district.act(compute_monthly, other, JUNE, FIRST_OF_JULY) is None
