"""The office's hand in the clock: skipped, moved, fired now, and put back; over an outage too."""

from __future__ import annotations

from typing import Any

import pytest
from clock_hand import POLICY, ticks
from clock_office import CHASE, REMINDER, number, outcome, refuses, says, sees
from district import NOON, SHANGHAI, District, moment
from inviting_office import acts, letters
from roster_rows import assign
from test_actions_reminding import CHEN, LIU, TANG, ZHOU, _with, heard, passes

from core.errors import (
    FiringInQuietHours,
    FiringOver,
    FiringPast,
    FiringReasonMissing,
    FiringTimeUnreadable,
    FiringTooFar,
    Refusal,
    RoundNotOver,
)
from core.schedule_views import FIRE, MOVE, SKIP, FiringNumber, Plan
from core.scheduler import agenda, carry_out_due, desk
from core.store import deliveries, reschedulings, rounds


def nudging(office: District) -> Any:
    """Rules that remind the raters of monthly rounds, in force."""
    monthly = POLICY.nudges[0].model_copy(update={"rhythm": "monthly"})
    policy = POLICY.model_copy(update={"nudges": (monthly,)})
    office.hand_out("月塘街道", "zhou")
    return _with(policy)


def test_skipped_nobody_hears_it_and_the_office_sees_why(either_running: District) -> None:
    line = says(either_running, SKIP, CHASE, "  系统检修 ")
    assert (line.plan, line.is_skipped, line.reason, line.changed_by) == (Plan.SKIPPED, True, "系统检修", "唐文静")
    assert line.is_changeable
    assert ("06-26 16:00", "report-chase", "skipped") in sees(either_running)
    assert (CHEN, "chase_report") not in passes(either_running, "2013-06-26 16:00", "2013-06-26 16:01")
    assert outcome(either_running, "report-chase", "2013-06-26") == "skipped"
    newest = either_running.act(agenda.last_fired, either_running.tang).fired[0]
    assert (newest.schedule, newest.outcome, newest.reason, newest.messages) == (
        "report-chase",
        "skipped",
        "系统检修",
        {},
    )
    assert acts(either_running)[-1] == (
        "skip_firing",
        {
            "schedule": "report-chase",
            "key": "2013-06-26",
            "old": "2013-06-26T08:00:00+00:00",
            "new": None,
            "reason": "系统检修",
        },
    )
    after = moment("2013-06-26 16:02")
    assert isinstance(refuses(either_running, MOVE, CHASE, "6月27日 10:00 补发", after), FiringOver)
    assert ("06-26 16:00", "report-chase", "skipped") not in sees(either_running, after)


def test_moved_it_comes_then_and_once(either_running: District) -> None:
    line = says(either_running, MOVE, REMINDER, "６月２７日　１０：００ 开会")
    assert (line.plan, line.is_moved, line.is_earlier, line.reason) == (Plan.MOVED, True, False, "开会")
    assert sees(either_running)[1] == ("06-27 10:00", "report-reminder", "moved")
    assert (LIU, "remind_report") not in passes(either_running, "2013-06-26 09:00", "2013-06-27 09:59")
    assert passes(either_running, "2013-06-27 10:00", "2013-06-27 10:01") == [
        (LIU, "remind_report"),
        (CHEN, "remind_report"),
    ]
    assert letters(either_running)[-1]["is_today"] is False
    # By the day that the schedule names: it is about June's report, and claimed under the 26th.
    assert (letters(either_running)[-1]["key"], outcome(either_running, "report-reminder", "2013-06-26")) == (
        "2013-06",
        "done",
    )
    newest = either_running.act(agenda.last_fired, either_running.tang).fired[0]
    assert (newest.schedule, newest.moved, newest.reason, newest.messages) == (
        "report-reminder",
        True,
        "开会",
        {"pending": 2},
    )


def test_moved_forward_it_does_not_come_again_at_its_own_time(running: District) -> None:
    says(running, MOVE, REMINDER, "2013-06-25 15:00 提前")
    assert passes(running, "2013-06-25 15:00") == [(LIU, "remind_report"), (CHEN, "remind_report")]
    assert "remind_report" not in [kind for _, kind in passes(running, "2013-06-26 09:00")]


def test_fired_now_it_comes_at_once_and_never_again(running: District) -> None:
    line = says(running, FIRE, REMINDER, "先发")
    assert line.is_earlier
    assert line.fire_at == NOON.now
    # The heartbeat has read this very moment already.
    before = len(letters(running))
    ticks(running, NOON)
    assert heard(running, before) == [(LIU, "remind_report"), (CHEN, "remind_report")]
    assert "remind_report" not in [kind for _, kind in passes(running, "2013-06-26 09:00")]
    assert running.act(agenda.firing_line, running.tang, REMINDER).plan is Plan.OVER
    assert isinstance(refuses(running, FIRE, REMINDER, "再发"), FiringOver)
    assert [name for name, _ in acts(running)] == ["fire_now"]


def test_taken_back_before_its_time_it_comes_as_planned(running: District) -> None:
    says(running, SKIP, REMINDER, "不需要")
    line = running.act(desk.restore, running.tang, REMINDER, NOON)
    assert (line.plan, line.reason) == (Plan.PLANNED, None)
    assert running.act(desk.restore, running.tang, REMINDER, NOON) == line
    assert [name for name, _ in acts(running)] == ["skip_firing", "restore_firing"]
    assert (LIU, "remind_report") in passes(running, "2013-06-26 09:00")
    with pytest.raises(FiringOver):
        running.act(desk.restore, running.tang, REMINDER, moment("2013-06-26 09:01"))
    assert not running.act(reschedulings.take_back, running.id, "report-reminder", "2013-06-26")


def test_once_its_own_time_is_past_it_cannot_go_back_there_but_be_skipped(running: District) -> None:
    says(running, MOVE, REMINDER, "6月27日 10:00 开会")
    late = moment("2013-06-26 12:00")
    ticks(running, late)
    with pytest.raises(FiringPast):
        running.act(desk.restore, running.tang, REMINDER, late)
    says(running, SKIP, REMINDER, "不发了", late)
    assert outcome(running, "report-reminder", "2013-06-26") is None
    assert (LIU, "remind_report") not in passes(running, "2013-06-26 12:01", "2013-06-27 10:00")
    assert outcome(running, "report-reminder", "2013-06-26") == "skipped"


@pytest.mark.parametrize(
    ("firing", "text", "why"),
    [
        (REMINDER, "6月24日 11:59 开会", FiringPast),
        (REMINDER, "2013-08-24 10:00 开会", FiringTooFar),
        (REMINDER, "6月27日 21:00 开会", FiringInQuietHours),
        (REMINDER, "6月27日 07:29 开会", FiringInQuietHours),
        (REMINDER, "6月27日 10:00", FiringReasonMissing),
        (REMINDER, "开会", FiringTimeUnreadable),
        (number("monthly-ranking", "2013-07-01"), "6月30日 10:00 提前", RoundNotOver),
        (number("monthly-ranking", "2013-08-01"), "7月2日 10:00 提前", RoundNotOver),
        (number("monthly-open", "2013-07-01"), "2013-08-02 10:00 推迟", FiringTooFar),
    ],
)
def test_times_that_make_no_sense_are_refused(
    running: District, firing: FiringNumber, text: str, why: type[Refusal]
) -> None:
    assert isinstance(refuses(running, MOVE, firing, text), why)


def test_nothing_is_fired_in_the_quiet_hours(running: District) -> None:
    assert isinstance(refuses(running, FIRE, REMINDER, "先发", moment("2013-06-24 20:00")), FiringInQuietHours)


def test_an_outage_honours_what_the_office_changed(running: District) -> None:
    says(running, SKIP, CHASE, "不催")
    says(running, MOVE, REMINDER, "6月27日 10:00 开会")
    passes(running, "2013-06-25 20:00")
    # Twelve hours count from the new time.
    assert passes(running, "2013-06-27 19:00") == [(LIU, "remind_report"), (CHEN, "remind_report")]
    assert outcome(running, "report-chase", "2013-06-26") == "skipped"


def test_what_was_moved_and_missed_is_told(running: District) -> None:
    says(running, MOVE, REMINDER, "6月27日 10:00 开会")
    passes(running, "2013-06-26 17:00")
    before = len(letters(running))
    passes(running, "2013-06-28 12:00")
    told = next(each for each in letters(running)[before:] if each["name"] == "reminders_missed")
    assert told["missed"] == [["remind_report", "2013-06-27T02:00:00+00:00"]]
    found = running.act(agenda.last_fired, running.tang)
    assert [(each.outcome, each.moved) for each in found.fired if each.schedule == "report-reminder"] == [
        ("missed", True)
    ]
    assert found.digest is not None
    assert (found.digest.schedule, found.digest.outcome) == ("digest", "done")


def test_two_that_come_at_one_moment_both_come(running: District) -> None:
    says(running, MOVE, number("workday-reminder", "2013-07-08"), "7月9日 08:00 合并")
    before = len(letters(running))
    ticks(running, moment("2013-07-09 08:00"))
    days = [each["key"] for each in letters(running)[before:] if each.get("kind") == "remind_workday"]
    assert sorted(set(days)) == ["2013-07-08", "2013-07-09"]  # type: ignore[type-var]


def test_a_digest_that_was_skipped_stands_among_the_rest(running: District) -> None:
    digest = number("digest", "2013-06-26")
    says(running, SKIP, digest, "不需要")
    assert ("06-26 08:30", "digest", "skipped") in sees(running)
    assert passes(running, "2013-06-26 08:30") == []
    assert isinstance(refuses(running, MOVE, digest, "6月27日 10:00 推迟", moment("2013-06-26 08:31")), FiringOver)


def test_a_moved_opening_opens_then_and_closes_when_it_would_have(running: District) -> None:
    assign(running, "zhou", "仙庾镇")
    says(running, MOVE, number("monthly-open", "2013-07-01"), "7月3日 09:00 推迟")
    passes(running, "2013-07-02 12:00")
    assert running.act(rounds.find, running.id, "2013-07", "township") is None
    passes(running, "2013-07-03 09:00")
    july = running.act(rounds.find, running.id, "2013-07", "township")
    assert july is not None
    assert (july.opens_at, july.closes_at) == (moment("2013-07-03 09:00").now, moment("2013-08-01 00:00").now)
    sent = running.act(deliveries.counts, running.id, ["monthly-open:2013-07-01"])
    # To its one rater, and to the office, which hears that nobody scores the other townships.
    assert sent == {"monthly-open:2013-07-01": {"pending": 2}}


def test_a_skipped_ranking_is_not_computed_and_a_moved_one_is_not_late(running: District) -> None:
    ranking = number("monthly-ranking", "2013-07-01")
    line = says(running, SKIP, ranking, "数据有误")
    assert line.key == "2013-06"
    passes(running, "2013-07-01 09:00", "2013-07-01 10:00")
    assert outcome(running, "monthly-ranking", "2013-06") == "skipped"
    assert running.act(lambda db: db.exec_driver_sql("SELECT count(*) FROM ranking").scalar_one()) == 0
    fired = {each.schedule: each for each in running.act(agenda.last_fired, running.tang).fired}
    skipped = fired["monthly-ranking"].subject
    assert skipped is not None
    assert skipped.period == "2013-06"


def test_a_moved_ranking_is_marked_with_its_firing(running: District) -> None:
    says(running, MOVE, number("monthly-ranking", "2013-07-01"), "7月2日 10:00 推迟")
    assert (TANG, "no_group") not in passes(running, "2013-07-01 09:00")
    assert (TANG, "no_group") in passes(running, "2013-07-02 10:00")
    assert running.act(deliveries.counts, running.id, ["monthly-ranking:2013-06", "nothing:else"]) == {
        "monthly-ranking:2013-06": {"pending": 1}
    }


def test_reminders_to_raters_are_changed_like_the_rest(running: District, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_set = nudging(running)
    policy = rule_set["township"].policy
    monkeypatch.setattr("core.scheduler.book.rules_of", lambda _db, _district: policy)

    def beat(text: str) -> list[str]:
        before = len(letters(running))
        running.act(carry_out_due, rule_set, SHANGHAI, moment(text))
        return [kind for who, kind in heard(running, before) if kind == "nudge" and who == ZHOU]

    assert beat("2013-06-24 12:00") == []
    first, second = (number("quarterly-nudge", f"2013-06-{day}", running.round_id) for day in (27, 29))
    line = says(running, SKIP, first, "不提醒")
    assert (line.subject.kind, line.subject.period, line.latest) == ("nudge", "2013-06", moment("2013-07-01 00:00").now)
    assert isinstance(refuses(running, MOVE, second, "7月1日 09:00 推迟"), FiringTooFar)
    says(running, MOVE, second, "6月30日 10:00 推迟")
    assert [(when, plan) for when, what, plan in sees(running) if what == "quarterly-nudge"] == [
        ("06-27 09:00", "skipped"),
        ("06-30 10:00", "moved"),
    ]
    assert beat("2013-06-27 09:00") == beat("2013-06-29 09:00") == []
    assert beat("2013-06-30 10:00") == ["nudge"]
    assert beat("2013-06-30 10:01") == []
    past = [each for each in running.act(agenda.last_fired, running.tang).fired if each.schedule == "quarterly-nudge"]
    assert [(each.outcome, each.messages) for each in past] == [("done", {"pending": 1}), ("skipped", {})]
    assert {each.subject for each in past} == {line.subject}


def test_a_reminder_to_raters_that_an_outage_made_too_late_is_not_sent(running: District) -> None:
    rule_set = nudging(running)
    for text in ("2013-06-26 12:00", "2013-06-28 12:00"):
        running.act(carry_out_due, rule_set, SHANGHAI, moment(text))
    assert (ZHOU, "nudge") not in heard(running)


def test_a_change_of_what_the_policy_no_longer_plans_is_void(running: District) -> None:
    rule_set = nudging(running)
    says(running, SKIP, REMINDER, "不需要")
    says(running, MOVE, number("report-chase", "2013-06-26"), "6月27日 10:00 推迟")
    other_days = tuple(
        each.model_copy(update={"days": (25,)}) if each.days == (26,) else each for each in POLICY.schedules
    )
    policy = rule_set["township"].policy.model_copy(update={"schedules": other_days})
    before = len(letters(running))
    for at in ("2013-06-25 12:00", "2013-06-27 12:00"):
        running.act(carry_out_due, _with(policy), SHANGHAI, moment(at))
    kinds = [kind for _, kind in heard(running, before)]
    assert kinds.count("remind_report") == 2
    assert kinds.count("chase_report") == 0
