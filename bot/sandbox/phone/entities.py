"""Text with Bot API entities → HTML that is safe to put on the page. Pure.

Answers for: escaping everything that came from a person or the bot, offsets in UTF-16 units as Telegram counts
them, and links that lead only where a chat may lead (http, https, mailto). A `t.me/<bot>?start=…` link becomes a
`data-start` that the page follows itself. Overlapping entities are split, so that the tags always nest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup, escape

_PLAIN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_LINK_SCHEMES = {"http", "https", "mailto"}

_SIGNS = {"📷": "camera", "📍": "pin", "🚩": "flag", "⚠": "warning", "📎": "clip", "📄": "file"}
_SIGN = re.compile(f"([{''.join(_SIGNS)}])\ufe0f?|(▓+░*|░+)")


@dataclass(frozen=True, slots=True)
class Span:
    """One entity in UTF-16 units, with the tags that open and close it."""

    start: int
    end: int
    opening: Markup
    closing: Markup


def signs(text: str) -> Markup:
    """The text escaped, the few signs the bot uses drawn by the page itself: not every machine has glyphs for them."""
    drawn = _SIGN.sub(_drawn, str(escape(text)))
    return Markup(drawn)  # noqa: S704 -- escaped in the line above; only our own span was added


def without_signs(text: str) -> str:
    """The text without what `signs` would draw, for places that show plain text only."""
    return _SIGN.sub("", text)


def _drawn(found: re.Match[str]) -> str:
    if found[1]:
        return f'<span class="sign sign-{_SIGNS[found[1]]}">{found[1]}</span>'
    done, cells = found[2].count("▓"), len(found[2])
    return f'<span class="gauge" style="--done: {done}; --cells: {cells}">{found[2]}</span>'


def start_payload(url: str, bot_username: str) -> str | None:
    """The payload of a `t.me/<bot>?start=…` link to this bot (empty without one); None for any other link."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if parts.netloc.lower() not in {"t.me", "telegram.me"} or parts.path.strip("/").lower() != bot_username.lower():
        return None
    return parse_qs(parts.query).get("start", [""])[0]


def _link(url: str, bot_username: str) -> tuple[Markup, Markup]:
    payload = start_payload(url, bot_username)
    if payload is not None:
        return Markup('<a href="#" data-start="{}">').format(payload), Markup("</a>")
    full = url if "://" in url or url.startswith("mailto:") else f"https://{url}"
    if urlsplit(full).scheme not in _LINK_SCHEMES:
        return Markup("<span>"), Markup("</span>")
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">').format(full), Markup("</a>")


def _tags(entity: Mapping[str, Any], covered: str, bot_username: str) -> tuple[Markup, Markup] | None:
    kind = entity["type"]
    if kind in _PLAIN:
        tag = Markup(_PLAIN[kind])  # noqa: S704 -- a constant of this module
        return Markup("<{}>").format(tag), Markup("</{}>").format(tag)
    if kind in {"text_link", "url"}:
        return _link(entity.get("url", covered), bot_username)
    if kind == "email":
        return _link(f"mailto:{covered}", bot_username)
    if kind == "bot_command":
        return Markup('<a href="#" data-say="{}">').format(covered), Markup("</a>")
    if kind == "spoiler":
        return Markup('<span class="spoiler" role="button" tabindex="0">'), Markup("</span>")
    if kind in {"mention", "text_mention", "hashtag"}:
        return Markup('<span class="mention">'), Markup("</span>")
    return None


def _spans(units: bytes, entities: Sequence[Mapping[str, Any]], bot_username: str) -> list[Span]:
    found = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        tags = _tags(entity, _slice(units, start, end), bot_username)
        if tags is not None and end > start:
            found.append(Span(start, end, *tags))
    return sorted(found, key=lambda span: (span.start, -span.end))


def _slice(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", errors="replace")


def to_html(text: str, entities: Sequence[Mapping[str, Any]], *, bot_username: str = "") -> Markup:
    """The text as HTML. `entities` are Bot API MessageEntity objects; unknown kinds show as plain text."""
    units = text.encode("utf-16-le", "surrogatepass")
    spans = _spans(units, entities, bot_username)
    edges = sorted({0, len(units) // 2, *(edge for span in spans for edge in (span.start, span.end))})
    out: list[Markup] = []
    open_spans: list[Span] = []
    for here, there in zip(edges, [*edges[1:], edges[-1]], strict=True):
        open_spans = _close(open_spans, here, out)
        for span in spans:
            if span.start == here:
                out.append(span.opening)
                open_spans.append(span)
        out.append(signs(_slice(units, here, there)))
    _close(open_spans, edges[-1], out)
    return Markup("").join(out)


def _close(open_spans: list[Span], here: int, out: list[Markup]) -> list[Span]:
    """Close what ends here; what lies inside it and goes on is closed too and opened again."""
    ending = [depth for depth, span in enumerate(open_spans) if span.end <= here]
    if not ending:
        return open_spans
    kept, cut = open_spans[: ending[0]], open_spans[ending[0] :]
    out.extend(span.closing for span in reversed(cut))
    going_on = [span for span in cut if span.end > here]
    out.extend(span.opening for span in going_on)
    return kept + going_on
