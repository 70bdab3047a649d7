"""The forms for places without a network: what is printed in either language can be read back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from snapshot_samples import PHRASES, sheet_view

from bot.screens.form_papers import form_paper, form_words, matrix_paper
from core.export.form import write_form
from core.export.form_matrix import write_matrix
from core.form_matrix_reading import read_matrix
from core.form_reading import read_form
from core.sheet import Mark
from core.workbooks.book import Book, Cell, Table

MARKS = {4: Mark(4, 150, reason="迟报一天"), 5: Mark(5, None, not_applicable=True, reason="没有这项工作")}


def book_of(content: bytes) -> Book:
    """The workbook as its reader gives it."""

    def cell(value: object) -> Cell:
        return value if isinstance(value, str | int) else None if value is None else str(value)

    read = load_workbook(BytesIO(content), data_only=True).worksheets
    rows = [[tuple(cell(value) for value in row) for row in table.iter_rows(values_only=True)] for table in read]
    return Book(tuple(Table(table.title, tuple(each)) for table, each in zip(read, rows, strict=True)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_form_in_either_language_is_read_back(language: str) -> None:
    view = sheet_view(MARKS)
    book = book_of(write_form(form_paper(PHRASES, language, view)))
    read = read_form(book, view.sheet.rubric, view.sheet.id, form_words(PHRASES))
    assert read.problems == ()
    (sheet,) = read.sheets
    told = {entry.item: (entry.points, entry.not_applicable, entry.reason) for entry in sheet.entries}
    assert told == {4: (150, False, "迟报一天"), 5: (None, True, "没有这项工作")}


def test_a_form_says_whom_it_is_about_and_prints_only_what_counts() -> None:
    view = sheet_view(MARKS)
    focused = replace(view, sheet=replace(view.sheet, focus=frozenset({4, 10})))
    form = form_paper(PHRASES, "zh", focused)
    assert form.facts[0] == f"考核对象：{view.unit}"
    assert [item.text[:2] for category in form.categories for item in category.items] == ["4、", "10"]
    assert str(view.sheet.id) in form.footer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_matrix_in_either_language_is_read_back(language: str) -> None:
    first = sheet_view(MARKS)
    second = replace(first, unit="区卫生局", sheet=replace(first.sheet, id=first.sheet.id + 1, marks={}))
    book = book_of(write_matrix(matrix_paper(PHRASES, language, [first, second])))
    read = read_matrix(book, first.sheet.rubric, form_words(PHRASES))
    assert read.problems == ()
    assert {sheet.sheet_id: [entry.item for entry in sheet.entries] for sheet in read.sheets} == {
        first.sheet.id: [4, 5],
        second.sheet.id: [],
    }
