"""A form that came back: what it would set, what is wrong in it, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.buttons import Button
from bot.buttons.sheets import ReviewSheet, ShowSheets
from bot.buttons.uploads import ApplyUpload, DropUpload, ShowUpload, check_of
from bot.phrases import Phrases
from bot.screens.paging import Page, page_of
from bot.screens.screen import Key, Screen
from bot.screens.uploads import refusal_text
from core.form_plan import FormPlan, SheetChanges
from core.form_reading import CellProblem
from core.sheet import LONGEST_REASON, Mark

_SHOWN = 10


def form_plan_screen(phrases: Phrases, language: str, upload_id: int, plan: FormPlan, part: int, number: int) -> Screen:
    """What the form would do: of several sheets a line each (part 0), or the changes of one (part 1, 2, …)."""
    if plan.refused:
        return _refused_screen(phrases, language, upload_id, plan.refused)
    if len(plan.sheets) > 1 and not 0 < part <= len(plan.sheets):
        return _sheets_screen(phrases, language, upload_id, plan, number)
    return _changes_screen(phrases, language, upload_id, plan, max(part, 1), number)


def _sheets_screen(phrases: Phrases, language: str, upload_id: int, plan: FormPlan, number: int) -> Screen:
    page = page_of(list(enumerate(plan.sheets, start=1)), number)
    text = phrases.say(
        language,
        "returned.sheets",
        sheets=[_told(sheet) for _, sheet in page.lines],
        count=plan.count,
        skipped=plan.skipped,
        page=page.number + 1,
        pages=page.last + 1,
    )
    keys = tuple(
        (Key(f"{sheet.unit} {len(sheet.changes)}", ShowUpload(upload_id, place, 0)),)
        for place, sheet in page.lines
        if sheet.changes
    )
    turns = page.turns(phrases, language, partial(ShowUpload, upload_id, 0))
    return Screen(text, (*keys, *turns, _decision(phrases, language, upload_id, plan)))


def _changes_screen(phrases: Phrases, language: str, upload_id: int, plan: FormPlan, part: int, number: int) -> Screen:
    sheet = plan.sheets[part - 1]
    page: Page[str] = page_of([_change(phrases, language, *each) for each in _changes(sheet)], number)
    text = phrases.say(
        language,
        "returned.changes",
        sheet=_told(sheet),
        lines=[phrases.markup(line) for line in page.lines],
        page=page.number + 1,
        pages=page.last + 1,
        without_mark=sheet.without_mark,
        without_reason=sheet.without_reason,
    )
    turns = page.turns(phrases, language, partial(ShowUpload, upload_id, part))
    if len(plan.sheets) == 1:
        return Screen(text, (*turns, _decision(phrases, language, upload_id, plan)))
    return Screen(text, (*turns, (_key(phrases, language, "overview", ShowUpload(upload_id, 0, 0)),)))


def _refused_screen(phrases: Phrases, language: str, upload_id: int, sheets: Sequence[SheetChanges]) -> Screen:
    causes = [
        {"unit": sheet.unit, "why": phrases.markup(refusal_text(phrases, language, sheet.refused))}
        for sheet in sheets[:_SHOWN]
        if sheet.refused is not None
    ]
    text = phrases.say(language, "returned.refused", causes=causes, more=len(sheets) - len(causes))
    return Screen(text, ((_key(phrases, language, "drop", DropUpload(upload_id)),),))


def form_problems_screen(phrases: Phrases, language: str, problems: Sequence[CellProblem]) -> Screen:
    """The first cells that cannot be taken, each with its place and its remedy."""
    shown = [_problem(phrases, language, each) for each in problems[:_SHOWN]]
    text = phrases.say(
        language, "returned.problems.title", lines=shown, count=len(problems), more=len(problems) - len(shown)
    )
    return Screen(text)


def foreign_form_screen(phrases: Phrases, language: str) -> Screen:
    """The form's own numbers were damaged, or are another bot's."""
    return Screen(phrases.say(language, "returned.foreign"))


def form_applied_screen(phrases: Phrases, language: str, plan: FormPlan) -> Screen:
    """What was set, and the way to handing it in."""
    text = phrases.say(language, "returned.applied", count=plan.count, skipped=plan.skipped)
    deed: Button = ShowSheets(0)
    name = "sheets"
    if len(plan.sheets) == 1:
        deed, name = ReviewSheet(plan.sheets[0].sheet_id), "review"
    return Screen(text, ((_key(phrases, language, name, deed),),))


def _decision(phrases: Phrases, language: str, upload_id: int, plan: FormPlan) -> tuple[Key, ...]:
    drop = _key(phrases, language, "drop", DropUpload(upload_id))
    if not plan.count and not plan.skipped:
        return (drop,)
    return _key(phrases, language, "apply", ApplyUpload(upload_id, check_of(plan.digest))), drop


def _told(sheet: SheetChanges) -> dict[str, object]:
    return {
        "unit": sheet.unit,
        "changed": len(sheet.changes),
        "unchanged": sheet.unchanged,
        "skips": sheet.skips,
        "is_skipped": sheet.is_skipped,
    }


def _changes(sheet: SheetChanges) -> list[tuple[int, Mark | None, Mark]]:
    return [(change.item, change.old, change.new) for change in sheet.changes]


def _change(phrases: Phrases, language: str, item: int, old: Mark | None, new: Mark) -> str:
    return phrases.say(language, "returned.change", item=item, old=old, new=new)


def _problem(phrases: Phrases, language: str, problem: CellProblem) -> str:
    what = phrases.say_plain(
        language,
        f"returned.problems.{problem.code}",
        item=problem.item,
        value=problem.value,
        max_points=problem.max_points,
        step=problem.step,
        longest=LONGEST_REASON,
    )
    return phrases.say_plain(language, "returned.problems.line", table=problem.table, cell=problem.cell, what=what)


def _key(phrases: Phrases, language: str, name: str, deed: Button) -> Key:
    return Key(phrases.say_plain(language, f"keys.returned.{name}"), deed)
