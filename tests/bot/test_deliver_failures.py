"""Delivering in spite of failures: what is tried again, what is said in another way, and what stays owed."""

from __future__ import annotations

import pytest
from deliver_office import LI, WANG, edit, new, office, too_many
from rooms import in_no_time, raising
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.replies import Paper, Post
from bot.telegram_http import NotSent, Unanswered


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
