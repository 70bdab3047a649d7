"""Telegram's HTML: from markup to text with entities, and back.

It answers for accepting and refusing what Telegram does, with its error texts and byte offsets. Entities are Bot API
objects with offsets in UTF-16 units. It knows the HTML style only; the Markdown styles are refused elsewhere.
"""

import html
import re
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.values import JsonObject

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
}
"""Tag names and the entity each makes."""

WRITTEN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "text_link": "a",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
"""Entities and the tag each is written with; others (mentions, commands …) carry no markup of their own."""

REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]+))?""")


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, as entities count."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    entity: JsonObject
    offset: int


class _Parser:
    """One pass over the markup. `text` collects what will be shown."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[JsonObject] = []

    def run(self) -> tuple[str, list[JsonObject]]:
        while self.position < len(self.markup):
            if self.markup.startswith("</", self.position):
                self._end_tag()
            elif self.markup[self.position] == "<":
                self._start_tag()
            else:
                self._characters()
        if self.open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        # What closed last is outermost: of two entities over the same text the outer one comes first.
        self.entities.reverse()
        return "".join(self.text), sorted(self.entities, key=lambda one: (one["offset"], -one["length"]))

    def _characters(self) -> None:
        end = self.markup.find("<", self.position)
        end = len(self.markup) if end < 0 else end
        shown = _unescape(self.markup[self.position : end])
        self.text.append(shown)
        self.length += utf16_length(shown)
        self.position = end

    def _start_tag(self) -> None:
        begin = self.position
        name = re.compile(r"[^\s>]*").match(self.markup, begin + 1)
        assert name is not None, "an empty name matches too"  # noqa: S101 -- for the type checker
        tag = name.group().lower()
        if name.end() == len(self.markup):
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TAGS:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(tag, begin, name.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(_Open(tag, _entity(tag, attributes), self.length))

    def _attributes(self, tag: str, begin: int, position: int) -> dict[str, str]:
        """Read attributes up to the closing bracket and leave the position behind it."""
        found: dict[str, str] = {}
        while True:
            position += len(self.markup[position:]) - len(self.markup[position:].lstrip())
            if ">" not in self.markup[position:]:
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            if self.markup[position] == ">":
                self.position = position + 1
                return found
            match = ATTRIBUTE.match(self.markup, position)
            if match is None:
                raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
            name, value = match.group(1).lower(), match.group(2)
            if value is None and name != "expandable":
                raise _refusal(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                    f" at byte offset {self._bytes(begin)}"
                )
            found[name] = _unescape(value[1:-1]) if value and value[0] in "\"'" else (value or "").lower()
            position = match.end()

    def _end_tag(self) -> None:
        begin = self.position
        end = self.markup.find(">", begin)
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name = self.markup[begin + 2 : end].rstrip() if end >= 0 else ""
        if end < 0 or re.search(r"\s", name):
            raise _refusal(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        opened = self.open[-1]
        if name and name.lower() != opened.tag:
            raise _refusal(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.open.pop()
        self.position = end + 1
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity = {"type": opened.entity["type"], "offset": opened.offset, "length": self.length - opened.offset}
        rest = {name: value for name, value in opened.entity.items() if name != "type"}
        if entity["type"] == "text_link" and not rest.get("url"):
            url = "".join(self.text).encode("utf-16-le")[2 * opened.offset :].decode("utf-16-le")
            if not url.startswith(("http://", "https://")):
                return
            rest = {"url": url}
        if self._is_language_of_pre(opened, rest):
            return
        self.entities.append(entity | rest)

    def _is_language_of_pre(self, opened: _Open, rest: JsonObject) -> bool:
        """`<pre><code class="language-x">` is one entity: the code hands its language to the pre around it."""
        outer = self.open[-1] if self.open else None
        if opened.tag != "code" or outer is None or outer.tag != "pre" or outer.offset != opened.offset:
            return False
        outer.entity.update(rest)
        return True

    def _bytes(self, position: int) -> int:
        return len(self.markup[:position].encode())


def parse_html(markup: str) -> tuple[str, list[JsonObject]]:
    """The shown text and its entities. Raises the 400 `ApiError` that Telegram would send."""
    return _Parser(markup).run()


def to_html(text: str, entities: tuple[JsonObject, ...]) -> str:
    """The text as Telegram HTML: entities as tags, everything else escaped."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for order, entity in enumerate(entities):
        tag = WRITTEN.get(entity["type"])
        if tag is None:
            continue
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        marks.append((begin, 1, order, f"<{tag}{_written_attributes(entity)}>"))
        marks.append((end, 0, -order, f"</{tag}>"))
    pieces: list[str] = []
    done = 0
    for position, _, _, tag in sorted(marks):
        pieces.append(html.escape(units[2 * done : 2 * position].decode("utf-16-le"), quote=False))
        pieces.append(tag)
        done = position
    pieces.append(html.escape(units[2 * done :].decode("utf-16-le"), quote=False))
    return "".join(pieces)


def _entity(tag: str, attributes: dict[str, str]) -> JsonObject:
    entity: JsonObject = {"type": TAGS[tag]}
    if tag == "a":
        entity["url"] = attributes.get("href", "")
    elif tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif tag == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    return entity


def _written_attributes(entity: JsonObject) -> str:
    if entity["type"] == "text_link":
        return f' href="{html.escape(entity["url"])}"'
    return " expandable" if entity["type"] == "expandable_blockquote" else ""


def _unescape(text: str) -> str:
    return REFERENCE.sub(_referred, text)


def _referred(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    valid = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if valid else match.group()


def _refusal(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
