"""How fast messages leave: a chat's gap, a group's minute, everybody's second, and clocks that jump."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rooms import GROUP, LUO, TANG, ZHOU, HandClock

from bot.pace import AT_ONCE, Pace


class Time:
    """The bot's clock and the ticks behind it; usually they go together."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.ticks = 0.0
        self.pace = Pace(self.clock, lambda: self.ticks)

    def passes(self, seconds: float) -> None:
        self.ticks += seconds
        self.clock.now += timedelta(seconds=seconds)


def test_a_person_is_sent_one_a_second_and_others_need_not_wait() -> None:
    time = Time()
    assert time.pace.wait(ZHOU) == 0
    time.pace.sends(ZHOU)
    time.passes(0.4)
    assert time.pace.wait(ZHOU) == pytest.approx(0.6)
    assert (time.pace.wait(LUO), time.pace.wait_to_reply(ZHOU)) == (0, 0)
    time.passes(0.6)
    assert time.pace.wait(ZHOU) == 0


def test_a_group_has_twenty_a_minute_shared_by_replies_and_posts() -> None:
    time = Time()
    time.pace.sends(GROUP)
    assert time.pace.wait(GROUP) == 3
    for _ in range(19):
        assert time.pace.wait_to_reply(GROUP) == 0
        time.pace.replies(GROUP)
    assert time.pace.wait_to_reply(GROUP) == 60
    time.passes(59)
    assert time.pace.wait_to_reply(GROUP) == pytest.approx(1)
    assert time.pace.wait(GROUP) == pytest.approx(1)
    time.passes(1)
    assert time.pace.wait_to_reply(GROUP) == 0


def test_answers_to_a_person_hold_nothing_back() -> None:
    time = Time()
    time.pace.replies(ZHOU)
    assert time.pace.wait(ZHOU) == 0


def test_in_any_second_thirty_leave() -> None:
    time = Time()
    left: list[float] = []
    for _ in range(20 * 64):
        while time.pace.room():
            time.pace.sends(1000 + len(left))
            left.append(time.ticks)
        time.passes(1 / 64)
    assert max(sum(begin <= each < begin + 1 for each in left) for begin in left) == 30
    assert len(left) == pytest.approx(600, abs=30)


def test_room_for_many_is_waited_for() -> None:
    time = Time()
    time.pace.sends(TANG)
    time.passes(0.1)
    assert time.pace.room() == AT_ONCE - 1
    assert time.pace.wait_for_room(AT_ONCE - 1) == 0
    assert time.pace.wait_for_room(AT_ONCE) == pytest.approx(0.1)


def test_processes_share_what_telegram_allows() -> None:
    time = Time()
    time.pace.share(3)
    for _ in range(AT_ONCE):
        time.pace.sends(TANG)
    assert time.pace.wait_for_room(1) == pytest.approx(0.6)
    time.pace.share(0)
    assert time.pace.wait_for_room(1) == pytest.approx(0.2)


def test_a_pause_holds_one_chat_and_its_answers() -> None:
    time = Time()
    time.pace.pause(ZHOU, 30)
    time.pace.pause(ZHOU, 5)
    assert (time.pace.wait(ZHOU), time.pace.wait_to_reply(ZHOU), time.pace.wait(LUO)) == (30, 30, 0)
    time.passes(30)
    assert time.pace.wait(ZHOU) == 0


def test_a_clock_that_jumps_frees_every_chat_and_one_put_back_holds_none_longer() -> None:
    time = Time()
    time.pace.sends(GROUP)
    time.pace.pause(ZHOU, 3600)
    time.clock.passes(days=30)
    assert (time.pace.wait(GROUP), time.pace.wait(ZHOU), time.pace.waiting()) == (0, 0, {})
    time.pace.sends(GROUP)
    time.clock.passes(days=-30)
    assert time.pace.wait(GROUP) == 3
    time.ticks += 3
    assert time.pace.wait(GROUP) == 0


def test_who_waits_is_told_and_the_rest_forgotten() -> None:
    time = Time()
    time.pace.sends(ZHOU)
    time.pace.sends(GROUP)
    time.passes(1)
    assert time.pace.waiting() == {GROUP: pytest.approx(2)}
    for _ in range(2):
        # The minute of a group outlasts its gap.
        time.passes(2)
        assert time.pace.waiting() == {}
    for chat_id in range(5000):
        time.pace.sends(chat_id)
        time.passes(1)
    assert len(time.pace.waiting()) == 0
