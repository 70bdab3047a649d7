"""Answers to taps: beside everything else, once more when nobody confirmed them, and a defect said in the log."""

from __future__ import annotations

import pytest
from deliver_office import office
from rooms import in_no_time, raising
from telegram.error import BadRequest

from bot.replies import Toast
from bot.telegram_http import NotSent, Unanswered


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
