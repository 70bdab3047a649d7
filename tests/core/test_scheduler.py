"""The clock's hand: when schedules fire, and what is made up for after an outage."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from district import FIRST_OF_JULY, GROUP, JUNE, NOON, SHANGHAI, District, later, moment, shipped_rules

from core.actions import district as deeds
from core.actions import rounds
from core.actions.door import Moment
from core.actions.ranking import newest_ranking
from core.errors import NoSuchRanking
from core.policy_schedules import Schedule
from core.rubric_files import SHIPPED
from core.scheduler import HEARTBEAT_SECONDS, carry_out_due, fire_times, start_heartbeat
from core.store import outbox

RULES = rounds.rule_set(SHIPPED)
POLICY = RULES["township"].policy


def schedule(**given: list[Any]) -> Schedule:
    """A schedule of a duty at 09:00, of fields as the policy file's reader hands them over: numbers as decimals."""
    values = {"id": "s", "kind": "remind_report", "time": "09:00", "shift": "none", "catch_up": "all"}
    listed = {
        name: [Decimal(each) if isinstance(each, int) else each for each in value] for name, value in given.items()
    }
    return Schedule.model_validate(values | listed)


def fires(of: Schedule, after: str, until: str) -> list[str]:
    """When it fires, on Shanghai's clock."""
    found = fire_times(of, SHANGHAI, moment(after).now, moment(until).now)
    return [f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for each in found]


def ticks(district: District, at: Moment) -> None:
    """The heartbeat."""
    district.act(carry_out_due, RULES, SHANGHAI, at)


def owed(district: District, at: Moment) -> list[tuple[int, dict[str, Any]]]:
    """Everything owed at that moment: chat and view."""
    found = []
    while (parcel := district.act(outbox.next_pending, at.now)) is not None:
        assert district.act(outbox.take, parcel, at.now) is not None
        assert district.act(outbox.set_sent, parcel.id, 1)
        found.append((parcel.chat_id, json.loads(parcel.view)))
    return found


def posted(district: District, at: Moment) -> list[dict[str, Any]]:
    """What the group is owed at that moment."""
    return [view for chat, view in owed(district, at) if chat == GROUP]


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
    ticks(either_district, later(FIRST_OF_JULY, hours=3))
    assert owed(either_district, later(FIRST_OF_JULY, hours=3)) == []
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
    bulletin = {"name": "monthly_bulletin", "ranking": 1, "late": False}
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
        {"name": "monthly_bulletin", "ranking": 1, "late": True},
        {"name": "monthly_bulletin", "ranking": 2, "late": True},
        {"name": "monthly_bulletin", "ranking": 3, "late": False},
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
