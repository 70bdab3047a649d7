"""The forms among the workbooks that come back: one sheet's, and a township's departments in one table."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk import Desk
from bot.screens.form_papers import form_words
from bot.screens.form_returns import foreign_form_screen, form_applied_screen, form_plan_screen, form_problems_screen
from bot.upload_readers import Progress, Reading, UploadReader
from core.actions import forms
from core.actions.door import Moment
from core.form_keeping import kept, recalled
from core.form_matrix_reading import read_matrix
from core.form_plan import FormPlan
from core.form_reading import read_form, target_of
from core.people import Actor
from core.permissions import Right
from core.rubric import Rubric
from core.store.engine import Db
from core.workbooks.book import Book


def _read(desk: Desk, language: str, _upload: int, book: Book, rubrics: Mapping[str, Rubric]) -> Reading:
    target = target_of(book)
    rubric = None if target is None else rubrics.get(target.rubric_hash)
    if target is None or rubric is None:
        return Reading("", foreign_form_screen(desk.phrases, language))
    words = form_words(desk.phrases)
    if target.sheet_id is None:
        read = read_matrix(book, rubric, words)
    else:
        read = read_form(book, rubric, target.sheet_id, words)
    if read.problems:
        return Reading("", form_problems_screen(desk.phrases, language, read.problems))
    return Reading(kept(rubric.hash, read.sheets))


def _preview(db: Db, actor: Actor, body: str, at: Moment) -> FormPlan:
    form = recalled(body)
    return forms.plan_form(db, actor, form.sheets, form.rubric_hash, at)


def _apply(db: Db, actor: Actor, body: str, check: int, at: Moment, _progress: Progress) -> FormPlan:
    form = recalled(body)
    # A button carries the head of the digest as a number (`check_of`).
    return forms.apply_form(db, actor, form.sheets, form.rubric_hash, f"{check:010x}", at)


FORM = UploadReader(
    right=Right.SCORE,
    known=forms.printed_rubrics,
    read=_read,
    preview=_preview,
    screen=form_plan_screen,
    apply=_apply,
    applied=form_applied_screen,
)
"""Reads both kinds of form: the marker of a workbook says which it is."""
