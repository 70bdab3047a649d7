"""Messages → rows of the chat as one person sees it. Pure: frozen messages in, escaped HTML out.

Answers for: grouping albums, separating days by the virtual clock, quoting what is replied to, and the inline
keyboard exactly in its rows. Never asks the world for anything: what it needs is in the messages and the `Eyes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import groupby

from markupsafe import Markup

from bot.sandbox.phone.entities import signs, start_payload, to_html, without_signs
from bot.sandbox.phone.rendering import render
from bot.sandbox.phone.words import Words
from bot.sandbox.values import BotAccount, JsonObject, Message

_SNIPPET_LENGTH = 60
_HUES = 6


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: the person's id, the names they know, their language and time zone; in a group senders are named."""

    viewer_id: int
    bot: BotAccount
    names: Mapping[int, str]
    words: Words
    zone: tzinfo
    group: bool = False

    def name(self, person_id: int) -> str:
        """The name shown for a sender; a deleted account keeps its id."""
        return self.bot.first_name if person_id == self.bot.id else self.names.get(person_id, str(person_id))

    def local(self, stamp: int) -> datetime:
        """Unix seconds of the virtual clock as wall time of the viewer."""
        return datetime.fromtimestamp(stamp, self.zone)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in a bubble; width and height in pixels keep its place before it is loaded."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class File:
    """A document in a bubble; `size` as people read it."""

    url: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Key:
    """One inline button: callback data, or a link, or a start payload of this bot."""

    label: Markup
    data: str
    url: str
    start: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """The message replied to."""

    message_id: int
    author: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Row:
    """What the template shows; `message_id` is that of an album's first message."""

    message_id: int
    mine: bool
    author: str
    hue: int
    time: str
    snippet: str
    day: str = ""
    service: str = ""
    avatar: str = ""
    from_bot: bool = False
    html: Markup = field(default_factory=Markup)
    photos: tuple[Photo, ...] = ()
    files: tuple[File, ...] = ()
    place: str = ""
    reply: Quote | None = None
    edited: bool = False
    keyboard: tuple[tuple[Key, ...], ...] = ()
    force_reply: bool = False
    placeholder: str = ""


def hue(number: int) -> int:
    """Which of the page's six quiet colours stands for this person or group."""
    return abs(number) % _HUES


def initial(name: str) -> str:
    """The letter on an avatar."""
    return name.strip()[:1].upper() or "?"


def file_url(message: Message) -> str:
    """Where the page serves the message's file; the unique id makes it safe to cache for good."""
    unique_id = message.file.unique_id if message.file else ""
    return f"/phone/files/{message.chat_id}/{message.id}?of={unique_id}"


def snippet(message: Message, words: Words) -> str:
    """One short line that stands for the message in quotes and in the list."""
    if message.text:
        line = " ".join(without_signs(message.text).split())
        return line if len(line) <= _SNIPPET_LENGTH else line[: _SNIPPET_LENGTH - 1] + "…"
    if message.kind == "document" and message.file:
        return message.file.name or words("file")
    return words({"photo": "photo", "location": "location", "service": "service"}.get(message.kind, "message"))


def rows(messages: Sequence[Message], eyes: Eyes) -> dict[int, Markup]:
    """The rows as HTML by the id of their (first) message, oldest first."""
    by_id = {message.id: message for message in messages}
    html, day = {}, ""
    for group in _albums(messages):
        this_day = eyes.words.day(eyes.local(group[0].date).date())
        row = _row(group, eyes, by_id, this_day if this_day != day else "")
        html[row.message_id] = render("row", row=row, words=eyes.words)
        day = this_day
    return html


def _albums(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """Messages that follow each other in one album together, every other one alone."""
    for (album, message_id), group in groupby(messages, key=lambda m: (m.album, None if m.album else m.id)):
        del album, message_id
        yield list(group)


def _row(group: Sequence[Message], eyes: Eyes, by_id: Mapping[int, Message], day: str) -> Row:
    head = group[0]
    told = next((message for message in group if message.text), head)
    author, mine = eyes.name(head.sender_id), head.sender_id == eyes.viewer_id
    markup = head.markup or {}
    return Row(
        message_id=head.id,
        mine=mine,
        author=author,
        hue=hue(head.sender_id),
        time=f"{eyes.local(head.date):%H:%M}",
        snippet=snippet(told, eyes.words),
        day=day,
        service=_service(head.service, eyes) if head.kind == "service" else "",
        avatar=initial(author) if eyes.group and not mine else "",
        from_bot=head.sender_id == eyes.bot.id,
        html=to_html(told.text, told.entities, bot_username=eyes.bot.username),
        photos=tuple(_photo(message) for message in group if message.kind == "photo"),
        files=tuple(_file(message, eyes.words) for message in group if message.kind == "document"),
        place=f"{head.location.latitude:.5f}, {head.location.longitude:.5f}" if head.location else "",
        reply=_quote(head.reply_to, eyes, by_id),
        edited=any(message.edit_date for message in group) and not head.keyboard,
        keyboard=tuple(tuple(_key(button, eyes) for button in line) for line in head.keyboard),
        force_reply=bool(markup.get("force_reply")) and not mine,
        placeholder=markup.get("input_field_placeholder", ""),
    )


def _quote(reply_to: int | None, eyes: Eyes, by_id: Mapping[int, Message]) -> Quote | None:
    if reply_to is None or reply_to not in by_id:
        return None
    message = by_id[reply_to]
    return Quote(message.id, eyes.name(message.sender_id), snippet(message, eyes.words))


def _photo(message: Message) -> Photo:
    width, height = (message.file.width, message.file.height) if message.file else (0, 0)
    return Photo(file_url(message), width or 4, height or 3)


def _file(message: Message, words: Words) -> File:
    stored = message.file
    return File(file_url(message), (stored and stored.name) or words("file"), _size(stored.size if stored else 0))


def _size(count: int) -> str:
    for unit, factor in (("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= factor:
            tenths = (count * 10 + factor // 2) // factor
            return f"{tenths // 10}.{tenths % 10} {unit}"
    return f"{count} B"


def _key(button: JsonObject, eyes: Eyes) -> Key:
    url = button.get("url", "")
    return Key(
        label=signs(button["text"]),
        data=button.get("callback_data", ""),
        url=url,
        start=start_payload(url, eyes.bot.username) if url else None,
        chosen=button["text"].startswith("✓"),
    )


def _service(fields: JsonObject | None, eyes: Eyes) -> str:
    told = fields or {}
    if "migrate_to_chat_id" in told or "migrate_from_chat_id" in told:
        return eyes.words("upgraded")
    if "group_chat_created" in told or "supergroup_chat_created" in told:
        return eyes.words("created")
    if "new_chat_members" in told:
        return eyes.words("bot_added", name="、".join(user["first_name"] for user in told["new_chat_members"]))
    if "left_chat_member" in told:
        return eyes.words("bot_removed", name=told["left_chat_member"]["first_name"])
    return eyes.words("service")
