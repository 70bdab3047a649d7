"""The periods of assessment: a month, a quarter, a half-year or a year (办法: 一月一调度、一季一考评、半年一小结).

Answers for the keys people type and read (`2013-06`, `2013-Q2`, `2013-H1`, `2013`; they may also type what screens
print, `2013年6月`), for first and last days, and for what comes before and after. Never knows what is due when: that is
a schedule in the policy file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from functools import total_ordering

from core.errors import BadPeriod

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Of what periods there are."""
_KEY = re.compile(r"(?P<year>[0-9]{4})(-(Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0?[1-9]|1[0-2])))?")
# The same in words, as screens print them, and what stands for those words in a key.
_WORDED = (
    (re.compile(r"([0-9]{4})年第?([1-4一二三四])季度"), "-Q"),
    (re.compile(r"([0-9]{4})年([上下])半年"), "-H"),
    (re.compile(r"([0-9]{4})年([0-9]{1,2})月"), "-"),
    (re.compile(r"([0-9]{4})年()"), ""),
)
_PLACES = str.maketrans("一二三四上下", "123412")


class PeriodKind(Enum):
    """The kinds of period; the value is the length in months."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


_SUFFIXES = {PeriodKind.MONTH: "-{:02d}", PeriodKind.QUARTER: "-Q{}", PeriodKind.HALF: "-H{}", PeriodKind.YEAR: ""}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The `number`th month, quarter or half of a year, from 1; a whole year is number 1.

    Ordered by when they end, and of those that end together the shorter first: that is the
    order in which they are ranked (2013-06, 2013-Q2, 2013-H1). Raises BadPeriod when there is no
    such period between 2000 and 2199.
    """

    kind: PeriodKind
    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 12 // self.kind.value):
            raise BadPeriod(text=f"{self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period of a key, in letters of any width or size, or in words (`2013年第二季度`). Raises BadPeriod."""
        match = _KEY.fullmatch(_as_key(unicodedata.normalize("NFKC", text).strip().upper()))
        if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
            raise BadPeriod(text=text)
        year = int(match["year"])
        if match["month"]:
            return cls(PeriodKind.MONTH, year, int(match["month"]))
        if match["quarter"]:
            return cls(PeriodKind.QUARTER, year, int(match["quarter"]))
        if match["half"]:
            return cls(PeriodKind.HALF, year, int(match["half"]))
        return cls(PeriodKind.YEAR, year, 1)

    def __str__(self) -> str:
        """The key that `parse` reads."""
        return f"{self.year}{_SUFFIXES[self.kind].format(self.number)}"

    def __lt__(self, other: Period) -> bool:
        return (self._end_month, self.kind.value) < (other._end_month, other.kind.value)

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return _first_of_month(self._end_month - self.kind.value)

    @property
    def last_day(self) -> date:
        """The last day of the period, included in it."""
        return _first_of_month(self._end_month) - timedelta(days=1)

    def ends_at(self, tz: tzinfo) -> datetime:
        """The midnight (UTC) at which the period is over in time zone `tz`; no longer part of it."""
        midnight = datetime.combine(_first_of_month(self._end_month), time(), tzinfo=tz)
        return midnight.astimezone(UTC)

    def previous(self) -> Period:
        """The period of the same kind before this one. Raises BadPeriod before 2000."""
        return self._shifted(-1)

    def next(self) -> Period:
        """The period of the same kind after this one. Raises BadPeriod after 2199."""
        return self._shifted(1)

    def parts(self, kind: PeriodKind) -> tuple[Period, ...]:
        """The periods of a shorter kind that it is made of, the earliest first."""
        count = self.kind.value // kind.value
        first = (self.number - 1) * count
        return tuple(Period(kind, self.year, first + number) for number in range(1, count + 1))

    @property
    def _end_month(self) -> int:
        """Months from year 0 to the end of the period."""
        return self.year * 12 + self.number * self.kind.value

    def _shifted(self, by: int) -> Period:
        in_a_year = 12 // self.kind.value
        year, index = divmod(self.year * in_a_year + self.number - 1 + by, in_a_year)
        return Period(self.kind, year, index + 1)


def period_on(kind: PeriodKind, day: date) -> Period:
    """The period of this kind that the day lies in. Raises BadPeriod outside 2000 to 2199."""
    return Period(kind, day.year, (day.month - 1) // kind.value + 1)


def month_before(day: date) -> Period:
    """The whole month before the one `day` lies in: on 1 July, June. Raises BadPeriod outside 2000 to 2199."""
    return Period(PeriodKind.MONTH, day.year, day.month).previous()


def _first_of_month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _as_key(plain: str) -> str:
    """The key of a period in words; anything else as it is."""
    for words, sign in _WORDED:
        if found := words.fullmatch(plain):
            return f"{found[1]}{sign}{found[2].translate(_PLACES)}"
    return plain
