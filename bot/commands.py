"""The ONE table of commands: handlers, /help, the menu, the papers and the tests read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.handlers import (
    audit,
    exports,
    filing,
    group,
    home,
    objecting,
    people,
    progress,
    ranking,
    rounds,
    schedule,
    scoring,
    why,
)
from bot.screens.home import help_screen
from bot.visit import Visit
from core.people import Actor, Role
from core.permissions import MATRIX, Right, may


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the right it takes (None: everyone has it), and whether it can be given in a group.

    Its one-line description is the phrase `commands.<name>`. `open_in_group`: there the handler asks whose it is.
    """

    name: str
    right: Right | None
    handler: Callable[[Visit], Awaitable[None]]
    in_group: bool = False
    open_in_group: bool = False

    @property
    def is_for_admins_only(self) -> bool:
        """Whether the menu that everybody sees leaves it out."""
        return self.right is not None and MATRIX[self.right] == {Role.ADMIN}

    def is_for(self, actor: Actor | None) -> bool:
        """Whether this person is offered the command."""
        return self.right is None or (actor is not None and may(actor, self.right))


async def explain(visit: Visit) -> None:
    """/help: the commands this person has. Stands here because it reads the table."""
    # A group may ask; in private a stranger gets the one line, and `actor` says so.
    asking = visit.visitor.actor if visit.visitor.is_group else visit.actor
    visit.post(help_screen(visit.phrases, visit.language, offered_to(asking)))


def offered_to(actor: Actor | None) -> list[str]:
    """The names of the commands this person has."""
    return [command.name for command in COMMANDS if command.is_for(actor)]


COMMANDS: tuple[Command, ...] = (
    Command("start", None, home.start),
    Command("todo", Right.OWE, home.todo),
    Command("score", Right.SCORE, scoring.list_sheets),
    Command("report", Right.FILE_REPORTS, filing.report),
    Command("briefing", Right.FILE, filing.briefing),
    Command("workday", Right.FILE, filing.workday),
    Command("rank", Right.READ_RANKINGS, ranking.rank, in_group=True, open_in_group=True),
    Command("why", Right.READ_REASONS, why.ask_why),
    Command("object", Right.OBJECT, objecting.list_choices),
    Command("export", Right.EXPORT, exports.choose),
    Command("progress", Right.FOLLOW_PROGRESS, progress.list_progress),
    Command("rounds", Right.MANAGE_ROUNDS, rounds.list_rounds),
    Command("schedule", Right.MANAGE_SCHEDULE, schedule.list_schedule),
    Command("people", Right.MANAGE_PEOPLE, people.list_people),
    Command("units", Right.MANAGE_PEOPLE, people.list_units),
    Command("audit", Right.VERIFY_AUDIT, audit.verify),
    Command("bind", Right.ANNOUNCE, group.bind, in_group=True),
    Command("language", None, home.choose_language),
    Command("help", None, explain, in_group=True),
    Command("cancel", None, home.cancel),
)
