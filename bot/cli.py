"""The command line: `hongqi …` and `python -m bot …`."""

from __future__ import annotations

import asyncio
import json
import signal
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from telegram.error import InvalidToken

from bot import audit_command, rubric_command
from bot.app import App, Wiring, opened_database
from bot.clock import system_clock
from bot.collector import leave_alone_what_is_loaded
from bot.demo.data import Demo, DistrictInUse, demo, load_demo
from bot.logs import set_up_logging
from bot.phrases.words import Words, command_line_words
from bot.practice_clock import PracticeClock
from bot.rank_command import CannotRank, Form, Kind, RankDesk
from bot.roster_command import RosterDesk
from bot.settings import Settings
from bot.terminal import fail, settings_or_end
from core.errors import Refusal
from core.store.engine import DatabaseInUse

main = typer.Typer(name="hongqi", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
main.add_typer(rubric_command.app, name="rubric")
main.add_typer(audit_command.app, name="audit")

_console = Console(highlight=False, soft_wrap=True)


@main.callback()
def hongqi() -> None:
    """Hongqi 红旗: performance assessment of townships and departments over Telegram."""


@main.command()
def run(
    practice_clock: Annotated[str, typer.Option(hidden=True, help="the sandbox's clock; for the demo and tests")] = "",
) -> None:
    """Start the bot with the settings of the environment and `.env`."""
    settings = settings_or_end()
    words = command_line_words(settings.hongqi_language)
    if not settings.telegram_bot_token.get_secret_value():
        fail(words("no_token"))
    set_up_logging(settings.hongqi_log_format, settings.telegram_bot_token.get_secret_value())
    practice = PracticeClock(practice_clock) if practice_clock else None
    try:
        asyncio.run(serve(settings, Wiring(practice=practice)))
    except DatabaseInUse as error:
        fail(words("database_in_use", path=error.path))
    except InvalidToken:
        fail(words("token_refused"))


@main.command(name="demo-data")
def demo_data(
    as_json: Annotated[bool, typer.Option("--json", help="print the people as JSON")] = False,
    at: Annotated[datetime | None, typer.Option(help="the moment whose month is assessed; default: now")] = None,
) -> None:
    """Load the demo district into the configured database and print its people."""
    settings = settings_or_end()
    words = command_line_words(settings.hongqi_language)
    now = system_clock() if at is None else at.replace(tzinfo=settings.zone)
    try:
        asyncio.run(_load_demo(settings, now))
    except DatabaseInUse as error:
        fail(words("database_in_use", path=error.path))
    except DistrictInUse:
        fail(words("district_in_use"))
    _print_people(demo(), words, as_json=as_json)


@main.command(name="demo")
def play(
    keep: Annotated[Path | None, typer.Option(help="keep the state in this folder and go on from it")] = None,
    port: Annotated[int, typer.Option(help="the port of the phone page; 0 picks a free one")] = 8000,
) -> None:
    """Play the whole thing in a browser: sandbox, bot and demo district."""
    # NiceGUI and FastAPI come with the extra [demo], which a real bot does without.
    from bot.demo.play import play_demo

    words = command_line_words(settings_or_end().hongqi_language)
    try:
        asyncio.run(play_demo(keep, port, words, _console.print))
    except OSError as error:
        fail(words("address_taken", port=port, error=error.strerror or str(error)))


@main.command(name="import")
def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the roster as a workbook (.xlsx)")],
    yes: Annotated[bool, typer.Option("--yes", help="import without asking")] = False,
) -> None:
    """Import a roster workbook: all of it after its preview, or nothing."""
    settings = settings_or_end()
    desk = RosterDesk(settings, _console)
    try:
        taken = desk.import_file(file, unasked=yes)
    except Refusal as refusal:
        fail(desk.why(refusal))
    except DatabaseInUse as error:
        fail(command_line_words(settings.hongqi_language)("database_in_use", path=error.path))
    if not taken:
        raise typer.Exit(1)


@main.command(name="export")
def export_roster(
    file: Annotated[Path, typer.Argument(dir_okay=False, writable=True, help="where to write it (.xlsx)")],
) -> None:
    """Write the roster as a workbook, which `import` reads back."""
    settings = settings_or_end()
    try:
        RosterDesk(settings, _console).export_file(file)
    except DatabaseInUse as error:
        fail(command_line_words(settings.hongqi_language)("database_in_use", path=error.path))
    except OSError as error:
        fail(command_line_words(settings.hongqi_language)("not_written", file=file, error=error.strerror))


@main.command(name="rank")
def rank(
    period: Annotated[str, typer.Argument(help="2013-06, 2013-Q2, 2013-H1 or 2013")],
    kind: Annotated[Kind, typer.Option(help="whom it ranks")] = "township",
    form: Annotated[Form, typer.Option("--format", help="how it is written")] = "table",
    out: Annotated[Path | None, typer.Option(dir_okay=False, writable=True, help="the file to write it into")] = None,
) -> None:
    """Show a ranking, or write it as JSON, CSV or a workbook; also while the bot runs."""
    settings = settings_or_end()
    words = command_line_words(settings.hongqi_language)
    try:
        RankDesk(settings, _console).write(period, kind, form, out)
    except CannotRank as error:
        fail(words(error.why, **error.told))
    except OSError as error:
        fail(words("not_written", file=out, error=error.strerror))


async def serve(settings: Settings, wiring: Wiring) -> None:
    """Run the bot until SIGINT or SIGTERM, then finish what is under way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with opened_database(settings.hongqi_database_url) as database:
        app = App(settings, database, wiring)
        leave_alone_what_is_loaded()
        await app.run(stop)


async def _load_demo(settings: Settings, now: datetime) -> None:
    async with opened_database(settings.hongqi_database_url) as database:
        with database.transaction() as db:
            load_demo(db, now, settings.zone, settings.hongqi_language)


def _print_people(played: Demo, words: Words, *, as_json: bool) -> None:
    if as_json:
        everybody = {"people": [asdict(person) for person in played.people], "group": played.group}
        typer.echo(json.dumps(everybody, ensure_ascii=False))
        return
    table = Table(words("name"), words("telegram_id"), words("role"), words("unit"))
    for person in played.people:
        table.add_row(person.name, str(person.telegram_id), person.role, person.unit or "")
    _console.print(table)
    _console.print(words("group", group=played.group))
