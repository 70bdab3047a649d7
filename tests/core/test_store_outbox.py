"""The outbox: one row per key, one message per chat under way, and late answers fenced off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from databases import Server, opened
from district import NOON, District, found_district

from core.store import outbox
from core.store.outbox import Parcel

LATER = NOON.now + timedelta(minutes=1)


def put(district: District, key: str, chat_id: int = -1, minutes: int = 0) -> bool:
    """Owe a chat a message from so many minutes after noon."""
    due = NOON.now + timedelta(minutes=minutes)
    return district.act(outbox.put, district.id, key, chat_id, "{}", due, language="zh")


def due(district: District) -> Parcel:
    """The next message that is due a minute after noon; there must be one."""
    parcel = district.act(outbox.next_pending, LATER)
    assert parcel is not None
    return parcel


def taken(district: District) -> Parcel:
    """The next message, on its way."""
    parcel = district.act(outbox.take, due(district), LATER)
    assert parcel is not None
    return parcel


def nothing_due(district: District) -> bool:
    """Nothing is due a minute after noon."""
    return district.act(outbox.next_pending, LATER) is None


def test_a_key_is_owed_once_whatever_became_of_it(either_district: District) -> None:
    assert put(either_district, "a")
    assert not put(either_district, "a")
    assert either_district.act(outbox.set_sent, taken(either_district).id, 7)
    assert not put(either_district, "a")


def test_the_earliest_goes_first_and_none_before_its_time(either_district: District) -> None:
    put(either_district, "late", minutes=5)
    put(either_district, "second", chat_id=-2, minutes=1)
    put(either_district, "first", chat_id=-3)
    assert either_district.act(outbox.next_due) == NOON.now
    assert [taken(either_district).dedup_key for _ in range(2)] == ["first", "second"]
    assert nothing_due(either_district)
    assert either_district.act(outbox.next_due) == NOON.now + timedelta(minutes=5)


def test_nothing_is_due_where_nothing_is_owed(district: District) -> None:
    assert district.act(outbox.next_due) is None
    assert nothing_due(district)


def test_a_chat_has_one_message_under_way(either_district: District) -> None:
    put(either_district, "a")
    put(either_district, "b")
    first = taken(either_district)
    assert nothing_due(either_district)
    either_district.act(outbox.set_sent, first.id, 7)
    assert taken(either_district).dedup_key == "b"


def test_of_two_who_take_it_one_does(either_district: District) -> None:
    put(either_district, "a")
    parcel = due(either_district)
    assert either_district.act(outbox.take, parcel, NOON.now) is not None
    assert either_district.act(outbox.take, parcel, NOON.now) is None


def test_what_was_certainly_not_sent_was_no_attempt(either_district: District) -> None:
    put(either_district, "a")
    first = taken(either_district)
    either_district.act(outbox.put_back, first, LATER, "429")
    assert taken(either_district) == first
    # Its answer is there already: nothing that comes late can be taken for the second's.
    either_district.act(outbox.set_pending, first, NOON.now, "lost")
    assert taken(either_district).attempt == 2
    either_district.act(outbox.put_back, first, NOON.now, "late")
    assert nothing_due(either_district)


def test_the_answer_to_an_earlier_attempt_changes_nothing(either_district: District) -> None:
    put(either_district, "a")
    first = taken(either_district)
    either_district.act(outbox.set_pending, first, LATER, "429")
    second = taken(either_district)
    assert second.attempt == 2
    either_district.act(outbox.set_failed, first, "late")
    either_district.act(outbox.set_unknown, first, "late")
    either_district.act(outbox.set_pending, first, NOON.now, "late")
    assert either_district.act(outbox.abandoned) == [second]


def test_what_is_settled_stays_settled(district: District) -> None:
    put(district, "a")
    parcel = taken(district)
    district.act(outbox.set_failed, parcel, "403")
    district.act(outbox.set_pending, parcel, NOON.now, "late")
    assert nothing_due(district)
    assert district.act(outbox.abandoned) == []


def test_delivery_is_news_once(either_district: District) -> None:
    put(either_district, "a")
    parcel = taken(either_district)
    either_district.act(outbox.set_unknown, parcel, "timeout")
    assert either_district.act(outbox.set_sent, parcel.id, 7)
    assert not either_district.act(outbox.set_sent, parcel.id, 7)


@pytest.mark.parametrize(("chat_id", "still_to_decide"), [(-1, False), (-2, True)])
def test_a_tap_on_the_message_itself_proves_that_it_is_there(
    district: District, chat_id: int, still_to_decide: bool
) -> None:
    put(district, "a")
    parcel = taken(district)
    district.act(outbox.set_unknown, parcel, "timeout")
    district.act(outbox.set_seen, parcel.id, chat_id, 7)
    decided = district.act(outbox.decide, parcel.id, district.id, resend=True, now=NOON.now)
    assert decided is still_to_decide


def test_only_the_own_district_decides(district: District) -> None:
    put(district, "a")
    parcel = taken(district)
    district.act(outbox.set_unknown, parcel, "timeout")
    assert not district.act(outbox.decide, parcel.id, district.id + 1, resend=False, now=NOON.now)
    assert district.act(outbox.decide, parcel.id, district.id, resend=False, now=NOON.now)


def test_a_pending_message_is_not_for_admins_to_decide(district: District) -> None:
    put(district, "a")
    assert not district.act(outbox.decide, due(district).id, district.id, resend=True, now=NOON.now)


def test_many_are_taken_at_once_one_for_each_chat(either_district: District) -> None:
    for key, chat_id in (("a", -1), ("b", -1), ("c", -2), ("d", -3), ("e", -4)):
        put(either_district, key, chat_id)
    found = either_district.act(outbox.due, LATER, 4, [-3])
    assert [parcel.dedup_key for parcel in found] == ["a", "c", "e"]
    taken = either_district.act(outbox.take_all, found, LATER)
    assert [(parcel.dedup_key, parcel.state, parcel.attempt) for parcel in taken] == [
        (key, "sending", 1) for key in "ace"
    ]
    assert [parcel.dedup_key for parcel in either_district.act(outbox.due, LATER, 9)] == ["d"]


def test_of_many_only_those_are_taken_that_nobody_else_took(either_district: District) -> None:
    for key, chat_id in (("a", -1), ("b", -2)):
        put(either_district, key, chat_id)
    found = either_district.act(outbox.due, LATER, 9)
    either_district.act(outbox.take, found[0], LATER)
    assert [parcel.dedup_key for parcel in either_district.act(outbox.take_all, found, LATER)] == ["b"]


def test_a_second_message_is_not_taken_while_its_chat_has_one_under_way(either_district: District) -> None:
    put(either_district, "a")
    first = due(either_district)
    put(either_district, "b")
    either_district.act(outbox.take, first, LATER)
    second = Parcel(first.id + 1, first.district_id, "b", -1, None, "zh", "{}", "pending", 0)
    assert either_district.act(outbox.take, second, LATER) is None


def test_what_another_is_just_taking_is_left_to_it(postgresql: Server) -> None:
    with opened(postgresql.migrated()) as database:
        district = found_district(database)
        for key, chat_id in (("a", -1), ("b", -2)):
            put(district, key, chat_id)
        found = district.act(outbox.due, LATER, 9)
        with database.transaction() as one, database.transaction() as other:
            assert [each.dedup_key for each in outbox.take_all(one, found[:1], LATER)] == ["a"]
            assert [each.dedup_key for each in outbox.take_all(other, found, LATER)] == ["b"]


def test_a_chat_that_is_held_is_due_later_and_others_are_not(either_district: District) -> None:
    for key, chat_id in (("a", -1), ("b", -1), ("c", -2)):
        put(either_district, key, chat_id)
    until = LATER + timedelta(minutes=5)
    either_district.act(outbox.hold_chat, -1, until)
    assert [each.dedup_key for each in either_district.act(outbox.due, LATER, 9)] == ["c"]
    assert not either_district.act(outbox.is_anything_due, LATER, [-1])
    assert either_district.act(outbox.is_anything_due, until, [-1])


@pytest.mark.parametrize(("seconds", "given_up"), [(0, []), (1, ["a"])])
def test_only_what_was_begun_before_a_moment_counts_as_abandoned(
    either_district: District, seconds: int, given_up: list[str]
) -> None:
    put(either_district, "a")
    parcel = taken(either_district)
    before = LATER + timedelta(seconds=seconds)
    assert [each.dedup_key for each in either_district.act(outbox.abandoned, before)] == given_up
    assert either_district.act(outbox.abandoned, before, [parcel.id]) == []
