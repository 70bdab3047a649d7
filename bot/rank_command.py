"""`hongqi rank PERIOD`: a ranking for the office's own use, as a table, JSON, CSV or a workbook.

Reads beside a running bot and changes nothing: neither the lock of the database is taken nor a migration run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal, TypeAlias

import typer
from rich.console import Console
from rich.table import Column, Table

from bot.phrases import load_phrases
from bot.phrases.words import command_line_words
from bot.screens.ranking_papers import RankingPapers
from bot.settings import Settings
from bot.terminal import PIPED_WIDTH
from core.actions import browsing
from core.actions.district import the_district
from core.bulletin_views import BulletinView
from core.errors import NoSuchRanking, Refusal
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
        # Folded where a terminal is narrow: an ellipsis would swallow points.
        columns = (Column(column.heading, overflow="fold") for column in page.columns)
        table = Table(*columns, title=page.title, caption=page.facts)
        for row in page.rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        if out is not None:
            with out.open("w", encoding="utf-8") as file:
                Console(file=file, width=PIPED_WIDTH).print(table, *page.notes, sep="\n", markup=False)
            return
        console = self._console if self._console.is_terminal else Console(file=sys.stdout, width=PIPED_WIDTH)
        console.print(table, *page.notes, sep="\n", markup=False)

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
        except NoSuchRanking:
            # The phone's words name a command that nobody has here, and not whose ranking is missing.
            raise CannotRank("rank_none", period=period, kind=self._say(f"kinds.{kind}")) from None
        except Refusal as refusal:
            said = self._say(f"refusals.{type(refusal).__name__}", **vars(refusal))
            raise CannotRank("rank_refused", said=said) from None

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, key, **values)
