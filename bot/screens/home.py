"""Coming in: what a person owes, the commands they have, the language they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.buttons.duties import ListPending, ShowBoard
from bot.buttons.finals import ListExplanations
from bot.buttons.home import SetDigests, SetLanguage
from bot.buttons.objections import ListObjections
from bot.buttons.sheets import ShowSheets
from bot.phrases import LANGUAGES, Phrases
from bot.screens.explanations import explain_key
from bot.screens.filing import duty_key
from bot.screens.gate import held_key
from bot.screens.invitations import invitation_keys
from bot.screens.lists import SHEETS_PER_PAGE, sheet_key
from bot.screens.screen import Key, Screen
from core.explanations import OwedExplanation
from core.filing_views import OwedDuty
from core.people import Actor
from core.permissions import Right, may
from core.sheet import SheetState

if TYPE_CHECKING:
    # Only the shape: at run time a screen knows no action.
    from core.actions.todo import Owed, Todo


def home_screen(phrases: Phrases, language: str, actor: Actor, todo: Todo) -> Screen:
    """What the person owes and by when, each with a button; its sheets may hold finished ones too.

    What waits for the office stands first: others wait for it. The office finds the links it sends out here too: on
    its first day that is what it owes.
    """
    lines = todo.sheets
    later = [line for line in lines if line.state is SheetState.OPEN][SHEETS_PER_PAGE:]
    here = [each for each in todo.by_time if each not in later]
    text = phrases.say(
        language,
        "home.todo",
        name=actor.name,
        held=[(str(period), kind) for period, kind in todo.held],
        objections=todo.objections,
        pending=todo.pending,
        owed=[_told(each) for each in here],
        more=len(later),
        confidential=any(line.unit_kind == "department" for line in lines),
    )
    rows: list[tuple[Key, ...]] = [(held_key(phrases, language, *each),) for each in todo.held]
    rows += [(_key(phrases, language, each),) for each in here]
    if lines:
        rows.append((Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0)),))
    if may(actor, Right.MANAGE_PEOPLE):
        rows.append(invitation_keys(phrases, language))
    if may(actor, Right.KEEP_LEDGER):
        office = [Key(phrases.say_plain(language, "keys.ledger.board"), ShowBoard(0, 0))]
        if todo.pending:
            office.append(Key(phrases.say_plain(language, "keys.ledger.waiting", count=todo.pending), ListPending(0)))
        rows.append(tuple(office))
    if may(actor, Right.CORRECT):
        rows.append(_answering_keys(phrases, language, todo))
    if not todo.wants_digests:
        rows.append((Key(phrases.say_plain(language, "keys.digests.on"), SetDigests(1)),))
    return Screen(text, tuple(rows))


def _told(owed: Owed) -> Mapping[str, object]:
    if isinstance(owed, OwedDuty):
        return {"what": "duty", "duty": owed}
    if isinstance(owed, OwedExplanation):
        due = None if owed.due is None else owed.due.isoformat()
        return {"what": "explanation", "explanation": owed, "quarter": str(owed.quarter), "due": due}
    return {"what": "sheet", "line": owed}


def _key(phrases: Phrases, language: str, owed: Owed) -> Key:
    if isinstance(owed, OwedDuty):
        return duty_key(phrases, language, owed)
    if isinstance(owed, OwedExplanation):
        return explain_key(phrases, language, owed)
    return sheet_key(phrases, language, owed)


def _answering_keys(phrases: Phrases, language: str, todo: Todo) -> tuple[Key, ...]:
    """What units ask or tell the office."""
    return (
        Key(phrases.say_plain(language, "keys.objections.waiting", count=todo.objections), ListObjections(0)),
        Key(phrases.say_plain(language, "keys.explanations.list"), ListExplanations(0)),
    )


def digest_screen(phrases: Phrases, language: str, actor: Actor, todo: Todo) -> Screen:
    """The same in the morning, with a key to have no more of it."""
    home = home_screen(phrases, language, actor, todo)
    off = Key(phrases.say_plain(language, "keys.digests.off"), SetDigests(0))
    return Screen(home.text, (*home.rows, (off,)))


def help_screen(phrases: Phrases, language: str, commands: Sequence[str]) -> Screen:
    """The commands a person has, by name, and how to score by typing for who scores."""
    described = [{"name": name, "description": phrases.say_plain(language, f"commands.{name}")} for name in commands]
    return Screen(phrases.say(language, "home.help", commands=described, scores="score" in commands))


def language_screen(phrases: Phrases, language: str) -> Screen:
    """The choice of languages, in all of them; the present one is ticked."""
    keys = []
    for choice, offered in enumerate(LANGUAGES):
        name = phrases.say_plain(language, f"languages.{offered}")
        keys.append(Key(f"✓ {name}" if offered == language else name, SetLanguage(choice)))
    return Screen(phrases.say(language, "home.language"), (tuple(keys),))
