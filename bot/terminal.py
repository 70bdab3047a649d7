"""What every command at the terminal needs: the settings, or the end with one line that says what is wrong."""

from __future__ import annotations

from typing import NoReturn

import typer
from rich.console import Console

from bot.phrases.words import command_line_words
from bot.settings import Settings, SettingWrong, read_settings

PIPED_WIDTH = 1000
"""Columns of what goes to a file or another program: nothing is cut, and what is searched for stands on one line."""
_errors = Console(highlight=False, soft_wrap=True, stderr=True)


def settings_or_end() -> Settings:
    """The settings of the environment and `.env`."""
    try:
        return read_settings()
    except SettingWrong as error:
        fail(str(command_line_words("zh")(f"settings.{error.problem}", name=error.name, value=error.value)))


def fail(line: str) -> NoReturn:
    """End with this line and exit code 1."""
    _errors.print(line, markup=False)
    raise typer.Exit(1)
