"""What a killed process still owed: screens once per message and from the rows as they are, words as they stood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import LUO, START, ZHOU, ZONE, Rows, demo_rows

from bot.phrases import load_phrases
from bot.recovery import Owed, owed_replies
from bot.replies import Paper, Post, Reply, remember
from bot.screens.screen import Screen
from core.actions import overview
from core.actions.door import Moment
from core.store import updates
from core.store.updates import Processed

AT = Moment(START, START.astimezone(ZONE).date())
STRANGER = 889999


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        yield rows


def owe(rows: Rows, update_id: int, chat_id: int, *replies: Reply) -> None:
    rows.act(updates.remember, [Processed(update_id, START, remember(chat_id, list(replies)))])


def made(rows: Rows) -> list[Owed]:
    return rows.act(owed_replies, load_phrases(ZONE), AT)


def zhous_open_sheet(rows: Rows) -> int:
    ((sheet,),) = rows.all("SELECT id FROM sheet WHERE state = 'open'")
    return int(sheet)


def old_screen(sheet: int, message_id: int) -> Post:
    return Post(Screen("旧的画面"), message_id=message_id, sheet=sheet, item=1)


def test_a_screen_is_rendered_anew_once_per_message(rows: Rows) -> None:
    sheet = zhous_open_sheet(rows)
    for update_id, message_id in ((1, 50), (2, 50), (3, 51)):
        owe(rows, update_id, ZHOU, old_screen(sheet, message_id))
    first, second, third = made(rows)
    (shown,) = first[2]
    assert isinstance(shown, Post)
    assert (shown.message_id, shown.sheet, shown.item) == (50, sheet, 15), "the first item without a mark"
    assert "第15条" in shown.screen.text
    assert second == (2, ZHOU, []), "the same message needs no second time"
    assert len(third[2]) == 1


def test_the_item_that_stood_on_the_screen_is_shown_again(rows: Rows) -> None:
    sheet = zhous_open_sheet(rows)
    rows.act(overview.shown, ZHOU, sheet, 3, 50)
    owe(rows, 1, ZHOU, old_screen(sheet, 50))
    ((_, _, (shown,)),) = made(rows)
    assert isinstance(shown, Post)
    assert shown.item == 3


def test_words_and_papers_come_as_they_stood_oldest_first(rows: Rows) -> None:
    words = Post(Screen("已收到"), thread_id=3)
    owe(rows, 9, STRANGER, Post(Screen("后来的")))
    owe(rows, 8, ZHOU, words, Paper("receipt", 2))
    owe(rows, 7, ZHOU)
    assert made(rows) == [(8, ZHOU, [words, Paper("receipt", 2)]), (9, STRANGER, [Post(Screen("后来的"))])]


@pytest.mark.parametrize("chat_id", [LUO, STRANGER], ids=["another rater", "nobody any more"])
def test_a_sheet_that_is_not_theirs_any_more_is_not_shown(rows: Rows, chat_id: int) -> None:
    owe(rows, 1, chat_id, old_screen(zhous_open_sheet(rows), 50))
    assert made(rows) == [(1, chat_id, [])]
