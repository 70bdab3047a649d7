"""The words of the roster workbook and of the copy in which problems are marked; `core.export` sets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.phrases import Phrases
from bot.screens.roster_words import problem_text, roster_labels
from core.export.marked_workbook import CellNote, MarkedPaper
from core.export.roster_workbook import Example, RosterColumn, RosterPaper, RosterTable
from core.roster import PersonEntry, Roster
from core.roster_cells import RosterLabels, rows_of_roster
from core.roster_rows import COLUMNS, RosterProblem
from core.workbooks.book import Book, Cell

_UNIT_NAMES = (0, COLUMNS["units"].index("name"))
_PERSON_NAMES = (1, COLUMNS["people"].index("person"))
_NAMES = {
    "unit": _UNIT_NAMES,
    "department": _UNIT_NAMES,
    "township": _UNIT_NAMES,
    "assessor": _PERSON_NAMES,
    "who": _PERSON_NAMES,
}
_DAYS = {"starts_on", "ends_on"}
_NARROW, _WIDE, _WIDEST = 11, 20, 44
_WIDTHS = {"name": _WIDE, "unit": _WIDE, "department": _WIDE, "township": _WIDE, "role": 16, "telegram_id": 18}


def roster_paper(
    phrases: Phrases, language: str, roster: Roster, links: Mapping[str, str] | None = None
) -> RosterPaper:
    """The workbook of a roster; an empty one is the template. `links` are invitation links by a person's key."""
    labels = roster_labels(phrases, language)
    rows = rows_of_roster(roster, labels)

    def say(key: str) -> str:
        return phrases.say_plain(language, f"roster.{key}")

    tables = []
    for key, names in COLUMNS.items():
        columns = tuple(_column(phrases, language, labels, name) for name in names)
        tables.append(RosterTable(labels.tables[key], columns, rows[key]))
    if links is not None:
        tables[1] = _with_links(tables[1], RosterColumn(say("columns.link"), say("notes.link"), _WIDEST), roster, links)
    return RosterPaper(
        guide=say("guide.sheet"),
        title=say("guide.title"),
        lines=tuple(say("guide.lines").splitlines()),
        examples=tuple(_example(phrases, language, labels, key) for key in COLUMNS),
        tables=tuple(tables),
        footer=say("footer"),
    )


def marked_paper(phrases: Phrases, language: str, book: Book, problems: Sequence[RosterProblem]) -> MarkedPaper:
    """The workbook that was sent, with everything that is wrong in it."""

    def say(key: str) -> str:
        return phrases.say_plain(language, f"roster.marked.{key}")

    # Papers show text as it is; what is said in a chat is HTML.
    notes = [
        CellNote(each.table, each.row, each.column, each.value, problem_text(phrases, language, each, plain=True))
        for each in problems
    ]
    headings = (say("table"), say("row"), say("column"), say("value"), say("problem"))
    return MarkedPaper(say("sheet"), headings, phrases.say_plain(language, "roster.footer"), book, tuple(notes))


def _column(phrases: Phrases, language: str, labels: RosterLabels, key: str) -> RosterColumn:
    choices = {
        "category": tuple(labels.categories.values()),
        "role": tuple(labels.roles.values()),
        "language": tuple(labels.languages.values()),
        "inherits": tuple(labels.answers.values()),
    }
    return RosterColumn(
        heading=labels.columns[key],
        note=phrases.say_plain(language, f"roster.notes.{key}"),
        width=_WIDEST if key == "reason" else _WIDTHS.get(key, _NARROW),
        choices=choices.get(key, ()),
        names=_NAMES.get(key),
        day=key in _DAYS,
    )


def _with_links(table: RosterTable, column: RosterColumn, roster: Roster, links: Mapping[str, str]) -> RosterTable:
    people: list[PersonEntry] = [person for person in roster.people or () for _ in person.posts]
    rows: list[tuple[Cell, ...]] = [
        (*row, links.get(person.key)) for row, person in zip(table.rows, people, strict=True)
    ]
    return RosterTable(table.name, (*table.columns, column), tuple(rows))


def _example(phrases: Phrases, language: str, labels: RosterLabels, key: str) -> Example:
    lines = phrases.say_plain(language, f"roster.examples.{key}").splitlines()
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)
    return Example(labels.tables[key], tuple(labels.columns[column] for column in COLUMNS[key]), rows)
