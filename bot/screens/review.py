"""Before and after handing in: the rest filled with full marks, the totals, what is missing, the receipt."""

from __future__ import annotations

from fractions import Fraction

from bot.buttons.columns import Skip
from bot.buttons.sheets import FillRest, ShowContents, SubmitSheet
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from bot.screens.sheets import ITEMS_PER_ROW, closed_note, form_keys, heading, in_rows, is_open, item_keys
from core.scoring import SheetScore, Subtotal, sheet_score, subtotals
from core.sheet import Sheet
from core.snapshots import SheetView


def fill_rest_screen(phrases: Phrases, language: str, view: SheetView) -> Screen:
    """Asks whether the items without a mark are all to get full points."""
    missing = view.sheet.without_mark
    head = phrases.markup(heading(phrases, language, view))
    text = phrases.say(language, "sheet.fill_rest", heading=head, missing=missing)
    back = (_contents_key(phrases, language, view.sheet),)
    if not missing or not is_open(view):
        return Screen(text, (back,))
    confirm = (Key(phrases.say_plain(language, "keys.confirm_fill"), FillRest(view.sheet.id)),)
    return Screen(text, (confirm, back))


def ask_skip_screen(phrases: Phrases, language: str, view: SheetView) -> Screen:
    """Asks whether marks that are there are not to count (不了解)."""
    head = phrases.markup(heading(phrases, language, view))
    text = phrases.say(language, "skip.ask", heading=head, marked=len(view.sheet.marks))
    confirm = (Key(phrases.say_plain(language, "keys.columns.confirm_skip"), Skip(view.sheet.id)),)
    return Screen(text, (confirm, (_contents_key(phrases, language, view.sheet),)))


def review_screen(phrases: Phrases, language: str, view: SheetView) -> Screen:
    """Totals and gaps, each gap a button; only a complete sheet can be confirmed."""
    sheet = view.sheet
    parts, score = subtotals(sheet.rubric, sheet.marks, sheet.focus), _score(sheet)
    out_of = sum(part.out_of for part in parts)
    named = {item.category for item in sheet.items}
    text = phrases.say(
        language,
        "sheet.review",
        heading=phrases.markup(heading(phrases, language, view)),
        parts=[_part(part, score, place) for place, part in enumerate(parts) if part.category.name in named],
        total=None if score is None else score.total,
        scaled=out_of < sheet.rubric.max_points,
        max_points=sheet.rubric.max_points,
        focus=sheet.focus,
        points=sum(part.points for part in parts),
        out_of=out_of,
        without_mark=sheet.without_mark,
        without_reason=sheet.reasons_owed,
        closed=phrases.markup(closed_note(phrases, language, view)),
    )
    back = (*form_keys(phrases, language, view), _contents_key(phrases, language, sheet))
    if not is_open(view):
        return Screen(text, (back,))
    if sheet.is_complete:
        confirm = (Key(phrases.say_plain(language, "keys.confirm_submit"), SubmitSheet(sheet.id)),)
        return Screen(text, (confirm, back))
    gaps = sorted({*sheet.without_mark, *sheet.reasons_owed})
    return Screen(text, (*in_rows(item_keys(sheet, gaps), ITEMS_PER_ROW), back))


def receipt_text(phrases: Phrases, language: str, view: SheetView) -> str:
    """The words that confirm that a sheet was handed in."""
    score = _score(view.sheet)
    return phrases.say(
        language,
        "sheet.receipt",
        unit=view.unit,
        period=view.period,
        total=None if score is None else score.total,
        submitted_at=view.submitted_at,
        audit_head=view.audit_head,
    )


def scaled_subtotal(part: Subtotal, score: SheetScore | None, place: int) -> Fraction | None:
    """What the `place`th category counts for in the score where an item of it is not applicable, else None."""
    if score is None or part.out_of == part.category.max_points:
        return None
    return score.categories[place]


def _score(sheet: Sheet) -> SheetScore | None:
    """None as long as a mark is missing, and when no item is applicable."""
    return None if sheet.without_mark else sheet_score(sheet.rubric, sheet.marks, sheet.focus)


def _part(part: Subtotal, score: SheetScore | None, place: int) -> dict[str, object]:
    scaled = scaled_subtotal(part, score, place)
    return {"name": part.category.name, "points": part.points, "out_of": part.out_of, "scaled": scaled}


def _contents_key(phrases: Phrases, language: str, sheet: Sheet) -> Key:
    return Key(phrases.say_plain(language, "keys.contents"), ShowContents(sheet.id))
