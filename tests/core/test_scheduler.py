"""The clock's hand: when schedules fire, and what is made up for after an outage."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from clock_hand import POLICY, RULES, fires, owed, posted, schedule, ticks
from district import FIRST_OF_JULY, GROUP, JUNE, NOON, SHANGHAI, District, later, moment, shipped_rules
from roster_rows import assign

from core.actions import district as deeds
from core.actions import round_desk, rounds
from core.actions.firing import Firing
from core.actions.ranking import newest_ranking
from core.actions.rounds import Plan
from core.errors import NoSuchRanking
from core.periods import Period
from core.rubric_files import SHIPPED
from core.scheduler import HEARTBEAT_SECONDS, carry_out_due, closing_of, fire_times, start_heartbeat
from core.store import rounds as store
from core.store import sheets


def test_it_fires_after_the_one_moment_and_up_to_the_other() -> None:
    monthly = schedule(days=[1])
    assert fires(monthly, "2013-06-01 09:00", "2013-07-01 09:00") == ["2013-07-01 09:00"]
    assert fires(monthly, "2013-06-01 08:59:59", "2013-07-01 08:59:59") == ["2013-06-01 09:00"]
    assert fires(monthly, "2013-06-02 00:00", "2013-06-30 23:59") == []


def test_it_fires_across_the_end_of_the_year() -> None:
    assert fires(schedule(days=[1]), "2013-11-15 12:00", "2014-02-01 09:00") == [
        "2013-12-01 09:00",
        "2014-01-01 09:00",
        "2014-02-01 09:00",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("last", ["2016-01-31 09:00", "2016-02-29 09:00", "2016-03-31 09:00", "2016-04-30 09:00"]),
        (30, ["2016-01-30 09:00", "2016-03-30 09:00", "2016-04-30 09:00"]),
    ],
)
def test_months_have_the_lengths_they_have(day: int | str, expected: list[str]) -> None:
    assert fires(schedule(days=[day]), "2016-01-01 00:00", "2016-05-01 00:00") == expected


def test_months_and_weekdays_are_the_ones_named() -> None:
    quarterly = schedule(months=[3, 6, 9, 12], days=[20])
    assert fires(quarterly, "2013-01-01 00:00", "2013-12-31 00:00") == [
        f"2013-{month} 09:00" for month in ("03-20", "06-20", "09-20", "12-20")
    ]
    friday = schedule(weekdays=["fri"])
    assert fires(friday, "2013-06-24 00:00", "2013-07-01 00:00") == ["2013-06-28 09:00"]


def test_nothing_is_repeated_or_skipped_where_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begin, end = datetime(2013, 3, 30, tzinfo=UTC), datetime(2013, 10, 28, tzinfo=UTC)
    found = list(fire_times(schedule(), berlin, begin, end))
    days = [each.astimezone(berlin).date() for each in found]
    assert days == sorted(set(days))
    assert len(days) == (end - begin).days
    assert found[0] == datetime(2013, 3, 30, 8, 0, tzinfo=UTC)
    assert found[1] == datetime(2013, 3, 31, 7, 0, tzinfo=UTC)
    # From any of its own moments the next one follows.
    assert [next(fire_times(schedule(), berlin, each, end)) for each in found[:-1]] == found[1:]


def test_a_new_installation_owes_nothing_for_the_past(either_district: District) -> None:
    ticks(either_district, FIRST_OF_JULY)
    # Not until ten: then the half-year falls due, which is no longer the past.
    ticks(either_district, later(FIRST_OF_JULY, minutes=50))
    assert owed(either_district, later(FIRST_OF_JULY, minutes=50)) == []
    with pytest.raises(NoSuchRanking):
        either_district.act(newest_ranking, either_district.id, None)


def test_the_month_is_ranked_at_nine_and_once(either_district: District) -> None:
    either_district.act(deeds.bind_group, either_district.tang, GROUP, None, is_group=True)
    ticks(either_district, NOON)
    early = moment("2013-07-01 08:59:59")
    ticks(either_district, early)
    assert posted(either_district, early) == []
    for seconds in (0, HEARTBEAT_SECONDS, 2 * HEARTBEAT_SECONDS):
        ticks(either_district, later(FIRST_OF_JULY, seconds=seconds))
    bulletin = {"name": "ranking_bulletin", "ranking": 1, "late": False}
    assert posted(either_district, later(FIRST_OF_JULY, hours=1)) == [bulletin]


def test_every_month_of_an_outage_is_made_up_for_in_order(district: District) -> None:
    district.act(deeds.bind_group, district.tang, GROUP, None, is_group=True)
    for period in (JUNE.next(), JUNE.next().next()):
        opens, closes = moment(f"{period}-01 00:00").now, period.ends_at(SHANGHAI)
        district.act(rounds.open_round, district.id, period, "township", shipped_rules(), opens, closes)
    ticks(district, NOON)
    back = moment("2013-09-01 09:10")
    ticks(district, back)
    assert posted(district, back) == [
        {"name": "ranking_bulletin", "ranking": 1, "late": True},
        {"name": "ranking_bulletin", "ranking": 2, "late": True},
        {"name": "ranking_bulletin", "ranking": 3, "late": False},
    ]
    assert district.act(newest_ranking, district.id, None).period == "2013-08"


def test_a_clock_that_goes_back_repeats_nothing_and_forgets_nothing(either_district: District) -> None:
    either_district.act(deeds.bind_group, either_district.tang, GROUP, None, is_group=True)
    ticks(either_district, NOON)
    ticks(either_district, FIRST_OF_JULY)
    assert len(posted(either_district, FIRST_OF_JULY)) == 1
    ticks(either_district, NOON)
    ticks(either_district, later(FIRST_OF_JULY, minutes=1))
    assert posted(either_district, later(FIRST_OF_JULY, minutes=1)) == []


def opened(district: District) -> list[tuple[str, str, str, str]]:
    """Every round but the district's own: period, kind, opening and closing on Shanghai's clock."""
    times = "%m-%d %H:%M"
    return [
        (
            record.period,
            record.unit_kind,
            f"{record.opens_at.astimezone(SHANGHAI):{times}}",
            f"{record.closes_at.astimezone(SHANGHAI):{times}}",
        )
        for record, _ in sorted(district.act(store.counted, district.id), key=lambda each: each[0].id)
        if record.id != district.round_id
    ]


def test_the_quarters_rounds_open_on_the_twentieth_and_once(either_district: District) -> None:
    ticks(either_district, moment("2013-06-20 07:59"))
    assert opened(either_district) == []
    for seconds in (0, HEARTBEAT_SECONDS):
        ticks(either_district, later(moment("2013-06-20 08:00"), seconds=seconds))
    assert opened(either_district) == [
        ("2013-Q2", "township", "06-20 08:00", "07-01 00:00"),
        ("2013-Q2", "department", "06-20 08:00", "07-01 00:00"),
    ]


def test_a_whole_year_opens_its_rounds(district: District) -> None:
    ticks(district, moment("2013-11-30 00:00"))
    for day in ("2013-12-02 12:00", "2013-12-21 12:00", "2014-01-06 12:00"):
        ticks(district, moment(day))
    assert opened(district) == [
        ("2013-12", "township", "12-01 08:00", "01-01 00:00"),
        ("2013-Q4", "township", "12-20 08:00", "01-01 00:00"),
        ("2013-Q4", "department", "12-20 08:00", "01-01 00:00"),
        ("2014-01", "township", "01-01 08:00", "02-01 00:00"),
        ("2013", "township", "01-05 08:00", "01-16 00:00"),
        ("2013", "department", "01-05 08:00", "01-16 00:00"),
    ]


def test_a_round_opened_by_hand_is_not_opened_again(district: District) -> None:
    ticks(district, moment("2013-06-19 00:00"))
    opens, quarter = moment("2013-06-19 10:00").now, Period.parse("2013-Q2")
    closes = quarter.ends_at(SHANGHAI)
    district.act(rounds.open_round, district.id, quarter, "township", shipped_rules(), opens, closes)
    ticks(district, moment("2013-06-20 08:00"))
    assert [(kind, opening) for _, kind, opening, _ in opened(district)] == [
        ("township", "06-19 10:00"),
        ("department", "06-20 08:00"),
    ]


def test_an_opening_missed_for_days_is_made_up_for_and_one_that_is_over_is_asked_about(district: District) -> None:
    ticks(district, moment("2013-06-19 00:00"))
    ticks(district, moment("2013-06-23 12:00"))
    assert [opening for _, _, opening, _ in opened(district)] == ["06-20 08:00", "06-20 08:00"]
    owed(district, moment("2013-06-23 12:00"))
    back = moment("2013-10-02 12:00")
    ticks(district, back)
    assert [period for period, *_ in opened(district)] == ["2013-Q2", "2013-Q2", "2013-10"]
    missed = [view for _, view in owed(district, back) if view["name"] == "round_missed"]
    assert [(view["period"], view["kind"]) for view in missed] == [
        ("2013-07", "township"),
        ("2013-08", "township"),
        ("2013-09", "township"),
        ("2013-Q3", "township"),
        ("2013-Q3", "department"),
    ]


def test_a_round_that_was_extended_is_ranked_when_it_is_over_and_not_as_late(either_district: District) -> None:
    tang, round_id = either_district.tang, either_district.round_id
    either_district.act(deeds.bind_group, tang, GROUP, None, is_group=True)
    ticks(either_district, NOON)
    until = moment("2013-07-04 00:00")
    either_district.act(round_desk.set_closing, tang, round_id, until.now, NOON)
    for at in (FIRST_OF_JULY, moment("2013-07-03 23:59")):
        ticks(either_district, at)
        assert posted(either_district, at) == []
    for seconds in (0, HEARTBEAT_SECONDS):
        ticks(either_district, later(until, seconds=seconds))
    bulletin = {"name": "ranking_bulletin", "ranking": 1, "late": False}
    assert posted(either_district, later(until, minutes=1)) == [bulletin]


def test_a_round_that_was_closed_early_is_ranked_at_the_schedules_time(district: District) -> None:
    district.act(deeds.bind_group, district.tang, GROUP, None, is_group=True)
    ticks(district, NOON)
    district.act(round_desk.close_early, district.tang, district.round_id, NOON)
    ticks(district, later(NOON, minutes=1))
    assert posted(district, later(NOON, minutes=1)) == []
    ticks(district, FIRST_OF_JULY)
    assert [view["late"] for view in posted(district, FIRST_OF_JULY)] == [False]


def test_a_rhythm_that_never_closes_leaves_its_rounds_open_as_long_as_any_may_be() -> None:
    endless = POLICY.model_copy(update={"schedules": [each for each in POLICY.schedules if each.kind != "close_round"]})
    assert closing_of(endless, JUNE, SHANGHAI, NOON.now) == moment("2013-08-01 00:00").now
    assert closing_of(POLICY, JUNE, SHANGHAI, NOON.now) == moment("2013-07-01 00:00").now


def test_a_changed_rubric_takes_effect_with_the_next_round_and_the_old_sheet_stays(
    either_district: District, tmp_path: Path
) -> None:
    old_sheet = either_district.hand_out()
    for name in ("2013-township.yaml", "2013-department.yaml", "2013-policy.yaml"):
        text = (SHIPPED / name).read_text(encoding="utf-8")
        if name == "2013-township.yaml":
            # The first two items change places in what they are worth.
            head, first, between, rest = text.replace("version: 1", "version: 2", 1).split("        max_points: ", 3)
            text = "        max_points: ".join((head, f"3{first[1:]}", f"2{between[1:]}", rest))
        (tmp_path / name).write_text(text, encoding="utf-8")
    changed = rounds.rule_set(tmp_path)
    old, new = shipped_rules().rubric, changed["township"].rubric
    assert (old.version, new.version) == (1, 2)
    ticks(either_district, NOON)
    assign(either_district, "zhou", "仙庾镇")
    either_district.act(carry_out_due, changed, SHANGHAI, moment("2013-07-01 08:00"))
    july = either_district.act(store.find, either_district.id, "2013-07", "township")
    assert july is not None
    assert july.rubric_hash == new.hash
    (new_sheet,) = either_district.act(sheets.of_round, either_district.id, july.id, FIRST_OF_JULY.today)
    assert either_district.sees(new_sheet.id, FIRST_OF_JULY).sheet.rubric == new
    # The old one opens, is marked and is counted by the text it began with.
    assert either_district.sees(old_sheet).sheet.rubric == old
    assert either_district.tap(old_sheet, 1, old.item(1).max_points).view.sheet.rubric.version == 1


def test_a_schedule_of_a_duty_is_about_no_period() -> None:
    with pytest.raises(ValueError, match="about no round"):
        schedule().about(NOON.today)


def test_a_firing_that_was_claimed_opens_nothing_again(district: District) -> None:
    firing = Firing("quarterly-open", NOON.today, NOON.now)
    plans = [Plan(Period.parse("2013-Q2"), "township", moment("2013-07-01 00:00").now)]
    for _ in range(2):
        district.act(rounds.open_scheduled, district.id, RULES, firing, plans, NOON)
        plans.append(Plan(Period.parse("2013-Q2"), "department", moment("2013-07-01 00:00").now))
    assert [kind for _, kind, _, _ in opened(district)] == ["township"]


async def test_the_heart_beats_until_it_is_stopped() -> None:
    beaten = asyncio.Event()

    async def beat() -> None:
        beaten.set()

    scheduler = start_heartbeat(beat)
    async with asyncio.timeout(10):
        await beaten.wait()
    beaten.clear()
    (job,) = scheduler.get_jobs()
    assert job.trigger.interval == timedelta(seconds=HEARTBEAT_SECONDS)
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
    scheduler.modify_job(job.id, next_run_time=job.next_run_time - timedelta(seconds=HEARTBEAT_SECONDS))
    async with asyncio.timeout(10):
        await beaten.wait()
    scheduler.shutdown()
