"""What the kept district's rankings live through: the gate, objections, corrections, finals, and what rests on them.

Three quarters, a half-year and a year; then the clock and the calendar. Told after everything else of the story.
"""

from __future__ import annotations

from dataclasses import replace

from clock_office import CHASE, REMINDER, number, says
from district import LONG_AGO, District, moment, shipped_rules
from notice_office import OF_2027, enters
from objecting_quarter import answers, corrects, objects
from quarter import AFTER, FIRST, LOST, SECOND, Quarter, assessed
from test_actions_explanations import explains
from test_actions_gate import SOON, beat

from core.actions import admission, correcting, rounds
from core.periods import Period
from core.schedule_views import MOVE, SKIP
from core.scheduler import desk
from core.store import units

SECOND_RANKED, SECOND_FINAL = moment("2013-07-01 09:00"), moment("2013-07-05 09:00")
CORRECTED, YEAR_OBJECTED = moment("2014-01-20 10:00"), moment("2014-01-21 10:00")
HALF, YEAR, NEXT_YEARS = Period.parse("2013-H1"), Period.parse("2013"), Period.parse("2027-Q1")
"""The holidays of 2027 are unknown until the office enters them."""


def tell_rankings(office: District) -> None:
    """Let quarters be ranked and contested, and everything come of them that comes of finals."""
    fourth = office.act(units.add_unit, office.id, "金山街道", "township", "金山街道", "金山", LONG_AGO)
    office = replace(office, units={**office.units, "金山街道": fourth})
    first = _contested(office)
    # The ledger has begun by now: whoever filed nothing does not get full points of item 4 in bulk.
    second = assessed(office, SECOND, {unit: {4: 100} | LOST[unit] for unit in LOST})
    second.publish(SECOND_RANKED)
    objects(second, "应予更正", items=(), at=SECOND_RANKED)
    answers(second, 2, "评分无误", upholds=False, at=SECOND_RANKED)
    assert second.finalises(SECOND_FINAL) == "final"
    for text in ("人员调整，台账脱节", "另附整改措施"):
        explains(office, text)
    Quarter(office, HALF, 0, {}).publish(SECOND_FINAL)
    year = _year(office)
    # Corrected after all: the quarter's third version, the half-year's and the year's second.
    corrects(first, "4 2 台账已补\n5 2 台账已补", at=CORRECTED)
    office.act(correcting.publish_waiting, office.tang, first.round_id, CORRECTED)
    objects(year, "年度成绩有误", items=(), at=YEAR_OBJECTED)
    _calendar(office)


def _contested(office: District) -> Quarter:
    """Held for a sheet that nobody handed in, let through, objected to, corrected, final."""
    first = assessed(office, FIRST)
    replace(office, round_id=first.round_id).hand_out("月塘街道", "luo")
    beat(first, due=True)
    office.act(admission.let_through, office.tang, FIRST, "township", SOON)
    beat(first)
    objects(first)
    corrects(first, "4 1 会议记录已核实\n5 1 已核实", objection=1)
    answers(first, 1, "记录属实", upholds=True)
    assert first.finalises(AFTER) == "final"
    return first


def _year(office: District) -> Quarter:
    opens, closes = moment("2014-01-02 08:00").now, moment("2014-01-16 00:00").now
    round_id = office.act(rounds.open_round, office.id, YEAR, "township", shipped_rules(), opens, closes)
    year = Quarter(office, YEAR, round_id, {})
    year.publish(moment("2014-01-17 09:00"))
    return year


def _calendar(office: District) -> None:
    """Firings moved, skipped and put back; a quarter whose time for objections waits for the holidays."""
    says(office, MOVE, REMINDER, "6月27日 10:00 开会")
    says(office, SKIP, CHASE, "系统检修")
    says(office, SKIP, number("report-chase", "2013-07-26"), "系统检修")
    office.act(desk.restore, office.tang, number("report-chase", "2013-07-26"), moment("2013-06-24 13:00"))
    late = assessed(office, NEXT_YEARS, {"仙庾镇": {4: 0, 22: 0}})
    assert late.publish(moment("2027-04-01 09:00")).objections_until is None
    enters(office, OF_2027)
    assert late.finalises(moment("2027-04-20 09:00")) == "final"
