"""The words that rules files are made of: whole numbers, points, yuan, percent, times, names.

Answers for turning one value as written into one exact value; each refusal carries a code that the phrases
know. Never uses floats.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import time
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from core.rules_yaml import unprintable

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MONTH_DAYS = range(1, 32)
T = TypeVar("T", bound=Hashable)


class RulesModel(BaseModel):
    """A mapping of a rules file: immutable, and unknown keys are problems."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _number(value: object) -> Decimal:
    if not isinstance(value, Decimal):
        raise PydanticCustomError("not_number", "not_number")
    return value


def _whole(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise PydanticCustomError("not_whole", "not_whole", {"value": str(number)})
    return int(number)


def _hundredths(value: object) -> int:
    number = _number(value) * 100
    if number != number.to_integral_value():
        raise PydanticCustomError("too_fine", "too_fine", {"value": str(value)})
    return int(number)


def _within(low: int, high: int, unit: int = 1) -> AfterValidator:
    """Bounds in the unit people write; `unit` is how many of ours make one of theirs."""

    def check(value: int) -> int:
        if not low * unit <= value <= high * unit:
            raise PydanticCustomError("out_of_range", "out_of_range", {"low": low, "high": high})
        return value

    return AfterValidator(check)


def _positive(value: int) -> int:
    if value <= 0:
        raise PydanticCustomError("not_positive", "not_positive")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("not_text", "not_text")
    if not value.strip():
        raise PydanticCustomError("blank_text", "blank_text")
    if character := unprintable(value):
        raise PydanticCustomError("control_character", "control_character", {"character": character})
    return value


def _name(value: object) -> str:
    text = _text(value)
    if not _NAME.fullmatch(text):
        raise PydanticCustomError("bad_id", "bad_id")
    return text


def _clock(value: object) -> time:
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("not_time", "not_time")
    return time(int(match[1]), int(match[2]))


def _month_day(value: object) -> int | Literal["last"]:
    if value == "last":
        return "last"
    if not isinstance(value, Decimal) or value not in _MONTH_DAYS:
        raise PydanticCustomError("not_day", "not_day")
    return int(value)


def _sequence(value: object) -> object:
    """A list becomes a tuple; an empty one is a slip, for what is absent is left out."""
    if not isinstance(value, list):
        raise PydanticCustomError("not_list", "not_list")
    if not value:
        raise PydanticCustomError("empty_list", "empty_list")
    return tuple(value)


def _distinct(value: tuple[T, ...]) -> tuple[T, ...]:
    for position, element in enumerate(value):
        if element in value[:position]:
            raise PydanticCustomError("repeated", "repeated", {"value": str(element)})
    return value


Listed = BeforeValidator(_sequence)
Distinct = AfterValidator(_distinct)

Whole = Annotated[int, BeforeValidator(_whole), _within(0, 1_000_000)]
Count = Annotated[int, BeforeValidator(_whole), _within(1, 1_000_000)]
Percent = Annotated[int, BeforeValidator(_whole), _within(0, 100)]
Month = Annotated[int, BeforeValidator(_whole), _within(1, 12)]
Hours = Annotated[int, BeforeValidator(_whole), _within(1, 24 * 31)]
Days = Annotated[int, BeforeValidator(_whole), _within(0, 366)]
Points = Annotated[int, BeforeValidator(_hundredths), AfterValidator(_positive), _within(0, 1000, unit=100)]
"""Written in points (2, 0.5), kept in hundredths."""
Fen = Annotated[int, BeforeValidator(_hundredths), AfterValidator(_positive), _within(0, 1_000_000, unit=100)]
"""Written in yuan (3000), kept in fen."""
MonthDay = Annotated[int | Literal["last"], BeforeValidator(_month_day)]
Text = Annotated[str, BeforeValidator(_text)]
Identifier = Annotated[str, BeforeValidator(_name)]
Clock = Annotated[time, BeforeValidator(_clock)]
"""Written 09:00, on the district's clock."""
