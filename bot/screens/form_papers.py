"""The words and marks of forms to be filled in without a network; `core.export` sets them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.phrases import Phrases
from core.export.form import Form, FormCategory, FormItem, FormMark
from core.export.form_matrix import Matrix, MatrixColumn, MatrixItem
from core.form_reading import FormWords
from core.rubric import Category, Item
from core.sheet import Mark, SheetState, legal_points
from core.snapshots import SheetView


def form_words(phrases: Phrases) -> FormWords:
    """The words by which a form that comes back is read, in every language."""

    def every(*keys: str) -> frozenset[str]:
        said = [phrases.say_plain(language, f"form.{key}") for language in phrases.languages for key in keys]
        return frozenset("".join(word.split()).casefold() for word in said)

    return FormWords(
        mark=every("mark"),
        reason=every("reason"),
        not_applicable=every("not_applicable"),
        skipped=every("skipped"),
        sheet_number=every("marker_number"),
        department=every("department"),
        item=every("item_township", "item_department"),
    )


def form_paper(phrases: Phrases, language: str, view: SheetView) -> Form:
    """The form of one sheet, with the marks it has already."""
    rubric = view.sheet.rubric

    def say(key: str, **values: object) -> str:
        return phrases.say_plain(language, f"form.{key}", **values)

    kind = view.unit_kind
    facts = (
        f"{say('unit')}：{view.unit}",
        f"{say('period')}：{say('period_value', period=view.period)}",
        f"{say('rater')}：{view.rater}",
    )
    headings = ("category", f"item_{kind}", "max_points", f"methods_{kind}", "mark", "reason")
    return Form(
        title=rubric.title,
        sheet=say("sheet"),
        facts=facts,
        hint=say("hint", percent=view.sheet.reason_below_percent),
        columns=tuple(say(heading) for heading in headings),
        categories=tuple(
            part for category in rubric.categories if (part := _category(phrases, language, view, category)).items
        ),
        total=say("subtotal"),
        not_applicable=say("not_applicable"),
        footer=say("footer", sheet=view.sheet.id, rubric=rubric.id, version=rubric.version),
        rubric_hash=rubric.hash,
        sheet_id=view.sheet.id,
    )


def matrix_paper(phrases: Phrases, language: str, views: Sequence[SheetView]) -> Matrix:
    """All departments of one township in one table."""
    first = views[0]
    rubric = first.sheet.rubric

    def say(key: str, **values: object) -> str:
        return phrases.say_plain(language, f"form.{key}", **values)

    items = tuple(
        MatrixItem(
            item.number,
            say("item_text", item=item.number, text=item.text),
            item.max_points,
            legal_points(item, rubric.step),
        )
        for item in first.sheet.items
    )
    return Matrix(
        title=say("matrix_title", rater=first.rater, period=first.period),
        sheet=say("sheet"),
        reasons=say("reasons"),
        hint=say("hint_matrix", skipped=say("skipped"), reasons=say("reasons")),
        item=say("item_department"),
        max_points=say("max_points"),
        number=say("marker_number"),
        department=say("department"),
        reason=say("reason"),
        skipped=say("skipped"),
        not_applicable=say("not_applicable"),
        footer=say("footer_matrix", rubric=rubric.id, version=rubric.version),
        rubric_hash=rubric.hash,
        items=items,
        columns=tuple(_column(phrases, language, view) for view in views),
    )


def _category(phrases: Phrases, language: str, view: SheetView, category: Category) -> FormCategory:
    name = phrases.say_plain(language, "form.categories", name=category.name, points=category.max_points)
    counted = set(view.sheet.items)
    return FormCategory(name, tuple(_item(phrases, language, view, item) for item in category.items if item in counted))


def _item(phrases: Phrases, language: str, view: SheetView, item: Item) -> FormItem:
    return FormItem(
        text=phrases.say_plain(language, "form.item_text", item=item.number, text=item.text),
        max_points=item.max_points,
        methods=item.methods,
        choices=legal_points(item, view.sheet.rubric.step),
        mark=_mark(phrases, language, view.sheet.marks.get(item.number)),
    )


def _column(phrases: Phrases, language: str, view: SheetView) -> MatrixColumn:
    marks = {number: _mark(phrases, language, mark) for number, mark in view.sheet.marks.items()}
    return MatrixColumn(
        view.unit,
        view.sheet.id,
        {number: mark for number, mark in marks.items() if mark is not None},
        skipped=view.sheet.state is SheetState.SKIPPED,
    )


def _mark(phrases: Phrases, language: str, mark: Mark | None) -> FormMark | None:
    if mark is None:
        return None
    told = phrases.say_plain(language, "form.not_applicable") if mark.points is None else mark.points
    return FormMark(told, mark.reason)
