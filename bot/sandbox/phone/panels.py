"""What stands around a chat: the list of people and groups, the top of the phone, the clock. Pure views of values.

Answers for: which line each entry shows and what is unread in this tab. The templates of the same names draw it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.sandbox.phone.bubbles import hue, initial, snippet
from bot.sandbox.phone.jumps import JUMPS
from bot.sandbox.phone.rendering import render
from bot.sandbox.phone.words import Words
from bot.sandbox.values import Chat, Message, Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `person_id` is 0 for a group: there one chooses as whom one acts."""

    chat_id: int
    person_id: int
    name: str
    note: str
    initial: str
    hue: int
    last: str
    unread: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The open chat as the top of the phone shows it; `actors` (id, name) only in a group."""

    title: str
    subtitle: str
    initial: str
    hue: int
    actor: int
    actors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """A quick button of the clock."""

    name: str
    label: str
    hint: str
    to: str


def entry(
    chat_id: int, name: str, note: str, messages: Sequence[Message], *, reader: int, seen: int, words: Words
) -> Entry:
    """The line of a private chat (`reader` is the person) or of a group (`reader` 0); `seen` is the last id read."""
    unread = sum(1 for message in messages if message.id > seen and message.sender_id != reader)
    last = snippet(messages[-1], words) if messages else ""
    return Entry(chat_id, reader, name, note, initial(name), hue(chat_id), last, unread)


def members(chat: Chat, persons: Sequence[Person]) -> list[Person]:
    """The persons who are in this group now."""
    return [person for person in persons if chat.members.get(person.id, "left") not in {"left", "kicked"}]


def people(groups: Sequence[Entry], persons: Sequence[Entry], *, current: int, now: datetime, words: Words) -> Markup:
    """The list, with the open chat (`current`, 0 for none) marked."""
    sections = ((words("groups"), groups), (words("people"), persons))
    nobody = not groups and not persons
    return render("people", words=words, sections=sections, current=current, now=wall(now), nobody=nobody)


def head(heading: Heading | None, now: datetime, words: Words) -> Markup:
    """The top of the phone; without a heading no chat is open."""
    return render("head", words=words, chat=heading, now=wall(now))


def clock(now: datetime, words: Words) -> Markup:
    """The clock at this local time, with where its buttons lead from here."""
    jumps = [_destination(name, jump(now), words) for name, jump in JUMPS.items()]
    return render("clock", words=words, now=wall(now), date=words.day(now.date()), jumps=jumps)


def _destination(name: str, to: datetime, words: Words) -> Destination:
    return Destination(name, words(name), words(f"{name}_hint"), f"{to:%m-%d} {words.weekday(to)} {to:%H:%M}")


def composer(commands: Sequence[tuple[str, str]], place: tuple[str, str], words: Words) -> Markup:
    """Where one writes. `place` is the preset latitude and longitude of a location."""
    return render("composer", words=words, commands=commands, place=place)


def wall(now: datetime) -> str:
    """A local time without its zone, as the browser counts it on: 2013-06-26T09:00:00."""
    return now.replace(tzinfo=None).isoformat(timespec="seconds")


def address(chat_id: int, actor: int) -> str:
    """The page's own address for this choice, so that a reload or a bookmark shows the same chat."""
    return f"/?chat={chat_id}&person={actor}"
