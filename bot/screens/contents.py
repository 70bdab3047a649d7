"""The 目录 of a sheet: every item with its mark, and a button to each."""

from __future__ import annotations

from bot.buttons.sheets import AskFillRest, ReviewSheet, ShowSheets
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.screens.sheets import (
    ITEMS_PER_ROW,
    closed_note,
    counting,
    form_keys,
    heading,
    in_rows,
    is_open,
    item_keys,
    item_label,
    skip_keys,
)
from core.snapshots import SheetView


def contents_screen(phrases: Phrases, language: str, view: SheetView) -> Screen:
    """All items by category. A sheet that is handed in can be looked through, not changed."""
    sheet = view.sheet
    parts = [
        {
            "name": category.name,
            "max_points": category.max_points,
            "labels": [item_label(sheet, item.number) for item in items],
        }
        for category, items in counting(sheet)
    ]
    text = phrases.say(
        language,
        "sheet.contents",
        heading=phrases.markup(heading(phrases, language, view)),
        parts=parts,
        focus=sheet.focus,
        others=_by_name(view),
        closed=phrases.markup(closed_note(phrases, language, view)),
        closes_at=view.closes_at,
    )
    items = in_rows(item_keys(sheet, [item.number for item in sheet.items]), ITEMS_PER_ROW)
    skipping = in_rows(skip_keys(phrases, language, view), 1)
    sheets = Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0))
    last = (*form_keys(phrases, language, view), sheets)
    return Screen(text, (*items, *_deeds(phrases, language, view), *skipping, last))


def _by_name(view: SheetView) -> list[dict[str, object]]:
    """The other officers of the township who set marks: which items, and when the newest of them."""
    items: dict[str, list[int]] = {}
    for item, author in view.by_others.items():
        items.setdefault(author.name, []).append(item)
    return [
        {"name": name, "items": theirs, "marked_at": max(view.by_others[item].marked_at for item in theirs)}
        for name, theirs in items.items()
    ]


def _deeds(phrases: Phrases, language: str, view: SheetView) -> tuple[tuple[Key, ...], ...]:
    if not is_open(view):
        return ()
    submit = Key(phrases.say_plain(language, "keys.submit"), ReviewSheet(view.sheet.id))
    if not view.sheet.without_mark:
        return ((submit,),)
    return ((Key(phrases.say_plain(language, "keys.fill_rest"), AskFillRest(view.sheet.id)), submit),)
