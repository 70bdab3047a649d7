"""The words of the roster workbook: those that are printed, those that are read, and what is said of a wrong cell."""

from __future__ import annotations

from collections.abc import Mapping

from bot.phrases import Phrases
from core.people import Role
from core.roster import UnitCategory
from core.roster_cells import RosterLabels
from core.roster_rows import COLUMNS, RosterProblem, RosterWords
from core.roster_rows import plain as compared

_ANSWERS = {True: "yes", False: "no"}


def roster_labels(phrases: Phrases, language: str) -> RosterLabels:
    """The words that are printed."""

    def say(key: str) -> str:
        return phrases.say_plain(language, f"roster.{key}")

    columns = dict.fromkeys(column for table in COLUMNS.values() for column in table)
    return RosterLabels(
        tables={key: say(f"tables.{key}") for key in COLUMNS},
        columns={key: say(f"columns.{key}") for key in columns},
        categories={each: say(f"categories.{each}") for each in UnitCategory},
        roles={each: say(f"roles.{each}") for each in Role},
        languages={each: say(f"languages.{each}") for each in phrases.languages},
        answers={answer: say(f"answers.{key}") for answer, key in _ANSWERS.items()},
    )


def roster_words(phrases: Phrases) -> RosterWords:
    """The words that are read: those of every language, so that a workbook is understood whoever sends it."""
    every = [roster_labels(phrases, language) for language in phrases.languages]
    return RosterWords(
        tables={key: frozenset(compared(each.tables[key]) for each in every) for key in every[0].tables},
        columns={key: frozenset(compared(each.columns[key]) for each in every) for key in every[0].columns},
        categories={compared(word): value for each in every for value, word in each.categories.items()},
        roles={compared(word): value for each in every for value, word in each.roles.items()},
        languages={compared(word): value for each in every for value, word in each.languages.items()},
        answers={compared(word): value for each in every for value, word in each.answers.items()},
    )


def problem_text(phrases: Phrases, language: str, problem: RosterProblem, *, plain: bool = False) -> str:
    """What is wrong with a cell, and what to do about it, without the place; `plain` for papers."""
    labels = roster_labels(phrases, language)
    lists: Mapping[str, Mapping[str, str]] = {
        "category": {str(value): word for value, word in labels.categories.items()},
        "role": {str(value): word for value, word in labels.roles.items()},
        "language": labels.languages,
        "inherits": {str(value): word for value, word in labels.answers.items()},
    }
    say = phrases.say_plain if plain else phrases.say
    return say(
        language,
        f"roster.problems.{problem.code}",
        value=problem.value,
        other=problem.other,
        label=labels.columns.get(problem.key, ""),
        choices=list(lists.get(problem.key, {}).values()),
    )


def place_text(phrases: Phrases, language: str, problem: RosterProblem, *, plain: bool = False) -> str:
    """Where it is wrong; `plain` for papers."""
    say = phrases.say_plain if plain else phrases.say
    return say(language, "roster.place", table=problem.table, row=problem.row, column=problem.column)
