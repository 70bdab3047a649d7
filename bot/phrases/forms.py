"""How points, times, periods and lists of items are written: the filters of the phrases' templates.

Answers for the figures; the words around them are phrases too (`forms.*`). Never rounds a mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache, partial
from typing import Any, TypeAlias

from core.calendar import Due
from core.periods import Period, PeriodKind
from core.scoring import display

Zone: TypeAlias = tzinfo

_PERIOD_KEYS = {
    PeriodKind.MONTH: "forms.month",
    PeriodKind.QUARTER: "forms.quarter",
    PeriodKind.HALF: "forms.half",
    PeriodKind.YEAR: "forms.year",
}


def points(hundredths: int) -> str:
    """A mark or a maximum as people write it: 450 is `4.5`, 600 is `6`."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def yuan(fen: int) -> str:
    """Money as people write it: 300000 fen are `3000`, 33333 are `333.33`. Never rounds."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def numbers(items: Iterable[int], separator: str) -> str:
    """Item numbers in ascending order, three or more in a row drawn together: `4、6–9、12`."""
    runs: list[list[int]] = []
    for number in sorted(items):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [[f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs]
    return separator.join(part for run in parts for part in run)


def megabytes(size: int) -> str:
    """Bytes as MB (of 1024 × 1024), rounded up to a tenth: a file over the limit never reads as equal to it."""
    tenths = -(-size * 10 // (1024 * 1024))
    return points(tenths * 10)


def forms_of(say: Callable[..., str], zone: Zone) -> dict[str, Callable[..., Any]]:
    """The filters of one language; `say` gives its phrases."""

    @lru_cache(maxsize=256)
    def period(key: str) -> str:
        """`2013-Q1` in words. Raises BadPeriod."""
        one = Period.parse(key)
        return say(_PERIOD_KEYS[one.kind], year=one.year, number=one.number)

    def moment(at: datetime) -> str:
        """A UTC time on the district's clock."""
        local = at.astimezone(zone)
        return say("forms.moment", at=local, month=say("forms.month_name", number=local.month))

    def deadline(at: datetime) -> str:
        """A UTC time by which something is due: a midnight is the 24:00 of the day that it ends."""
        local = at.astimezone(zone)
        if local.time() != time():
            return moment(at)
        day = local - timedelta(days=1)
        return say("forms.day_end", at=day, month=say("forms.month_name", number=day.month))

    def due(key: str) -> str:
        """A due date in words: of a month's report, a week's briefing, a workday. Raises ValueError or BadPeriod."""
        year, _, week = key.partition("-W")
        if week:
            return say("forms.week", year=int(year), number=int(week))
        if len(key) == len("2013-06"):
            return period(key)
        day = date.fromisoformat(key)
        return say("forms.day", at=day, month=say("forms.month_name", number=day.month))

    return {
        "day": partial(_day, say),
        "due": due,
        "shifted": partial(_shifted, say),
        "points": points,
        "yuan": yuan,
        "score": display,
        "numbers": numbers,
        "megabytes": megabytes,
        "period": period,
        "moment": moment,
        "deadline": deadline,
    }


def _day(say: Callable[..., str], day: date) -> str:
    """A day without its year."""
    return say("forms.month_day", at=day, month=say("forms.month_name", number=day.month))


def _shifted(say: Callable[..., str], due: Due) -> str:
    """From which day the calendar moved a due date, or that nobody knows whether to move it; mostly nothing."""
    if due.shifted_from is not None:
        key = "forms.moved_on" if due.day > due.shifted_from else "forms.moved_back"
        return say(key, named=_day(say, due.shifted_from))
    return say("forms.not_moved") if due.unsure else ""
