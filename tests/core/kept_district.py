"""A district in which everything happened that the audit covers: the story that the tests of verifying tamper with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from district import FIRST_OF_JULY, JUNE, NOON, District, later, moment, shipped_rules
from inviting_office import CODES, code_for, comes, comes_in
from kept_rankings import tell_rankings
from rosters import imported
from test_actions_deciding import reason_for
from test_actions_filing import DUE, PHOTO, asks, says, sends

from core.actions import attaching, deciding, inviting, marking, returning, round_desk, skipping, staff, submitting
from core.actions import district as places
from core.actions import roster as roster_actions
from core.actions.computing import compute_round
from core.actions.rounds import hand_out_to_unit, open_round
from core.calendar import Duty
from core.people import Role
from core.roster import Conflict
from core.snapshots import Question
from core.store import handing_out, rounds
from core.store.evidence import Piece

TWO, THREE, FOUR, FIVE = (later(NOON, hours=hours) for hours in (2, 3, 4, 5))
SECOND_OF_JULY = moment("2013-07-02 09:00")
FOURTH_OF_JULY = moment("2013-07-04 09:00")
REOPENED_UNTIL = moment("2013-07-03 00:00").now


@dataclass(frozen=True)
class Story:
    """The district, and the rows by which the tests name places."""

    office: District
    first: int
    second: int
    department: int


def tell(office: District) -> Story:
    """Let everything happen, from the roster to the rankings and what came of them."""
    first = office.submitted("仙庾镇", {4: 150, 7: 300})
    second = office.hand_out("月塘街道", "zhou")
    _roster(office)
    _evidence(office, second)
    _given_back(office, first)
    office.act(staff.hand_over, office.tang, second, office.luo.person_id, TWO)
    office.act(marking.set_not_applicable, office.luo, second, 3, "没有这项工作", THREE)
    office.act(marking.fill_rest, office.luo, second, THREE)
    office.act(marking.give_reason, office.luo, second, 9, "资料齐全", THREE)
    office.act(submitting.submit, office.luo, second, FOUR)
    department = _department(office)
    _ledger(office)
    _rounds(office, first)
    tell_rankings(office)
    return Story(office, first, second, department)


def _roster(office: District) -> None:
    office.act(places.take_stock, office.id, NOON)
    office.act(places.take_stock, office.id, NOON)
    present = office.act(roster_actions.known, office.id, office.tang, NOON)
    kept_away = Conflict("罗晓梅", "明照乡", "亲属")
    wanted = replace(present.roster, links=(("区民政局", "仙庾镇"),), conflicts=(kept_away,))
    office.act(imported, office.id, wanted, NOON, office.tang)
    newcomer = comes(office, "王小明", (Role.ASSESSOR, None))
    office.act(lambda db: handing_out.assign(db, newcomer, office.units["明照乡"], NOON.today))
    comes_in(office, code_for(office, newcomer))
    comes(office, "赵小云")
    office.act(inviting.invite_all, office.tang, CODES, NOON)
    office.act(inviting.revoke_all, office.tang, NOON)
    office.act(round_desk.supply, office.tang, office.round_id, NOON)
    office.act(staff.end_person, office.tang, newcomer, TWO)


def _evidence(office: District, sheet_id: int) -> None:
    album = [Piece("photo", f"album-{n}", f"tg-{n}", album="a1") for n in (1, 2, 3)]
    other = office.hand_out("明照乡", "zhou")
    office.act(attaching.attach, office.zhou, other, 5, album[0], NOON)
    office.act(attaching.attach, office.zhou, sheet_id, 4, album[1], NOON)
    office.act(attaching.attach_named, office.zhou, sheet_id, 9, album[2], NOON)
    office.act(attaching.attach, office.zhou, sheet_id, 9, Piece("photo", "alone", "tg-alone"), NOON)


def _given_back(office: District, sheet_id: int) -> None:
    office.act(returning.return_item, office.tang, sheet_id, 4, "请核对台账", TWO)
    office.act(returning.return_item, office.tang, sheet_id, 7, "请附照片", TWO)
    office.tap(sheet_id, 4, 100, THREE)
    office.act(submitting.submit, office.zhou, sheet_id, FOUR)


def _department(office: District) -> int:
    opens, closes = moment("2013-06-20 00:00").now, moment("2013-06-28 00:00").now
    rules = shipped_rules("department")
    opened = office.act(open_round, office.id, JUNE, "department", rules, opens, closes)
    sheet_id = office.act(hand_out_to_unit, opened, office.units["区民政局"], office.units["仙庾镇"])
    office.act(skipping.skip, office.liu, sheet_id, NOON)
    office.act(skipping.resume, office.liu, sheet_id, TWO)
    office.act(skipping.skip, office.liu, sheet_id, THREE)
    return sheet_id


def _ledger(office: District) -> None:
    report = asks(office, "report")
    sends(office, report, PHOTO)
    says(office, report, "六月小结")
    briefing = asks(office, "briefing")
    says(office, briefing, "调解室启用")
    second = says(office, briefing, "调解室今天启用").filing.filing_id
    office.act(deciding.accept, office.tang, second, DUE)
    again = says(office, asks(office, "briefing"), "调解室今天启用了").filing.filing_id
    reason_for(office, again, "与上一条重复")
    unit = office.units["月塘街道"]
    asked = office.act(deciding.ask_excuse, office.tang, unit, Duty.MONTHLY_REPORT, "2013-06", DUE)
    question = Question(asked.prompt_id, "excuse", f"{unit}:monthly_report:2013-06")
    office.act(deciding.take_reason, office.tang, question, "防汛", DUE)


def _rounds(office: District, sheet_id: int) -> None:
    june = office.round_id
    # Handed in already: the focus of June is fixed, that of the department's round is not.
    other = office.act(rounds.find, office.id, str(JUNE), "department")
    assert other is not None
    office.act(round_desk.set_focus, office.tang, other.id, 3, NOON, counts=True)
    office.act(compute_round, office.act(rounds.known, june), FIRST_OF_JULY)
    # By the shipped policy a month is final at once; only what is provisional can be reopened.
    office.act(lambda db: db.exec_driver_sql("UPDATE ranking SET state = 'provisional'"))
    office.act(round_desk.set_closing, office.tang, june, REOPENED_UNTIL, SECOND_OF_JULY)
    office.act(lambda db: db.exec_driver_sql("UPDATE ranking SET state = 'final'"))
    office.act(returning.return_item, office.tang, sheet_id, 7, "请附照片", SECOND_OF_JULY)
    office.tap(sheet_id, 7, 350, SECOND_OF_JULY)
    office.act(submitting.submit, office.zhou, sheet_id, SECOND_OF_JULY)
    office.act(compute_round, office.act(rounds.known, june), FOURTH_OF_JULY)
