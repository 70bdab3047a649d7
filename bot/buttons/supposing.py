"""Buttons by which the office looks behind a ranking: how raters mark, and what it would be otherwise (若…)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowRaters:
    """宽严: a page of the raters behind a ranking."""

    VERB: ClassVar[str] = "lr"
    ranking: int
    page: int


@dataclass(frozen=True, slots=True)
class Suppose:
    """若…: a page of a ranking as it would be; the button names all that is supposed.

    `rater`: whose sheets are left out, 0 nobody's. `rules`: the number of the weights (`core.what_if.code_of`) times
    two, and one more without trimming.
    """

    VERB: ClassVar[str] = "wi"
    ranking: int
    rater: int
    rules: int
    page: int


@dataclass(frozen=True, slots=True)
class ChooseRater:
    """A page of the raters, one of whom may be left out of what is supposed."""

    VERB: ClassVar[str] = "wo"
    ranking: int
    rules: int
    page: int


SupposeButton: TypeAlias = ShowRaters | Suppose | ChooseRater
