"""The new time of a firing as people type it: `7月2日 10:00 原因`, `2013-07-02 10:00 reason`. Pure.

Without a year it is the nearest day of that name, before or after today: who types a day that has just gone by is
told so, instead of being taken to mean next year.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, tzinfo

from core.errors import FiringReasonMissing, FiringTimeUnreadable

_NEW_TIME = re.compile(
    r"\s*(?:([0-9]{4})\s*[-年./])?\s*([0-9]{1,2})\s*[-月./]\s*([0-9]{1,2})\s*日?[\s,，]*"
    r"([0-9]{1,2})\s*[:点时]\s*([0-9]{2})分?(?![0-9])[\s,，、:。]*(.*)",
    re.DOTALL,
)


def read_new_time(text: str, zone: tzinfo, today: date) -> tuple[datetime, str]:
    """The moment (UTC) and the words behind it, as they were typed.

    Raises FiringTimeUnreadable, or FiringReasonMissing without any words.
    """
    # Character by character: the words must be found again behind digits of any width.
    found = _NEW_TIME.fullmatch("".join(_narrow(letter) for letter in text))
    if found is None:
        raise FiringTimeUnreadable
    year, month, day, hour, minute = found.groups()[:5]
    try:
        on = _nearest(int(month), int(day), today) if year is None else date(int(year), int(month), int(day))
        moment = datetime(on.year, on.month, on.day, int(hour), int(minute), tzinfo=zone)
    except ValueError as error:
        raise FiringTimeUnreadable from error
    words = text[found.start(6) :].strip()
    if not words:
        raise FiringReasonMissing(typed=text.strip())
    return moment.astimezone(UTC), words


def _narrow(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _nearest(month: int, day: int, today: date) -> date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            # The 29th of February exists only in some years.
            continue
    return min(found, key=lambda each: abs(each - today))
