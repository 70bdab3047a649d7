"""Callback payloads: a button names the whole deed, so an old button stays true.

Packed as `verb:field:field`, numbers in base 36, at most 64 bytes. Whatever comes back
from a phone is untrusted: `unpack` gives a payload of the right shape or None, and the
actions check the rest. The buttons stand by room; a new one joins its room's union.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import TypeAlias

from bot.buttons.columns import ColumnButton
from bot.buttons.days import DaysButton
from bot.buttons.duties import DutyButton
from bot.buttons.exports import ExportButton
from bot.buttons.finals import FinalsButton
from bot.buttons.forms import FormButton
from bot.buttons.home import HomeButton
from bot.buttons.invitations import InvitationButton
from bot.buttons.objections import ObjectionButton
from bot.buttons.people import PeopleButton
from bot.buttons.progress import ProgressButton
from bot.buttons.rankings import RankingButton
from bot.buttons.returning import ReturnButton
from bot.buttons.rounds import RoundButton
from bot.buttons.schedule import ScheduleButton
from bot.buttons.sheets import SheetButton
from bot.buttons.supposing import SupposeButton
from bot.buttons.uploads import UploadButton
from bot.buttons.why import WhyButton

LONGEST = 64
"""Telegram's limit for callback data, in bytes."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Above this a field could not be a database key; forged numbers end here.
_LARGEST = 2**63 - 1

Button: TypeAlias = (
    ColumnButton
    | DaysButton
    | DutyButton
    | ExportButton
    | FinalsButton
    | FormButton
    | HomeButton
    | InvitationButton
    | ObjectionButton
    | PeopleButton
    | ProgressButton
    | RankingButton
    | ReturnButton
    | RoundButton
    | ScheduleButton
    | SheetButton
    | SupposeButton
    | UploadButton
    | WhyButton
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
