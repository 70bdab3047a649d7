"""`hongqi audit verify`: does the audit hold? Beside a running bot, or on a copy of its database.

Answers for the command line only: core verifies, `bot.screens.audit` words what it found.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from bot.phrases import Phrases, load_phrases
from bot.phrases.words import command_line_words
from bot.screens.audit import finding_text
from bot.terminal import fail, settings_or_end
from core.actions.verifying import verify_all
from core.audit_findings import Verified
from core.store.engine import NoDatabase, reading

app = typer.Typer(no_args_is_help=True)

_console = Console(highlight=False, soft_wrap=True)


@app.callback()
def audit() -> None:
    """The audit chains (审计链)."""


@app.command()
def verify(as_json: Annotated[bool, typer.Option("--json", help="print what was found as JSON")] = False) -> None:
    """Recompute every chain and compare every table with it; exit 1 and the first broken link on any manipulation."""
    settings = settings_or_end()
    words = command_line_words(settings.hongqi_language)
    try:
        with reading(settings.hongqi_database_url) as db:
            found = verify_all(db)
    except NoDatabase as error:
        fail(words("no_database", error=error))
    phrases = load_phrases(settings.zone)
    if as_json:
        typer.echo(json.dumps(_told(found, phrases, settings.hongqi_language), ensure_ascii=False))
    elif found.holds:
        _console.print(words("audit_holds", chains=found.chains, entries=found.entries, root=found.root))
    else:
        _console.print(finding_text(phrases, settings.hongqi_language, found.findings[0]), markup=False)
        _console.print(words("audit_broken", broken=found.broken, entries=found.entries))
    if not found.holds:
        raise typer.Exit(1)


def _told(found: Verified, phrases: Phrases, language: str) -> dict[str, object]:
    findings = [{**asdict(each), "text": finding_text(phrases, language, each)} for each in found.findings]
    return {"holds": found.holds, **asdict(found), "findings": findings}
