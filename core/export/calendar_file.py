"""A calendar as a file that calendar programs read (iCalendar, RFC 5545): moments in UTC, nothing but text.

Answers for the form: CRLF, lines of at most 75 octets, escaped text. Never decides what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

_PRODUCT = "-//Hongqi//Hongqi//ZH"
_LONGEST_LINE = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One moment of a calendar. `uid` stays the same in every file, so that a new one takes the old one's place."""

    uid: str
    starts_at: datetime
    summary: str
    description: str
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A named calendar, made at a moment; of two files with the same event, programs take the later one's."""

    name: str
    made_at: datetime
    events: Sequence[CalendarEvent]


def write_calendar(calendar: CalendarFile) -> bytes:
    """The file, in UTF-8."""
    return b"".join(_folded(line) for line in _lines(calendar))


def _lines(calendar: CalendarFile) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{_text(calendar.name)}"
    for event in calendar.events:
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(event.uid)}"
        yield f"DTSTAMP:{_moment(calendar.made_at)}"
        yield f"DTSTART:{_moment(event.starts_at)}"
        yield f"SUMMARY:{_text(event.summary)}"
        yield f"DESCRIPTION:{_text(event.description)}"
        yield f"STATUS:{event.status}"
        # Nobody is busy because a message is sent.
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    # Other control characters may not stand in the file at all.
    return "".join(letter for letter in words if (letter >= " " and letter != "\x7f") or letter == "\n").translate(
        _ESCAPES
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> bytes:
    """The line with its end, broken where it is too long, and never inside a character."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode()
        # A continuation begins with a blank, which counts.
        if len(piece) + len(octets) > _LONGEST_LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
