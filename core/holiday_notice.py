"""Reading the yearly notice of holidays (国务院办公厅关于部分节假日安排的通知) as people paste it.

Answers for the days that it names as off (放假、补休) or worked (上班), and for everything in it that cannot be right:
a count that does not fit (共3天), a day that is both, a date that does not exist, a holiday of the year that is
missing. Never guesses what is missing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# A copied page may begin with the day on which it was published: the year of the title counts first.
_TITLE = re.compile(r"(2[01][0-9]{2})年(?:部分)?(?:法定)?(?:节假日|放假|节日)")
_YEAR = re.compile(r"(2[01][0-9]{2})年")
_ASIDE = re.compile(r"\([^()]*\)")
# A line that begins no item goes on with the one before: texts are copied with the line ends of the page.
_WRAP = re.compile(r"\s*\n\s*(?![一二三四五六七八九十]+、|[0-9]+[.、]|元旦|春节|清明|劳动|端午|中秋|国庆)")
_SENTENCE = re.compile(r"[。;\n]")
_SPAN = re.compile(
    r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})[日号]"
    r"(?:(?:至|到|-|—|~)(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})[日号])?"
)
_WORD = re.compile(r"放假|补休|上班")
_LEFT_OVER = re.compile(r"[0-9]{1,2}[日号]")
_COUNT = re.compile(r"(?:共|放假)([0-9]+)天")
# No holiday is longer than this.
_LONGEST = 20

_HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""What the notice of a year names (全国年节及纪念日放假办法)."""


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

    @property
    def is_whole_year(self) -> bool:
        """Whether this is the notice of its year, rather than one on a few days more."""
        return self.year is not None and date(self.year, 1, 1) in self.days


def read_notice(text: str) -> Notice:
    """The notice of a year, named in it (`2026年`). Full-width digits are read too; what nobody sees is not."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    named = _TITLE.search(plain) or _YEAR.search(plain)
    if named is None:
        return Notice(None, {}, (NoticeProblem("no_year", ""),))
    year = int(named[1])
    days: dict[date, bool] = {}
    problems: list[NoticeProblem] = []
    read: list[str] = []
    for sentence in _sentences(plain):
        try:
            told = tuple(_days(sentence, year))
        except ValueError:
            problems.append(NoticeProblem("no_such_day", sentence))
            continue
        problems += _wrong(sentence, told, year, days)
        days |= dict(told)
        read.append(sentence)
    if not days and not problems:
        problems.append(NoticeProblem("no_days", ""))
    notice = Notice(year, dict(sorted(days.items())), tuple(problems))
    missing = [name for name in _HOLIDAYS if not any(name in sentence for sentence in read)]
    if problems or not notice.is_whole_year or not missing:
        return notice
    return Notice(year, notice.days, (NoticeProblem("holidays_missing", "、".join(missing)),))


def kept(notice: Notice) -> str:
    """A notice without problems, as text that is kept until somebody says that it counts."""
    told = {day.isoformat(): worked for day, worked in notice.days.items()}
    return json.dumps({"year": notice.year, "days": told}, sort_keys=True, separators=(",", ":"))


def recalled(text: str) -> Notice | None:
    """The notice that was kept; None for a text that keeps none."""
    told = json.loads(text)
    if not isinstance(told, dict):
        return None
    return Notice(told["year"], {date.fromisoformat(day): worked for day, worked in told["days"].items()}, ())


def _sentences(plain: str) -> Iterator[str]:
    """The sentences that say of days, or of a holiday, that it is off or worked."""
    for sentence in _SENTENCE.split(_WRAP.sub("", _ASIDE.sub("", plain))):
        bare = re.sub(r"\s", "", sentence)
        if _WORD.search(bare) and (_SPAN.search(bare) or any(name in bare for name in _HOLIDAYS)):
            yield bare


def _days(sentence: str, year: int) -> Iterator[tuple[date, bool]]:
    """The days of a sentence, each as the word says that follows it: 放假 and 补休 are off, 上班 is worked."""
    start = 0
    for word in _WORD.finditer(sentence):
        for span in _SPAN.finditer(sentence, start, word.start()):
            for day in _span(span, year):
                yield day, word[0] == "上班"
        start = word.end()


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


def _wrong(
    sentence: str, told: Iterable[tuple[date, bool]], year: int, before: Mapping[date, bool]
) -> Iterator[NoticeProblem]:
    found: dict[date, bool] = dict(told)
    if not found:
        yield NoticeProblem("no_days_in", sentence)
    # A day that was not read, as the 5 of `4月4日、5日`, or one behind the last word.
    *_, behind = _WORD.split(sentence)
    if _LEFT_OVER.search(_SPAN.sub("", sentence)) or _SPAN.search(behind):
        yield NoticeProblem("unread_day", sentence)
    counts = [int(count[1]) for count in _COUNT.finditer(sentence)]
    if counts and sum(counts) != sum(not worked for worked in found.values()):
        yield NoticeProblem("other_count", sentence)
    if any(not year - 1 <= day.year <= year for day in found):
        yield NoticeProblem("other_year", sentence)
    if any(found[day] is not worked or before.get(day, worked) is not worked for day, worked in told):
        yield NoticeProblem("both", sentence)
