"""Coming in: what a person owes, the commands they have, the language they read."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons.duties import ShowBoard
from bot.buttons.home import SetLanguage
from bot.buttons.sheets import ShowSheets
from bot.phrases import LANGUAGES, Phrases
from bot.screens.invitations import invitation_keys
from bot.screens.lists import SHEETS_PER_PAGE, sheet_key
from bot.screens.screen import Key, Screen
from core.people import Actor
from core.permissions import Right, may
from core.sheet import SheetState
from core.snapshots import SheetLine


def home_screen(phrases: Phrases, language: str, actor: Actor, lines: Sequence[SheetLine]) -> Screen:
    """What the person owes and by when, each with a button; `lines` may hold finished sheets too.

    The office finds the links it sends out here too: on its first day that is what it owes.
    """
    owed = [line for line in lines if line.state is SheetState.OPEN]
    here = owed[:SHEETS_PER_PAGE]
    text = phrases.say(
        language,
        "home.todo",
        name=actor.name,
        lines=here,
        more=len(owed) - len(here),
        confidential=any(line.unit_kind == "department" for line in lines),
    )
    rows: list[tuple[Key, ...]] = [(sheet_key(phrases, language, line),) for line in here]
    if lines:
        rows.append((Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0)),))
    if may(actor, Right.MANAGE_PEOPLE):
        rows.append(invitation_keys(phrases, language))
    if may(actor, Right.KEEP_LEDGER):
        rows.append((Key(phrases.say_plain(language, "keys.ledger.board"), ShowBoard(0, 0)),))
    return Screen(text, tuple(rows))


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
