"""/why: a unit's row of a ranking explained: at a glance, then part by part on pages of their own.

The first screen answers in the order in which people ask: which place, how far to the neighbours, composed of what,
lost where, decided by what, moved how, and what follows. The keys below open what does not fit it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bot.buttons.supposing import ShowRaters, Suppose
from bot.buttons.why import ExplainRow, ListWhy, ListWhyOf, ShowLossEvidence
from bot.phrases import Phrases
from bot.screens.paging import PER_PAGE, Page, page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.reasons import ItemLoss
from core.returns import PieceOfEvidence
from core.rubric import UnitKind
from core.snapshots import UnitLine
from core.why import Why

GLANCE, LOSSES, MADE_OF, MOVED, CLAUSES = range(5)
PARTS = ("glance", "losses", "made_of", "moved", "clauses")
"""The parts by the number that a button carries; each is the phrase `why.<name>` and, as a key, `keys.why.<name>`."""

_LARGEST = 3
_KEYS_PER_ROW = 4
_MOST_LEFT_OUT = 4
"""Items that were not applicable, with their reasons; more are only named."""


def choice_screen(
    phrases: Phrases, language: str, units: Sequence[UnitLine], rankings: Mapping[UnitKind, int], number: int
) -> Screen:
    """The units that can be asked about; each opens, about the ranking of its kind where one was asked for."""
    page = page_of(units, number)
    text = phrases.say(language, "why.choose", count=len(units), page=page.number + 1, pages=page.last + 1)
    rows = [(Key(unit.name, ExplainRow(unit.unit_id, rankings.get(unit.kind, 0), GLANCE, 0)),) for unit in page.lines]
    of_period = next(iter(rankings.values()), 0)
    turns = page.turns(phrases, language, partial(ListWhyOf, of_period) if of_period else ListWhy)
    return Screen(text, (*rows, *turns))


def why_screen(
    phrases: Phrases, language: str, found: Why, part: int, number: int, *, of_office: bool = False
) -> Screen:
    """One page of one part; a part that there is not is the first."""
    name = PARTS[part] if part < len(PARTS) else PARTS[GLANCE]
    losses = () if found.reasons is None else found.reasons.losses
    page = page_of(losses, number) if name == "losses" else page_of(losses[:_LARGEST], 0)
    text = phrases.say(
        language,
        f"why.{name}",
        found=found,
        row=found.row,
        head=phrases.markup(phrases.say(language, "why.head", found=found, row=found.row)),
        parts=[(phrases.say_plain(language, f"components.{each.name}"), each) for each in found.parts],
        left_out=_left_out(phrases, language, found),
        absent=[phrases.say_plain(language, f"components.{each}") for each in found.absent],
        moved=_moved(phrases, language, found),
        clauses=[phrases.say_plain(language, f"clauses.{each.name}", clause=each) for each in found.clauses],
        losses=page.lines,
        count=len(losses),
        page=page.number + 1,
        pages=page.last + 1,
    )
    keys = _glance_keys if name == "glance" else _part_keys
    return Screen(text, (*_evidence_keys(found, page.lines, name), *keys(phrases, language, found, page, of_office)))


def evidence_screen(
    phrases: Phrases, language: str, unit: str, asked: ShowLossEvidence, pieces: Sequence[PieceOfEvidence]
) -> tuple[Screen, list[int]]:
    """A page of the evidence to a lost item in words, and the ids of the pieces on it whose files are there."""
    page = page_of(pieces, asked.page)
    text = phrases.say(
        language,
        "returns.evidence",
        unit=unit,
        item=asked.item,
        pieces=page.lines,
        first=page.number * PER_PAGE + 1,
        count=len(pieces),
    )
    turns = page.turns(phrases, language, partial(ShowLossEvidence, asked.unit, asked.ranking, asked.item))
    back = Key(phrases.say_plain(language, "keys.why.losses"), ExplainRow(asked.unit, asked.ranking, LOSSES, 0))
    return Screen(text, (*turns, (back,))), [each.evidence_id for each in page.lines if each.sha256 is not None]


def _left_out(phrases: Phrases, language: str, found: Why) -> str:
    """Which items were not applicable, why, and what that does to the sums; empty where every one was."""
    if found.reasons is None or not found.reasons.scaled:
        return ""
    told, more = found.reasons.left_out[:_MOST_LEFT_OUT], found.reasons.left_out[_MOST_LEFT_OUT:]
    return phrases.markup(phrases.say(language, "why.left_out", reasons=found.reasons, told=told, more=more))


def _moved(phrases: Phrases, language: str, found: Why) -> list[tuple[str, Any]]:
    """What is another number than in the period before, with its name."""
    if found.moved is None:
        return []
    named = [(phrases.say_plain(language, f"components.{each.name}"), each) for each in found.moved.components]
    return [*named, *((each.name, each) for each in found.moved.categories)]


def _glance_keys(
    phrases: Phrases, language: str, found: Why, _page: Page[ItemLoss], of_office: bool
) -> list[tuple[Key, ...]]:
    unit, ranking = found.row.unit_id, found.ranking
    there = {
        LOSSES: found.reasons is not None and found.reasons.losses,
        MADE_OF: True,
        MOVED: found.moved is not None,
        CLAUSES: bool(found.clauses),
    }
    parts = [
        Key(phrases.say_plain(language, f"keys.why.{PARTS[part]}"), ExplainRow(unit, ranking, part, 0))
        for part, is_there in there.items()
        if is_there
    ]
    quarters = {each.period: each.ranking for each in found.quarters if each.ranking is not None}
    beside = [
        Key(phrases.say_plain(language, f"keys.why.{name}"), ExplainRow(unit, other, GLANCE, 0))
        for name, other in (("before", found.before), ("after", found.after))
        if other is not None
    ]
    others = [
        Key(phrases.say_plain(language, "keys.why.period", period=period), ExplainRow(unit, other, GLANCE, 0))
        for period, other in (quarters | dict(found.others)).items()
    ]
    rows = [*in_rows(parts, _KEYS_PER_ROW), *in_rows(beside, 2), *in_rows(others, 2)]
    if of_office and found.reasons is not None:
        raters = Key(phrases.say_plain(language, "keys.supposing.raters"), ShowRaters(ranking, 0))
        rows.append((raters, Key(phrases.say_plain(language, "keys.supposing.suppose"), Suppose(ranking, 0, 0, 0))))
    return rows


def _part_keys(
    phrases: Phrases, language: str, found: Why, page: Page[ItemLoss], _of_office: bool
) -> list[tuple[Key, ...]]:
    unit, ranking = found.row.unit_id, found.ranking
    turns = page.turns(phrases, language, partial(ExplainRow, unit, ranking, LOSSES))
    return [*turns, (Key(phrases.say_plain(language, "keys.why.glance"), ExplainRow(unit, ranking, GLANCE, 0)),)]


def _evidence_keys(found: Why, lines: Sequence[ItemLoss], name: str) -> tuple[tuple[Key, ...], ...]:
    if found.reasons is None or name != "losses":
        return ()
    pieces = found.reasons.pieces
    keys = [
        Key(f"📷 {each.item.number}", ShowLossEvidence(found.row.unit_id, found.ranking, each.item.number, 0))
        for each in lines
        if pieces.get(each.item.number)
    ]
    return in_rows(keys, _KEYS_PER_ROW)
