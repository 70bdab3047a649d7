"""The item screen, the heart of scoring: one item, its mark, and the buttons that set it.

A button sets the mark it shows, so an old screen stays true. The keyboard is built again at
every tap; what depends only on item and mark is kept.
"""

from __future__ import annotations

from functools import lru_cache

from bot.buttons.sheets import (
    AdoptSuggestion,
    AskNotApplicable,
    AskReason,
    ChooseHalf,
    ExplainEvidence,
    SetMark,
    ShowContents,
    ShowItem,
)
from bot.phrases import Phrases
from bot.phrases.forms import points as written
from bot.screens.notices import arithmetic
from bot.screens.screen import Key, Screen
from bot.screens.sheets import closed_note, heading, in_rows, is_open, promise, skip_keys
from core.rubric import Item
from core.sheet import Sheet, legal_points
from core.snapshots import SheetView

MARKS_PER_ROW = 7

LARGEST_AT_ONCE = 600
"""Above this maximum (hundredths) all marks at once are too many rows: the whole number is chosen first."""

_Rows = tuple[tuple[Key, ...], ...]


def item_screen(phrases: Phrases, language: str, view: SheetView, item: int) -> Screen:
    """One item of the sheet; read-only when the sheet is. Raises NoSuchItem or ItemNotInFocus."""
    sheet = view.sheet
    entry = sheet.item(item)
    text = _text(phrases, language, view, entry)
    navigation = _navigation(phrases, language, sheet.id, *_beside(sheet, item))
    skipping = skip_keys(phrases, language, view)
    if not is_open(view):
        return Screen(text, (*in_rows(skipping, 1), navigation))
    mark = sheet.marks.get(item)
    marks = _mark_rows(sheet.id, item, entry.max_points, sheet.rubric.step, None if mark is None else mark.points)
    tools = (*_tools(phrases, language, sheet.id, item), *skipping)
    return Screen(text, (*marks, *_adopting(phrases, language, view, item), tools, navigation))


def half_screen(phrases: Phrases, language: str, view: SheetView, item: int, whole: int) -> Screen:
    """The marks of a large item from `whole` (hundredths) up to the next whole point, and a way back.

    A whole number the item cannot have, as only a forged button names it, leads to the item.
    Raises NoSuchItem or ItemNotInFocus.
    """
    sheet = view.sheet
    entry = sheet.item(item)
    choices = _from_whole(legal_points(entry, sheet.rubric.step), whole)
    if not choices or not is_open(view):
        return item_screen(phrases, language, view, item)
    mark = sheet.marks.get(item)
    present = None if mark is None else mark.points
    marks = in_rows([_mark_key(sheet.id, item, choice, present) for choice in choices], MARKS_PER_ROW)
    back = Key(phrases.say_plain(language, "keys.to_item"), ShowItem(sheet.id, item))
    return Screen(_text(phrases, language, view, entry), (*marks, (back,)))


def _adopting(phrases: Phrases, language: str, view: SheetView, item: int) -> _Rows:
    suggestion, mark = view.sheet.suggestions.get(item), view.sheet.marks.get(item)
    if suggestion is None or (
        mark is not None and mark.points == suggestion.points and item not in view.sheet.reasons_owed
    ):
        return ()
    label = phrases.say_plain(language, "keys.adopt", points=suggestion.points)
    return ((Key(label, AdoptSuggestion(view.sheet.id, item, suggestion.points)),),)


def _text(phrases: Phrases, language: str, view: SheetView, entry: Item) -> str:
    return phrases.say(
        language,
        "item.screen",
        heading=phrases.markup(heading(phrases, language, view)),
        category=entry.category,
        item=entry.number,
        max_points=entry.max_points,
        text=entry.text,
        methods=entry.methods,
        returned=view.returned.get(entry.number),
        mark=view.sheet.marks.get(entry.number),
        owes=entry.number in view.sheet.reasons_owed,
        pieces=view.evidence.get(entry.number, 0),
        author=view.by_others.get(entry.number),
        suggested=phrases.markup(arithmetic(phrases, language, view.sheet, entry.number)),
        closed=phrases.markup(closed_note(phrases, language, view)),
        promised=promise(phrases, language, of_department=view.unit_kind == "department" and not view.sheet.marks),
    )


@lru_cache(maxsize=4096)
def _mark_rows(sheet: int, item: int, max_points: int, step: int, present: int | None) -> _Rows:
    legal = tuple(range(0, max_points + 1, step))
    if max_points <= LARGEST_AT_ONCE:
        return in_rows([_mark_key(sheet, item, choice, present) for choice in legal], MARKS_PER_ROW)
    keys = []
    for whole in range(0, max_points + 1, 100):
        choices = _from_whole(legal, whole)
        if len(choices) == 1:
            keys.append(_mark_key(sheet, item, choices[0], present))
        elif choices:
            keys.append(Key(_ticked(written(whole), present in choices), ChooseHalf(sheet, item, whole)))
    return in_rows(keys, MARKS_PER_ROW)


def _from_whole(legal: tuple[int, ...], whole: int) -> tuple[int, ...]:
    return tuple(choice for choice in legal if whole <= choice < whole + 100)


def _mark_key(sheet: int, item: int, choice: int, present: int | None) -> Key:
    return Key(_ticked(written(choice), choice == present), SetMark(sheet, item, choice))


def _ticked(label: str, ticked: bool) -> str:
    return f"✓{label}" if ticked else label


@lru_cache(maxsize=4096)
def _tools(phrases: Phrases, language: str, sheet: int, item: int) -> tuple[Key, ...]:
    return (
        Key(phrases.say_plain(language, "keys.reason"), AskReason(sheet, item)),
        Key(phrases.say_plain(language, "keys.evidence"), ExplainEvidence(sheet, item)),
        Key(phrases.say_plain(language, "keys.not_applicable"), AskNotApplicable(sheet, item)),
    )


def _beside(sheet: Sheet, item: int) -> tuple[int, int]:
    """The numbers of the items before and after this one, of those that count; 0 at an end."""
    if sheet.focus is None:
        return item - 1, item + 1 if item < len(sheet.items) else 0
    before = max((number for number in sheet.focus if number < item), default=0)
    return before, min((number for number in sheet.focus if number > item), default=0)


@lru_cache(maxsize=4096)
def _navigation(phrases: Phrases, language: str, sheet: int, before: int, after: int) -> tuple[Key, ...]:
    keys = [Key(phrases.say_plain(language, "keys.contents"), ShowContents(sheet))]
    if before:
        keys.insert(0, Key(phrases.say_plain(language, "keys.back"), ShowItem(sheet, before)))
    if after:
        keys.append(Key(phrases.say_plain(language, "keys.forward"), ShowItem(sheet, after)))
    return tuple(keys)
