"""Last places (办法 六-2) and 说明情况: what units are told, what they file, and what the office reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.buttons.finals import Explain, FetchExplanationFiles, ListExplanations, ShowExplanation
from bot.period_numbers import period_number
from bot.phrases import Phrases
from bot.screens.ledger import board_key
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from core.explanations import AskedExplanation, Explained, ExplanationLine, OwedExplanation
from core.people import Actor
from core.periods import Period
from core.permissions import Right, may


def explain_key(phrases: Phrases, language: str, owed: OwedExplanation) -> Key:
    """The key that files what is owed."""
    label = phrases.say_plain(language, "keys.explanations.owed", owed=owed, quarter=str(owed.quarter))
    return Key(label, Explain(owed.unit_id, period_number(owed.quarter)))


def explanation_prompt(phrases: Phrases, language: str, asked: AskedExplanation) -> str:
    """The question that is answered by explaining."""
    return phrases.say(language, "explanations.prompt", asked=asked, **_told(asked.owed))


def receipt(phrases: Phrases, language: str, taken: Explained) -> str:
    """It was received, as which version, in time or late."""
    filed = taken.explanation
    return phrases.say(language, "explanations.receipt", taken=taken, filed=filed, **_told(filed.owed))


def list_screen(phrases: Phrases, language: str, found: Sequence[ExplanationLine], number: int) -> Screen:
    """What is to be explained, page by page; what was filed opens."""
    page = page_of(found, number)
    text = phrases.say(
        language,
        "explanations.list",
        lines=[{"filed": each.filed, **_told(each.owed)} for each in page.lines],
        page=page.number + 1,
        pages=page.last + 1,
    )
    rows = [
        (
            Key(
                phrases.say_plain(language, "keys.explanations.open", **_told(each.owed)),
                ShowExplanation(each.owed.unit_id, period_number(each.owed.quarter)),
            ),
        )
        for each in page.lines
        if each.filed is not None
    ]
    return Screen(text, (*rows, *page.turns(phrases, language, ListExplanations), (board_key(phrases, language),)))


def explanation_screen(phrases: Phrases, language: str, found: ExplanationLine) -> Screen:
    """What a unit filed last; where it filed nothing, by when it is due."""
    text = phrases.say(language, "explanations.one", filed=found.filed, **_told(found.owed))
    rows = []
    if found.filed is not None and found.filed.files:
        label = phrases.say_plain(language, "keys.ledger.files", files=found.filed.files)
        rows.append((Key(label, FetchExplanationFiles(found.owed.unit_id, period_number(found.owed.quarter))),))
    rows.append((Key(phrases.say_plain(language, "keys.explanations.list"), ListExplanations(0)),))
    return Screen(text, tuple(rows))


def explanation_filed_letter(
    phrases: Phrases, language: str, view: Mapping[str, Any], found: ExplanationLine | None
) -> Screen:
    """To the office: a unit explained itself. None: a correction ended what it explains meanwhile."""
    if found is None:
        return Screen(phrases.say(language, "explanations.moot", unit=view["unit_name"], quarter=view["quarter"]))
    return explanation_screen(phrases, language, found)


def last_place_letter(phrases: Phrases, language: str, view: Mapping[str, Any], reader: Actor | None) -> Screen:
    """To the unit's officers and the office: a last place, what follows from it, what one more would mean; or that
    a correction lifted it.
    """
    text = phrases.say(language, "explanations.last_place", told=view, after=view["after"], before=view["before"])
    owes = view["after"] is not None and view["after"]["step"] == "explain"
    if not owes or reader is None or view["unit_id"] not in reader.unit_ids or not may(reader, Right.EXPLAIN):
        return Screen(text)
    label = phrases.say_plain(language, "keys.explanations.write")
    return Screen(text, ((Key(label, Explain(view["unit_id"], period_number(Period.parse(view["quarter"])))),),))


def _told(owed: OwedExplanation) -> dict[str, object]:
    due = None if owed.due is None else owed.due.isoformat()
    return {"unit": owed.unit, "quarter": str(owed.quarter), "count": owed.count, "due": due, "is_over": owed.is_over}
