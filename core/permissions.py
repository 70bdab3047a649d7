"""Who may do what: the ONE matrix of roles and rights.

Answers for what a role opens. Never knows whose sheet or which unit it is about: that a person acts only for
themselves and their own units is settled where the sheet or unit is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.errors import NotAllowed
from core.people import Actor, Role


class Right(StrEnum):
    """What can be allowed. Whoever holds no right is a stranger."""

    OWE = "owe"
    """Have duties, and see them."""
    READ_RANKINGS = "read_rankings"
    READ_REASONS = "read_reasons"
    """Ask why a unit stands where it stands: officers and liaisons of their own, admins and viewers of any."""
    EXPORT = "export"
    """Have rankings, rounds and the ledger as files; sheets and raters of departments are the office's alone."""
    SCORE = "score"
    """Fill sheets: an assessor their own, an officer those of their township."""
    FILE_REPORTS = "file_reports"
    """Hand in 月报表 for one's township."""
    FILE = "file"
    """Hand in 信息 and log 群众工作日 for one's unit."""
    OBJECT = "object"
    """Raise an objection for one's unit: departments stand in rankings too, and have nobody but their liaisons."""
    EXPLAIN = "explain"
    """说明情况 for one's township."""
    KEEP_LEDGER = "keep_ledger"
    """Look into what was filed, decide on it, and excuse."""
    ANNOUNCE = "announce"
    """Say where announcements go, and settle the fate of one."""
    MANAGE_PEOPLE = "manage_people"
    """The roster, invitations, units."""
    MANAGE_ROUNDS = "manage_rounds"
    KEEP_CALENDAR = "keep_calendar"
    """Enter which days are worked and which are off."""
    MANAGE_SCHEDULE = "manage_schedule"
    """See what the clock will do and has done; skip, move or fire one of it."""
    FOLLOW_PROGRESS = "follow_progress"
    """See who is missing what, remind them, look into sheets and return them."""
    CORRECT = "correct"
    """Correct sealed sheets and publish that, answer objections, read what units explain."""
    VERIFY_AUDIT = "verify_audit"
    """Have the audit chains verified."""
    TEST_RANKINGS = "test_rankings"
    """See how raters mark (宽严), and what a ranking would be otherwise (若…)."""


_EVERYBODY = frozenset(Role)
_OFFICE = frozenset({Role.ADMIN})

MATRIX: Mapping[Right, frozenset[Role]] = MappingProxyType(
    {
        Right.OWE: _EVERYBODY,
        Right.READ_RANKINGS: _EVERYBODY,
        Right.READ_REASONS: _EVERYBODY - {Role.ASSESSOR},
        Right.EXPORT: frozenset({Role.ADMIN, Role.VIEWER}),
        Right.SCORE: frozenset({Role.ASSESSOR, Role.OFFICER}),
        Right.FILE_REPORTS: frozenset({Role.OFFICER}),
        Right.FILE: frozenset({Role.OFFICER, Role.LIAISON}),
        Right.OBJECT: frozenset({Role.OFFICER, Role.LIAISON}),
        Right.EXPLAIN: frozenset({Role.OFFICER}),
        Right.KEEP_LEDGER: _OFFICE,
        Right.ANNOUNCE: _OFFICE,
        Right.MANAGE_PEOPLE: _OFFICE,
        Right.MANAGE_ROUNDS: _OFFICE,
        Right.KEEP_CALENDAR: _OFFICE,
        Right.MANAGE_SCHEDULE: _OFFICE,
        Right.FOLLOW_PROGRESS: _OFFICE,
        Right.CORRECT: _OFFICE,
        Right.VERIFY_AUDIT: frozenset({Role.ADMIN, Role.VIEWER}),
        Right.TEST_RANKINGS: _OFFICE,
    }
)


def may(actor: Actor, right: Right) -> bool:
    """Whether one of the person's roles holds this right."""
    return not actor.roles.isdisjoint(MATRIX[right])


def require(actor: Actor, right: Right) -> None:
    """Raises NotAllowed unless one of the person's roles holds this right."""
    if not may(actor, right):
        raise NotAllowed(deed=right)
