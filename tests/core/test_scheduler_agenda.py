"""What the office sees of the clock: the next thirty days, the last ten, a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from clock_hand import POLICY, ticks
from clock_office import CHASE, REMINDER, number, refuses, says, sees
from district import NOON, District, moment
from sqlalchemy import text
from test_actions_reminding import CHEN, passes

from core.actions import round_desk
from core.errors import BadPeriod, FiringOfRound, NoSuchFiring, NotAllowed
from core.policy_schedules import Nudge, Schedule
from core.schedule_views import MOVE, SKIP, FiringNumber, Plan, schedule_number
from core.scheduler import agenda, desk
from core.store import calendar_days, deliveries, occurrences, rounds
from core.store.engine import Db
from core.workdays import DayKind


def test_the_next_thirty_days(running: District) -> None:
    assert sees(running) == [
        ("06-26 09:00", "report-reminder", "planned"),
        ("06-26 16:00", "report-chase", "planned"),
        ("06-28 15:00", "briefing-chase", "planned"),
        ("07-01 00:00", "monthly-close", "of_round"),
        ("07-01 00:00", "quarterly-close", "of_round"),
        ("07-01 08:00", "monthly-open", "planned"),
        ("07-01 09:00", "monthly-ranking", "planned"),
        ("07-01 09:00", "quarterly-ranking", "planned"),
        ("07-01 10:00", "half-year-summary", "planned"),
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
    entries: tuple[Schedule | Nudge, ...] = (*POLICY.schedules, *POLICY.nudges)
    named = [each.id for each in entries]
    assert len({schedule_number(each) for each in named}) == len(named)


def test_only_the_office_looks_and_changes(running: District) -> None:
    liu = running.liu
    looks: list[Callable[[Db], object]] = [
        lambda db: agenda.agenda(db, liu, NOON),
        lambda db: agenda.firing_line(db, liu, REMINDER),
        lambda db: agenda.last_fired(db, liu),
        lambda db: agenda.year_plan(db, liu, 2013, NOON),
        lambda db: desk.ask(db, liu, SKIP, REMINDER, NOON),
        lambda db: desk.restore(db, liu, REMINDER, NOON),
    ]
    for look in looks:
        with pytest.raises(NotAllowed):
            running.act(look)


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
    occurrence = "report-reminder:2013-06-26"
    assert either_running.act(deliveries.counts, either_running.id, [occurrence]) == {occurrence: {"pending": 2}}
    refused = text("UPDATE outbox SET state = 'failed' WHERE chat_id = :chat").bindparams(chat=CHEN)
    either_running.act(lambda db: db.execute(refused))
    (newest, *_) = either_running.act(agenda.last_fired, either_running.tang).fired
    assert newest.messages == {"failed": 1, "pending": 1}
    assert either_running.act(deliveries.counts, either_running.id + 1, [occurrence]) == {}


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
