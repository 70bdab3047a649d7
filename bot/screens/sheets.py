"""What the screens of a sheet share: the heading, the short label of an item, buttons in rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.buttons.columns import AskSkip, Resume
from bot.buttons.forms import PrintForm
from bot.buttons.sheets import ShowItem
from bot.phrases import Phrases
from bot.phrases.forms import points
from bot.screens.screen import Key
from core.rubric import Category, Item
from core.sheet import Sheet, SheetState
from core.snapshots import SheetView

ITEMS_PER_ROW = 5
"""Labels like `15 ✓14.5` are still readable five in a row on a screen 360 pixels wide."""

_BAR_LENGTH = 10


def heading(phrases: Phrases, language: str, view: SheetView) -> str:
    """Unit, period and progress on one line, as HTML."""
    return phrases.say(language, "sheet.heading", unit=view.unit, period=view.period, **_progress(view.sheet))


def is_open(view: SheetView) -> bool:
    """Whether the sheet's marks can still be changed, as far as the snapshot knows."""
    return view.sheet.state is SheetState.OPEN


def closed_note(phrases: Phrases, language: str, view: SheetView) -> str:
    """Why the sheet's marks cannot be changed; empty while they can."""
    # The states have the names of their sentences.
    return "" if is_open(view) else phrases.say(language, f"sheet.{view.sheet.state.value}")


def promise(phrases: Phrases, language: str, *, of_department: bool) -> str:
    """How confidential the marks of a department are, for the first screen of its scoring; empty for a township."""
    return phrases.say(language, "sheet.confidential") if of_department else ""


def is_skipped(view: SheetView) -> bool:
    """Whether the township said 不了解; it may still change its mind."""
    return view.sheet.state is SheetState.SKIPPED


def skip_keys(phrases: Phrases, language: str, view: SheetView) -> tuple[Key, ...]:
    """The button that skips a department's sheet (不了解) or takes it up again, or none."""
    if view.unit_kind == "department" and is_open(view):
        return (Key(phrases.say_plain(language, "keys.columns.skip"), AskSkip(view.sheet.id)),)
    if is_skipped(view):
        return (Key(phrases.say_plain(language, "keys.columns.resume"), Resume(view.sheet.id)),)
    return ()


def form_keys(phrases: Phrases, language: str, view: SheetView) -> tuple[Key, ...]:
    """The button that sends the sheet as a form (空白表), while there is something to fill in."""
    return (Key(phrases.say_plain(language, "keys.blank_form"), PrintForm(view.sheet.id)),) if is_open(view) else ()


def item_label(sheet: Sheet, number: int) -> str:
    """`4 ✓1.5`, `4 ⚠1.5` where a reason is owed, `4 —` for not applicable, `4 ○` without a mark."""
    mark = sheet.marks.get(number)
    if mark is None:
        return f"{number} ○"
    sign = "⚠" if number in sheet.reasons_owed else "✓"
    if mark.points is None:
        return f"{number} —" if sign == "✓" else f"{number} ⚠—"
    return f"{number} {sign}{points(mark.points)}"


def item_keys(sheet: Sheet, numbers: Iterable[int]) -> list[Key]:
    """A button to each of these items."""
    return [Key(item_label(sheet, number), ShowItem(sheet.id, number)) for number in numbers]


def counting(sheet: Sheet) -> list[tuple[Category, tuple[Item, ...]]]:
    """The categories that have items that count (督查重点), with those items."""
    numbers = {item.number for item in sheet.items}
    kept = [
        (category, tuple(item for item in category.items if item.number in numbers))
        for category in sheet.rubric.categories
    ]
    return [(category, items) for category, items in kept if items]


def in_rows(keys: Sequence[Key], per_row: int) -> tuple[tuple[Key, ...], ...]:
    """The buttons in their order, so many side by side."""
    return tuple(tuple(keys[start : start + per_row]) for start in range(0, len(keys), per_row))


def _progress(sheet: Sheet) -> dict[str, object]:
    items = len(sheet.items)
    filled = _BAR_LENGTH * sheet.marked_count // items
    bar = "▓" * filled + "░" * (_BAR_LENGTH - filled)
    return {"marked": sheet.marked_count, "items": items, "bar": bar}
