"""Column mode: one item with all departments, the marks of one of them, and handing all in."""

from __future__ import annotations

from functools import partial

from bot.buttons import Button
from bot.buttons.columns import (
    AskSkip,
    AskSubmitAll,
    HalfInColumn,
    MarkInColumn,
    PickInColumn,
    ShowColumn,
    SubmitAll,
)
from bot.buttons.sheets import AskReason, ShowContents, ShowSheets
from bot.phrases import Phrases
from bot.phrases.forms import points as written
from bot.screens.item import LARGEST_AT_ONCE, MARKS_PER_ROW
from bot.screens.paging import PER_PAGE, page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.column_view import ColumnLine, ColumnView, HandedIn
from core.sheet import SheetState, legal_points
from core.snapshots import OnScreen

_SHOWN = 20


def column_screen(phrases: Phrases, language: str, view: ColumnView, number: int) -> Screen:
    """The item, how far it is scored, and a page of the departments."""
    page = page_of(view.lines, number)
    text = phrases.say(
        language,
        "columns.column",
        view=view,
        marked=sum(not line.wants_mark for line in view.lines),
        page=page.number + 1,
        pages=page.last + 1,
    )
    rows = [(_department_key(phrases, language, view, line),) for line in page.lines]
    turns = page.turns(phrases, language, partial(ShowColumn, view.sheet_id, view.item.number))
    items = []
    for beside, name in ((_beside(view, -1), "before"), (_beside(view, 1), "behind")):
        if beside is not None:
            label = phrases.say_plain(language, f"keys.columns.{name}", item=beside)
            items.append(Key(label, ShowColumn(view.sheet_id, beside, 0)))
    last = (
        _key(phrases, language, "submit_all", AskSubmitAll(view.sheet_id)),
        Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0)),
    )
    return Screen(text, (*rows, *turns, tuple(items), last) if items else (*rows, *turns, last))


def department_screen(
    phrases: Phrases, language: str, view: ColumnView, sheet_id: int, whole: int | None = None
) -> Screen:
    """One department's marks for the item; `whole` narrows a large item to the steps from this number up."""
    line = view.line(sheet_id)
    if line is None or line.state is not SheetState.OPEN:
        return column_screen(phrases, language, view, 0)
    place = view.lines.index(line)
    text = phrases.say(language, "columns.department", view=view, line=line, place=place + 1, count=len(view.lines))
    back = ShowColumn(view.sheet_id, view.item.number, place // PER_PAGE)
    tools = (
        Key(phrases.say_plain(language, "keys.reason"), AskReason(sheet_id, view.item.number)),
        _key(phrases, language, "skip", AskSkip(sheet_id)),
        _key(phrases, language, "to_column", back),
    )
    return Screen(text, (*_mark_rows(view, line, whole), tools))


def next_screen(phrases: Phrases, language: str, view: ColumnView, sheet_id: int) -> Screen:
    """After a mark: the next department without one; when all have one, the column with its ways on."""
    following = view.after(sheet_id)
    if following is None:
        return column_screen(phrases, language, view, 0)
    return department_screen(phrases, language, view, following.sheet_id)


def submit_all_screen(phrases: Phrases, language: str, sheet_id: int, found: HandedIn) -> Screen:
    """Asks before everything that is complete is handed in."""
    back = _key(phrases, language, "to_column", ShowColumn(sheet_id, 0, 0))
    text = phrases.say(language, "columns.ask_submit", **_told(found))
    if not found.complete:
        return Screen(text, ((back,),))
    return Screen(text, ((_key(phrases, language, "confirm_submit", SubmitAll(sheet_id)), back),))


def submitted_all_screen(phrases: Phrases, language: str, sheet_id: int, found: HandedIn) -> Screen:
    """What was handed in, and what is left."""
    text = phrases.say(language, "columns.submitted", **_told(found))
    keys = [Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0))]
    if found.incomplete:
        keys.insert(0, _key(phrases, language, "to_column", ShowColumn(sheet_id, 0, 0)))
    return Screen(text, (tuple(keys),))


def back_to_column(phrases: Phrases, language: str, note: str, standing: OnScreen) -> Screen:
    """What became of typed words, with the way back to the column."""
    return Screen(note, ((_key(phrases, language, "go_on", ShowColumn(standing.sheet_id, standing.item, 0)),),))


def _mark_rows(view: ColumnView, line: ColumnLine, whole: int | None) -> tuple[tuple[Key, ...], ...]:
    legal = legal_points(view.item, view.rubric.step)
    present = None if line.mark is None else line.mark.points
    sheet, item = line.sheet_id, view.item.number
    chosen = [each for each in legal if whole is not None and whole <= each < whole + 100]
    if chosen or view.item.max_points <= LARGEST_AT_ONCE:
        keys = [_mark_key(sheet, item, each, present) for each in chosen or legal]
        return in_rows(keys, MARKS_PER_ROW)
    wholes = [each for each in legal if each % 100 == 0]
    keys = [
        _mark_key(sheet, item, each, present)
        if sum(each <= other < each + 100 for other in legal) == 1
        else Key(_ticked(each, present is not None and each <= present < each + 100), HalfInColumn(sheet, item, each))
        for each in wholes
    ]
    return in_rows(keys, MARKS_PER_ROW)


def _mark_key(sheet: int, item: int, choice: int, present: int | None) -> Key:
    return Key(_ticked(choice, choice == present), MarkInColumn(sheet, item, choice))


def _ticked(choice: int, ticked: bool) -> str:  # the two things a label is made of
    return f"✓{written(choice)}" if ticked else written(choice)


def _department_key(phrases: Phrases, language: str, view: ColumnView, line: ColumnLine) -> Key:
    label = phrases.say_plain(language, "keys.columns.department", line=line)
    open_now = line.state is SheetState.OPEN
    deed: Button = PickInColumn(line.sheet_id, view.item.number) if open_now else ShowContents(line.sheet_id)
    return Key(label, deed)


def _beside(view: ColumnView, step: int) -> int | None:
    place = view.items.index(view.item.number) + step
    return view.items[place] if 0 <= place < len(view.items) else None


def _told(found: HandedIn) -> dict[str, object]:
    return {
        "complete": found.complete[:_SHOWN],
        "incomplete": found.incomplete[:_SHOWN],
        "ready": len(found.complete),
        "left": len(found.incomplete),
    }


def _key(phrases: Phrases, language: str, name: str, deed: Button) -> Key:
    return Key(phrases.say_plain(language, f"keys.columns.{name}"), deed)
