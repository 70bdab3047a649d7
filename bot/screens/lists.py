"""/score: the person's sheets, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import Button
from bot.buttons.columns import ShowColumn
from bot.buttons.forms import PrintMatrix
from bot.buttons.sheets import ReviewSheet, ShowContents, ShowItem, ShowSheets
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.screens.sheets import promise
from core.sheet import SheetState
from core.snapshots import SheetLine

SHEETS_PER_PAGE = 8


def sheets_screen(phrases: Phrases, language: str, lines: Sequence[SheetLine], page: int) -> Screen:
    """One page of the sheets (from 0, the nearest there is), in the order they are given in."""
    if not lines:
        return Screen(phrases.say(language, "lists.no_sheets"))
    last = (len(lines) - 1) // SHEETS_PER_PAGE
    page = min(page, last)
    here = lines[page * SHEETS_PER_PAGE : (page + 1) * SHEETS_PER_PAGE]
    promised = promise(phrases, language, of_department=any(line.unit_kind == "department" for line in lines))
    text = phrases.say(language, "lists.sheets", lines=here, page=page + 1, pages=last + 1, promised=promised)
    rows = [(sheet_key(phrases, language, line),) for line in here]
    turns = []
    if page > 0:
        turns.append(Key(phrases.say_plain(language, "keys.back"), ShowSheets(page - 1)))
    if page < last:
        turns.append(Key(phrases.say_plain(language, "keys.forward"), ShowSheets(page + 1)))
    return Screen(text, (*rows, *((tuple(turns),) if turns else ()), *_department_rows(phrases, language, lines)))


def _department_rows(phrases: Phrases, language: str, lines: Sequence[SheetLine]) -> tuple[tuple[Key, ...], ...]:
    """For a township's departments, by period: column mode, and all of them in one table (空白总表)."""
    asked = {
        line.period: line.sheet_id
        for line in lines
        if line.unit_kind == "department" and line.state in {SheetState.OPEN, SheetState.SKIPPED}
    }
    return tuple(
        (
            Key(phrases.say_plain(language, "keys.columns.column"), ShowColumn(sheet, 0, 0)),
            Key(phrases.say_plain(language, "keys.blank_matrix", period=period), PrintMatrix(sheet)),
        )
        for period, sheet in asked.items()
    )


def sheet_key(phrases: Phrases, language: str, line: SheetLine) -> Key:
    """The button of a sheet: to where its rater goes on."""
    key = "lists.sheet_key" if line.state is SheetState.OPEN else "lists.done_key"
    label = phrases.say_plain(language, key, unit=line.unit, marked=line.marked, items=line.items)
    return Key(label, _next_deed(line))


def _next_deed(line: SheetLine) -> Button:
    if line.state is not SheetState.OPEN:
        return ShowContents(line.sheet_id)
    return ReviewSheet(line.sheet_id) if line.marked == line.items else ShowItem(line.sheet_id, 0)
