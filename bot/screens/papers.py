"""The words of what is drawn and printed: the picture of the flag and the receipt of a sheet.

Answers for the words only; `core.export` sets them. Everything here is plain text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from bot.phrases import Phrases
from bot.phrases.forms import points
from bot.screens.bulletin import MOST_UNITS, best
from bot.screens.review import scaled_subtotal
from core.export.flag import FlagPicture
from core.export.receipt import Receipt, ReceiptCategory, ReceiptItem, ReceiptLabels
from core.export.typesetting import Language
from core.rubric import Item
from core.scoring import Subtotal, display, sheet_score, subtotals
from core.snapshots import RankingView, SheetView


def flag_picture(phrases: Phrases, language: str, view: RankingView) -> FlagPicture:
    """The red flag of the month. Raises ValueError when nobody holds it."""
    lines = [(str(row.rank), row.unit, display(row.score)) for row in best(view) if row.score is not None]
    return FlagPicture(
        language=_typeset(language),
        heading=phrases.say_plain(language, "papers.flag_heading"),
        month=phrases.say_plain(language, "papers.flag_month", period=view.period),
        winners=view.flag,
        lines=tuple(lines[:MOST_UNITS]),
        giver=phrases.say_plain(language, "papers.flag_giver", district=view.district),
        footer=phrases.say_plain(language, "papers.flag_footer", root=view.audit_root),
    )


def receipt_paper(phrases: Phrases, language: str, view: SheetView) -> Receipt:
    """The receipt of a sheet that has all its marks. Raises ValueError for an unfinished one."""
    sheet = view.sheet
    rubric = sheet.rubric
    score = sheet_score(rubric, sheet.marks, sheet.focus)
    parts = subtotals(rubric, sheet.marks, sheet.focus)
    named = {item.category for item in sheet.items}
    return Receipt(
        language=_typeset(language),
        title=phrases.say_plain(language, "papers.receipt_title"),
        facts=_facts(phrases, language, view),
        labels=_labels(phrases, language),
        categories=tuple(
            _category(phrases, language, view, part, scaled_subtotal(part, score, place))
            for place, part in enumerate(parts)
            if part.category.name in named
        ),
        max_points=points(rubric.max_points),
        points=phrases.say_plain(language, "papers.receipt_not_applicable") if score is None else display(score.total),
        origin=_origin(phrases, language, view),
    )


def _facts(phrases: Phrases, language: str, view: SheetView) -> tuple[tuple[str, str], ...]:
    return (
        (phrases.say_plain(language, "papers.receipt_unit"), view.unit),
        (
            phrases.say_plain(language, "papers.receipt_round"),
            phrases.say_plain(language, "papers.receipt_period", period=view.period),
        ),
        (phrases.say_plain(language, "papers.receipt_rater"), view.rater),
        (
            phrases.say_plain(language, "papers.receipt_submitted"),
            phrases.say_plain(language, "papers.receipt_time", at=view.submitted_at),
        ),
    )


def _origin(phrases: Phrases, language: str, view: SheetView) -> tuple[str, ...]:
    rubric = view.sheet.rubric
    named = {"title": rubric.title, "id": rubric.id, "version": rubric.version, "rubric_hash": rubric.hash}
    lines = [
        phrases.say_plain(language, "papers.receipt_rubric", **named),
        phrases.say_plain(language, "papers.receipt_audit", audit_head=view.audit_head),
    ]
    if view.sheet.focus is not None:
        lines.insert(0, phrases.say_plain(language, "papers.receipt_focus", items=view.sheet.focus))
    if any(mark is not None and mark.not_applicable for mark in map(view.sheet.marks.get, _numbers(view))):
        lines.insert(0, phrases.say_plain(language, "papers.receipt_scaled"))
    return tuple(lines)


def _numbers(view: SheetView) -> list[int]:
    return [item.number for item in view.sheet.items]


def _labels(phrases: Phrases, language: str) -> ReceiptLabels:
    names = ("category", "item", "max_points", "mark", "reason", "subtotal", "total", "continued", "pages")
    return ReceiptLabels(*(phrases.say_plain(language, f"papers.labels.{name}") for name in names))


def _category(
    phrases: Phrases, language: str, view: SheetView, part: Subtotal, scaled: Fraction | None
) -> ReceiptCategory:
    """`scaled` is what the category comes to where an item of it is not applicable."""
    category = part.category
    told = points(part.points) if scaled is None else display(scaled)
    items = tuple(_item(phrases, language, view, item) for item in category.items if item in view.sheet.items)
    return ReceiptCategory(category.name, points(category.max_points), told, items)


def _item(phrases: Phrases, language: str, view: SheetView, item: Item) -> ReceiptItem:
    mark = view.sheet.marks[item.number]
    pieces = view.evidence.get(item.number, 0)
    notes = [mark.reason] if mark.reason else []
    if pieces:
        notes.append(phrases.say_plain(language, "papers.receipt_evidence", count=pieces))
    told = phrases.say_plain(language, "papers.receipt_not_applicable") if mark.points is None else points(mark.points)
    lost = mark.points is not None and mark.points < item.max_points
    return ReceiptItem(str(item.number), item.text, points(item.max_points), told, tuple(notes), lost)


def _typeset(language: str) -> Language:
    # Phrases know exactly the languages that the typesetter knows.
    return cast("Language", language)
