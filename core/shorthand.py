"""Shorthand: a sheet filled by typing, because queued text survives a dead zone and taps do not.

Answers for what a text or caption means: `仙庾镇 4:1.5 迟报 5:2`, lines like `4 1.5 迟报一天`, or `4`
under a photo. Never knows the rubric: whether item 4 exists and can have 1.5 points is checked where
the mark is set. Never guesses: what has two readings is refused, or has one fixed reading given here.

- An entry is an item, a colon (or a blank or comma), and a mark: `4:1.5`, `4 1.5`, `第4条：1.5分`, `4:不适用`.
  Full-width characters count as their plain forms; `。` between digits is a decimal point, a comma never is.
- A mark is followed by a blank, punctuation or a bracket: `4 2个月未报` is not 2 points.
- Every line starts a new entry, and so does an entry after `；`.
- In a line begun with a colon, further `5:2` start new entries too. In a line begun with a blank the rest is
  the reason, whatever it holds.
- `8:30` in the middle of a line is a time and belongs to the reason; it is a mark only where no reason can
  stand: first in the line, after `；`, or between a mark and the next entry or the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import UnreadableMark

_LONGEST_ECHO = 60
"""Characters of an unreadable line that are given back; a whole message would not fit into the answer."""

# One character for one, so that a place found in the plain text is the same place in the original.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans("。｡、､﹕∶﹔\u3000\xa0", "..,,::;  ")
_EDGES = " \t\u3000\xa0,;:，；：、.。"

_ITEM = r"第?(?P<item>0|[1-9][0-9]{0,2})条?"
_COLON = r"(?P<colon>\s*:\s*)"
_BLANK = r"[\s,]+"
_COLON_AHEAD = r"第?[0-9]{1,3}条?\s*:\s*([0-9]|不适用|n/a)"
_MARK_END = rf"(?=$|[\s;(\[]|,(?![0-9])|,(?={_COLON_AHEAD})|\.(?![0-9]))"
_MARK = rf"((?P<points>(0|[1-9][0-9]{{0,2}})(\.[0-9]{{1,2}})?)分?|不适用|n/a){_MARK_END}"

_ENTRY = re.compile(rf"{_ITEM}({_COLON}|{_BLANK}){_MARK}", re.IGNORECASE)
# After a semicolon either form of entry; after a blank, a comma or a full stop only the one with a colon.
_LATER_ENTRY = re.compile(
    rf"((?P<semicolon>;\s*)|(?<=[\s,])|(?<=[^0-9]\.)){_ITEM}({_COLON}|(?(semicolon){_BLANK}|(?!))){_MARK}",
    re.IGNORECASE,
)
_BARE_ITEM = re.compile(rf"{_ITEM}(?=[\s,;.]|$)")
_NUMBER_FIRST = re.compile(r"第[0-9]+条|[0-9]")
_TIME = re.compile(r"(1?[0-9]|2[0-3])\s*:\s*[0-5][0-9]")
_GAP = re.compile(r"[\s:,;]*")
_WORD = re.compile(r"[^\s:,;]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the text says about one item; `points` in hundredths.

    Neither points nor not applicable: the item is only named, as under a photo, and `reason` is the
    text that came with it.
    """

    item: int
    points: int | None
    reason: str | None
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A text understood. `unit` as in the names supplied, else as typed; None when the text names none.

    `entries` in the order of the text. An item may come twice: set in turn, the last one holds.
    """

    unit: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, stripped, as typed and, character by character, in plain form."""

    typed: str
    plain: str

    @classmethod
    def of(cls, typed: str) -> _Line:
        return cls(typed.strip(), typed.strip().translate(_PLAIN))

    def after(self, position: int) -> _Line:
        return _Line(self.typed[position:], self.plain[position:])

    def unreadable(self) -> UnreadableMark:
        short = len(self.typed) <= _LONGEST_ECHO
        return UnreadableMark(line=self.typed if short else f"{self.typed[:_LONGEST_ECHO]}…")


def parse_shorthand(text: str, unit_names: Sequence[str] = ()) -> Shorthand | None:
    """What the text says; None when it is not shorthand at all, so that the caller shows help.

    `unit_names` are full and short names; one of them may lead the text, also directly before
    an entry and with blanks or digits in it. Without a known name a first word counts as a unit
    only when an entry follows. Raises UnreadableMark with the line that could not be read.
    """
    lines = [_Line.of(line) for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    unit, begin = _known_unit(lines[0].plain, unit_names) or _unknown_unit(lines) or (None, 0)
    if unit is None and not _NUMBER_FIRST.match(lines[0].plain):
        return None
    lines[0] = lines[0].after(begin)
    return Shorthand(unit, tuple(entry for line in lines if line.typed for entry in _entries(line)))


def _known_unit(plain: str, names: Sequence[str]) -> tuple[str, int] | None:
    """The longest of the names that the line starts with, and where the rest of the line begins."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        end = len(name)
        if not plain.startswith(name.translate(_PLAIN)):
            continue
        # 开发区2 must not be found in 开发区24:1.5, nor 仙庾镇 in 仙庾镇政府.
        glued = _ENTRY.match(plain, end) and not name[-1].isdigit()
        if glued or end == len(plain) or _GAP.fullmatch(plain[end]):
            return name, _end_of(_GAP, plain, end)
    return None


def _unknown_unit(lines: Sequence[_Line]) -> tuple[str, int] | None:
    """A first word that is no number, when an entry follows it in the line or starts the next one."""
    plain = lines[0].plain
    end = _end_of(_WORD, plain, 0)
    if _NUMBER_FIRST.match(plain) or not any(map(str.isalpha, plain[:end])):
        return None
    begin = _end_of(_GAP, plain, end)
    alone = begin == len(plain) and len(lines) > 1
    if _ENTRY.match(plain, begin) or (alone and _ENTRY.match(lines[1].plain)):
        return lines[0].typed[:end], begin
    return None


def _end_of(pattern: re.Pattern[str], plain: str, begin: int) -> int:
    found = pattern.match(plain, begin)
    return found.end() if found else begin


def _entries(line: _Line) -> Iterator[Entry]:
    """The entries of one line, at least one. Raises UnreadableMark."""
    current = _ENTRY.match(line.plain)
    if current is None:
        yield _named_item(line)
    while current is not None:
        following = _next_entry(line.plain, current)
        yield _entry(line, current, following.start() if following else len(line.plain))
        current = following


def _entry(line: _Line, match: re.Match[str], end: int) -> Entry:
    reason = line.typed[match.end() : end].strip(_EDGES)
    # `4 1 5` is a forgotten point rather than the reason "5".
    if reason and not any(map(str.isalpha, reason)):
        raise line.unreadable()
    points = _hundredths(match["points"]) if match["points"] else None
    return Entry(int(match["item"]), points, reason or None, not_applicable=points is None)


def _hundredths(text: str) -> int:
    whole, _, decimals = text.partition(".")
    return int(whole) * 100 + int(decimals.ljust(2, "0"))


def _named_item(line: _Line) -> Entry:
    """An item without a mark, and the words that came with it."""
    match = _BARE_ITEM.match(line.plain)
    if match is None:
        raise line.unreadable()
    note = line.typed[match.end() :].strip(_EDGES)
    # What does not start like words was meant as a mark.
    if note and not note.lstrip("(（[【《“")[:1].isalpha():
        raise line.unreadable()
    if note.translate(_PLAIN).lower().startswith(("不适用", "n/a")):
        raise line.unreadable()
    return Entry(int(match["item"]), None, note or None, not_applicable=False)


def _next_entry(plain: str, current: re.Match[str]) -> re.Match[str] | None:
    """Where the reason of `current` ends and another entry starts; None when the line ends first."""
    for candidate in _LATER_ENTRY.finditer(plain, current.end()):
        if candidate["semicolon"]:
            return candidate
        if current["colon"] and not _is_time(plain, current, candidate):
            return candidate
    return None


def _is_time(plain: str, current: re.Match[str], candidate: re.Match[str]) -> bool:
    """Whether `candidate` reads as a time of day and stands where a reason can stand."""
    if not _TIME.fullmatch(candidate.group()):
        return False
    before = plain[current.end() : candidate.start()].strip(_EDGES)
    after = plain[_end_of(_GAP, plain, candidate.end()) :]
    return bool(before or (after and not _ENTRY.match(after)))
