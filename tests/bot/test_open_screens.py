"""The letter after an outage: what it finds in the chat, and what it says where nothing is to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rooms import (
    DISTRICT,
    START,
    TANG,
    ZHOU,
    ZONE,
    Rows,
    ScriptedApi,
    demo_rows,
    in_no_time,
    raising,
)
from telegram.error import BadRequest, TimedOut

from bot.open_screens import look_again, place_of, screen_again
from bot.phrases import load_phrases
from bot.removing import remove
from core.actions import overview
from core.actions.door import Moment
from core.store.outbox import Parcel

PHRASES = load_phrases(ZONE)
AT = Moment(START, START.astimezone(ZONE).date())
LETTER = {"name": "screen_again", "since": (START - timedelta(minutes=10)).isoformat(), "until": START.isoformat()}
OF_ZHOU = "SELECT sheet.id FROM sheet JOIN person ON person.id = rater_person_id WHERE person.name = '周建国'"


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with demo_rows(tmp_path) as rows:
        yield rows


def to(chat_id: int) -> Parcel:
    return Parcel(1, DISTRICT, "outage", chat_id, None, "zh", "{}", "pending", 0)


@pytest.mark.parametrize("reader", [ZHOU, TANG, 1], ids=["nothing stands", "not theirs", "a stranger"])
def test_where_nothing_is_to_be_shown_the_note_stands_alone_with_the_way_to_the_sheets(rows: Rows, reader: int) -> None:
    if reader != ZHOU:
        rows.act(overview.shown, reader, rows.all(OF_ZHOU)[0][0], 1, 7)
    found = rows.act(look_again, to(reader), LETTER, AT)
    assert found is None
    assert place_of(found) is None
    screen = screen_again(PHRASES, "zh", LETTER, found)
    assert "停机" in screen.text
    assert [key.label for row in screen.rows for key in row] == ["我的评分表"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_is_shown_as_it_is_below_the_note(rows: Rows, language: str) -> None:
    sheet = rows.all(OF_ZHOU)[0][0]
    rows.act(overview.shown, ZHOU, sheet, 0, 7)
    found = rows.act(look_again, to(ZHOU), LETTER, AT)
    assert found is not None
    place = place_of(found)
    assert place is not None
    assert (place.sheet_id, place.message_id) == (sheet, 7)
    note = screen_again(PHRASES, language, LETTER, None).text
    assert screen_again(PHRASES, language, LETTER, found).text.startswith(f"{note}\n\n")


@pytest.mark.parametrize("error", [BadRequest("message can't be deleted for everyone"), TimedOut()])
def test_an_old_screen_that_stays_is_no_failure(error: Exception) -> None:
    api = ScriptedApi(raising(error))
    in_no_time(remove(api, ZHOU, 7))
    assert api.made("deleteMessage") == [{"chat_id": ZHOU, "message_id": 7}]
