"""What is tapped: who, which item, which points, and the update that Telegram would send for it.

Answers for a load that is the same in every trial and as heavy as a real one: each
callback carries its message, the item's text and its whole keyboard, non-ASCII escaped
as Telegram escapes it. Never knows how a bot packs its buttons: that is a function given.

A person's n-th tap marks item n of their only sheet, so a screen that says `14/23`
shows what their first 14 taps did. Points are hundredths.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ITEMS = 23
TEXT = (
    "仙庾镇 · 2013年第一季度        {done}/23 ▓▓▓▓▓▓░░░░\n七项重大任务 · 第{item}条 · 满分{maximum}分\n"
    "高度重视样板社工部建设，紧紧围绕社情民意，打造特色，凸显亮点，取得实效，形成一村一特色，一社区一亮点的局面；\n"
    "考核方式：查工作台账、现场查看\n未评分"
)
_PROGRESS = re.compile(rf"(\d+)/{ITEMS}\b")
_FIRST_SCREEN = 1000
_STEP = 50


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A person's sheet without any mark, with the most that each of its items may get."""

    person: int
    key: int
    maxima: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """What one tap asks for."""

    person: int
    sheet: int
    item: int
    points: int


Pack = Callable[[Deed], str]
"""The callback data (1 to 64 bytes) by which a bot knows this deed."""


def deed(sheet: OpenSheet, item: int) -> Deed:
    """The person's tap on this item: full marks or half a point less, where that still needs no reason."""
    maximum = sheet.maxima[item - 1]
    lenient = item % 2 == 0 and (maximum - _STEP) * 5 >= maximum * 4
    return Deed(sheet.person, sheet.key, item, maximum - _STEP if lenient else maximum)


def progress(text: str) -> int | None:
    """How many of the person's taps a screen shows, or None if the text is no item screen."""
    found = _PROGRESS.search(text)
    return int(found[1]) if found else None


def message_id(person: int) -> int:
    """The message in the person's chat that is their screen."""
    return _FIRST_SCREEN + person % 100


def query_id(person: int, item: int) -> str:
    """The id of the callback query: nobody taps the same item twice."""
    return str(person * 100 + item)


def callback(sheet: OpenSheet, item: int, pack: Pack) -> str:
    """The JSON of the callback query for this tap."""
    person = {"id": sheet.person, "is_bot": False, "first_name": "考核组成员", "language_code": "zh-hans"}
    query = {
        "id": query_id(sheet.person, item),
        "from": person,
        "message": {
            "message_id": message_id(sheet.person),
            "from": {"id": 1, "is_bot": True, "first_name": "红旗", "username": "hongqi_bench_bot"},
            "chat": {"id": sheet.person, "first_name": "考核组成员", "type": "private"},
            "date": 1364778000,
            "edit_date": 1364778060,
            "text": TEXT.format(done=item - 1, item=item, maximum=sheet.maxima[item - 1] // 100),
            "reply_markup": {"inline_keyboard": keyboard(sheet, item, pack)},
        },
        "chat_instance": str(7_000_000_000_000 + sheet.person),
        "data": pack(deed(sheet, item)),
    }
    return json.dumps(query)


def keyboard(sheet: OpenSheet, item: int, pack: Pack) -> list[list[dict[str, str]]]:
    """The buttons of an item screen: a mark each (whole points first above 6), and six to move about."""
    maximum = sheet.maxima[item - 1]
    step = _STEP if maximum <= 600 else 100
    marks = [_button(sheet, item, points, pack) for points in range(0, maximum + 1, step)]
    rows = [marks[start : start + 7] for start in range(0, len(marks), 7)]
    moves = (("理由", "佐证", "不适用"), ("◀", "目录", "▶"))
    return rows + [[{"text": name, "callback_data": f"1go:{sheet.key}:{item}"} for name in row] for row in moves]


def _button(sheet: OpenSheet, item: int, points: int, pack: Pack) -> dict[str, str]:
    label = f"{points // 100}.5" if points % 100 else f"{points // 100}"
    return {"text": label, "callback_data": pack(Deed(sheet.person, sheet.key, item, points))}


def discrepancies(answered: Sequence[Deed], stored: dict[tuple[int, int], int]) -> list[str]:
    """What a bot promised and did not keep, or kept and was not asked for: empty when it was honest.

    `answered` in the order of the taps; `stored` maps (sheet, item) to its points.
    """
    promised = {(tap.sheet, tap.item): tap.points for tap in answered}
    lost = [f"sheet {s} item {i}: answered, and not stored" for s, i in sorted(promised.keys() - stored.keys())]
    odd = [f"sheet {s} item {i}: stored, and never answered" for s, i in sorted(stored.keys() - promised.keys())]
    wrong = [
        f"sheet {s} item {i}: answered with {promised[s, i]} hundredths, stored {stored[s, i]}"
        for s, i in sorted(promised.keys() & stored.keys())
        if promised[s, i] != stored[s, i]
    ]
    return lost + wrong + odd
