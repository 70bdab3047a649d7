"""Delivering: order in a chat, independence of chats, the newest screen only, and what a failure leaves owed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from rooms import GROUP, Answering, Call, HandClock, ScriptedApi, in_no_time, raising, seconds_gone
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from bot.deliver import MOST_IN_FLIGHT, Deliver
from bot.pace import Pace
from bot.replies import Paper, Post, Toast
from bot.screens.screen import Screen
from bot.telegram_http import NotSent, Unanswered

LI, WANG = 1, 2


@dataclass
class Office:
    """A sender, and what it told the database."""

    api: ScriptedApi
    sent: list[tuple[int, str, int]] = field(default_factory=list)
    replied: list[int] = field(default_factory=list)
    papers: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.deliver = Deliver(self.api, self._draw, self._remember, self.replied.append, Pace(HandClock()))

    def _remember(self, chat_id: int, post: Post, message_id: int) -> None:
        self.sent.append((chat_id, post.screen.text, message_id))

    async def _draw(self, chat_id: int, paper: Paper) -> None:
        self.papers.append((chat_id, paper.key))
        if paper.key == 0:
            raise ZeroDivisionError

    def calls(self) -> list[tuple[str, str]]:
        """Every call as method and text."""
        return [(call.method, call.parameters.get("text", "")) for call in self.api.calls]

    async def drained(self) -> None:
        """Wait until everything is settled."""
        await self.deliver.drain(1000)


def office(answering: Answering | None = None) -> Office:
    return Office(ScriptedApi(answering))


def new(text: str, counter: str | None = None) -> Post:
    return Post(Screen(text), counter=counter)


def edit(text: str, message_id: int = 50) -> Post:
    return Post(Screen(text), message_id=message_id)


def too_many(seconds: int, monkeypatch: pytest.MonkeyPatch) -> RetryAfter:
    # The form the library is moving to: the old one warns when it is made.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    return RetryAfter(seconds)


def taking(seconds: dict[str, int]) -> Answering:
    """Each text takes so long."""

    async def answer(call: Call) -> dict[str, Any]:
        await asyncio.sleep(seconds.get(call.parameters["text"], 0))
        return {"message_id": 7}

    return answer


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


def test_429_pauses_one_chat_only(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        desk = office(raising(too_many(30, monkeypatch)))
        desk.deliver.hand_over(1, LI, [new("一"), new("二")])
        desk.deliver.hand_over(2, WANG, [new("甲"), new("乙")])
        await desk.drained()
        when = [(call.parameters["text"], call.at) for call in desk.api.calls]
        assert when == [("一", 0), ("甲", 0), ("乙", 0), ("一", 30), ("二", 30)]
        assert desk.replied == [2, 1]

    in_no_time(story())


def test_a_screen_that_shows_it_already_is_a_success() -> None:
    async def story() -> None:
        desk = office(raising(BadRequest("Message is not modified: specified new message content is the same")))
        desk.deliver.hand_over(1, LI, [edit("一")])
        await desk.drained()
        assert (desk.calls(), desk.replied, desk.sent) == ([("editMessageText", "一")], [1], [])

    in_no_time(story())


@pytest.mark.parametrize("gone", ["Message to edit not found", "Message can't be edited"])
def test_a_message_that_is_gone_is_posted_anew_and_its_id_remembered(gone: str) -> None:
    async def story() -> None:
        desk = office(raising(BadRequest(gone)))
        desk.deliver.hand_over(1, LI, [edit("一")])
        await desk.drained()
        assert desk.calls() == [("editMessageText", "一"), ("sendMessage", "一")]
        assert desk.sent == [(LI, "一", 101)]
        assert desk.replied == [1]

    in_no_time(story())


@pytest.mark.parametrize("error", [BadRequest("Chat not found"), Forbidden("bot was blocked"), ChatMigrated(-1005)])
@pytest.mark.parametrize("reply", [new("一"), edit("一")], ids=["post", "edit"])
def test_what_telegram_refuses_for_good_is_owed_no_longer(error: Exception, reply: Post) -> None:
    async def story() -> None:
        desk = office(raising(error))
        desk.deliver.hand_over(1, LI, [reply])
        desk.deliver.hand_over(2, LI, [new("下一条")])
        await desk.drained()
        assert len(desk.calls()) == 2, "it is not repeated, and its neighbour goes out"
        assert desk.replied == [1, 2]

    in_no_time(story())


@pytest.mark.parametrize("error", [NotSent("x"), Unanswered("x")])
def test_trouble_on_the_way_is_tried_again_with_growing_pauses_and_stays_owed_in_the_end(error: Exception) -> None:
    async def story() -> None:
        desk = office(raising(*[error] * 6))
        desk.deliver.hand_over(1, LI, [new("一")])
        desk.deliver.hand_over(2, LI, [new("二")])
        await desk.drained()
        assert [call.at for call in desk.api.calls] == [0, 1, 3, 7, 15, 31, 31]
        assert desk.replied == [2], "the first is rendered again at the next start"

    in_no_time(story())


def test_a_token_that_is_refused_leaves_the_reply_owed() -> None:
    async def story() -> None:
        desk = office(raising(InvalidToken("Unauthorized")))
        desk.deliver.hand_over(1, LI, [new("一"), new("二")])
        await desk.drained()
        assert [text for _, text, _ in desk.sent] == ["二"]
        assert desk.replied == []

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


def test_a_defect_in_drawing_costs_that_reply_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        desk = office()
        desk.deliver.hand_over(1, LI, [Paper("receipt", 0)])
        desk.deliver.hand_over(2, LI, [new("二")])
        await desk.drained()
        await desk.drained()
        assert desk.calls() == [("sendMessage", "二")]
        assert desk.replied == [2]

    in_no_time(story())
    assert "sending a reply failed" in caplog.text


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


def test_a_tap_is_answered_beside_everything_else() -> None:
    async def story() -> None:
        desk = office()
        desk.deliver.toast("a", Toast("已保存"))
        desk.deliver.toast("b", Toast("不行", alert=True))
        desk.deliver.toast("c", Toast("", url="https://t.me/x?start=rank-2013-06"))
        await desk.drained()
        assert desk.api.made("answerCallbackQuery") == [
            {"callback_query_id": "a", "text": "已保存"},
            {"callback_query_id": "b", "text": "不行", "show_alert": True},
            {"callback_query_id": "c", "url": "https://t.me/x?start=rank-2013-06"},
        ]

    in_no_time(story())


@pytest.mark.parametrize(
    ("errors", "calls"),
    [
        ([Unanswered("x")], 2),
        ([Unanswered("x"), BadRequest("Query is too old")], 2),
        ([Unanswered("x"), Unanswered("x")], 2),
        ([BadRequest("Query is too old")], 1),
        ([NotSent("x")], 1),
    ],
)
def test_an_answer_that_nobody_confirmed_is_given_once_more(errors: list[Exception], calls: int) -> None:
    async def story() -> None:
        desk = office(raising(*errors))
        desk.deliver.toast("a", Toast("已保存"))
        await desk.drained()
        assert len(desk.api.calls) == calls

    in_no_time(story())


def test_a_defect_in_answering_is_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        desk = office(raising(ZeroDivisionError()))
        desk.deliver.toast("a", Toast("已保存"))
        await desk.drained()

    in_no_time(story())
    assert "answering a tap failed" in caplog.text


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
