"""Reminders of the clock: who hears what on which day, once; and what an outage leaves of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from clock_hand import POLICY, RULES, ticks
from district import GROUP, NOON, SHANGHAI, District, moment
from inviting_office import letters, ready
from test_actions_filing import asks, says
from test_actions_suggesting import file as filed_before

from core.actions import deciding, district, reminding, todo
from core.actions.announcing import give_up_late
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.telling import keep_quiet
from core.calendar import Duty
from core.scheduler import carry_out_due, nudge_times
from core.snapshots import Question
from core.store import occurrences, outbox, people, units
from core.store.engine import Db

LIU, CHEN, DENG, TANG, ZHOU = 880005, 880006, 880008, 880001, 880002


def heard(office: District, since: int = 0) -> list[tuple[int, str]]:
    """To whom which letter is owed; reminders by their kind."""
    return [(each["to"], str(each.get("kind", each["name"]))) for each in letters(office)[since:]]  # type: ignore[misc]


def passes(office: District, *moments: str) -> list[tuple[int, str]]:
    """The heartbeat at these moments; what came of it."""
    before = len(letters(office))
    for each in moments:
        ticks(office, moment(each))
    return heard(office, before)


def test_on_the_26th_officers_are_reminded_and_who_has_not_filed_is_chased(running: District) -> None:
    # At 08:30 the digest: the report is due today.
    assert passes(running, "2013-06-26 08:30") == [(LIU, "digest"), (CHEN, "digest")]
    assert passes(running, "2013-06-26 09:00", "2013-06-26 09:01") == [(LIU, "remind_report"), (CHEN, "remind_report")]
    says(running, asks(running, "report", moment("2013-06-26 10:00")), "小结", moment("2013-06-26 10:00"))
    assert passes(running, "2013-06-26 16:00", "2013-06-26 16:05") == [(CHEN, "chase_report")]


def test_on_workdays_departments_hear_it_too(running: District) -> None:
    assert passes(running, "2013-07-08 07:59")[-1:] != [(DENG, "remind_workday")]
    assert passes(running, "2013-07-08 08:00") == [
        (LIU, "remind_workday"),
        (CHEN, "remind_workday"),
        (DENG, "remind_workday"),
    ]
    assert passes(running, "2013-07-08 08:30") == [(each, "digest") for each in (LIU, CHEN, DENG)]
    eighth = moment("2013-07-08 12:00")
    says(running, asks(running, "workday", eighth), "12 8 5", eighth)
    assert passes(running, "2013-07-08 17:00") == [(CHEN, "chase_workday"), (DENG, "chase_workday")]


def test_on_friday_who_has_no_briefing_is_chased(running: District) -> None:
    thursday = moment("2013-06-27 12:00")
    says(running, asks(running, "briefing", thursday), "调解室启用", thursday)
    passes(running, "2013-06-28 14:59")
    assert passes(running, "2013-06-28 15:00") == [(CHEN, "chase_briefing")]
    (pending,) = running.act(deciding.pending, running.tang)
    asked = running.act(deciding.ask_decision, running.tang, pending.filing_id, thursday)
    question = Question(asked.prompt_id, "reject_filing", str(pending.filing_id))
    running.act(deciding.take_reason, running.tang, question, "不合要求", thursday)
    passes(running, "2013-07-05 14:59")
    assert passes(running, "2013-07-05 15:00") == [(LIU, "chase_briefing"), (CHEN, "chase_briefing")]


def test_who_is_excused_hears_nothing(running: District) -> None:
    unit = running.units["仙庾镇"]
    asked = running.act(deciding.ask_excuse, running.tang, unit, Duty.MONTHLY_REPORT, "2013-06", NOON)
    about = Question(asked.prompt_id, "excuse", f"{unit}:monthly_report:2013-06")
    running.act(deciding.take_reason, running.tang, about, "撤并", NOON)
    assert passes(running, "2013-06-26 09:00") == [(CHEN, "remind_report"), (CHEN, "digest")]


def test_down_from_the_eve_until_eleven(running: District) -> None:
    passes(running, "2013-06-25 20:00")
    assert passes(running, "2013-06-26 11:00", "2013-06-26 11:01") == [
        (LIU, "remind_report"),
        (CHEN, "remind_report"),
        (LIU, "digest"),
        (CHEN, "digest"),
    ]


def test_down_until_the_day_after_nobody_is_reminded_and_the_office_hears_why(running: District) -> None:
    passes(running, "2013-06-25 20:00")
    before = len(letters(running))
    assert passes(running, "2013-06-27 12:00", "2013-06-27 12:01") == [(TANG, "reminders_missed")]
    told = letters(running)[before]["missed"]
    assert [kind for kind, _ in told] == ["remind_report", "chase_report"]  # type: ignore[attr-defined]
    rows = running.act(
        lambda db: db.exec_driver_sql("SELECT schedule, key, outcome FROM occurrence ORDER BY 1, 2").all()
    )
    assert ("report-reminder", "2013-06-26", "missed") in [tuple(row) for row in rows]


def test_what_would_arrive_only_after_the_quiet_hours_may_be_too_late(running: District) -> None:
    passes(running, "2013-06-26 15:00")
    # The chase of 16:00 would be read at 07:30: more than twelve hours late, and about a day that is over.
    assert passes(running, "2013-06-26 20:10") == [(TANG, "reminders_missed")]


def test_a_reminder_that_waits_too_long_is_given_up_and_told_of(running: District) -> None:
    passes(running, "2013-06-26 09:00")
    late = moment("2013-06-26 21:00:01")
    assert running.act(outbox.next_pending, moment("2013-06-26 21:00").now) is not None
    running.act(give_up_late, late)
    assert letters(running)[-1] == {"name": "reminders_late", "count": 4, "to": TANG}
    running.act(give_up_late, late)
    # It is nothing to be woken for.
    assert running.act(outbox.next_pending, late.now) is None
    parcel = running.act(outbox.next_pending, moment("2013-06-27 07:30").now)
    assert parcel is not None
    assert json.loads(parcel.view)["name"] == "reminders_late"


def test_the_office_is_asked_for_next_years_holidays_while_they_are_unknown(
    running: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes(running, "2013-11-01 08:59")
    assert (TANG, "holidays_unknown") not in passes(running, "2013-11-01 09:00")
    monkeypatch.setattr(reminding, "is_known", lambda _year, _overrides: False)
    passes(running, "2013-11-15 08:59")
    assert (TANG, "holidays_unknown") in passes(running, "2013-11-15 09:00")
    assert letters(running)[-1]["year"] == 2014


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ("2013-07-01 00:00", ["2013-06-27 09:00", "2013-06-29 09:00"]),
        ("2013-06-30 18:00", ["2013-06-27 09:00", "2013-06-29 09:00"]),
    ],
)
def test_raters_are_nudged_three_days_and_one_day_before_the_last(closes: str, expected: list[str]) -> None:
    nudge = RULES["township"].policy.nudges[0]
    times = nudge_times(nudge, SHANGHAI, moment(closes).now)
    assert [f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for each in times] == expected


def test_who_is_not_finished_is_nudged_once(running: District) -> None:
    quarterly = RULES["township"].policy.nudges[0]
    monthly = quarterly.model_copy(update={"rhythm": "monthly"})
    policy = RULES["township"].policy.model_copy(update={"nudges": (monthly,)})
    rule_set = _with(policy)
    running.hand_out("月塘街道", "zhou")

    def beat(text: str) -> list[tuple[int, str]]:
        before = len(letters(running))
        running.act(carry_out_due, rule_set, SHANGHAI, moment(text))
        return [each for each in heard(running, before) if each[1] == "nudge"]

    assert beat("2013-06-26 12:00") == []
    assert beat("2013-06-27 09:00") == [(ZHOU, "nudge")]
    assert beat("2013-06-27 09:01") == []
    assert beat("2013-06-29 09:00") == [(ZHOU, "nudge")]


def test_a_nudge_that_waits_too_long_is_given_up(running: District) -> None:
    monthly = RULES["township"].policy.nudges[0].model_copy(update={"rhythm": "monthly"})
    rule_set = _with(RULES["township"].policy.model_copy(update={"schedules": (), "nudges": (monthly,)}))
    running.hand_out("月塘街道", "zhou")
    for beat in ("2013-06-26 12:00", "2013-06-27 09:00", "2013-06-27 21:00"):
        running.act(carry_out_due, rule_set, SHANGHAI, moment(beat))
        assert "reminders_late" not in [name for _, name in heard(running)]
    running.act(carry_out_due, rule_set, SHANGHAI, moment("2013-06-28 12:00"))
    assert letters(running)[-1] == {"name": "reminders_late", "count": 1, "to": TANG}


def test_what_could_not_be_sent_by_day_wakes_nobody_but_the_office(either_office: District) -> None:
    noon, evening = moment("2013-06-26 12:00"), moment("2013-06-26 20:00")
    for key, chat in (("chase", LIU), ("unknown", TANG), (f"{outbox.ANSWER}1:read", CHEN), ("bulletin", GROUP)):
        either_office.act(outbox.put, either_office.id, key, chat, "{}", noon.now, language="zh")

    def due(at: Moment) -> set[int]:
        either_office.act(keep_quiet, at)
        return {each.chat_id for each in either_office.act(outbox.due, at.now, 9)}

    assert due(moment("2013-06-26 19:59")) == {LIU, TANG, CHEN, GROUP}
    assert due(evening) == {TANG, CHEN, GROUP}
    assert due(moment("2013-06-27 07:29")) == {TANG, CHEN, GROUP}
    assert due(moment("2013-06-27 07:30")) == {LIU, TANG, CHEN, GROUP}


def _with(policy: Any) -> Any:
    return {kind: replace(rules, policy=policy) for kind, rules in RULES.items()}


def test_on_its_last_day_a_round_is_in_the_digest(running: District) -> None:
    running.hand_out("月塘街道", "zhou")
    # 30 June is a Sunday: the week's briefing is due too.
    found = [each for each in passes(running, "2013-06-30 08:30") if each[1] == "digest"]
    assert found == [(ZHOU, "digest"), (LIU, "digest"), (CHEN, "digest")]


def test_who_wants_no_digest_is_reminded_all_the_same(running: District) -> None:
    running.act(todo.set_digests, running.liu, wanted=False)
    assert not running.act(people.wants_digests, running.liu.person_id)
    assert passes(running, "2013-06-26 08:30") == [(CHEN, "digest")]
    assert (LIU, "remind_report") in passes(running, "2013-06-26 09:00")


def test_departments_nobody_scores_need_not_be_reminded(running: District) -> None:
    policy = RULES["township"].policy
    nobody = policy.model_copy(update={"scoring": policy.scoring.model_copy(update={"unlinked_department": "nobody"})})

    def remind(db: Db) -> None:
        carry_out_due(db, _with(nobody), SHANGHAI, moment("2013-07-08 08:00"))

    before = len(letters(running))
    running.act(remind)
    assert (DENG, "remind_workday") not in heard(running, before)


def test_the_winner_of_the_flag_is_asked_for_a_talk_unless_the_policy_says_no(running: District) -> None:
    running.act(district.bind_group, running.tang, GROUP, None, is_group=True)
    running.submitted("仙庾镇", {4: 100})
    found = passes(running, "2013-07-01 09:00")
    assert (LIU, "talk_asked") in found
    assert (CHEN, "talk_asked") not in found


def test_what_a_person_owes(office: District) -> None:
    def owed(at: Moment) -> list[tuple[str, bool]]:
        return [(each.key, each.is_over) for each in office.act(todo.todo, office.liu, at).duties]

    # Nobody ever filed anything: what is past is unknown, what comes is owed.
    assert owed(NOON) == [("2013-06", False), ("2013-W26", False)]
    filed_before(office, "月塘街道", Duty.WORKDAY, "2013-06-08", "2013-06-08 18:00")
    assert owed(NOON) == [("2013-06-08", True), ("2013-06-09", True), ("2013-06", False), ("2013-W26", False)]
    says(office, asks(office, "briefing"), "调解室启用")
    says(office, asks(office, "report"), "小结")
    assert owed(NOON) == [("2013-06-08", True), ("2013-06-09", True)]
    assert owed(moment("2013-07-01 08:00"))[-4:] == [
        ("2013-W27", False),
        ("2013-07-08", False),
        ("2013-07-09", False),
        ("2013-07", False),
    ]
    # A department owes its workdays; the office owes nothing but has briefings to decide on.
    department = office.act(todo.todo, office.people["deng"], NOON)
    assert [each.key for each in department.duties] == ["2013-06-08", "2013-06-09"]
    desk = office.act(todo.todo, office.tang, NOON)
    assert (desk.duties, desk.pending) == ((), 1)


def test_without_a_unit_or_a_policy_nothing_is_owed(district: District) -> None:
    assert district.act(todo.todo, district.liu, NOON).duties == ()
    office = ready(district)
    nobody = replace(office.liu, unit_ids=frozenset())
    assert office.act(todo.todo, nobody, NOON).duties == ()


def test_a_letter_says_what_is_true_when_it_is_sent(office: District) -> None:
    unit = office.units["仙庾镇"]
    still: Callable[..., Any] = todo.still_owed
    owed = office.act(still, office.id, unit, Duty.MONTHLY_REPORT, "2013-06", NOON)
    assert (owed.unit, owed.is_over) == ("仙庾镇", False)
    says(office, asks(office, "report"), "小结")
    assert office.act(still, office.id, unit, Duty.MONTHLY_REPORT, "2013-06", NOON) is None


def test_a_firing_is_claimed_once_whoever_is_first(running: District) -> None:
    key = ("report-reminder", "2013-06-26")
    assert running.act(occurrences.claim, running.id, *key, NOON.now, NOON.now)
    assert not running.act(occurrences.claim, running.id, *key, NOON.now, NOON.now, missed=True)
    assert (LIU, "remind_report") not in passes(running, "2013-06-26 09:00")


def test_a_firing_is_claimed_by_whoever_is_first(running: District) -> None:
    twenty_sixth = moment("2013-06-26 09:00")
    running.hand_out("月塘街道", "zhou")
    schedule = next(each for each in POLICY.schedules if each.id == "report-reminder")
    (found,) = [each for each in running.act(units.districts) if each.id == running.id]
    firing = Firing("report-reminder", twenty_sixth.today, twenty_sixth.now)
    before = len(letters(running))
    for _ in range(2):
        running.act(reminding.remind, found, POLICY, schedule, firing, twenty_sixth)
        running.act(reminding.nudge_raters, found, "quarterly-nudge", running.round_id, firing, twenty_sixth)
    assert sorted(heard(running, before)) == [(ZHOU, "nudge"), (LIU, "remind_report"), (CHEN, "remind_report")]
