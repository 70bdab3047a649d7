"""The return loop: a sheet that was handed in, category by category; what is asked, and who is told what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bot.buttons.objections import AskCorrection
from bot.buttons.progress import ShowProgress
from bot.buttons.returning import AskReturn, ShowEvidence, ShowSubmitted
from bot.buttons.sheets import ShowItem
from bot.phrases import Phrases
from bot.screens.correcting import waiting_key
from bot.screens.paging import PER_PAGE, Page, page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import counting, in_rows
from core.returns import AskedReturn, PieceOfEvidence, SubmittedSheet
from core.rubric import Item

_KEYS_PER_ROW = 5


def submitted_screen(phrases: Phrases, language: str, found: SubmittedSheet, part: int) -> Screen:
    """One category with marks, reasons, evidence and what changed; each item can go back."""
    sheet = found.view.sheet
    parts = counting(sheet)
    last = len(parts) - 1
    page = Page(parts, min(part, last), last)
    category, items = parts[page.number]
    text = phrases.say(
        language,
        "returns.sheet",
        found=found,
        category=category.name,
        lines=[_line(found, item) for item in items],
        part=page.number + 1,
        parts=len(parts),
    )
    rows: list[tuple[Key, ...]] = []
    if found.can_return:
        keys = [
            Key(phrases.say_plain(language, "keys.returns.item", item=item.number), AskReturn(sheet.id, item.number))
            for item in items
        ]
        rows += in_rows(keys, _KEYS_PER_ROW)
    rows += in_rows(
        [
            Key(f"📷 {item.number}", ShowEvidence(sheet.id, item.number, 0))
            for item in items
            if found.view.evidence.get(item.number)
        ],
        _KEYS_PER_ROW,
    )
    rows += page.turns(phrases, language, partial(ShowSubmitted, sheet.id))
    if found.can_correct:
        rows.append((Key(phrases.say_plain(language, "keys.corrections.correct"), AskCorrection(sheet.id, 0)),))
    if found.waiting:
        rows.append((waiting_key(phrases, language, found.round_id),))
    back = Key(phrases.say_plain(language, "keys.returns.to_progress"), ShowProgress(found.round_id, 0, 0))
    return Screen(text, (*rows, (back,)))


def evidence_screen(
    phrases: Phrases,
    language: str,
    found: SubmittedSheet,
    item: int,
    pieces: Sequence[PieceOfEvidence],
    number: int,
) -> tuple[Screen, list[int]]:
    """A page of an item's evidence in words, and the ids of the pieces on it whose files are there."""
    page = page_of(pieces, number)
    text = phrases.say(
        language,
        "returns.evidence",
        unit=found.view.unit,
        item=item,
        pieces=page.lines,
        first=page.number * PER_PAGE + 1,
        count=len(pieces),
    )
    turns = page.turns(phrases, language, partial(ShowEvidence, found.view.sheet.id, item))
    return Screen(text, turns), [each.evidence_id for each in page.lines if each.sha256 is not None]


def return_prompt(phrases: Phrases, language: str, asked: AskedReturn) -> str:
    """Asks why an item goes back."""
    view = asked.found.view
    mark = view.sheet.marks.get(asked.item)
    return phrases.say(language, "returns.ask", unit=view.unit, rater=view.rater, item=asked.item, mark=mark)


def returned_screen(phrases: Phrases, language: str, found: SubmittedSheet, item: int) -> Screen:
    """The item went back."""
    view = found.view
    text = phrases.say(language, "returns.done", unit=view.unit, rater=view.rater, item=item)
    back = Key(phrases.say_plain(language, "keys.returns.to_sheet"), ShowSubmitted(view.sheet.id, 0))
    return Screen(text, ((back,),))


def sheet_returned_letter(phrases: Phrases, language: str, view: Mapping[str, Any]) -> Screen:
    """To the rater: which item went back, why, and the way to it."""
    text = phrases.say(
        language,
        "returns.letter",
        unit=view["unit"],
        period=view["period"],
        item=view["item"],
        reason=view["reason"],
    )
    label = phrases.say_plain(language, "keys.returns.open", item=view["item"])
    return Screen(text, ((Key(label, ShowItem(view["sheet"], view["item"])),),))


def sheet_resubmitted_letter(phrases: Phrases, language: str, view: Mapping[str, Any]) -> Screen:
    """To the office: a sheet that went back was handed in again."""
    text = phrases.say(
        language,
        "returns.again",
        unit=view["unit"],
        period=view["period"],
        rater=view["rater"],
        version=view["version"],
    )
    key = Key(phrases.say_plain(language, "keys.returns.difference"), ShowSubmitted(view["sheet"], 0))
    return Screen(text, ((key,),))


def _line(found: SubmittedSheet, item: Item) -> dict[str, object]:
    before = None if found.before is None else found.before.get(item.number)
    return {
        "item": item,
        "mark": found.view.sheet.marks.get(item.number),
        "pieces": found.view.evidence.get(item.number, 0),
        "changed": found.changed(item.number),
        "before": before,
        "returned": found.returned.get(item.number),
    }
