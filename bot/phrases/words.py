"""The sentences of the command line, in `cli.zh.yaml` and `cli.en.yaml`. Plain text, no markup."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Literal

import yaml

Words = Callable[..., str]
"""Gives a sentence by its key, filled in."""


def command_line_words(language: Literal["zh", "en"]) -> Words:
    """The command line's sentences of a language; a missing key raises KeyError."""
    texts: dict[str, str] = yaml.safe_load(
        files("bot.phrases").joinpath(f"cli.{language}.yaml").read_text(encoding="utf-8")
    )

    def words(key: str, **values: object) -> str:
        return texts[key].format(**values)

    return words
