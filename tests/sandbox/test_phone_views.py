"""The pure parts of the phone page: text into safe HTML, messages into rows, and where the clock's buttons lead."""

from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.phone import jumps, words
from bot.sandbox.phone.bubbles import Eyes, rows
from bot.sandbox.phone.entities import start_payload, to_html
from bot.sandbox.phone.words import LANGUAGES, Words, language_of
from bot.sandbox.values import BotAccount, Location, Message, StoredFile

BOT = BotAccount()
CHAT = 5_000_000_001
STAMP = 1_372_122_000  # 2013-06-25 09:00 in Shanghai
KINDS = ("bold", "italic", "code", "pre", "spoiler", "blockquote", "text_link", "url", "bot_command", "mention", "new")


class Reader(HTMLParser):
    """Reads HTML back: its text, and whether every tag was closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.links, self.nested = "", [], [], True

    text: str
    open: list[str]
    links: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.nested = self.nested and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@st.composite
def entities(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """Any text with any entities inside it, overlapping ones too."""
    text = draw(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")))
    length = len(text.encode("utf-16-le")) // 2
    places = st.tuples(st.integers(0, length), st.integers(0, length), st.sampled_from(KINDS), st.text())
    found = draw(st.lists(places, max_size=6))
    return text, [
        {"type": kind, "offset": min(a, b), "length": abs(a - b)} | ({"url": url} if kind == "text_link" else {})
        for a, b, kind, url in found
    ]


@given(entities())
def test_html_is_balanced_and_leads_only_to_web_pages(given: tuple[str, list[dict[str, Any]]]) -> None:
    reader = read(to_html(*given))
    assert reader.nested
    assert reader.open == []
    assert all(link == "#" or link.startswith(("http://", "https://", "mailto:")) for link in reader.links)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert read(to_html(text, [])).text == text


def test_offsets_count_utf16_units() -> None:
    assert to_html("🏳️‍🌈粗体", [{"type": "bold", "offset": 6, "length": 2}]) == "🏳️‍🌈<b>粗体</b>"


def test_overlapping_entities_are_split() -> None:
    found = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}]
    assert to_html("甲乙丙", found) == "<b>甲<i>乙</i></b><i>丙</i>"


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        ("https://t.me/hongqi_bot?start=why-5", "why-5"),
        ("t.me/Hongqi_Bot", ""),
        ("https://t.me/other_bot?start=x", None),
        ("https://example.org/hongqi_bot?start=x", None),
    ],
)
def test_only_a_link_to_this_bot_starts_it(url: str, payload: str | None) -> None:
    assert start_payload(url, BOT.username) == payload


def test_a_script_in_a_link_is_no_link() -> None:
    html = to_html("点我", [{"type": "text_link", "offset": 0, "length": 2, "url": "javascript://x/%0aalert(1)"}])
    assert html == "<span>点我</span>"


def test_signs_are_drawn_and_can_still_be_read() -> None:
    html = to_html("📷 2 ▓▓░", [])
    assert 'class="sign sign-camera"' in html
    assert "--done: 2; --cells: 3" in html
    assert read(html).text == "📷 2 ▓▓░"


def message(number: int, **content: Any) -> Message:
    return Message(CHAT, number, STAMP, **{"sender_id": CHAT, "kind": "text", "text": "好", **content})


def eyes(*, group: bool = False, language: words.Language = "zh") -> Eyes:
    return Eyes(CHAT, BOT, {CHAT: "李<b>&明"}, Words(language), ZoneInfo("Asia/Shanghai"), group)


def picture(number: int, album: str) -> Message:
    file = StoredFile(f"f{number}", f"u{number}", "photo", "p", 9, width=40, height=30)
    return message(number, kind="photo", text="说明" if number == 2 else "", file=file, album=album)


def test_an_album_is_one_row_and_two_albums_are_two() -> None:
    shown = rows([message(1), picture(2, "a"), picture(3, "a"), picture(4, "b"), message(5)], eyes())
    assert list(shown) == [1, 2, 4, 5]
    assert shown[2].count("<img") == 2
    assert "说明" in shown[2]


def test_a_day_is_named_once_by_the_virtual_clock() -> None:
    night = replace(message(3), date=STAMP + 15 * 3600)
    shown = rows([message(1), message(2), night], eyes())
    assert ["周二" in shown[1], 'class="day"' in shown[2], "2013年6月26日 周三" in shown[3]] == [True, False, True]
    assert "25 Jun 2013 Tue" in rows([message(1)], eyes(language="en"))[1]


def test_names_are_escaped_and_shown_in_groups_only() -> None:
    shown = rows([message(1, sender_id=BOT.id), message(2)], eyes(group=True))
    assert '<div class="author' in shown[1]
    assert '<div class="author' not in shown[2]
    assert "<b>&明" not in shown[2]
    assert "李&lt;b&gt;&amp;明" in shown[2]


def test_a_keyboard_keeps_its_rows_and_hides_that_it_was_edited() -> None:
    buttons = {"inline_keyboard": [[{"text": "✓1", "callback_data": 'a"b'}], [{"text": "网", "url": "https://x.cn"}]]}
    shown = rows([message(1, sender_id=BOT.id, markup=buttons, edit_date=STAMP), message(2, edit_date=STAMP)], eyes())
    assert shown[1].count('class="keys keys-1"') == 2
    assert 'class="key chosen" data-tap="a&#34;b"' in shown[1]
    assert ["已编辑" in shown[1], "已编辑" in shown[2]] == [False, True]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"new_chat_members": [{"first_name": "<i>甲"}]}, "&lt;i&gt;甲 已加入群组"),
        ({"left_chat_member": {"first_name": "乙"}}, "乙 已离开群组"),
        ({"migrate_to_chat_id": -100}, "群组已升级为超级群组"),
        ({"group_chat_created": True}, "群组已创建"),
        ({"pinned_message": {}}, "系统消息"),
    ],
)
def test_service_messages_are_lines_of_their_own(fields: dict[str, Any], told: str) -> None:
    shown = rows([message(1, kind="service", text="", service=fields)], eyes())
    assert told in shown[1]
    assert "bubble" not in shown[1]


def test_a_file_a_place_and_a_quote() -> None:
    file = StoredFile("f", "u", "document", "p", 1_572_864, name="台账.xlsx")
    shown = rows(
        [
            message(1, kind="document", text="", file=file),
            message(2, kind="location", text="", location=Location(27.9833, 113.2316), reply_to=1),
            message(3, reply_to=99),
        ],
        eyes(),
    )
    assert "1.5 MB" in shown[1]
    assert "27.98330, 113.23160" in shown[2]
    assert 'data-goto="1"' in shown[2]
    assert "台账.xlsx" in shown[2]
    assert "quote" not in shown[3]


@given(st.datetimes(datetime(2013, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 -- wall time, as on the page
def test_quick_buttons_only_lead_forward(now: datetime) -> None:
    for jump in jumps.JUMPS.values():
        assert now < jump(now) <= now + timedelta(days=184)
    assert (jumps.twenty_sixth(now).day, jumps.twenty_sixth(now).hour) == (26, 9)
    assert (jumps.eighth(now).day, jumps.eighth(now).hour) == (8, 8)
    assert ((jumps.month_end(now) + timedelta(days=1)).day, jumps.month_end(now).hour) == (1, 18)
    assert jumps.quarter_end(now).month in {3, 6, 9, 12}
    assert (jumps.quarter_end(now) + timedelta(days=1)).day == 1
    assert (jumps.first(now).day, jumps.first(now).hour) == (1, 9)


def test_every_word_is_there_in_both_languages() -> None:
    with Path(words.__file__).with_name("words.yaml").open(encoding="utf-8") as file:
        table = yaml.safe_load(file)
    assert all(set(phrases) == set(LANGUAGES) for phrases in table.values())
    assert [language_of(code) for code in ("en", "zh", None, "fr")] == ["en", "zh", "zh", "zh"]
