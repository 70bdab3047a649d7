"""What each kind of workbook that comes back has to answer: how it is read, shown and applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.desk import Desk
from bot.phrases import Phrases
from bot.screens.screen import Screen
from core.actions.door import Moment
from core.people import Actor
from core.permissions import Right
from core.store.engine import Db
from core.workbooks.book import Book

Progress = Callable[[int, int], None]
"""How much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook says, as text to be kept; `problems` is what is wrong with it, worded, if anything is."""

    body: str
    problems: Screen | None = None


@dataclass(frozen=True, slots=True)
class UploadReader:
    """One kind of workbook.

    `known` looks up what the reading has to know. `read` (desk, language, upload id, book, what is known) runs in a
    thread, without a database. `preview` says what the body would
    do now; `screen` shows it (phrases, language, upload id, preview, part, page). `apply` does it, given the head of
    the digest that was confirmed; it raises PreviewChanged when it would do something else by now. `applied` says
    what was done. All but `applied` may raise refusals.
    """

    right: Right
    known: Callable[[Db, Actor, Moment], Any]
    read: Callable[[Desk, str, int, Book, Any], Reading]
    preview: Callable[[Db, Actor, str, Moment], Any]
    screen: Callable[[Phrases, str, int, Any, int, int], Screen]
    apply: Callable[[Db, Actor, str, int, Moment, Progress], Any]
    applied: Callable[[Phrases, str, Any], Screen]
