"""The calendar file, read by the rules of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.calendar_file import CalendarEvent, CalendarFile, write_calendar

NINE = datetime(2013, 6, 26, 1, 0, tzinfo=UTC)
MADE = datetime(2013, 6, 24, 2, 30, 5, tzinfo=UTC)
ONCE = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP"}


def event(
    summary: str = "月报表提醒", description: str = "各乡镇街道", uid: str = "report-reminder-2013-06-26-1@hongqi"
) -> CalendarEvent:
    return CalendarEvent(uid, NINE, summary, description, "CONFIRMED")


def unfolded(content: bytes) -> list[str]:
    """3.1: lines end with CRLF and hold at most 75 octets; a line that begins with a blank goes on the one before."""
    assert content.endswith(b"\r\n")
    raw = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    lines: list[str] = []
    for line in raw:
        # Never inside a character.
        text = line.decode()
        assert text
        if text[0] == " ":
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def unescaped(value: str) -> str:
    """3.3.11: only these four escapes; a bare comma or semicolon would end the text."""
    assert re.fullmatch(r"(?:\\[\\;,nN]|[^\\;,\x00-\x08\x0a-\x1f\x7f])*", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def read(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The calendar's properties and its events'. Strict: what the RFC does not allow fails."""
    calendar: dict[str, str] = {}
    events: list[dict[str, str]] = []
    into = calendar
    lines = unfolded(content)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+", name), line
        if line == "BEGIN:VEVENT":
            assert into is calendar
            into = {}
        elif line == "END:VEVENT":
            assert set(into) == ONCE
            events.append(into)
            into = calendar
        else:
            assert name not in into, f"{name} twice"
            into[name] = value
    assert into is calendar
    assert {"VERSION", "PRODID"} <= set(calendar)
    assert calendar["VERSION"] == "2.0"
    for each in events:
        assert all(re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", each[name]) for name in ("DTSTAMP", "DTSTART"))
        assert each["STATUS"] in {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert len({each["UID"] for each in events}) == len(events)
    return calendar, events


def test_a_calendar_and_its_events() -> None:
    cancelled = CalendarEvent("report-chase-2013-06-26-1@hongqi", NINE, "月报表催办", "已跳过", "CANCELLED")
    calendar, events = read(write_calendar(CalendarFile("荷塘区考核日程 2013", MADE, [event(), cancelled])))
    assert unescaped(calendar["X-WR-CALNAME"]) == "荷塘区考核日程 2013"
    assert (events[0]["DTSTART"], events[0]["DTSTAMP"]) == ("20130626T010000Z", "20130624T023005Z")
    assert [each["STATUS"] for each in events] == ["CONFIRMED", "CANCELLED"]
    assert events[0]["UID"] == "report-reminder-2013-06-26-1@hongqi"


def test_an_empty_calendar_is_one() -> None:
    assert read(write_calendar(CalendarFile("", MADE, [])))[1] == []


@pytest.mark.parametrize("length", range(60, 90))
def test_a_line_of_any_length_is_folded_right(length: int) -> None:
    for letter in ("x", "月", "𝄞"):
        _, (found,) = read(write_calendar(CalendarFile("", MADE, [event(letter * length)])))
        assert found["SUMMARY"] == letter * length


@given(st.text(), st.text())
def test_whatever_people_wrote_stays_text(summary: str, description: str) -> None:
    _, (found,) = read(write_calendar(CalendarFile(summary, MADE, [event(summary, description)])))
    for name, text in (("SUMMARY", summary), ("DESCRIPTION", description)):
        kept = "".join(each for each in text if each == "\n" or (each >= " " and each != "\x7f"))
        assert unescaped(found[name]) == kept
