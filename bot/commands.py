"""The ONE table of commands: handlers, /help, the menu, the papers and the tests read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.handlers import group, home, ranking, scoring
from bot.screens.home import help_screen
from bot.visit import Visit
from core.people import Actor, Role


@dataclass(frozen=True, slots=True)
class Command:
    """A command, who may find it in /help and the menu, and whether it belongs in a group.

    `audience` None means everyone. Its one-line description is the phrase `commands.<name>`.
    """

    name: str
    audience: frozenset[Role] | None
    handler: Callable[[Visit], Awaitable[None]]
    in_group: bool = False

    @property
    def is_for_admins_only(self) -> bool:
        """Whether the menu that everybody sees leaves it out."""
        return self.audience == frozenset({Role.ADMIN})

    def is_for(self, actor: Actor | None) -> bool:
        """Whether this person is offered the command."""
        return self.audience is None or (actor is not None and actor.is_any(*self.audience))


async def explain(visit: Visit) -> None:
    """/help: the commands this person has. Stands here because it reads the table."""
    offered = [command.name for command in COMMANDS if command.is_for(visit.actor)]
    visit.post(help_screen(visit.phrases, visit.language, offered))


_EVERY_ROLE = frozenset(Role)
_RATERS = frozenset({Role.ASSESSOR, Role.OFFICER})

COMMANDS: tuple[Command, ...] = (
    Command("start", None, home.start),
    Command("todo", _EVERY_ROLE, home.todo),
    Command("score", _RATERS, scoring.list_sheets),
    Command("rank", _EVERY_ROLE, ranking.rank, in_group=True),
    Command("bind", frozenset({Role.ADMIN}), group.bind, in_group=True),
    Command("language", None, home.choose_language),
    Command("help", None, explain, in_group=True),
    Command("cancel", None, home.cancel),
)
