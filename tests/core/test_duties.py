"""The ledger's rules on fake filings: on time, late, missing, excused, unknown; and the marks that follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from district import SHANGHAI, moment, shipped_rules
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Due, Duty, DutyCalendar, dues
from core.duties import DutyState, Filing, FilingState, LedgerEntry, Tally, entries, tally
from core.periods import Period
from core.suggestions import share, suggest, suggested_items

RULES = shipped_rules().policy.duties
RUBRIC = shipped_rules().rubric
LONG_AGO = moment("2013-01-01 00:00").now
JULY = moment("2013-07-01 09:00").now
QUARTER = Period.parse("2013-Q2")


def at(text: str) -> datetime:
    """A moment of the district's clock, in UTC."""
    return moment(text).now


def filed(key: str, when: str, state: FilingState = FilingState.FILED, version: int = 1) -> Filing:
    """A filing."""
    return Filing(key, version, at(when), state)


def read(
    duty: Duty,
    filings: list[Filing],
    *,
    now: datetime = JULY,
    excuses: Mapping[str, str] | None = None,
    began: datetime | None = LONG_AGO,
    rules: Any = RULES,
) -> tuple[LedgerEntry, ...]:
    """The entries of the second quarter."""
    return entries(dues(duty, QUARTER, DutyCalendar(rules, SHANGHAI)), filings, excuses or {}, rules, now, began)


def states(ledger: tuple[LedgerEntry, ...]) -> list[str]:
    """Their states."""
    return [entry.state.value for entry in ledger]


def test_a_report_is_on_time_until_the_end_of_its_day() -> None:
    reports = [filed("2013-04", "2013-04-26 23:59"), filed("2013-05", "2013-05-27 00:00")]
    assert states(read(Duty.MONTHLY_REPORT, reports)) == ["filed", "late", "missing"]
    assert states(read(Duty.MONTHLY_REPORT, reports, now=at("2013-06-26 23:00"))) == ["filed", "late", "not_due"]
    assert tally(read(Duty.MONTHLY_REPORT, reports)) == Tally(on_time=1, late=1, missing=1)


def test_what_was_returned_counts_from_its_first_filing_once_it_came_again() -> None:
    returned = filed("2013-04", "2013-04-25 10:00", FilingState.RETURNED)
    again = filed("2013-04", "2013-04-28 10:00", version=2)
    assert states(read(Duty.MONTHLY_REPORT, [returned]))[0] == "missing"
    assert states(read(Duty.MONTHLY_REPORT, [again, returned]))[0] == "filed"
    report = RULES.monthly_report.model_copy(update={"returned_report_counts": "last_filing"})
    strict = RULES.model_copy(update={"monthly_report": report})
    assert states(read(Duty.MONTHLY_REPORT, [again, returned], rules=strict))[0] == "late"
    # Filed again of one's own accord: nobody asked for it, and the first was on time.
    own = [filed("2013-04", "2013-04-25 10:00"), again]
    assert states(read(Duty.MONTHLY_REPORT, own, rules=strict))[0] == "filed"


def test_a_week_is_complete_with_an_accepted_briefing() -> None:
    briefings = [
        filed("2013-W14", "2013-04-03 10:00", FilingState.ACCEPTED),
        filed("2013-W15", "2013-04-10 10:00", FilingState.REJECTED),
        filed("2013-W16", "2013-04-17 10:00", FilingState.PENDING),
    ]
    assert states(read(Duty.BRIEFING, briefings))[:3] == ["filed", "missing", "missing"]
    twice = RULES.model_copy(update={"briefings": RULES.briefings.model_copy(update={"per_week": 2})})
    assert states(read(Duty.BRIEFING, briefings, rules=twice))[0] == "missing"


def test_an_excuse_takes_a_due_date_out_and_says_why() -> None:
    ledger = read(Duty.WORKDAY, [filed("2013-04-08", "2013-04-08 18:00")], excuses={"2013-04-09": "抗洪抢险"})
    assert states(ledger)[:3] == ["filed", "excused", "missing"]
    assert ledger[1].excuse == "抗洪抢险"
    assert tally(ledger) == Tally(on_time=1, missing=4, excused=1)


def test_before_the_first_filing_of_the_district_nothing_is_known() -> None:
    assert read(Duty.MONTHLY_REPORT, [], began=None) == ()
    began = at("2013-05-20 10:00")
    assert states(read(Duty.MONTHLY_REPORT, [], began=began)) == ["missing", "missing"]


def test_a_due_date_that_was_moved_says_so_while_it_is_not_due() -> None:
    (april, *_rest) = dues(Duty.MONTHLY_REPORT, QUARTER, DutyCalendar(RULES, SHANGHAI))
    moved = Due(april.duty, april.key, april.day, april.ends_at, shifted_from=april.day)
    assert entries([moved], [], {}, RULES, LONG_AGO, LONG_AGO)[0].state is DutyState.SHIFTED


def test_the_suggestions_and_their_arithmetic() -> None:
    tallies = {
        Duty.MONTHLY_REPORT: Tally(on_time=1, late=1, missing=1),
        Duty.WORKDAY: Tally(on_time=4, late=1, missing=1),
        Duty.BRIEFING: Tally(),
    }
    found = suggest(RUBRIC, RULES.suggestions, tallies)
    reports, workdays = (found[item] for item in (4, 15))
    assert sorted(found) == [4, 15]
    # (1 + ½ + 0) ÷ 3 = ½ of 2 points, and 5 ÷ 6 of 3 points is 2.5.
    assert (reports.share, reports.points) == (Fraction(1, 2), 100)
    assert reports.exact * 2 == RUBRIC.item(4).max_points
    assert workdays.share == Fraction(5, 6)
    assert workdays.percents == (100, 100, 0)
    assert suggested_items(RULES.suggestions)[Duty.BRIEFING] == 22


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_suggestion_is_a_legal_mark_near_the_exact_share(on_time: int, late: int, missing: int) -> None:
    counted = Tally(on_time=on_time, late=late, missing=missing)
    found = suggest(RUBRIC, RULES.suggestions, dict.fromkeys(Duty, counted))
    assert bool(found) is bool(counted.counted)
    for item, suggestion in found.items():
        assert 0 <= suggestion.points <= RUBRIC.item(item).max_points
        assert suggestion.points % RUBRIC.step == 0
        assert 2 * abs(suggestion.points - suggestion.exact) <= RUBRIC.step


@pytest.mark.parametrize("duty", list(Duty))
def test_nothing_due_is_no_share_and_all_done_is_all_of_it(duty: Duty) -> None:
    assert share(duty, Tally(excused=3), RULES.suggestions) is None
    assert share(duty, Tally(on_time=3), RULES.suggestions) == 1
    assert share(duty, Tally(missing=3), RULES.suggestions) == 0
