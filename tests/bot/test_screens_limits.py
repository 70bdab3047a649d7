"""Whatever people wrote: every screen is sound Telegram HTML within its limit, every button fits and comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snapshot_samples import (
    HOSTILE,
    LANGUAGES,
    PHRASES,
    RUBRICS,
    actor,
    full_marks,
    owing,
    ranking,
    row,
    sheet_line,
    sheet_view,
    told_of,
)

from bot.buttons import LONGEST, pack, unpack
from bot.sandbox.markup import parse_html
from bot.screens import notices
from bot.screens.bulletin import monthly_screen, unknown_parcel_screen
from bot.screens.bulletins import bulletin_screen, paper_screen
from bot.screens.contents import contents_screen
from bot.screens.home import help_screen, home_screen, language_screen
from bot.screens.item import half_screen, item_screen
from bot.screens.lists import sheets_screen
from bot.screens.ranking import ranking_screen
from bot.screens.review import fill_rest_screen, receipt_text, review_screen
from bot.screens.screen import Screen
from core.actions.typing import Answered, Typed
from core.ranking_shelf import Shelf
from core.sheet import LONGEST_REASON, Mark, SheetState
from core.snapshots import Attached, Marked, OpenPrompt, SheetView
from core.store.evidence import Lost

LONGEST_MESSAGE, LONGEST_TOAST = 4096, 200
REASON = ("<b>&" * LONGEST_REASON)[:LONGEST_REASON]
UNIT = HOSTILE * 3


def views() -> Iterator[SheetView]:
    for rubric in RUBRICS.values():
        marks = [
            {},
            full_marks(rubric),
            {item.number: Mark(item.number, 0) for item in rubric.items},
            {item.number: Mark(item.number, 0, reason=REASON) for item in rubric.items},
            {item.number: Mark(item.number, None, not_applicable=True, reason=REASON) for item in rubric.items},
        ]
        for each in marks:
            for state in SheetState:
                yield sheet_view(each, rubric=rubric, unit=UNIT, state=state, evidence={1: 999})


def screens(language: str) -> Iterator[Screen]:
    for view in views():
        for item in view.sheet.rubric.items:
            yield item_screen(PHRASES, language, view, item.number)
            yield half_screen(PHRASES, language, view, item.number, item.max_points // 200 * 100)
        yield contents_screen(PHRASES, language, view)
        yield fill_rest_screen(PHRASES, language, view)
        yield review_screen(PHRASES, language, view)
        if view.submitted_at is not None and not view.sheet.without_mark:
            yield Screen(receipt_text(PHRASES, language, view))
    lines = [sheet_line(2**60 + number, unit=UNIT) for number in range(20)]
    for page in range(3):
        yield sheets_screen(PHRASES, language, lines, page)
    yield home_screen(PHRASES, language, actor(HOSTILE), owing(lines))
    yield help_screen(PHRASES, language, ["start", "todo", "score", "rank", "bind", "language", "help", "cancel"])
    yield language_screen(PHRASES, language)
    yield unknown_parcel_screen(PHRASES, language, 2**62)
    hostile = told_of(ranking([row(UNIT, 1), row(HOSTILE * 500, 2), row(UNIT, None)]))
    yield ranking_screen(PHRASES, language, hostile, Shelf(), 0, exports=True)
    yield bulletin_screen(PHRASES, language, hostile, 9, late=True)
    yield paper_screen(PHRASES, language, hostile, 9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_can_be_sent(language: str) -> None:
    for screen in screens(language):
        text, _ = parse_html(screen.text)
        assert 0 < len(text) <= LONGEST_MESSAGE
        assert text == text.strip()
        assert "\n\n\n" not in text
        assert len(screen.rows) <= 12
        for key in (key for keys in screen.rows for key in keys):
            assert key.label.strip()
            assert len(pack(key.deed).encode()) <= LONGEST
            assert unpack(pack(key.deed)) == key.deed


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_shown_as_they_are_on_screens_and_on_buttons(language: str) -> None:
    view = sheet_view(unit=HOSTILE)
    assert parse_html(item_screen(PHRASES, language, view, 10).text)[0].startswith(f"{HOSTILE} · ")
    listed = sheets_screen(PHRASES, language, [sheet_line(1, unit=HOSTILE)], 0)
    assert listed.rows[0][0].label == f"{HOSTILE} 3/23"
    flag = monthly_screen(PHRASES, language, ranking([row("<b>&", 1)], flag=["<b>&"]), 1, late=False)
    assert "<b>&" in parse_html(flag.text)[0].splitlines()[0]


@given(reason=st.text(min_size=1, max_size=LONGEST_REASON), unit=st.text(min_size=1, max_size=60))
def test_any_reason_and_any_name_stay_text(reason: str, unit: str) -> None:
    view = sheet_view({10: Mark(10, 0, reason=reason)}, unit=unit)
    text, entities = parse_html(item_screen(PHRASES, "zh", view, 10).text)
    assert reason in text
    assert text.startswith(unit)
    assert [entity["type"] for entity in entities] == ["bold"]


MARKED = Marked(sheet_view({10: Mark(10, 0)}, unit=HOSTILE), 10, owes_reason=True, prompt_id=1, shows=10)
REASONED = Marked(sheet_view({10: Mark(10, 450, reason=REASON)}, unit=HOSTILE), 10, False, None, 11)
EXCUSED = Mark(10, None, not_applicable=True, reason=REASON)
APART = Marked(sheet_view({10: EXCUSED}, unit=HOSTILE), 10, owes_reason=False, prompt_id=None, shows=11)
PROMPT = OpenPrompt(1, "reason", 7, 10)
NOTES: list[tuple[Callable[[str], str], str, str]] = [
    (lambda one: notices.reason_prompt(PHRASES, one, MARKED), "得0分，满分6分", "0 of 6 points"),
    (lambda one: notices.reason_prompt(PHRASES, one, APART), "不适用的原因", "why the item is not applicable"),
    (lambda one: notices.not_applicable_prompt(PHRASES, one, MARKED), "满分6分，现得0分", "6 points, mark now 0"),
    (lambda one: notices.not_applicable_prompt(PHRASES, one, APART), "（满分6分）", "(6 points)"),
    (
        lambda one: notices.answered_note(PHRASES, one, Answered(PROMPT, REASONED)),
        "第10条：理由已保存",
        "item 10: reason",
    ),
    (
        lambda one: notices.answered_note(PHRASES, one, Answered(PROMPT, APART)),
        "不适用，原因已保存",
        "not applicable, reason",
    ),
    (
        lambda one: notices.attached_screen(PHRASES, one, Attached(MARKED.view, 10, 3, new=True), "photo").text,
        "第10条：已收到3张",
        "Item 10: 3",
    ),
    (
        lambda one: notices.attached_screen(PHRASES, one, Attached(MARKED.view, 10, 3, new=True), "location").text,
        "已收到3件",
        "Item 10: 3",
    ),
    (
        lambda one: notices.typed_summary(PHRASES, one, Typed(MARKED.view, (10,), (10,), None)),
        "例如：10 0 理由",
        "for example: 10 0 reason",
    ),
    (
        lambda one: notices.typed_summary(PHRASES, one, Typed(REASONED.view, (10,), (), None)),
        "已保存1条（第10条），进度1/23",
        "1 item saved (10), progress 1/23",
    ),
    (lambda one: notices.lost_file_text(PHRASES, one, Lost(1, one, 4, HOSTILE * 9)), "第4条的文件“<b>", "for item 4"),
    (
        lambda one: notices.cannot_place(PHRASES, one, ["score"], is_text=True, scores=True),
        "没有保存任何内容。评分可以这样写：4 1.5 迟报一天。",
        "saved. Marks can be written like this: 4 1.5 one day late.",
    ),
    (
        lambda one: notices.cannot_place(PHRASES, one, ["score"], is_text=False, scores=True),
        "不收这一类消息",
        "Messages of this kind are not taken",
    ),
]


@pytest.mark.parametrize(("note", "zh", "en"), NOTES)
def test_every_note_says_what_it_is_about(note: Callable[[str], str], zh: str, en: str) -> None:
    for language, words in zip(LANGUAGES, (zh, en), strict=True):
        text, _ = parse_html(note(language))
        assert words in text
        assert len(text) <= LONGEST_MESSAGE


def test_who_has_no_sheet_is_told_what_else_there_is_to_do() -> None:
    said = notices.cannot_place(PHRASES, "zh", ["todo", "report"], is_text=True, scores=False)
    assert "迟报" not in said
    assert said.splitlines()[1:] == ["/todo 我的待办", "/report 报月报表"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_fit_and_are_plain(language: str) -> None:
    toasts = [
        notices.marked_toast(PHRASES, language, MARKED),
        notices.marked_toast(PHRASES, language, REASONED),
        notices.old_button(PHRASES, language),
        notices.evidence_explanation(PHRASES, language, sheet_view(evidence={23: 999}), 23),
        PHRASES.say_plain(language, "fault.tap", code="0F3A9C1B"),
        PHRASES.say_plain(
            language, "refusals.SheetIncomplete", without_mark=range(1, 24, 2), without_reason=range(2, 24, 2)
        ),
        PHRASES.say_plain(language, "refusals.NotYourSheet", unit="月" * 30),
    ]
    assert [toast for toast in toasts if not 0 < len(toast) <= LONGEST_TOAST or "&" in toast] == []


def test_the_toast_of_a_mark() -> None:
    assert notices.marked_toast(PHRASES, "zh", REASONED) == "第10条 4.5分 已保存"
    assert notices.marked_toast(PHRASES, "zh", MARKED) == "第10条 0分 已保存，请回复理由"
    assert notices.marked_toast(PHRASES, "en", REASONED) == "Item 10: 4.5 saved"
