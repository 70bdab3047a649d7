"""Delivering: order in a chat, independence of chats, the newest screen only, and how much may be under way."""

from __future__ import annotations

import asyncio

import pytest
from deliver_office import LI, WANG, edit, new, office, taking, too_many
from rooms import GROUP, in_no_time, raising, seconds_gone
from telegram.error import BadRequest

from bot.deliver import MOST_IN_FLIGHT
from bot.replies import Paper, Post
from bot.screens.screen import Screen


def test_a_chat_gets_its_replies_in_order_whatever_each_takes() -> None:
    async def story() -> None:
        desk = office(taking({"一": 5, "二": 1, "三": 3}))
        desk.deliver.hand_over(1, LI, [new("一"), new("二")])
        desk.deliver.hand_over(2, LI, [new("三")])
        await desk.drained()
        assert [text for _, text, _ in desk.sent] == ["一", "二", "三"]
        assert desk.replied == [1, 2]
        assert await seconds_gone() == 9

    in_no_time(story())


def test_chats_do_not_wait_for_each_other() -> None:
    async def story() -> None:
        desk = office(taking({"慢": 9, "快": 1}))
        desk.deliver.hand_over(1, LI, [new("慢")])
        desk.deliver.hand_over(2, WANG, [new("快")])
        await desk.drained()
        assert desk.replied == [2, 1]
        assert await seconds_gone() == 9

    in_no_time(story())


def test_of_the_screens_for_one_message_only_the_newest_is_sent_and_answers_all() -> None:
    async def story() -> None:
        desk = office(taking({"一": 1}))
        desk.deliver.hand_over(1, LI, [edit("一")])
        await asyncio.sleep(0)
        for update_id, text in ((2, "二"), (3, "三")):
            desk.deliver.hand_over(update_id, LI, [edit(text)])
        desk.deliver.hand_over(4, LI, [edit("别的", 51), Paper("receipt", 9)])
        await desk.drained()
        assert [text for _, text in desk.calls()] == ["一", "三", "别的"]
        assert sorted(desk.replied) == [1, 2, 3, 4]
        assert desk.papers == [(LI, 9)]

    in_no_time(story())


def test_a_screen_that_had_to_wait_gives_way_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        desk = office(raising(too_many(7, monkeypatch)))
        desk.deliver.hand_over(1, LI, [edit("旧")])
        await asyncio.sleep(0)
        desk.deliver.hand_over(2, LI, [edit("新")])
        await desk.drained()
        assert [text for _, text in desk.calls()] == ["旧", "新"]
        assert sorted(desk.replied) == [1, 2]

    in_no_time(story())


def test_a_counter_is_one_message_that_grows() -> None:
    async def story() -> None:
        desk = office()
        desk.deliver.hand_over(1, LI, [new("已收到1张", "album")])
        await desk.drained()
        desk.deliver.hand_over(2, LI, [new("已收到2张", "album")])
        desk.deliver.hand_over(3, LI, [new("已收到3张", "album")])
        await desk.drained()
        assert desk.calls() == [("sendMessage", "已收到1张"), ("editMessageText", "已收到3张")]
        assert desk.api.made("editMessageText")[0]["message_id"] == 101
        assert sorted(desk.replied) == [1, 2, 3]

    in_no_time(story())


def test_a_counter_that_stands_in_the_lane_becomes_an_edit_once_its_message_is_there() -> None:
    async def story() -> None:
        desk = office(taking({"已收到1张": 2}))
        desk.deliver.hand_over(1, LI, [new("已收到1张", "album")])
        await asyncio.sleep(1)
        desk.deliver.hand_over(2, LI, [new("已收到2张", "album")])
        await desk.drained()
        assert desk.calls() == [("sendMessage", "已收到1张"), ("editMessageText", "已收到2张")]

    in_no_time(story())


def test_counters_of_old_albums_are_forgotten() -> None:
    async def story() -> None:
        desk = office()
        for number in range(1001):
            desk.deliver.hand_over(number, LI, [new("1张", f"album {number}")])
        await desk.drained()
        desk.deliver.hand_over(1001, LI, [new("2张", "album 1"), new("2张", "album 0")])
        await desk.drained()
        assert len(desk.api.made("editMessageText")) == 1
        assert desk.calls()[-1] == ("sendMessage", "2张")

    in_no_time(story())


def test_the_screen_that_is_replaced_goes_after_the_new_one_is_there() -> None:
    async def story() -> None:
        desk = office(raising(None, BadRequest("Message can't be deleted for everyone")))
        desk.deliver.hand_over(1, LI, [Post(Screen("新"), replaces=40)])
        await desk.drained()
        assert [call.method for call in desk.api.calls] == ["sendMessage", "deleteMessage"]
        assert desk.api.made("deleteMessage") == [{"chat_id": LI, "message_id": 40}]
        assert desk.replied == [1], "an old screen that stays is no failure"

    in_no_time(story())


def test_too_much_under_way_stops_the_polling_until_it_is_calm() -> None:
    async def story() -> None:
        desk = office(taking({"最后": 5}))
        for number in range(MOST_IN_FLIGHT - 1):
            desk.deliver.hand_over(number, number, [new("一")])
        await desk.deliver.calm()
        assert await seconds_gone() == 0
        desk.deliver.hand_over(9999, 9999, [new("最后")])
        waiting = asyncio.create_task(desk.deliver.calm())
        assert not waiting.done()
        await waiting
        assert await seconds_gone() < 5, "the slowest need not be done"
        await desk.drained()

    in_no_time(story())


def test_leaving_waits_only_so_long_and_what_is_left_stays_owed() -> None:
    async def story() -> None:
        desk = office(taking({"一": 100}))
        desk.deliver.hand_over(1, LI, [new("一")])
        await desk.deliver.drain(15)
        await asyncio.sleep(0)
        assert await seconds_gone() == 15
        assert desk.replied == []

    in_no_time(story())


def test_a_group_gets_twenty_replies_a_minute_and_then_the_newest_screen() -> None:
    async def story() -> None:
        desk = office()
        for number in range(20):
            desk.deliver.hand_over(number, GROUP, [new(str(number))])
        desk.deliver.hand_over(20, GROUP, [edit("旧")])
        desk.deliver.hand_over(21, LI, [new("甲")])
        await asyncio.sleep(1)
        desk.deliver.hand_over(22, GROUP, [edit("新")])
        assert desk.deliver.is_at(20)
        await desk.drained()
        assert not desk.deliver.is_at(20)
        when = [(call.parameters["text"], call.at) for call in desk.api.calls]
        assert [at for _, at in when[:21]] == [0] * 21
        assert when[21:] == [("新", 60)]

    in_no_time(story())
