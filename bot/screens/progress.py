"""/progress: one round, filtered and page by page, with a key to remind each who is not finished."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.buttons.progress import Nudge, PrintProgress, ShowProgress
from bot.buttons.returning import ShowSubmitted
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.rounds import unassessed_line
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.export.progress import ProgressPaper
from core.progress import Advance, ProgressLine, ProgressView, RoundName

_KINDS = (Advance.UNTOUCHED, Advance.UNDER_WAY, Advance.SUBMITTED, Advance.SKIPPED)
FILTERS: tuple[tuple[str, Callable[[ProgressLine], bool]], ...] = (
    ("all", lambda line: bool(line.sheet_id)),
    ("owed", lambda line: line.is_owed),
    ("untouched", lambda line: line.advance is Advance.UNTOUCHED),
    ("submitted", lambda line: line.advance is Advance.SUBMITTED),
)
"""By which the list is narrowed; a button names one by its place."""

_FILTERS_PER_ROW = 4


def progress_screen(phrases: Phrases, language: str, view: ProgressView, chosen: int, number: int) -> Screen:
    """Counts, a page of the sheets, and what can be done."""
    chosen = min(chosen, len(FILTERS) - 1)
    _, fits = FILTERS[chosen]
    page = page_of([line for line in view.lines if fits(line)], number)
    round_id = view.round.round_id
    text = phrases.say(
        language,
        "progress.list",
        view=view,
        counts={each.value: view.count(each) for each in _KINDS},
        lines=[{"line": line, "advance": line.advance.value} for line in page.lines],
        page=page.number + 1,
        pages=page.last + 1,
    )
    text += unassessed_line(phrases, language, view.round.unit_kind, view.unassessed, is_open=view.is_open)
    rows: list[tuple[Key, ...]] = []
    if view.is_open:
        nudges = [
            Key(phrases.say_plain(language, "keys.progress.nudge", line=line), Nudge(round_id, line.sheet_id))
            for line in page.lines
            if line.is_owed
        ]
        rows += in_rows(nudges, 2)
    looks = [
        Key(phrases.say_plain(language, "keys.progress.look", line=line), ShowSubmitted(line.sheet_id, 0))
        for line in page.lines
        if line.advance is Advance.SUBMITTED
    ]
    rows += in_rows(looks, 2)
    rows += page.turns(phrases, language, partial(ShowProgress, round_id, chosen))
    filters = [_filter_key(phrases, language, round_id, place, chosen) for place in range(len(FILTERS))]
    rows += in_rows(filters, _FILTERS_PER_ROW)
    last = [Key(phrases.say_plain(language, "keys.progress.print"), PrintProgress(round_id))]
    if view.is_open and any(line.is_owed for line in view.lines):
        last.insert(0, Key(phrases.say_plain(language, "keys.progress.nudge_all"), Nudge(round_id, 0)))
    others = [(_round_key(phrases, language, other),) for other in view.others]
    return Screen(text, (*rows, tuple(last), *others))


def progress_paper(phrases: Phrases, language: str, view: ProgressView) -> ProgressPaper:
    """The list as a workbook."""

    def say(key: str, **values: object) -> str:
        return phrases.say_plain(language, f"progress.{key}", **values)

    rows = [(line.unit, line.rater, say(f"advances.{line.advance}"), line.marked, view.items) for line in view.lines]
    headings = tuple(say(f"columns.{name}") for name in ("unit", "rater", "advance", "marked", "items"))
    return ProgressPaper(say("sheet"), headings, tuple(rows), phrases.say_plain(language, "roster.footer"))


def progress_file(phrases: Phrases, language: str, view: ProgressView) -> str:
    """What the workbook is called."""
    return phrases.say_plain(language, "progress.file", period=view.round.period)


def _filter_key(phrases: Phrases, language: str, round_id: int, place: int, chosen: int) -> Key:
    label = phrases.say_plain(language, f"progress.filters.{FILTERS[place][0]}")
    return Key(f"✓{label}" if place == chosen else label, ShowProgress(round_id, place, 0))


def _round_key(phrases: Phrases, language: str, other: RoundName) -> Key:
    label = phrases.say_plain(language, "keys.progress.round", round=other)
    return Key(label, ShowProgress(other.round_id, 0, 0))
