"""/rounds on a phone: the list pages, a key for everything that can be done, and each choice names what it sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES, RUBRICS, TOWNSHIP

from bot.buttons.rounds import AskOpenRound, FocusOff, FocusOn, SetClosing, ShowRound, ShowRounds
from bot.screens.progress import progress_screen
from bot.screens.round_letters import (
    MOST_CONFLICTS,
    round_missed_screen,
    round_opened_screen,
    round_rescheduled_screen,
    round_troubles_screen,
)
from bot.screens.rounds import (
    MOST_UNASSESSED,
    close_early_screen,
    closing_screen,
    focus_screen,
    new_round_screen,
    open_round_screen,
    round_screen,
    rounds_screen,
)
from bot.screens.screen import Screen
from core.periods import Period
from core.progress import ProgressView, RoundName
from core.snapshots import RoundView
from core.store.rounds import RoundRecord

CLOSES = datetime(2013, 6, 30, 16, tzinfo=UTC)


def view(number: int = 7, **changed: Any) -> RoundView:
    """The townships' round of June 2013, open, 3 of 8 sheets in."""
    plain = RoundView(
        round_id=number,
        period="2013-06",
        unit_kind="township",
        opens_at=CLOSES - timedelta(days=30),
        closes_at=CLOSES,
        is_open=True,
        sheets=8,
        submitted=3,
        rubric=TOWNSHIP,
        focus=None,
        focus_fixed=False,
        is_final=False,
        closings=tuple(CLOSES + timedelta(days=days) for days in (1, 3, 7)),
    )
    return replace(plain, **changed)


def record(kind: str = "township") -> RoundRecord:
    """The same as it is stored."""
    rubric = RUBRICS[f"2013-{kind}"]
    unit_kind = rubric.unit_kind
    return RoundRecord(7, 1, "2013-Q2", unit_kind, rubric.hash, "policy", CLOSES - timedelta(days=10), CLOSES)


def labels(screen: Screen) -> list[str]:
    """What its keys say."""
    return [key.label for row in screen.rows for key in row]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("count", "page", "rows", "turns"), [(0, 0, 0, 0), (8, 0, 8, 0), (20, 1, 8, 2), (20, 9, 4, 1)])
def test_the_list_pages(language: str, count: int, page: int, rows: int, turns: int) -> None:
    screen = rounds_screen(PHRASES, language, [view(number) for number in range(1, count + 1)], page)
    deeds = [type(key.deed) for row in screen.rows for key in row]
    assert (deeds.count(ShowRound), deeds.count(ShowRounds)) == (rows, turns)
    assert len(screen.text) < 4096
    assert all(len(label) <= 40 for label in labels(screen))


def test_a_round_offers_what_can_be_done_and_nothing_else() -> None:
    everything = ["延长", "提前截止", "督查重点", "补发评分表", "考评列表"]
    assert labels(round_screen(PHRASES, "zh", view())) == everything
    assert labels(round_screen(PHRASES, "zh", view(is_open=False))) == ["重新开放", "考评列表"]
    final = round_screen(PHRASES, "zh", view(is_open=False, is_final=True))
    assert labels(final) == ["考评列表"]
    assert "排名已定稿" in final.text


def test_a_closing_time_is_named_by_its_key_and_set_by_it() -> None:
    screen = closing_screen(PHRASES, "zh", view())
    assert labels(screen)[0] == "至2013年7月1日 24:00"
    assert screen.rows[0][0].deed == SetClosing(7, int((CLOSES + timedelta(days=1)).timestamp()) // 60)
    assert "重新开放到什么时候" in closing_screen(PHRASES, "zh", view(is_open=False)).text
    assert labels(closing_screen(PHRASES, "zh", view(closings=()))) == ["◀ 考评"]
    assert labels(close_early_screen(PHRASES, "zh", view()))[0] == "确认，现在截止"


def test_the_focus_is_set_by_name() -> None:
    everything = focus_screen(PHRASES, "zh", view())
    assert [key.deed for row in everything.rows for key in row][:23] == [FocusOn(7, item) for item in range(1, 24)]
    some = focus_screen(PHRASES, "zh", view(focus=frozenset({4, 10})))
    assert [key.deed for row in some.rows for key in row if key.label.startswith("✓")] == [
        FocusOff(7, 4),
        FocusOff(7, 10),
    ]
    assert some.rows[-2][0].deed == FocusOn(7, 0)
    for fixed in (view(focus_fixed=True), view(is_open=False)):
        screen = focus_screen(PHRASES, "zh", fixed)
        assert labels(screen) == ["◀ 考评"]
        assert "不能再改" in screen.text


def test_a_new_round_is_chosen_and_confirmed() -> None:
    quarter = Period.parse("2013-Q2")
    screen = new_round_screen(PHRASES, "zh", [(quarter, "township"), (quarter, "department")])
    assert labels(screen)[:2] == ["2013年第二季度 · 乡镇街道", "2013年第二季度 · 部门"]
    assert screen.rows[1][0].deed == AskOpenRound(3, 2013, 2, 1)
    assert "都已开启" in new_round_screen(PHRASES, "zh", []).text
    asked = open_round_screen(PHRASES, "zh", quarter, "department", CLOSES)
    assert "2013年6月30日 24:00截止" in asked.text
    assert "联点" in asked.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_say_until_when_and_what_stands_in_the_way(language: str) -> None:
    opened = round_opened_screen(PHRASES, language, record("department"))
    assert ("保密" if language == "zh" else "confidential") in opened.text
    assert "保密" not in round_opened_screen(PHRASES, language, record()).text
    assert opened.rows
    assert round_rescheduled_screen(PHRASES, language, record(), is_over=False).rows
    assert round_rescheduled_screen(PHRASES, language, record(), is_over=True).rows == ()
    pairs = [(HOSTILE, f"单位{number}") for number in range(MOST_CONFLICTS + 5)]
    told = {"sheets": 0, "kept_away": pairs}
    troubles = round_troubles_screen(PHRASES, language, record(), told).text
    assert len(troubles) < 4096
    assert troubles.count(" · ") == MOST_CONFLICTS
    assert "5" in troubles.splitlines()[-1]
    assert round_missed_screen(PHRASES, language, {"period": "2013-Q3", "kind": "department"}).rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_without_a_sheet_are_named_wherever_the_office_looks(language: str) -> None:
    units = ("明照乡", HOSTILE, *(f"单位{number}" for number in range(MOST_UNASSESSED)))
    opened = view(unassessed=units)
    progress = ProgressView(RoundName(7, "2013-06", "township"), CLOSES, True, 23, (), (), units)
    letter = {"sheets": 8, "kept_away": [], "unassessed": list(units)}
    texts = [
        round_screen(PHRASES, language, opened).text,
        progress_screen(PHRASES, language, progress, 0, 0).text,
        round_troubles_screen(PHRASES, language, record(), letter).text,
    ]
    for text in texts:
        last = text.splitlines()[-1]
        assert "明照乡" in last
        assert "&lt;b&gt;" in last
        assert ("另有2个" if language == "zh" else "and 2 more") in last
        assert ("分工" if language == "zh" else "assignments") in last
    over = round_screen(PHRASES, language, view(unassessed=("明照乡",), is_open=False)).text
    assert "明照乡" in over
    assert ("分工" if language == "zh" else "assignments") not in over
    # A letter that was owed before units were named in it is worded all the same.
    assert "明照乡" not in round_troubles_screen(PHRASES, language, record(), {"sheets": 8, "kept_away": []}).text
