"""The shipped policy says what the measures and the office's choices say, in exact units."""

from __future__ import annotations

import json
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from pydantic import ValidationError

from core.policy import Policy
from core.policy_schedules import Rhythm
from core.rubric_files import SHIPPED, load_directory, load_policy, parse_policy, recall_policy
from core.rules_problem import RulesInvalid

RHYTHMS: tuple[Rhythm, ...] = ("monthly", "quarterly", "half_year", "annual")
SHANGHAI = ZoneInfo("Asia/Shanghai")
BOOK = load_directory(SHIPPED)
POLICY = BOOK.policies["2013-policy"]
TEXT = (SHIPPED / "2013-policy.yaml").read_text(encoding="utf-8")


def fires_in(year: int, schedule_id: str) -> list[str]:
    """Local date and time of every firing in the year, as a cron trigger built from the schedule gives them."""
    schedule = next(schedule for schedule in POLICY.schedules if schedule.id == schedule_id)
    trigger = CronTrigger(timezone=SHANGHAI, **schedule.cron())
    start, end = datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)
    fires = []
    fire = trigger.get_next_fire_time(None, start)
    while fire is not None and fire < end:
        fires.append(f"{fire:%m-%d %H:%M}")
        fire = trigger.get_next_fire_time(fire, fire)
    return fires


def test_money_is_in_fen_and_shares_are_whole_percents() -> None:
    assert POLICY.awards.rewards.prizes == (300_000, 200_000, 100_000)
    assert POLICY.rankings.monthly.weights.model_dump() == {
        "supervision": 60,
        "monthly_report": 10,
        "briefings": 20,
        "workdays": 10,
    }
    assert POLICY.rankings.annual.weights.model_dump() == {"quarters": 50, "january": 50}
    assert POLICY.scoring.reason_below_percent == 80


def test_which_kinds_a_rhythm_assesses_is_the_policys_choice() -> None:
    assert {rhythm: POLICY.rounds.of(rhythm) for rhythm in RHYTHMS} == {
        "monthly": ("township",),
        "quarterly": ("township", "department"),
        "half_year": (),
        "annual": ("township", "department"),
    }


def test_a_policy_older_than_that_choice_is_recalled_as_it_was_meant() -> None:
    start, end = TEXT.index("rounds: #"), TEXT.index("duties:")
    old = recall_policy(TEXT[:start] + TEXT[end:], "old")
    assert old.rounds == POLICY.rounds
    assert old.hash != POLICY.hash


def test_each_kind_of_unit_has_its_own_rules() -> None:
    assert POLICY.scoring.of("township").trim == 0
    assert POLICY.scoring.of("department").model_dump() == {"trim": 1, "trim_from": 5, "min_raters": 3}
    order = ("七项重大任务", "结合工作", "创新举措", "宣传工作", "组织管理")
    assert POLICY.rankings.precedence.of("township") == order
    assert POLICY.rankings.precedence.of("department") == (
        "大走访工作",
        "群众工作日集中办公",
        "解决民生问题",
        "工作扶持",
    )


def test_the_gates_and_objection_days() -> None:
    rankings = POLICY.rankings
    lives = {name: getattr(rankings, name) for name in ("monthly", "quarterly", "half_year", "annual")}
    assert {name: (life.incomplete, life.objection_days) for name, life in lives.items()} == {
        "monthly": ("publish", 0),
        "quarterly": ("hold", 3),
        "half_year": ("hold", 0),
        "annual": ("hold", 3),
    }


def test_last_places_and_suggestions() -> None:
    last = POLICY.awards.last_place
    assert (last.min_ranked, last.explain_after, last.disqualify_after, last.carry_over) == (4, 2, 3, False)
    suggestions = POLICY.duties.suggestions
    items = (suggestions.monthly_report.item, suggestions.workdays.item, suggestions.briefings.item)
    assert items == (4, 15, 22)
    report = suggestions.monthly_report
    assert (report.on_time_percent, report.late_percent, report.missing_percent) == (100, 50, 0)


@pytest.mark.parametrize(
    ("schedule_id", "fires"),
    [
        ("report-reminder", [f"{month:02}-26 09:00" for month in range(1, 13)]),
        ("report-chase", [f"{month:02}-26 16:00" for month in range(1, 13)]),
        ("workday-reminder", [f"{month:02}-{day} 08:00" for month in range(1, 13) for day in ("08", "09")]),
        ("workday-chase", [f"{month:02}-{day} 17:00" for month in range(1, 13) for day in ("08", "09")]),
        ("monthly-ranking", [f"{month:02}-01 09:00" for month in range(1, 13)]),
        ("quarterly-open", [f"{month}-20 08:00" for month in ("03", "06", "09", "12")]),
        ("quarterly-close", [f"{month}-01 00:00" for month in ("01", "04", "07", "10")]),
        ("quarterly-ranking", [f"{month}-01 09:00" for month in ("01", "04", "07", "10")]),
        ("half-year-summary", ["07-01 10:00"]),
        ("annual-open", ["01-05 08:00"]),
        ("annual-close", ["01-16 00:00"]),
        ("annual-ranking", ["01-16 09:00"]),
    ],
)
def test_the_year_2013_fires_as_the_measures_say(schedule_id: str, fires: list[str]) -> None:
    assert fires_in(2013, schedule_id) == fires


def test_briefings_are_chased_on_fridays_and_the_digest_is_daily() -> None:
    fridays = fires_in(2013, "briefing-chase")
    assert (len(fridays), fridays[0]) == (52, "01-04 15:00")
    assert len(fires_in(2013, "digest")) == 365


def test_reminders_are_made_up_for_only_while_fresh_and_rounds_always() -> None:
    for schedule in POLICY.schedules:
        expected = ("all", None) if schedule.is_about_a_round else ("latest", 12)
        assert (schedule.catch_up, schedule.within_hours) == expected
    (nudge,) = POLICY.nudges
    assert (nudge.rhythm, nudge.days_before, nudge.time) == ("quarterly", (3, 1), time(9, 0))


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [(time(19, 59), False), (time(20, 0), True), (time(0, 0), True), (time(7, 29), True), (time(7, 30), False)],
)
def test_quiet_hours_span_midnight(moment: time, quiet: bool) -> None:
    assert POLICY.contact.is_quiet(moment) is quiet


def test_quiet_hours_may_lie_within_a_day() -> None:
    nap = POLICY.contact.model_copy(update={"quiet_from": time(12, 0), "quiet_until": time(14, 0)})
    assert [nap.is_quiet(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def test_days_may_be_the_months_last() -> None:
    text = TEXT.replace("days: [20] # 政策", "days: [20, last] # 政策")
    policy = parse_policy(text, "rules.yaml", BOOK.rubrics)
    opening = next(schedule for schedule in policy.schedules if schedule.id == "quarterly-open")
    assert opening.days == (20, "last")
    assert opening.cron()["day"] == "20,last"


def test_the_hash_follows_the_values_only() -> None:
    alone = load_policy(SHIPPED / "2013-policy.yaml", BOOK.rubrics)
    assert alone == POLICY
    same = parse_policy(TEXT.replace("# 政策", "# policy"), "other.yaml", BOOK.rubrics)
    other = parse_policy(TEXT.replace("3000, 2000, 1000", "3000, 2000, 1001"), "other.yaml", BOOK.rubrics)
    assert same.hash == POLICY.hash != other.hash


def test_a_policy_of_old_is_recalled_without_its_rubrics_unless_damaged() -> None:
    assert recall_policy(TEXT, "database") == POLICY
    for damage, codes in (("version: [", ["yaml_syntax"]), ("version: x", ["not_number"]), ("vision: 1", None)):
        with pytest.raises(RulesInvalid) as invalid:
            recall_policy(TEXT.replace("version: 1", damage, 1), "database")
        assert [problem.code for problem in invalid.value.problems] == (codes or ["missing_key", "unknown_key"])


def test_a_policy_cannot_be_changed_and_holds_no_float() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        POLICY.version = 2

    def refuse(number: str) -> None:
        raise AssertionError(f"a float in the policy: {number}")

    dumped = Policy.model_dump_json(POLICY)
    assert json.loads(dumped, parse_float=refuse)["hash"] == POLICY.hash
