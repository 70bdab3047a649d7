"""Short answers: toasts, questions that wait for a reply, and what became of something that was sent.

`…_toast`, `evidence_explanation` and `old_button` are plain text of at most 200 characters, everything else is HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.buttons.sheets import ShowItem
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from core.sheet import Sheet
from core.snapshots import Attached, Marked, SheetView

if TYPE_CHECKING:
    # Only the shapes: at run time a screen knows no action and no store.
    from core.actions.typing import Answered, Typed
    from core.store.evidence import Lost


def marked_toast(phrases: Phrases, language: str, marked: Marked) -> str:
    """What a tapped mark led to."""
    key = "toasts.marked_owing" if marked.owes_reason else "toasts.marked"
    mark = marked.view.sheet.marks[marked.item]
    return phrases.say_plain(language, key, item=marked.item, points=mark.points)


def old_button(phrases: Phrases, language: str) -> str:
    """For a button that is none of ours any more."""
    return phrases.say_plain(language, "toasts.old_button")


def evidence_explanation(phrases: Phrases, language: str, view: SheetView, item: int) -> str:
    """How evidence gets to an item."""
    return phrases.say_plain(language, "toasts.evidence", item=item, pieces=view.evidence.get(item, 0))


def reason_prompt(phrases: Phrases, language: str, asked: Marked) -> str:
    """Asks for the reason of a mark."""
    return _prompt(phrases, language, "prompts.reason", asked)


def not_applicable_prompt(phrases: Phrases, language: str, asked: Marked) -> str:
    """Asks why an item is not applicable."""
    return _prompt(phrases, language, "prompts.not_applicable", asked)


def arithmetic(phrases: Phrases, language: str, sheet: Sheet, item: int, *, plain: bool = False) -> str:
    """What the ledger suggests for an item and how it comes to that, as HTML; empty where it knows nothing.

    `plain`: without markup, as the reason of a mark that is adopted.
    """
    suggestion = sheet.suggestions.get(item)
    say = phrases.say_plain if plain else phrases.say
    return "" if suggestion is None else say(language, "suggestions.arithmetic", suggestion=suggestion)


def answered_note(phrases: Phrases, language: str, answered: Answered) -> str:
    """A reply to a prompt was taken."""
    view, item = answered.marked.view, answered.marked.item
    return phrases.say(language, "notices.answered", unit=view.unit, item=item, mark=view.sheet.marks[item])


def attached_screen(phrases: Phrases, language: str, attached: Attached, kind: str) -> Screen:
    """How many pieces the item has after one of this kind came; photos are counted by another word than the rest.

    The key goes on with the sheet: pictures push its screen up and out of sight.
    """
    key = "notices.attached_photo" if kind == "photo" else "notices.attached_other"
    text = phrases.say(language, key, item=attached.item, count=attached.count)
    back = phrases.say_plain(language, "keys.go_on", item=attached.item)
    return Screen(text, ((Key(back, ShowItem(attached.view.sheet.id, attached.item)),),))


def typed_summary(phrases: Phrases, language: str, typed: Typed) -> str:
    """What shorthand saved, and which of it still owes a reason."""
    sheet = typed.view.sheet
    return phrases.say(
        language,
        "notices.typed",
        unit=typed.view.unit,
        saved=typed.items,
        marked=sheet.marked_count,
        items=len(sheet.items),
        owing=typed.owing,
        example=sheet.marks[typed.owing[0]].points if typed.owing else None,
    )


def lost_file_text(phrases: Phrases, language: str, lost: Lost) -> str:
    """A file that Telegram did not hand over."""
    return phrases.say(language, "notices.lost_file", item=lost.item, name=lost.name)


def not_a_command(phrases: Phrases, language: str, text: str, *, edited: bool) -> str:
    """What was sent begins like a command and is none that is carried out."""
    key = "notices.edited_command" if edited else "notices.no_such_command"
    return phrases.say(language, key, command=text.split(maxsplit=1)[0])


def cannot_place(phrases: Phrases, language: str, commands: Sequence[str], *, is_text: bool, scores: bool) -> str:
    """Nothing fits what was sent; who has a sheet to score is shown how to write marks, others what they can do."""
    key = "notices.not_understood" if is_text else "notices.not_taken"
    said = phrases.markup(phrases.say(language, key))
    described = [(name, phrases.say_plain(language, f"commands.{name}")) for name in commands]
    return phrases.say(language, "notices.cannot_place", said=said, scores=scores, commands=described)


def _prompt(phrases: Phrases, language: str, key: str, asked: Marked) -> str:
    sheet = asked.view.sheet
    mark = sheet.marks.get(asked.item)
    return phrases.say(
        language,
        key,
        unit=asked.view.unit,
        item=asked.item,
        mark=mark,
        suggestion=sheet.suggestions[asked.item] if mark is not None and sheet.overrides(mark) else None,
        max_points=sheet.rubric.item(asked.item).max_points,
    )
