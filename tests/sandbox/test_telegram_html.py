"""Telegram's HTML, there and back."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.markup import WRITTEN, parse_html, to_html, utf16_length
from bot.sandbox.texts import plain, styled

NAMES = ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler", "blockquote")


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("<b>一</b>", "一", [("bold", 0, 1)]),
        ("<STRONG>a</strong>", "a", [("bold", 0, 1)]),
        ("😀<i>a</i>", "😀a", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>a", "a", []),
        ("<code><pre>a</pre></code>", "a", [("code", 0, 1), ("pre", 0, 1)]),
        ("&lt;b&gt; &amp; &quot;&#39;&#x4e00;&nbsp;&", "<b> & \"'一&nbsp;&", []),
        ("&#0;&#xD800;", "&#0;&#xD800;", []),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<a>https://t.me/</a>", "https://t.me/", [("text_link", 0, 13)]),
        ("<a>here</a>", "here", []),
        ("<b >a</b >", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("a > b", "a > b", []),
    ],
)
def test_markup_becomes_text_and_entities(markup: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    shown, found = parse_html(markup)
    assert shown == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


def test_links_and_languages() -> None:
    assert parse_html('<a href="https://a.b/?x=1&amp;y=2">z</a>')[1][0]["url"] == "https://a.b/?x=1&y=2"
    assert parse_html('<pre><code class="language-python">x</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    ]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<", "Unclosed start tag at byte offset 0"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<a", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x<", "Unclosed start tag at byte offset 4"),
        ("李<u>x</b>", 'Unmatched end tag at byte offset 7, expected "</u>", found "</b>"'),
    ],
)
def test_broken_markup_is_refused(markup: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(markup)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.recursive(st.text(min_size=1).map(html.escape), lambda inner: st.lists(inner, min_size=1).map("".join)
       | st.tuples(st.sampled_from(NAMES), inner).map(lambda one: f"<{one[0]}>{one[1]}</{one[0]}>")))  # fmt: skip
def test_written_markup_parses_to_the_same(markup: str) -> None:
    text, entities = parse_html(markup)
    assert all(one["offset"] + one["length"] <= utf16_length(text) for one in entities)
    again, same = parse_html(to_html(text, tuple(entities)))
    assert again == text
    assert _kinds(same) == _kinds(entities)


@given(st.text(alphabet="<>/&;b a\"'=#1"))
def test_any_markup_is_parsed_or_refused(markup: str) -> None:
    try:
        text, _ = parse_html(markup)
    except ApiError as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 -- either way is right
    else:
        assert "<b>" not in text


def test_ends_are_trimmed_and_entities_follow() -> None:
    assert styled("\n <b> 一 </b> \n", "HTML", None) == (" 一", ({"type": "bold", "offset": 0, "length": 2},))
    assert styled("<b>一</b> ", "html", None) == ("一", ({"type": "bold", "offset": 0, "length": 1},))


def test_phones_find_commands_mentions_links_and_tags() -> None:
    text, entities = plain("/score@hongqi_bot 😀 @li_officer https://a.b/c。 #督查 a/b 1@x.y")
    found = [
        (one["type"], text.encode("utf-16-le")[2 * one["offset"] : 2 * (one["offset"] + one["length"])])
        for one in entities
    ]
    assert [(kind, piece.decode("utf-16-le")) for kind, piece in found] == [
        ("bot_command", "/score@hongqi_bot"),
        ("mention", "@li_officer"),
        ("url", "https://a.b/c"),
        ("hashtag", "#督查"),
    ]


def test_nothing_is_found_inside_code() -> None:
    assert styled("<code>/start</code>", "HTML", None)[1] == ({"type": "code", "offset": 0, "length": 6},)


def _kinds(entities: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return sorted((WRITTEN[str(one["type"])], one["offset"], one["length"]) for one in entities)
