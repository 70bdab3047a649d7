"""The ledger's part of the monthly ranking: exact, the same for all, and fair about what is unknown or excused."""

from __future__ import annotations

from fractions import Fraction

from district import District, moment
from test_actions_filing import asks, says
from test_actions_ranking import frozen, ranked, ranks
from test_actions_round_desk import make_provisional
from test_actions_suggesting import file

from core import audit
from core.actions import deciding, round_desk
from core.actions.publishing import publish_again
from core.actions.ranking import newest_ranking
from core.calendar import Duty
from core.duties import FilingState
from core.snapshots import Question, RankingView
from core.store import filings, units
from core.store.rankings import RankingRecord

UNITS = ("仙庾镇", "月塘街道", "明照乡")
WEEKS = ("2013-W22", "2013-W23", "2013-W24", "2013-W25", "2013-W26")


def keeps_a_ledger(office: District, since: str = "2013-05-01 10:00") -> None:
    """The district has filed each duty since then."""
    for duty, key in ((Duty.MONTHLY_REPORT, "2013-04"), (Duty.WORKDAY, "2013-04-08"), (Duty.BRIEFING, "2013-W18")):
        file(office, "明照乡", duty, key, since)


def june(office: District, unit: str, *, report: str | None, weeks: int, days: tuple[str, ...]) -> None:
    """What a unit filed in June: a report at a time, accepted briefings in so many weeks, workdays."""
    if report is not None:
        file(office, unit, Duty.MONTHLY_REPORT, "2013-06", report)
    for key in WEEKS[:weeks]:
        filing_id = file(office, unit, Duty.BRIEFING, key, "2013-06-20 10:00")
        state, person, now = FilingState.ACCEPTED, office.tang.person_id, moment("2013-06-20 11:00").now
        office.act(filings.decide, filing_id, state, None, person, now)
    for day in days:
        file(office, unit, Duty.WORKDAY, f"2013-06-{day}", "2013-06-09 20:00")


def excuse(office: District, unit: str, duty: Duty, key: str) -> None:
    unit_id = office.units[unit]
    at = moment("2013-06-24 12:00")
    asked = office.act(deciding.ask_excuse, office.tang, unit_id, duty, key, at)
    question = Question(asked.prompt_id, "excuse", f"{unit_id}:{duty}:{key}")
    office.act(deciding.take_reason, office.tang, question, "撤并", at)


def everybody_is_assessed(office: District) -> None:
    for unit in UNITS:
        office.submitted(unit)


def test_the_month_is_sixty_ten_twenty_ten(office: District) -> None:
    office.submitted("仙庾镇", {4: 0})
    office.submitted("月塘街道")
    office.submitted("明照乡")
    keeps_a_ledger(office)
    june(office, "仙庾镇", report="2013-06-26 23:59", weeks=5, days=("08", "09"))
    june(office, "月塘街道", report="2013-06-27 00:00", weeks=4, days=("08",))
    june(office, "明照乡", report=None, weeks=0, days=())
    view = ranked(office)
    assert (view.components, view.absent) == (("supervision", "monthly_report", "briefings", "workdays"), ())
    rows = {row.unit: row for row in view.rows}
    assert rows["月塘街道"].components == {
        "supervision": Fraction(10000),
        "monthly_report": Fraction(5000),
        "briefings": Fraction(8000),
        "workdays": Fraction(5000),
    }
    # 60 % of 98 points (item 4 is worth 2) and all of the rest; half of 10, 4/5 of 20, half of 10.
    assert rows["仙庾镇"].score == Fraction(9880)
    assert rows["月塘街道"].score == Fraction(6000 + 500 + 1600 + 500)
    # What was not filed is known to be missing, and worth nothing.
    assert rows["明照乡"].score == Fraction(6000)
    assert ranks(view) == {"仙庾镇": 1, "月塘街道": 2, "明照乡": 3}


def test_what_is_not_known_of_every_unit_counts_for_none(office: District) -> None:
    everybody_is_assessed(office)
    # The first workday that anybody logged is late: of the others nothing is known that month.
    file(office, "仙庾镇", Duty.WORKDAY, "2013-06-08", "2013-06-24 10:00")
    view = ranked(office)
    assert (view.components, view.absent) == (("supervision",), ("monthly_report", "briefings", "workdays"))
    assert set(ranks(view).values()) == {1}


def test_who_was_excused_is_measured_by_the_rest(office: District) -> None:
    everybody_is_assessed(office)
    keeps_a_ledger(office)
    for unit in UNITS[:2]:
        june(office, unit, report="2013-06-20 10:00", weeks=5, days=("08", "09"))
    june(office, "明照乡", report=None, weeks=5, days=("08",))
    excuse(office, "明照乡", Duty.MONTHLY_REPORT, "2013-06")
    excuse(office, "明照乡", Duty.WORKDAY, "2013-06-09")
    row = next(row for row in ranked(office).rows if row.unit == "明照乡")
    assert row.score == Fraction(10000)
    assert set(row.components) == {"supervision", "briefings", "workdays"}


def test_a_unit_that_nobody_visited_is_not_ranked_whatever_it_filed(office: District) -> None:
    office.submitted("月塘街道")
    keeps_a_ledger(office)
    for unit in UNITS:
        june(office, unit, report="2013-06-20 10:00", weeks=5, days=("08", "09"))
    view = ranked(office)
    assert ranks(view) == {"月塘街道": 1, "仙庾镇": None, "明照乡": None}


def test_in_a_month_in_which_nobody_was_assessed_the_ledger_ranks_nobody(office: District) -> None:
    keeps_a_ledger(office)
    june(office, "仙庾镇", report="2013-06-20 10:00", weeks=5, days=("08", "09"))
    view = ranked(office)
    assert set(ranks(view).values()) == {None}
    assert (view.flag, view.absent) == ((), ("supervision",))


def test_the_root_covers_the_ledger(office: District) -> None:
    everybody_is_assessed(office)
    says(office, asks(office, "report"), "小结")
    record = frozen_now(office)
    sheets = office.act(lambda db: db.exec_driver_sql("SELECT id, audit_head FROM sheet").all())
    head = office.act(filings.heads, list(office.units.values()))[office.units["仙庾镇"]].hash
    covered = [(f"sheet:{sheet}", audit_head) for sheet, audit_head in sheets]
    assert record.audit_root == audit.root([*covered, (f"ledger:{office.units['仙庾镇']}", head)])


def test_what_is_filed_after_the_month_was_ranked_moves_nobody_in_a_correction(office: District) -> None:
    district = office.act(units.district, office.id)
    everybody_is_assessed(office)
    keeps_a_ledger(office)
    for unit in UNITS[1:]:
        june(office, unit, report="2013-06-20 10:00", weeks=5, days=("08", "09"))
    june(office, "仙庾镇", report=None, weeks=5, days=("08",))
    assert scores(ranked(office))["仙庾镇"] == Fraction(8500)
    second, third = moment("2013-07-02 10:00"), moment("2013-07-03 10:00")
    assert says(office, asks(office, "report", second), "小结", second).filing.key == "2013-06"
    assert office.act(publish_again, district, "2013-06", "township", third) == 2
    assert scores(office.act(newest_ranking, office.id, "2013-06"))["仙庾镇"] == Fraction(8500)
    # An excuse is the office's word, whenever it is given.
    excuse(office, "仙庾镇", Duty.WORKDAY, "2013-06-09")
    assert office.act(publish_again, district, "2013-06", "township", third) == 3
    assert scores(office.act(newest_ranking, office.id, "2013-06"))["仙庾镇"] == Fraction(9000)


def test_a_round_that_was_reopened_closes_its_ledger_anew(office: District) -> None:
    everybody_is_assessed(office)
    keeps_a_ledger(office)
    for unit in UNITS:
        june(office, unit, report=None, weeks=5, days=("08", "09"))
    assert set(scores(ranked(office)).values()) == {Fraction(9000)}
    for unit in UNITS:
        file(office, unit, Duty.MONTHLY_REPORT, "2013-06", "2013-07-02 10:00")
    office.act(make_provisional)
    until, second = moment("2013-07-03 00:00"), moment("2013-07-02 15:00")
    office.act(round_desk.set_closing, office.tang, office.round_id, until.now, second)
    assert set(scores(ranked(office, at=until)).values()) == {Fraction(9500)}


def scores(view: RankingView) -> dict[str, Fraction | None]:
    return {row.unit: row.score for row in view.rows}


def frozen_now(office: District) -> RankingRecord:
    ranked(office)
    return frozen(office)
