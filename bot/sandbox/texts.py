"""Texts as Telegram takes them: markup resolved, ends trimmed, links and commands found, lengths judged."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.markup import parse_html, utf16_length
from bot.sandbox.values import JsonObject

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Both in characters, after the markup is resolved."""
RAW_LIMIT = 32768
"""In bytes, before."""

FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("url", re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)（）。，；：！？]")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)
SHADING = frozenset({"code", "pre", "text_link"})

Styled = tuple[str, tuple[JsonObject, ...]]
"""A text and its entities."""


def plain(text: str) -> Styled:
    """What a phone sends: the text as typed, with the entities that need no markup."""
    return _finish(text, [])


def styled(raw: str, parse_mode: str, entities: Any) -> Styled:
    """What a bot sends. Raises a 400 `ApiError` for broken markup, an unknown parse mode or a text too long."""
    if len(raw.encode()) > RAW_LIMIT:
        raise bad_request("text is too long")
    if parse_mode.lower() == "html":
        return _finish(*parse_html(raw))
    if parse_mode:
        raise bad_request("unsupported parse_mode")
    return _finish(raw, _given(entities))


def message_text(raw: str, parse_mode: str, entities: Any) -> Styled:
    """The text of a message, which must not be empty."""
    if not raw:
        raise bad_request("message text is empty")
    text, found = styled(raw, parse_mode, entities)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, found


def caption_text(raw: str, parse_mode: str, entities: Any) -> Styled:
    """The caption of a photo or document, which may be empty."""
    text, found = styled(raw, parse_mode, entities)
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, found


def _given(entities: Any) -> list[JsonObject]:
    if entities is None:
        return []
    if not isinstance(entities, list) or not all(isinstance(one, dict) for one in entities):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for one in entities:
        if not all(isinstance(one.get(name), kind) for name, kind in (("type", str), ("offset", int), ("length", int))):
            raise bad_request("can't parse MessageEntity: type, offset and length are needed")
    return [dict(one) for one in entities]


def _finish(text: str, entities: list[JsonObject]) -> Styled:
    """Trim as Telegram does: the end always, the beginning up to the first entity; then add what is found."""
    first = min((one["offset"] for one in entities), default=len(text))
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[cut:].rstrip()
    length = utf16_length(text)
    kept = []
    for one in entities:
        offset = one["offset"] - cut
        shown = min(one["length"], length - offset)
        if shown > 0:
            kept.append({**one, "offset": offset, "length": shown})
    kept.extend(found for found in _found(text) if not _shaded(found, kept))
    return text, tuple(sorted(kept, key=lambda one: (one["offset"], -one["length"])))


def _found(text: str) -> list[JsonObject]:
    found: list[JsonObject] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            one = {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match.group())}
            if not any(_overlap(one, other) for other in found):
                found.append(one)
    return found


def _shaded(found: JsonObject, entities: list[JsonObject]) -> bool:
    return any(one["type"] in SHADING and _overlap(found, one) for one in entities)


def _overlap(one: JsonObject, other: JsonObject) -> bool:
    begins, ends = (
        max(one["offset"], other["offset"]),
        min(one["offset"] + one["length"], other["offset"] + other["length"]),
    )
    return bool(begins < ends)
