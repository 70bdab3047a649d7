"""Corrections (更正) of sealed sheets: the question, what was corrected, and what waits to be published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.buttons.objections import AskCorrection, PublishCorrections, ShowCorrections, ShowObjection
from bot.buttons.progress import ShowProgress
from bot.buttons.returning import ShowSubmitted
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from core.corrections import AskedCorrection, Corrected, RoundCorrections

_MOST_LINES = 20


def correction_prompt(phrases: Phrases, language: str, asked: AskedCorrection) -> str:
    """Asks what is to be corrected on a sheet."""
    return phrases.say(language, "corrections.ask", view=asked.view)


def corrected_screen(phrases: Phrases, language: str, corrected: Corrected) -> Screen:
    """A sheet was corrected, and that no ranking says so yet."""
    text = phrases.say(
        language,
        "corrections.done",
        corrected=corrected,
        view=corrected.view,
        lines=corrected.waiting[-_MOST_LINES:],
    )
    sheet = corrected.view.sheet.id
    keys = [Key(phrases.say_plain(language, "keys.corrections.again"), AskCorrection(sheet, corrected.objection_id))]
    if corrected.objection_id:
        label = phrases.say_plain(language, "keys.corrections.to_objection", number=corrected.objection_id)
        keys.append(Key(label, ShowObjection(corrected.objection_id, 0)))
    look = Key(phrases.say_plain(language, "keys.returns.to_sheet"), ShowSubmitted(sheet, 0))
    rows = [tuple(keys), (look,)]
    if corrected.waiting and not corrected.objection_id:
        rows.append((waiting_key(phrases, language, corrected.round_id),))
    return Screen(text, tuple(rows))


def waiting_key(phrases: Phrases, language: str, round_id: int) -> Key:
    """The key to what waits to be published of a round."""
    return Key(phrases.say_plain(language, "keys.corrections.waiting"), ShowCorrections(round_id))


def waiting_screen(phrases: Phrases, language: str, found: RoundCorrections) -> Screen:
    """What waits to be published; publishing it is a key below it."""
    lines = [(sheet, each) for sheet in found.sheets for each in sheet.corrections]
    text = phrases.say(
        language,
        "corrections.waiting",
        found=found,
        lines=lines[:_MOST_LINES],
        more=len(lines[_MOST_LINES:]),
    )
    back = (Key(phrases.say_plain(language, "keys.returns.to_progress"), ShowProgress(found.round_id, 0, 0)),)
    if not found.sheets:
        return Screen(text, (back,))
    publish = Key(phrases.say_plain(language, "keys.corrections.publish"), PublishCorrections(found.round_id))
    return Screen(text, ((publish,), back))


def sheet_corrected_letter(phrases: Phrases, language: str, view: Mapping[str, Any], _found: object) -> Screen:
    """To the rater: which marks the office set anew, and why."""
    marks = [{"item": item, "points": points, "reason": reason} for item, points, reason in view["marks"]]
    text = phrases.say(
        language,
        "corrections.letter",
        unit=view["unit"],
        period=view["period"],
        marks=marks[:_MOST_LINES],
        more=len(marks[_MOST_LINES:]),
    )
    return Screen(text)
