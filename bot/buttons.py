"""Callback payloads: a button names the whole deed, so an old button stays true.

Packed as `verb:field:field`, numbers in base 36, at most 64 bytes. Whatever comes back
from a phone is untrusted: `unpack` gives a payload of the right shape or None, and the
actions check the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import ClassVar, TypeAlias

LONGEST = 64
"""Telegram's limit for callback data, in bytes."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Above this a field could not be a database key; forged numbers end here.
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SetMark:
    """Give an item its points (hundredths)."""

    VERB: ClassVar[str] = "m"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class ChooseHalf:
    """The whole number of a large item is chosen; .0 or .5 is still to come (hundredths)."""

    VERB: ClassVar[str] = "h"
    sheet: int
    item: int
    points: int


@dataclass(frozen=True, slots=True)
class ShowItem:
    """Show an item; item 0 is the first one without a mark."""

    VERB: ClassVar[str] = "i"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class ShowContents:
    """Show the 目录 of a sheet."""

    VERB: ClassVar[str] = "c"
    sheet: int


@dataclass(frozen=True, slots=True)
class AskReason:
    """Ask for the reason of an item's mark."""

    VERB: ClassVar[str] = "r"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class AskNotApplicable:
    """Ask why an item is not applicable."""

    VERB: ClassVar[str] = "n"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class ExplainEvidence:
    """Say how evidence is attached to an item."""

    VERB: ClassVar[str] = "e"
    sheet: int
    item: int


@dataclass(frozen=True, slots=True)
class AskFillRest:
    """Ask whether the rest is to be filled with full marks."""

    VERB: ClassVar[str] = "f"
    sheet: int


@dataclass(frozen=True, slots=True)
class FillRest:
    """Fill the rest with full marks."""

    VERB: ClassVar[str] = "F"
    sheet: int


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """Show the totals and what is missing before handing in."""

    VERB: ClassVar[str] = "v"
    sheet: int


@dataclass(frozen=True, slots=True)
class SubmitSheet:
    """Hand the sheet in."""

    VERB: ClassVar[str] = "S"
    sheet: int


@dataclass(frozen=True, slots=True)
class ShowSheets:
    """Show the person's list of sheets, from a page on (counted from 0)."""

    VERB: ClassVar[str] = "l"
    page: int


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Choose a language: 0 is zh, 1 is en."""

    VERB: ClassVar[str] = "L"
    choice: int


@dataclass(frozen=True, slots=True)
class ShowRanking:
    """Show one frozen ranking in the person's own chat."""

    VERB: ClassVar[str] = "k"
    ranking: int


@dataclass(frozen=True, slots=True)
class OpenTable:
    """Under a post in the group: open the whole table in private. Tapping it proves that the post is there."""

    VERB: ClassVar[str] = "t"
    ranking: int
    parcel: int


@dataclass(frozen=True, slots=True)
class ConfirmSent:
    """An admin saw the message whose fate was unknown."""

    VERB: ClassVar[str] = "y"
    parcel: int


@dataclass(frozen=True, slots=True)
class SendAgain:
    """An admin did not see the message whose fate was unknown."""

    VERB: ClassVar[str] = "Y"
    parcel: int


Button: TypeAlias = (
    SetMark
    | ChooseHalf
    | ShowItem
    | ShowContents
    | AskReason
    | AskNotApplicable
    | ExplainEvidence
    | AskFillRest
    | FillRest
    | ReviewSheet
    | SubmitSheet
    | ShowSheets
    | SetLanguage
    | ShowRanking
    | OpenTable
    | ConfirmSent
    | SendAgain
)

KINDS: tuple[type[Button], ...] = Button.__args__
_BY_VERB = {kind.VERB: (kind, len(fields(kind))) for kind in KINDS}


def pack(button: Button) -> str:
    """The callback data of a button. Raises ValueError for negative or oversized numbers."""
    return ":".join((button.VERB, *(_base36(getattr(button, name)) for name in button.__slots__)))


def unpack(data: str) -> Button | None:
    """The button of callback data, or None when it is not one of ours (old version, forged, damaged)."""
    verb, *numbers = data.split(":")
    kind, count = _BY_VERB.get(verb, (None, 0))
    if kind is None or len(numbers) != count:
        return None
    values = [number for number in map(_number, numbers) if number is not None]
    return kind(*values) if len(values) == count else None


@lru_cache(maxsize=4096)
def _base36(number: int) -> str:
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"a button cannot carry {number}")
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits


def _number(text: str) -> int | None:
    # int() alone would take "+1", "1_0", " 1" and other scripts' digits, which pack never writes.
    if not text or len(text) > 13 or not all(letter in _DIGITS for letter in text):
        return None
    if len(text) > 1 and text[0] == "0":
        return None
    number = int(text, 36)
    return number if number <= _LARGEST else None
