"""Reading the yearly notice of holidays (国务院办公厅关于部分节假日安排的通知) as people paste it.

Answers for the days that it names as off (放假) or worked (上班), and for everything in it that cannot be right:
a count that does not fit (共3天), a day that is both, a date that does not exist. Never guesses what is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"([0-9]{4})年")
_ASIDE = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r"[。;\n]")
_SPAN = re.compile(
    r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日(?:(?:至|到|-|—|~)(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日)?"
)
_COUNT = re.compile(r"共([0-9]+)天")
# 元旦 may begin in the old year, no holiday is longer than this.
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class NoticeProblem:
    """Something in the notice that cannot be: `code` says what, `text` is the place in it."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says: days that are worked (True) or off (False). With problems it must not be used."""

    year: int | None
    days: Mapping[date, bool]
    problems: tuple[NoticeProblem, ...]


def read_notice(text: str) -> Notice:
    """The notice of a year, named in it (`2026年`). Full-width digits and brackets are read too."""
    plain = unicodedata.normalize("NFKC", text)
    named = _YEAR.search(plain)
    if named is None:
        return Notice(None, {}, (NoticeProblem("no_year", ""),))
    year = int(named[1])
    days: dict[date, bool] = {}
    problems: list[NoticeProblem] = []
    for sentence in _sentences(plain):
        try:
            found = dict(_days(sentence, year))
        except ValueError:
            problems.append(NoticeProblem("no_such_day", sentence))
            continue
        problems += _wrong(sentence, found, days)
        days |= found
    if not days and not problems:
        problems.append(NoticeProblem("no_days", ""))
    return Notice(year, dict(sorted(days.items())), tuple(problems))


def _sentences(plain: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(_ASIDE.sub("", plain)):
        bare = re.sub(r"\s", "", sentence)
        if "放假" in bare or "上班" in bare:
            yield bare


def _days(sentence: str, year: int) -> Iterator[tuple[date, bool]]:
    """The days of a sentence: those before 放假 are off, those behind it and before 上班 are worked."""
    off, _, worked = sentence.rpartition("放假")
    for part, is_worked in ((off, False), (worked if "上班" in worked else "", True)):
        for span in _SPAN.finditer(part):
            for day in _span(span, year):
                yield day, is_worked


def _span(span: re.Match[str], year: int) -> Iterator[date]:
    own_year, month, day, last_year, last_month, last_day = span.groups()
    first = date(int(own_year or year), int(month), int(day))
    last = first
    if last_day is not None:
        last = date(int(last_year or first.year), int(last_month or month), int(last_day))
    length = (last - first).days
    if not 0 <= length < _LONGEST:
        raise ValueError(span[0])
    for distance in range(length + 1):
        yield first + timedelta(days=distance)


def _wrong(sentence: str, found: Mapping[date, bool], before: Mapping[date, bool]) -> Iterator[NoticeProblem]:
    if not found:
        yield NoticeProblem("no_days_in", sentence)
    told = _COUNT.search(sentence)
    if told is not None and int(told[1]) != sum(not worked for worked in found.values()):
        yield NoticeProblem("other_count", sentence)
    if any(day in before and before[day] is not worked for day, worked in found.items()):
        yield NoticeProblem("both", sentence)
