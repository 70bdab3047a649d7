"""What the clock leads to: a ranking computed once, and who is owed which message about it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from assessed import schedule
from district import FIRST_OF_JULY, GROUP, District, later, moment, shipped_rules

from core.actions import announcing, district, publishing, staff
from core.actions.door import Moment
from core.actions.firing import Firing
from core.errors import NotAllowed
from core.store import outbox, people, units
from core.store.engine import Db
from core.store.outbox import Parcel

ON_TIME = Firing("monthly-ranking", FIRST_OF_JULY.today, FIRST_OF_JULY.now)
TANG, ZHOU = 880001, 880002


def bind(on: District, thread_id: int | None = None) -> None:
    """The admin binds the group."""
    on.act(district.bind_group, on.tang, GROUP, thread_id, is_group=True)


def fires(on: District, firing: Firing = ON_TIME, at: Moment = FIRST_OF_JULY) -> None:
    """The schedule's moment has come."""

    def rank(db: Db) -> None:
        publishing.rank_due(db, units.district(db, on.id), shipped_rules().policy, schedule("monthly"), firing, at)

    on.act(rank)


def take(on: District, at: Moment = FIRST_OF_JULY) -> Parcel | None:
    """The next message, on its way."""

    def take_next(db: Db) -> Parcel | None:
        parcel = outbox.next_pending(db, at.now)
        return None if parcel is None else outbox.take(db, parcel, at.now)

    return on.act(take_next)


def under_way(on: District, at: Moment = FIRST_OF_JULY) -> Parcel:
    """The next message, which there must be."""
    parcel = take(on, at)
    assert parcel is not None
    return parcel


def owed(on: District, at: Moment = FIRST_OF_JULY) -> list[tuple[int, dict[str, Any]]]:
    """Everything owed then, taken one after the other: chat and view."""
    found = []
    while (parcel := take(on, at)) is not None:
        found.append((parcel.chat_id, json.loads(parcel.view)))
        on.act(outbox.set_sent, parcel.id, 1)
    return found


def test_the_group_is_owed_its_bulletin_once(either_district: District) -> None:
    bind(either_district, thread_id=9)
    either_district.submitted("仙庾镇")
    fires(either_district)
    fires(either_district, at=later(FIRST_OF_JULY, hours=1))
    parcel = under_way(either_district)
    assert (parcel.chat_id, parcel.thread_id, parcel.language, parcel.attempt) == (GROUP, 9, "zh", 1)
    assert parcel.dedup_key == f"bulletin:{either_district.id}:township:2013-06:v1:final"
    assert json.loads(parcel.view) == {"name": "ranking_bulletin", "ranking": 1, "late": False}
    # The winner is asked for 经验介绍, and nobody anything else.
    assert json.loads(under_way(either_district).view)["name"] == "talk_asked"
    assert take(either_district) is None


@pytest.mark.parametrize(("minutes", "late"), [(15, False), (16, True)])
def test_a_bulletin_made_up_for_says_so(district: District, minutes: int, late: bool) -> None:
    bind(district)
    at = later(FIRST_OF_JULY, minutes=minutes)
    fires(district, at=at)
    assert json.loads(under_way(district, at).view)["late"] is late


def test_without_a_group_the_admins_are_told_who_ranked_first_nowhere(district: District) -> None:
    fires(district)
    assert owed(district) == [(TANG, {"name": "no_group", "ranking": 1})]


def test_a_month_without_a_round_is_told_to_the_admins(district: District) -> None:
    bind(district)
    august = moment("2013-08-01 09:00")
    fires(district, Firing("ranking-monthly", august.today, august.now), august)
    parcel = under_way(district, august)
    assert (parcel.chat_id, json.loads(parcel.view)) == (
        TANG,
        {"name": "no_round", "period": "2013-07", "kinds": ["township"]},
    )


def test_a_bulletin_without_an_answer_is_asked_about(either_district: District) -> None:
    bind(either_district)
    fires(either_district)
    parcel = under_way(either_district)
    for _ in range(2):
        either_district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    assert owed(either_district) == [(TANG, {"name": "unknown_parcel", "parcel": parcel.id, "attempt": 1})]


def test_a_tap_on_the_post_itself_leaves_an_admin_nothing_to_decide(district: District) -> None:
    bind(district)
    fires(district)
    parcel = under_way(district)
    district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    district.act(announcing.seen, parcel.id, GROUP, 71)
    assert district.act(announcing.decide, district.tang, parcel.id, FIRST_OF_JULY, resend=True) is False


def test_a_bulletin_on_its_way_is_not_repeated_because_its_group_moved(district: District) -> None:
    bind(district)
    fires(district)
    parcel = under_way(district)
    district.act(_follow, parcel.chat_id)
    district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    assert owed(district) == [(TANG, {"name": "unknown_parcel", "parcel": parcel.id, "attempt": 1})]


def _follow(db: Db, chat_id: int) -> None:
    district.follow_group(db, chat_id, -1001234567890)


def test_a_notice_to_one_person_is_repeated_once(either_district: District) -> None:
    fires(either_district)
    first = under_way(either_district)
    either_district.act(announcing.settle_unknown, first, "timeout", FIRST_OF_JULY)
    second = under_way(either_district)
    assert (second.id, second.attempt) == (first.id, 2)
    either_district.act(announcing.settle_unknown, second, "timeout", FIRST_OF_JULY)
    assert take(either_district) is None
    assert either_district.act(outbox.abandoned) == []


def test_after_a_kill_nobody_guesses_what_became_of_a_bulletin(either_district: District) -> None:
    bind(either_district)
    fires(either_district)
    parcel = under_way(either_district)
    either_district.act(announcing.recover, FIRST_OF_JULY)
    either_district.act(announcing.recover, FIRST_OF_JULY)
    assert owed(either_district) == [(TANG, {"name": "unknown_parcel", "parcel": parcel.id, "attempt": 1})]


@pytest.mark.parametrize(("seconds", "asked"), [(150, 0), (151, 1)])
def test_where_others_send_too_only_what_takes_too_long_is_given_up(
    either_district: District, seconds: int, asked: int
) -> None:
    bind(either_district)
    fires(either_district)
    under_way(either_district)
    at = later(FIRST_OF_JULY, seconds=seconds)
    either_district.act(announcing.recover, at, started_before=at.now - timedelta(seconds=150))
    assert len(owed(either_district, at)) == asked


def test_what_this_process_is_at_is_not_given_up(district: District) -> None:
    bind(district)
    fires(district)
    parcel = under_way(district)
    district.act(announcing.recover, FIRST_OF_JULY, under_way=[parcel.id])
    assert owed(district) == []


def test_an_admin_has_an_unknown_bulletin_sent_again(either_district: District) -> None:
    bind(either_district)
    fires(either_district)
    parcel = under_way(either_district)
    either_district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    owed(either_district)
    tang = either_district.tang
    assert either_district.act(announcing.decide, tang, parcel.id, FIRST_OF_JULY, resend=True)
    assert not either_district.act(announcing.decide, tang, parcel.id, FIRST_OF_JULY, resend=True)
    again = under_way(either_district)
    assert (again.id, again.attempt) == (parcel.id, 2)


def test_an_admin_says_that_a_bulletin_is_there(district: District) -> None:
    bind(district)
    fires(district)
    parcel = under_way(district)
    district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    assert district.act(announcing.decide, district.tang, parcel.id, FIRST_OF_JULY, resend=False)
    assert [chat for chat, _ in owed(district)] == [TANG]


def test_a_tap_on_the_bulletin_proves_that_it_is_there(either_district: District) -> None:
    bind(either_district)
    fires(either_district)
    parcel = under_way(either_district)
    either_district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    either_district.act(announcing.seen, parcel.id, GROUP, 7)
    tang = either_district.tang
    assert not either_district.act(announcing.decide, tang, parcel.id, FIRST_OF_JULY, resend=True)


def test_nobody_else_decides(district: District) -> None:
    bind(district)
    fires(district)
    parcel = under_way(district)
    district.act(announcing.settle_unknown, parcel, "timeout", FIRST_OF_JULY)
    with pytest.raises(NotAllowed):
        district.act(announcing.decide, district.zhou, parcel.id, FIRST_OF_JULY, resend=True)


def test_a_bulletin_telegram_refused_is_told_to_the_admins(either_district: District) -> None:
    bind(either_district)
    fires(either_district)
    parcel = under_way(either_district)
    either_district.act(announcing.settle_failed, parcel, "kicked", FIRST_OF_JULY, shut_out=True)
    told = {"name": "failed_parcel", "parcel": parcel.id, "error": "kicked"}
    assert owed(either_district) == [(TANG, told)]


def test_a_notice_an_admin_cannot_get_is_told_to_nobody(district: District) -> None:
    fires(district)
    parcel = under_way(district)
    district.act(announcing.settle_failed, parcel, "too long", FIRST_OF_JULY)
    assert take(district) is None


def test_who_lets_nothing_through_is_told_of_once_until_they_write(either_district: District) -> None:
    def refused(key: str, minutes: int) -> list[tuple[int, dict[str, Any]]]:
        at = later(FIRST_OF_JULY, minutes=minutes)
        either_district.act(outbox.put, either_district.id, key, ZHOU, "{}", at.now, language="zh")
        either_district.act(announcing.settle_failed, under_way(either_district, at), "blocked", at, shut_out=True)
        return owed(either_district, at)

    told = {"name": "unreachable", "person": either_district.zhou.person_id}
    assert refused("a", 0) == [(TANG, told | {"since": FIRST_OF_JULY.now.isoformat()})]
    assert refused("b", 1) == []
    zhou = either_district.act(people.actors, [ZHOU], FIRST_OF_JULY.today)[ZHOU]
    assert zhou.is_unreachable
    card = either_district.act(staff.person, either_district.tang, zhou.person_id, FIRST_OF_JULY)
    assert card.person.unreachable_since == FIRST_OF_JULY.now
    either_district.act(people.set_reachable, [zhou.person_id])
    assert refused("c", 2) == [(TANG, told | {"since": later(FIRST_OF_JULY, minutes=2).now.isoformat()})]
