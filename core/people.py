"""Who acts: a person with the roles and units that hold today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of the measures; what each may do is decided by the actions."""

    ADMIN = "admin"
    ASSESSOR = "assessor"
    OFFICER = "officer"
    LIAISON = "liaison"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of one district, with the roles and units they hold today."""

    person_id: int
    district_id: int
    telegram_id: int
    name: str
    language: str
    roles: frozenset[Role]
    unit_ids: frozenset[int]
    is_unreachable: bool = False
    """Telegram refused what was last sent to them; it ends when they write."""

    def is_any(self, *roles: Role) -> bool:
        """Whether the person holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)
