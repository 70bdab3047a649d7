"""Suggestions on a sheet: from the ledger's rows, adopted with one tap, overridden with a reason, never silently."""

from __future__ import annotations

import pytest
from district import CHAT, JUNE, NOON, SHANGHAI, District, moment, shipped_rules

from core.actions import marking, submitting
from core.actions.ledger import ledger
from core.calendar import Duty, DutyCalendar
from core.duties import FilingState
from core.errors import SheetIncomplete, SuggestionChanged
from core.store import audit_log, filings
from core.store.audit_log import Act
from core.store.filings import NewFiling

WHY = "台账建议1.5分"


def file(district: District, unit: str, duty: Duty, key: str, when: str) -> int:
    """A unit files."""
    return district.act(
        filings.add, district.id, district.units[unit], district.liu.person_id, NewFiling(duty, key), moment(when).now
    )[0]


def half_of_the_workdays(district: District) -> int:
    """The 8th was logged, the 9th was not; gives a sheet."""
    file(district, "仙庾镇", Duty.WORKDAY, "2013-06-08", "2013-06-08 18:00")
    return district.hand_out()


def test_a_ledger_that_nobody_keeps_suggests_nothing(district: District) -> None:
    assert district.sees(district.hand_out()).sheet.suggestions == {}


def test_the_ledger_suggests_and_the_rater_adopts(district: District) -> None:
    sheet_id = half_of_the_workdays(district)
    (suggestion,) = district.sees(sheet_id).sheet.suggestions.values()
    assert (suggestion.item, suggestion.tally.on_time, suggestion.tally.missing) == (15, 1, 1)
    assert suggestion.exact * 2 == suggestion.max_points
    adopted = district.act(marking.adopt, district.zhou, CHAT, sheet_id, 15, suggestion.points, WHY, NOON)
    assert not adopted.owes_reason
    assert adopted.view.sheet.marks[15].reason == WHY
    assert district.acts(sheet_id) == ["adopt"]
    # Another mark is an override: the arithmetic does not explain it.
    marked = district.tap(sheet_id, 15, suggestion.max_points)
    assert marked.owes_reason
    assert marked.view.sheet.marks[15].reason is None
    told = district.act(marking.give_reason, district.zhou, sheet_id, 15, "9日因抗洪改在10日", NOON)
    assert not told.owes_reason


def test_what_the_ledger_no_longer_says_cannot_be_adopted(district: District) -> None:
    sheet_id = half_of_the_workdays(district)
    points = district.sees(sheet_id).sheet.suggestions[15].points
    file(district, "仙庾镇", Duty.WORKDAY, "2013-06-09", "2013-06-24 11:00")
    with pytest.raises(SuggestionChanged):
        district.act(marking.adopt, district.zhou, CHAT, sheet_id, 15, points, WHY, NOON)
    with pytest.raises(SuggestionChanged):
        district.act(marking.adopt, district.zhou, CHAT, sheet_id, 4, 100, WHY, NOON)
    full = district.sees(sheet_id).sheet.suggestions[15]
    adopted = district.act(marking.adopt, district.zhou, CHAT, sheet_id, 15, full.points, WHY, NOON)
    assert (full.points, adopted.view.sheet.marks[15].reason) == (full.max_points, None)


def test_filling_the_rest_does_not_override_the_ledger_in_silence(district: District) -> None:
    sheet_id = half_of_the_workdays(district)
    district.act(marking.fill_rest, district.zhou, sheet_id, NOON)
    with pytest.raises(SheetIncomplete) as refused:
        district.act(submitting.submit, district.zhou, sheet_id, NOON)
    assert refused.value.without_reason == (15,)


def test_what_was_handed_in_owes_nothing_because_the_ledger_changed(district: District) -> None:
    sheet_id = district.submitted("仙庾镇")
    half = file(district, "仙庾镇", Duty.WORKDAY, "2013-06-08", "2013-06-08 18:00")
    assert half
    handed_in = district.sees(sheet_id).sheet
    assert (handed_in.suggestions, handed_in.reasons_owed) == ({}, ())


def test_an_excused_day_counts_for_nothing_and_only_once(district: District) -> None:
    sheet_id = half_of_the_workdays(district)
    unit, tang = district.units["仙庾镇"], district.tang.person_id
    assert district.act(filings.excuse, unit, Duty.WORKDAY, "2013-06-09", "抗洪", tang, NOON.now)
    assert not district.act(filings.excuse, unit, Duty.WORKDAY, "2013-06-09", "再说一次", tang, NOON.now)
    suggestion = district.sees(sheet_id).sheet.suggestions[15]
    assert (suggestion.points, suggestion.tally.excused) == (suggestion.max_points, 1)


def test_versions_count_up_and_the_chain_of_a_ledger_holds(district: District) -> None:
    unit = district.units["月塘街道"]
    for day in ("10:00", "11:00"):
        file(district, "月塘街道", Duty.MONTHLY_REPORT, "2013-06", f"2013-06-20 {day}")
        district.act(
            filings.append_act, unit, Act(NOON.now, district.people["chen"].person_id, "file", {"key": "2013-06"})
        )
    links = district.act(audit_log.links, f"ledger:{unit}")
    assert [dict(link.entry)["seq"] for link in links] == [1, 2]
    calendar = DutyCalendar(shipped_rules().policy.duties, SHANGHAI)
    began = district.act(filings.began, district.id)
    read = district.act(ledger, unit, JUNE, calendar, began, NOON.now)
    assert [entry.state.value for entry in read[Duty.MONTHLY_REPORT]] == ["filed"]


def test_what_the_office_returned_is_missing_until_it_comes_again(district: District) -> None:
    # The quarter's other reports were due before anybody filed one: of those nothing is known.
    first = file(district, "仙庾镇", Duty.MONTHLY_REPORT, "2013-06", "2013-06-20 10:00")
    tang, on_the_27th = district.tang.person_id, moment("2013-06-27 10:00")
    sheet_id = district.hand_out()
    district.act(filings.decide, first, FilingState.RETURNED, "缺工作总结", tang, NOON.now)
    assert district.sees(sheet_id, on_the_27th).sheet.suggestions[4].tally.missing == 1
    again = file(district, "仙庾镇", Duty.MONTHLY_REPORT, "2013-06", "2013-06-27 09:00")
    assert again != first
    assert district.sees(sheet_id, on_the_27th).sheet.suggestions[4].tally.on_time == 1
