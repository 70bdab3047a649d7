"""`hongqi import` and `hongqi export`: the roster as a workbook, at the machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.app import opened_database
from bot.clock import moment, system_clock
from bot.phrases import Phrases, load_phrases
from bot.phrases.words import Words, command_line_words
from bot.screens.roster_import import PlanWords
from bot.screens.roster_papers import marked_paper, roster_paper
from bot.screens.roster_words import place_text, problem_text, roster_labels, roster_words
from bot.settings import Settings
from core.actions import district
from core.actions import roster as actions
from core.errors import PreviewChanged, Refusal
from core.export.marked_workbook import write_marked
from core.export.roster_workbook import write_roster
from core.roster import Roster
from core.roster_plan import Deed, RosterPlan, RosterPreview
from core.roster_reading import read_roster
from core.roster_rows import COLUMNS, RosterProblem
from core.store.engine import Db
from core.workbooks.book import Book
from core.workbooks.reading import read_book

T = TypeVar("T")

_MARKS = {Deed.ADD: "+", Deed.CHANGE: "~", Deed.END: "-"}


class RosterDesk:
    """Where somebody at the machine imports and exports the roster of the configured district."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self._settings = settings
        self._console = console
        self._phrases: Phrases = load_phrases(settings.zone)
        self._language = settings.hongqi_language
        self._words: Words = command_line_words(settings.hongqi_language)

    def import_file(self, file: Path, *, unasked: bool) -> bool:
        """Import a workbook after its preview; False when it cannot be taken. Raises Refusal or DatabaseInUse."""
        self._console.print(self._words("import_reading", file=file), markup=False)
        book = read_book(file)
        at = moment(system_clock, self._settings.zone)
        known = self._do(lambda db: actions.known(db, self._district(db), None, at))
        read = read_roster(book, roster_words(self._phrases), known)
        if read.roster is None:
            self._tell_problems(file, book, read.problems)
            return False
        roster = read.roster
        preview = self._do(lambda db: actions.preview_import(db, self._district(db), None, roster, at))
        self._show(preview)
        if not preview.plan.lines:
            return True
        if not unasked:
            typer.confirm(self._words("import_confirm"), abort=True)
        self._apply(roster, preview.plan)
        return True

    def export_file(self, file: Path) -> None:
        """Write the roster as it is. Raises DatabaseInUse or OSError."""
        at = moment(system_clock, self._settings.zone)
        known = self._do(lambda db: actions.known(db, self._district(db), None, at))
        file.write_bytes(write_roster(roster_paper(self._phrases, self._language, known.roster)))
        self._console.print(self._words("exported", file=file), markup=False)

    def why(self, refusal: Refusal) -> str:
        """A refusal in words."""
        return self._phrases.say_plain(self._language, f"refusals.{type(refusal).__name__}", **vars(refusal))

    def _apply(self, roster: Roster, shown: RosterPlan) -> None:
        at = moment(system_clock, self._settings.zone)

        def confirmed(plan: RosterPlan) -> None:
            # The database is ours alone or another bot's too: what was shown is what is done.
            if plan.digest != shown.digest:
                raise PreviewChanged

        with Progress(console=self._console) as bar:
            task = bar.add_task(self._words("importing"), total=None)

            def progress(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            self._do(lambda db: actions.apply_import(db, self._district(db), None, roster, confirmed, at, progress))
        self._console.print(self._words("imported", count=len(shown.lines)))

    def _show(self, preview: RosterPreview) -> None:
        labels = roster_labels(self._phrases, self._language)
        counts = Table(self._words("table"), *(self._words(f"import_{deed.value}") for deed in Deed))
        for key in COLUMNS:
            counts.add_row(labels.tables[key], *(str(len(preview.plan.of(key, deed))) for deed in Deed))
        words = PlanWords(self._phrases, self._language, preview)
        for line in preview.plan.lines:
            said = f"{_MARKS[line.deed]} {labels.tables[line.table]} {words.line(line)}"
            self._console.print(said, markup=False)
        self._console.print(counts)
        if not preview.plan.lines:
            self._console.print(self._words("import_nothing"))

    def _tell_problems(self, file: Path, book: Book, problems: tuple[RosterProblem, ...]) -> None:
        for each in problems:
            place = place_text(self._phrases, self._language, each, plain=True)
            said = problem_text(self._phrases, self._language, each, plain=True)
            self._console.print(f"{place}: {said}", markup=False)
        copy = file.with_name(self._phrases.say_plain(self._language, "roster.files.marked"))
        copy.write_bytes(write_marked(marked_paper(self._phrases, self._language, book, problems)))
        self._console.print(self._words("import_problems", count=len(problems), copy=copy), markup=False)

    def _district(self, db: Db) -> int:
        name = self._phrases.say_plain(self._language, "district.first")
        return district.first_district(db, name, self._settings.hongqi_timezone, self._language).id

    def _do(self, act: Callable[[Db], T]) -> T:
        return asyncio.run(self._done(act))

    async def _done(self, act: Callable[[Db], T]) -> T:
        async with opened_database(self._settings.hongqi_database_url) as database:
            with database.transaction() as db:
                return act(db)
