"""The one table of each kind agrees with everything that should follow from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from repository import text

from bot.buttons import KINDS
from bot.commands import COMMANDS
from bot.deeds import DEEDS
from bot.phrases import read_texts
from bot.settings import Settings

NAMES = [command.name for command in COMMANDS]


def test_commands_are_unique_and_such_as_telegram_takes() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in NAMES)


@pytest.mark.parametrize("paper", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_the_papers_and_no_other(paper: str) -> None:
    named = set(re.findall(r"(?<![\w/.])/([a-z]+)(?![\w/.-])", text(Path(paper))))
    assert named == set(NAMES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_its_line_of_help_and_no_other(language: str) -> None:
    lines = {key: line for key, line in read_texts(language).items() if key.startswith("commands.")}
    assert set(lines) == {f"commands.{name}" for name in NAMES}
    assert all(lines.values())


def test_every_button_has_its_deed_and_no_other() -> None:
    assert set(DEEDS) == set(KINDS)
    assert len({kind.VERB for kind in KINDS}) == len(KINDS)


def test_every_setting_is_in_the_example_with_a_comment_and_nothing_else_is() -> None:
    paragraphs = [each.splitlines() for each in text(Path(".env.example")).strip().split("\n\n")]
    settings = [lines for lines in paragraphs if not all(line.startswith("#") for line in lines)]
    names = []
    for *comments, setting in settings:
        assert comments, setting
        assert all(line.startswith("# ") for line in comments), setting
        names.append(setting.partition("=")[0])
    assert names == [name.upper() for name in Settings.model_fields]


def test_the_example_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^([A-Z_]+)=(.*)$", text(Path(".env.example")), re.MULTILINE))
    defaults = Settings.model_construct()
    for name, value in shown.items():
        default = getattr(defaults, name.lower())
        plain = "" if name in {"TELEGRAM_BOT_TOKEN", "HONGQI_ADMIN_IDS"} else str(default)
        assert value == plain, name
