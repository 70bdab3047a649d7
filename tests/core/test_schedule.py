"""The office and the clock: what is to come and came, skipped, moved, fired now, and put back; over an outage too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from district import NOON, SHANGHAI, District, moment
from inviting_office import acts, letters
from roster_rows import assign
from test_actions_reminding import CHEN, LIU, TANG, ZHOU, _with, heard, passes
from test_scheduler import RULES, ticks

from core.actions import round_desk, typing
from core.actions.door import Moment
from core.actions.typing import Said
from core.errors import (
    BadPeriod,
    FiringInactive,
    FiringInQuietHours,
    FiringOfRound,
    FiringOver,
    FiringPast,
    FiringTimeUnreadable,
    FiringTooFar,
    NoSuchFiring,
    NotAllowed,
    Refusal,
    RoundNotOver,
    TextMissing,
)
from core.periods import Period
from core.policy_schedules import Nudge, Schedule
from core.schedule_views import FIRE, MOVE, SKIP, FiringLine, FiringNumber, ForTheClock, Plan, schedule_number
from core.scheduler import agenda, carry_out_due, desk
from core.store import calendar_days, deliveries, occurrences, outbox, reschedulings, rounds
from core.store.rules import policy_in_force
from core.workdays import DayKind

POLICY = RULES["township"].policy


def number(schedule: str, day: str, round_id: int = 0) -> FiringNumber:
    """A firing by its schedule and the day that this names."""
    return FiringNumber(schedule_number(schedule), date.fromisoformat(day).toordinal(), round_id)


REMINDER = number("report-reminder", "2013-06-26")
CHASE = number("report-chase", "2013-06-26")


@pytest.fixture
def running(office: District) -> District:
    """A district whose clock was read at noon of 24 June."""
    ticks(office, NOON)
    return office


@pytest.fixture
def either_running(either_office: District) -> District:
    """The same on both databases."""
    ticks(either_office, NOON)
    return either_office


def says(office: District, kind: str, firing: FiringNumber, text: str, at: Moment = NOON) -> FiringLine:
    """The office taps and replies; gives the firing as it stands then."""
    asked = office.act(desk.ask, office.tang, kind, firing, at)
    answer = ForTheClock(asked.prompt_id, kind, f"{firing.schedule}:{firing.day}:{firing.round}", text)
    return office.act(desk.take_answer, office.tang, answer, at).line


def refuses(office: District, kind: str, firing: FiringNumber, text: str, at: Moment = NOON) -> Refusal:
    """Why the office's word is not taken."""
    with pytest.raises(Refusal) as refused:
        says(office, kind, firing, text, at)
    return refused.value


def sees(office: District, at: Moment = NOON) -> list[tuple[str, str, str]]:
    """The agenda: when (on the district's clock), what, and how it stands."""
    found = office.act(agenda.agenda, office.tang, at)
    return [(f"{each.fire_at.astimezone(SHANGHAI):%m-%d %H:%M}", each.schedule, str(each.plan)) for each in found.lines]


def outcome(office: District, schedule: str, key: str) -> str | None:
    """What became of a firing."""
    found = office.act(occurrences.claimed, office.id, schedule, [key]).get(key)
    return None if found is None else found.outcome


def test_the_next_thirty_days(running: District) -> None:
    assert sees(running) == [
        ("06-26 09:00", "report-reminder", "planned"),
        ("06-26 16:00", "report-chase", "planned"),
        ("06-28 15:00", "briefing-chase", "planned"),
        ("07-01 00:00", "monthly-close", "of_round"),
        ("07-01 00:00", "quarterly-close", "of_round"),
        ("07-01 08:00", "monthly-open", "planned"),
        ("07-01 09:00", "monthly-ranking", "planned"),
        ("07-01 09:00", "quarterly-ranking", "inactive"),
        ("07-01 10:00", "half-year-summary", "inactive"),
        ("07-05 15:00", "briefing-chase", "planned"),
        ("07-08 08:00", "workday-reminder", "planned"),
        ("07-08 17:00", "workday-chase", "planned"),
        ("07-09 08:00", "workday-reminder", "planned"),
        ("07-09 17:00", "workday-chase", "planned"),
        ("07-12 15:00", "briefing-chase", "planned"),
        ("07-19 15:00", "briefing-chase", "planned"),
    ]
    found = running.act(agenda.agenda, running.tang, NOON)
    assert [f"{each:%H:%M}" for each in found.digests] == ["08:30"]
    subjects = {each.schedule: each.subject for each in found.lines}
    assert (subjects["monthly-ranking"].period, subjects["monthly-open"].period) == ("2013-06", "2013-07")
    assert subjects["monthly-close"].unit_kinds == ("township",)
    assert subjects["quarterly-close"].unit_kinds == ("township", "department")


def test_days_off_and_days_that_nobody_knows_are_marked(running: District) -> None:
    far = moment("2099-01-01 12:00")
    assert {each.day_kind for each in running.act(agenda.agenda, running.tang, far).lines} == {DayKind.UNKNOWN}
    running.act(calendar_days.set_days, running.id, {date(2013, 6, 26): False}, running.tang.person_id, NOON.now)
    first, *_, last = running.act(agenda.agenda, running.tang, NOON).lines
    assert (first.day_kind, last.day_kind) == (DayKind.DAY_OFF, DayKind.WORKDAY)


def test_a_round_closes_when_it_says_and_raters_hear_of_it_before(running: District) -> None:
    until = moment("2013-07-04 00:00").now
    running.act(round_desk.set_closing, running.tang, running.round_id, until, NOON)
    ticks(running, moment("2013-06-20 08:00"))
    assert ("07-04 00:00", "monthly-close", "of_round") in sees(running)
    assert ("07-01 00:00", "monthly-close", "of_round") not in sees(running)
    (round_id, *_) = [each.id for each in running.act(rounds.open_ones, running.id, NOON.now)]
    closing = number("monthly-close", "2013-07-03", round_id)
    assert running.act(agenda.firing_line, running.tang, closing).subject.period == "2013-06"
    assert isinstance(refuses(running, SKIP, closing, "不需要"), FiringOfRound)
    assert isinstance(refuses(running, MOVE, number("quarterly-close", "2013-10-01"), "不需要"), FiringOfRound)


@pytest.mark.parametrize(
    "firing",
    [
        number("report-reminder", "2013-06-25"),
        number("no-such-schedule", "2013-06-26"),
        number("report-reminder", "2013-06-26", 404),
        number("quarterly-nudge", "2013-06-27"),
        number("quarterly-nudge", "2013-06-27", 1),
        FiringNumber(schedule_number("report-reminder"), 0, 0),
        FiringNumber(schedule_number("report-reminder"), 2**40, 0),
    ],
)
def test_what_no_schedule_names_is_no_firing(running: District, firing: FiringNumber) -> None:
    assert isinstance(refuses(running, SKIP, firing, "不需要"), NoSuchFiring)


def test_schedules_are_told_apart_by_their_numbers() -> None:
    named = [each.id for each in (*POLICY.schedules, *POLICY.nudges)]
    assert len({schedule_number(each) for each in named}) == len(named)


def test_only_the_office_looks_and_changes(running: District) -> None:
    for act in (agenda.agenda, agenda.firing_line, desk.restore):
        given = (REMINDER,) if act is not agenda.agenda else ()
        with pytest.raises(NotAllowed):
            running.act(act, running.liu, *given, *(() if act is agenda.firing_line else (NOON,)))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        running.act(agenda.last_fired, running.liu)
    with pytest.raises(NotAllowed):
        running.act(desk.ask, running.liu, SKIP, REMINDER, NOON)


def test_skipped_nobody_hears_it_and_the_office_sees_why(either_running: District) -> None:
    line = says(either_running, SKIP, CHASE, "  系统检修 ")
    assert (line.plan, line.is_skipped, line.reason, line.changed_by) == (Plan.SKIPPED, True, "系统检修", "唐文静")
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
    assert (line.plan, line.is_moved, line.reason) == (Plan.MOVED, True, "开会")
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
        (REMINDER, "6月27日 10:00", TextMissing),
        (REMINDER, "开会", FiringTimeUnreadable),
        (number("monthly-ranking", "2013-07-01"), "6月30日 10:00 提前", RoundNotOver),
        (number("monthly-ranking", "2013-08-01"), "7月2日 10:00 提前", RoundNotOver),
        (number("monthly-open", "2013-07-01"), "2013-08-02 10:00 推迟", FiringTooFar),
        (number("quarterly-ranking", "2013-07-01"), "7月2日 10:00 推迟", FiringInactive),
    ],
)
def test_times_that_make_no_sense_are_refused(
    running: District, firing: FiringNumber, text: str, why: type[Refusal]
) -> None:
    assert isinstance(refuses(running, MOVE, firing, text), why)


def test_nothing_is_fired_in_the_quiet_hours(running: District) -> None:
    assert isinstance(refuses(running, FIRE, REMINDER, "先发", moment("2013-06-24 20:00")), FiringInQuietHours)


def test_a_text_answers_the_question_that_is_open(running: District) -> None:
    asked = running.act(desk.ask, running.tang, SKIP, REMINDER, NOON)
    taken = running.act(typing.take_text, running.tang, Said(TANG, "检修", None, NOON.now), NOON)
    about = f"{REMINDER.schedule}:{REMINDER.day}:0"
    assert taken == ForTheClock(asked.prompt_id, SKIP, about, "检修")


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
    assert sent == {"monthly-open:2013-07-01": {"pending": 1}}


def test_a_skipped_ranking_is_not_computed_and_a_moved_one_is_not_late(running: District) -> None:
    ranking = number("monthly-ranking", "2013-07-01")
    line = says(running, SKIP, ranking, "数据有误")
    assert line.key == "2013-06"
    passes(running, "2013-07-01 09:00", "2013-07-01 10:00")
    assert outcome(running, "monthly-ranking", "2013-06") == "skipped"
    assert running.act(lambda db: db.exec_driver_sql("SELECT count(*) FROM ranking").scalar_one()) == 0
    (newest, *_) = running.act(agenda.last_fired, running.tang).fired
    assert newest.subject is not None
    assert newest.subject.period == "2013-06"


def test_a_moved_ranking_is_marked_with_its_firing(running: District) -> None:
    says(running, MOVE, number("monthly-ranking", "2013-07-01"), "7月2日 10:00 推迟")
    assert (TANG, "no_group") not in passes(running, "2013-07-01 09:00")
    assert (TANG, "no_group") in passes(running, "2013-07-02 10:00")
    assert running.act(deliveries.counts, running.id, ["monthly-ranking:2013-06", "nothing:else"]) == {
        "monthly-ranking:2013-06": {"pending": 1}
    }


def nudging(office: District) -> Any:
    """Rules that remind the raters of monthly rounds, in force."""
    monthly = POLICY.nudges[0].model_copy(update={"rhythm": "monthly"})
    policy = POLICY.model_copy(update={"nudges": (monthly,)})
    office.hand_out("月塘街道", "zhou")
    return _with(policy)


def test_reminders_to_raters_are_changed_like_the_rest(running: District, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_set = nudging(running)
    policy = rule_set["township"].policy
    for room in ("core.scheduler.book",):
        monkeypatch.setattr(f"{room}.rules_of", lambda _db, _district: policy)

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
    past = {each.schedule: each for each in running.act(agenda.last_fired, running.tang).fired}
    assert past["quarterly-nudge"].subject == line.subject
    assert past["quarterly-nudge"].messages == {"pending": 1}


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


def test_a_schedule_that_the_policy_no_longer_has_is_listed_by_its_name(running: District) -> None:
    running.act(occurrences.claim, running.id, "older-reminder", "2012-12-26", NOON.now, NOON.now)
    (found,) = [
        each for each in running.act(agenda.last_fired, running.tang).fired if each.schedule == "older-reminder"
    ]
    assert (found.subject, found.outcome) == (None, "done")


def test_the_last_are_ten_and_digests_are_not_among_them(running: District, monkeypatch: pytest.MonkeyPatch) -> None:
    assert running.act(agenda.last_fired, running.tang).digest is None
    for day in range(1, 15):
        running.act(occurrences.claim, running.id, "report-reminder", f"2013-01-{day:02d}", NOON.now, NOON.now)
    passes(running, "2013-06-25 08:30")
    found = running.act(agenda.last_fired, running.tang)
    assert [each.schedule for each in found.fired] == ["report-reminder"] * 10
    assert found.digest is not None
    without = POLICY.model_copy(update={"schedules": [each for each in POLICY.schedules if each.kind != "send_digest"]})
    monkeypatch.setattr("core.scheduler.book.rules_of", lambda _db, _district: without)
    assert running.act(agenda.last_fired, running.tang).digest is None


def test_the_states_of_messages_are_counted(either_running: District) -> None:
    passes(either_running, "2013-06-26 09:00")
    count = lambda: either_running.act(deliveries.counts, either_running.id, ["report-reminder:2013-06-26"])  # noqa: E731
    assert count() == {"report-reminder:2013-06-26": {"pending": 2}}
    at = moment("2013-06-26 09:01").now
    parcel = either_running.act(outbox.next_pending, at)
    assert parcel is not None
    assert json.loads(parcel.view)["name"] == "digest" or either_running.act(outbox.take, parcel, at)
    either_running.act(lambda db: db.exec_driver_sql("UPDATE outbox SET state = 'failed' WHERE chat_id = 880006"))
    assert count()["report-reminder:2013-06-26"]["failed"] == 1


def test_a_year_holds_everything_but_the_digests(running: District) -> None:
    says(running, MOVE, REMINDER, "6月27日 10:00 开会")
    says(running, SKIP, CHASE, "不催")
    says(running, SKIP, number("digest", "2013-06-26"), "不需要")
    passes(running, "2013-06-26 16:00")
    year = running.act(agenda.year_plan, running.tang, 2013, moment("2013-06-26 17:00"))
    assert (year.year, year.district) == (2013, "荷塘区")
    assert "send_digest" not in {each.subject.kind for each in year.lines}
    assert len([each for each in year.lines if each.schedule == "report-reminder"]) == 12
    assert [each.fire_at for each in year.lines] == sorted(each.fire_at for each in year.lines)
    (chase,) = [each for each in year.lines if each.schedule == "report-chase" and each.named_day == date(2013, 6, 26)]
    assert (chase.plan, chase.is_skipped) == (Plan.OVER, True)
    june = [each for each in year.lines if each.schedule == "monthly-close" and each.subject.period == "2013-06"]
    assert [each.number.round for each in june] == [running.round_id]
    with pytest.raises(BadPeriod):
        running.act(agenda.year_plan, running.tang, 10**6, NOON)


def test_a_policy_that_the_office_took_is_the_one_that_is_read(running: District) -> None:
    taken = running.act(policy_in_force, running.id)
    assert taken is not None
    assert taken.hash == POLICY.hash
    assert isinstance(taken.schedules[0], Schedule)
    assert isinstance(taken.nudges[0], Nudge)
    assert Period.parse("2013-06") == replace(Period.parse("2013-06"))
