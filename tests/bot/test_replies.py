"""Replies that outlive the process: screens by reference, other words as they stood, toasts not at all."""

from __future__ import annotations

from bot.buttons.home import SetLanguage
from bot.replies import OwedScreen, Paper, Post, Toast, recall, remember
from bot.screens.screen import Key, Screen

KEYS = ((Key("English", SetLanguage(1)),),)


def test_what_is_owed_comes_back_as_it_can_be_made_again() -> None:
    words = Post(Screen("<b>您好</b>", KEYS), message_id=5, thread_id=6, prompt_id=7)
    sheet = Post(Screen("第15条", KEYS), message_id=50, sheet=3, item=15)
    packed = remember(880002, [Toast("已保存"), words, sheet, Paper("receipt", 3)])
    assert packed is not None
    assert recall(packed) == (880002, [words, OwedScreen(3, 50), Paper("receipt", 3)])
    assert "第15条" not in packed, "the sheet's screen is rendered from the rows"


def test_what_no_row_may_keep_is_remembered_by_other_words() -> None:
    secret = Post(Screen("t.me/hongqi_bot?start=i-x", KEYS), message_id=5, instead="请重新打开")
    packed = remember(880002, [secret])
    assert packed is not None
    assert "start=i-" not in packed
    assert recall(packed) == (880002, [Post(Screen("请重新打开", KEYS), message_id=5)])


def test_toasts_are_owed_to_nobody() -> None:
    assert remember(1, [Toast("已保存")]) is None
    assert remember(1, []) is None


def test_a_button_that_this_version_does_not_know_is_left_out() -> None:
    packed = '[1,[{"text":"好","rows":[[["旧","no such deed"]]],"message":null,"thread":null,"prompt":null}]]'
    assert recall(packed) == (1, [Post(Screen("好", ((),)))])
