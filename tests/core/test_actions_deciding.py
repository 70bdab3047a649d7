"""The office and the ledger: accepting, rejecting, returning, excusing; who is told, and what stays on record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from district import SHANGHAI, District, moment, shipped_rules
from inviting_office import letters
from test_actions_filing import DUE, REPORT, asks, chain, says, sends
from test_actions_suggesting import file as filed_before

from core.actions import deciding, ledger
from core.actions.typing import Said, take_text
from core.calendar import Duty, DutyCalendar, due_of
from core.duties import DutyState, FilingState
from core.errors import FilingDecided, NoSuchFiling, NoSuchUnit, NotAllowed, NothingToExcuse, TextMissing, TextTooLong
from core.filing_views import Decided, Excused
from core.periods import Period
from core.snapshots import Question
from core.store import filing_files, filings, prompts

JUNE = Period.parse("2013-06")
LATER = moment("2013-07-01 10:00")


def briefing(office: District, text: str = "调解室启用") -> int:
    return says(office, asks(office, "briefing"), text).filing.filing_id


def reason_for(office: District, filing_id: int, text: str) -> Decided:
    asked = office.act(deciding.ask_decision, office.tang, filing_id, DUE)
    office.act(prompts.set_message, asked.prompt_id, 60 + filing_id)
    done = office.act(take_text, office.tang, Said(1, text, 60 + filing_id, DUE.now), DUE)
    assert isinstance(done, Decided)
    return done


def test_a_briefing_is_accepted_once(either_office: District) -> None:
    office = either_office
    filing_id = briefing(office)
    assert [each.filing_id for each in office.act(deciding.pending, office.tang)] == [filing_id]
    assert office.act(deciding.accept, office.tang, filing_id, DUE).state is FilingState.ACCEPTED
    office.act(deciding.accept, office.tang, filing_id, DUE)
    assert chain(office) == ["file", "accepted"]
    assert office.act(deciding.pending, office.tang) == ()
    assert [each["name"] for each in letters(office)] == ["filing_made", "filing_decided"]


def test_a_briefing_is_rejected_with_a_reason_and_may_be_accepted_after_all(office: District) -> None:
    filing_id = briefing(office)
    rejected = reason_for(office, filing_id, " 与上周重复 ").filing
    assert (rejected.state, rejected.decision, rejected.decided_by) == (FilingState.REJECTED, "与上周重复", "唐文静")
    assert office.act(deciding.accept, office.tang, filing_id, DUE).state is FilingState.ACCEPTED
    assert reason_for(office, filing_id, "还是重复").filing.state is FilingState.REJECTED


def test_what_was_corrected_by_its_author_is_decided(office: District) -> None:
    asked = asks(office, "briefing")
    first = says(office, asked, "调解室启用").filing.filing_id
    says(office, asked, "调解室今天启用")
    for deed in (deciding.accept, deciding.ask_decision):
        with pytest.raises(FilingDecided):
            office.act(deed, office.tang, first, DUE)


def test_a_report_goes_back_and_comes_again(office: District) -> None:
    first = says(office, asks(office, "report"), "小结").filing
    returned = reason_for(office, first.filing_id, "缺附表").filing
    assert returned.state is FilingState.RETURNED
    assert not returned.can_be_returned
    told = letters(office)[-1]
    assert (told["name"], told["to"]) == ("filing_decided", office.liu.telegram_id)
    again = says(office, asks(office, "report", LATER), "小结和附表", LATER).filing
    assert (again.version, again.is_late) == (2, True)
    assert letters(office)[-1]["name"] == "filing_made"
    # By the shipped policy the first filing's time counts.
    month = office.act(deciding.unit_month, office.tang, first.unit_id, JUNE, LATER)
    assert [each.version for each in month.filings] == [2, 1]
    assert month.line.entries[Duty.MONTHLY_REPORT][0].state is DutyState.FILED
    with pytest.raises(FilingDecided):
        office.act(deciding.ask_decision, office.tang, first.filing_id, LATER)


def test_a_unit_is_excused_with_a_reason(office: District) -> None:
    unit = office.units["仙庾镇"]
    asked = office.act(deciding.ask_excuse, office.tang, unit, Duty.WORKDAY, "2013-06-08", DUE)
    office.act(prompts.set_message, asked.prompt_id, 70)
    done = office.act(take_text, office.tang, Said(1, "抗洪抢险", 70, DUE.now), DUE)
    assert done == Excused(unit, "仙庾镇", Duty.WORKDAY, "2013-06-08", "抗洪抢险")
    assert chain(office) == ["excuse"]
    assert letters(office)[-1]["name"] == "duty_excused"
    with pytest.raises(NothingToExcuse):
        office.act(deciding.ask_excuse, office.tang, unit, Duty.WORKDAY, "2013-06-08", DUE)
    with pytest.raises(NoSuchUnit):
        office.act(deciding.ask_excuse, office.tang, office.units["区民政局"], Duty.WORKDAY, "2013-06-08", DUE)
    says(office, asks(office, "report"), "小结")
    with pytest.raises(NothingToExcuse):
        office.act(deciding.ask_excuse, office.tang, unit, Duty.MONTHLY_REPORT, "2013-06", DUE)


def test_the_board_tells_of_every_township(office: District) -> None:
    filed_before(office, "月塘街道", Duty.MONTHLY_REPORT, "2013-05", "2013-05-20 18:00")
    says(office, asks(office, "report"), "小结")
    found = office.act(deciding.board, office.tang, JUNE, LATER)
    states = {line.unit: [each.state for each in line.entries[Duty.MONTHLY_REPORT]] for line in found.lines}
    assert states == {
        "仙庾镇": [DutyState.FILED],
        "月塘街道": [DutyState.MISSING],
        "明照乡": [DutyState.MISSING],
    }
    # Nobody ever logged a workday: of what is past nothing is known, what is to come is there.
    assert {len(line.entries[Duty.WORKDAY]) for line in found.lines} == {0}
    july = office.act(deciding.board, office.tang, JUNE.next(), LATER)
    assert {len(line.entries[Duty.WORKDAY]) for line in july.lines} == {2}
    with pytest.raises(NoSuchUnit):
        office.act(deciding.unit_month, office.tang, 10**6, JUNE, LATER)


def test_files_are_the_offices_to_open(office: District) -> None:
    filed = sends(office, asks(office, "report"), REPORT)
    filing_id = filed.filing.filing_id  # type: ignore[union-attr]  # a report's file is filed at once
    found, (file,) = office.act(deciding.files_of, office.tang, filing_id)
    assert found.files == 1
    with pytest.raises(NoSuchFiling):
        office.act(deciding.one_file, office.tang, file.file_id, DUE)
    office.act(filing_files.set_stored, file.file_id, "ab" * 32, 5)
    assert office.act(deciding.one_file, office.tang, file.file_id, DUE).sha256 == "ab" * 32
    elsewhere = replace(office.tang, district_id=99)
    with pytest.raises(NoSuchFiling):
        office.act(deciding.one_file, elsewhere, file.file_id, DUE)
    with pytest.raises(NoSuchFiling):
        office.act(deciding.look, elsewhere, filing_id)
    with pytest.raises(NotAllowed):
        office.act(deciding.one_file, office.liu, file.file_id, DUE)
    old = filed_before(office, "月塘街道", Duty.WORKDAY, "2013-06-08", "2013-06-08 18:00")
    assert office.act(deciding.files_of, office.tang, old)[1] == ()


def test_a_reason_is_words_and_fits(office: District) -> None:
    filing_id = briefing(office)
    question = Question(
        office.act(deciding.ask_decision, office.tang, filing_id, DUE).prompt_id, "reject_filing", str(filing_id)
    )
    with pytest.raises(TextMissing):
        office.act(deciding.take_reason, office.tang, question, " ", DUE)
    with pytest.raises(TextTooLong):
        office.act(deciding.take_reason, office.tang, question, "长" * 501, DUE)
    with pytest.raises(NotAllowed):
        office.act(deciding.take_reason, office.liu, question, "不行", DUE)


def test_where_the_ledger_chains_stand(office: District) -> None:
    briefing(office)
    unit = office.units["仙庾镇"]
    heads = office.act(filings.heads, [unit, office.units["月塘街道"]])
    assert list(heads) == [unit]
    assert heads[unit].seq == 1
    rules = shipped_rules().policy.duties
    due = due_of(Duty.BRIEFING, "2013-W26", DutyCalendar(rules, SHANGHAI))
    state = office.act(ledger.state_of, unit, due, rules, DUE)
    assert state is DutyState.NOT_DUE
