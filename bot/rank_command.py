"""`hongqi rank PERIOD`: a ranking for the office's own use, as a table, JSON, CSV or a workbook.

Reads beside a running bot and changes nothing: neither the lock of the database is taken nor a migration run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, TypeAlias

import typer
from rich.console import Console
from rich.table import Table

from bot.phrases import load_phrases
from bot.phrases.words import command_line_words
from bot.screens.ranking_papers import RankingPapers
from bot.settings import Settings
from core.actions import browsing
from core.actions.district import the_district
from core.bulletin_views import BulletinView
from core.errors import Refusal
from core.export.ranking_data import ranking_json, table_csv
from core.export.table_workbook import write_tables
from core.periods import Period
from core.store.engine import NoDatabase, reading
from core.store.migrate import is_newest

Kind: TypeAlias = Literal["township", "department"]
Form: TypeAlias = Literal["table", "json", "csv", "xlsx"]


class CannotRank(Exception):
    """There is nothing to show; `why` is the key of the sentence that says so."""

    def __init__(self, why: str, **told: object) -> None:
        super().__init__(why)
        self.why = why
        self.told = told


class RankDesk:
    """Where somebody at the machine reads the rankings of the configured district."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self._settings = settings
        self._console = console
        self._phrases = load_phrases(settings.zone)
        self._language = settings.hongqi_language
        self._words = command_line_words(settings.hongqi_language)

    def write(self, period: str, kind: Kind, form: Form, out: Path | None) -> None:
        """Show the newest version of a period's ranking, or write it to a file. Raises CannotRank or OSError."""
        if form == "xlsx" and out is None:
            raise CannotRank("rank_needs_file")
        view = self._read(period, kind)
        papers = RankingPapers(self._phrases, self._language, view)
        if form == "table":
            self._show(papers, out)
            return
        content = self._content(form, view, papers)
        if out is None:
            typer.echo(content.decode().removeprefix("\ufeff"), nl=False)
            return
        out.write_bytes(content)
        self._console.print(self._words("rank_written", period=view.ranking.period, file=out), markup=False)

    def _content(self, form: Form, view: BulletinView, papers: RankingPapers) -> bytes:
        if form == "xlsx":
            return write_tables(papers.workbook())
        if form == "json":
            return (json.dumps(ranking_json(view), ensure_ascii=False, indent=2) + "\n").encode()
        page = papers.workbook().pages[0]
        return table_csv((column.heading for column in page.columns), page.rows).encode()

    def _show(self, papers: RankingPapers, out: Path | None) -> None:
        page = papers.workbook().pages[0]
        table = Table(*(column.heading for column in page.columns), title=page.title, caption=page.facts)
        for row in page.rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        if out is None:
            self._console.print(table)
            for note in page.notes:
                self._console.print(note, markup=False)
            return
        with out.open("w", encoding="utf-8") as file:
            Console(file=file, width=200).print(table, *page.notes, sep="\n", markup=False)

    def _read(self, period: str, kind: Kind) -> BulletinView:
        try:
            with reading(self._settings.hongqi_database_url) as db:
                if not is_newest(db):
                    raise CannotRank("rank_old_database")
                district = the_district(db)
                if district is None:
                    raise CannotRank("rank_no_district")
                return browsing.newest(db, district.id, Period.parse(period), kind).bulletin
        except NoDatabase as error:
            raise CannotRank("no_database", error=error) from None
        except Refusal as refusal:
            raise CannotRank("rank_refused", said=self._said(refusal)) from None

    def _said(self, refusal: Refusal) -> str:
        return self._phrases.say_plain(self._language, f"refusals.{type(refusal).__name__}", **vars(refusal))
