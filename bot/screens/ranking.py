"""A ranking in full, as text: every unit, its score, its categories, and by which rules.

Answers for pages that fit a message; never orders or rounds: rows come as they were frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.phrases import Phrases
from bot.screens.screen import Screen
from core.snapshots import RankingRow, RankingView

LONGEST_PAGE = 3800
"""Characters, tags included: Telegram's limit is 4,096 after parsing, and a page gets a number at the end."""


def ranking_screens(phrases: Phrases, language: str, view: RankingView) -> tuple[Screen, ...]:
    """The whole ranking, on as many messages as it needs; a unit is never divided."""
    head = phrases.say(
        language, "ranking.title", period=view.period, kind=phrases.say_plain(language, f"kinds.{view.unit_kind}")
    )
    state = phrases.say(
        language,
        "ranking.state",
        state=phrases.say_plain(language, f"states.{view.state}"),
        version=view.version,
        computed_at=view.computed_at,
    )
    blocks = [f"{head}\n{state}\n", *_rows(phrases, language, view), *_notes(phrases, language, view)]
    pages = list(_pages(blocks))
    if len(pages) == 1:
        return (Screen(pages[0]),)
    marks = (phrases.say(language, "ranking.page", page=page, pages=len(pages)) for page in range(1, len(pages) + 1))
    return tuple(Screen(f"{page}\n{mark}") for page, mark in zip(pages, marks, strict=True))


def absent_names(phrases: Phrases, language: str, view: RankingView) -> list[str]:
    """The components that nobody had, in words."""
    return [phrases.say_plain(language, f"components.{key}") for key in view.absent]


def _rows(phrases: Phrases, language: str, view: RankingView) -> Iterator[str]:
    for row in view.rows:
        if row.rank is None:
            yield phrases.say(language, "ranking.unranked", unit=row.unit)
        else:
            yield "\n".join(_row(phrases, language, view, row))


def _row(phrases: Phrases, language: str, view: RankingView, row: RankingRow) -> Iterator[str]:
    yield phrases.say(language, "ranking.row", row=row)
    if len(row.components) > 1:
        names = [name for name in view.components if name in row.components]
        composed = [(phrases.say_plain(language, f"components.{name}"), row.components[name]) for name in names]
        yield phrases.say(language, "ranking.parts", parts=composed)
    if row.categories:
        parts = list(zip(view.categories, row.categories, strict=True))
        yield phrases.say(language, "ranking.parts", parts=parts)
    if row.tie_line is not None:
        yield phrases.say(language, "ranking.tie_line", line=row.tie_line)


def _notes(phrases: Phrases, language: str, view: RankingView) -> Iterator[str]:
    if view.absent:
        yield "\n" + phrases.say(language, "ranking.absent", absent=absent_names(phrases, language, view))
    yield "\n" + phrases.say(language, "ranking.rules", rubric=view.rubric, policy=view.policy, root=view.audit_root)


def _pages(blocks: Iterable[str]) -> Iterator[str]:
    page = ""
    for block in blocks:
        if page and len(page) + 1 + len(block) > LONGEST_PAGE:
            yield page
            page = block.lstrip("\n")
        else:
            page = f"{page}\n{block}" if page else block
    yield page
