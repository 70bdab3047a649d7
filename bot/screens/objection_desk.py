"""Objections (异议) as the office sees them: what waits, one with the unit's sheets, and the office's word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.buttons.objections import (
    AskCorrection,
    AskReject,
    AskUphold,
    FetchObjectionFiles,
    ListObjections,
    ShowObjection,
)
from bot.buttons.returning import ShowSubmitted
from bot.phrases import Phrases
from bot.screens.ledger import board_key
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from core.objections import AskedDecision, ObjectionAnswered, ObjectionCase, ObjectionView


def waiting_screen(phrases: Phrases, language: str, found: Sequence[ObjectionView], number: int) -> Screen:
    """What waits, page by page, each a key."""
    page = page_of(found, number)
    text = phrases.say(language, "objections.waiting", count=len(found), page=page.number + 1, pages=page.last + 1)
    rows = [
        (
            Key(
                phrases.say_plain(language, "keys.objections.open", objection=each),
                ShowObjection(each.objection_id, 0),
            ),
        )
        for each in page.lines
    ]
    return Screen(text, (*rows, *page.turns(phrases, language, ListObjections), (board_key(phrases, language),)))


def case_screen(phrases: Phrases, language: str, found: ObjectionCase, number: int) -> Screen:
    """An objection with a page of the unit's sheets; while it is open, everything that can be done about it."""
    objection, page = found.objection, page_of(found.sheets, number)
    text = phrases.say(language, "objections.case", objection=objection, sheets=page.lines)
    rows: list[tuple[Key, ...]] = []
    for sheet in page.lines:
        look = Key(phrases.say_plain(language, "keys.objections.sheet", sheet=sheet), ShowSubmitted(sheet.sheet_id, 0))
        correct = Key(
            phrases.say_plain(language, "keys.corrections.sheet", sheet=sheet),
            AskCorrection(sheet.sheet_id, objection.objection_id),
        )
        rows.append((look, correct) if objection.state == "open" else (look,))
    rows += page.turns(phrases, language, partial(ShowObjection, objection.objection_id))
    if objection.files:
        label = phrases.say_plain(language, "keys.ledger.files", files=objection.files)
        rows.append((Key(label, FetchObjectionFiles(objection.objection_id)),))
    if objection.state == "open":
        reject = Key(phrases.say_plain(language, "keys.objections.reject"), AskReject(objection.objection_id))
        uphold = Key(phrases.say_plain(language, "keys.objections.uphold"), AskUphold(objection.objection_id))
        rows.append((reject, uphold))
    rows.append((_back(phrases, language),))
    return Screen(text, tuple(rows))


def decision_prompt(phrases: Phrases, language: str, asked: AskedDecision) -> str:
    """Asks why an objection is upheld, or rejected."""
    return phrases.say(language, "objections.prompts.decision", asked=asked, objection=asked.objection)


def answered_screen(phrases: Phrases, language: str, answered: ObjectionAnswered) -> Screen:
    """The office's word was taken; the unit is told."""
    text = phrases.say(language, "objections.answered", answered=answered, objection=answered.objection)
    return Screen(text, ((_back(phrases, language),),))


def objection_raised_letter(phrases: Phrases, language: str, _view: object, found: ObjectionCase) -> Screen:
    """To the office: a unit objects."""
    return case_screen(phrases, language, found, 0)


def _back(phrases: Phrases, language: str) -> Key:
    return Key(phrases.say_plain(language, "keys.objections.list"), ListObjections(0))
