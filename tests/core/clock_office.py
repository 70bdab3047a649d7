"""An office that looks at the clock and changes it: firings named as a button names them, questions answered."""

from __future__ import annotations

from datetime import date

import pytest
from district import NOON, SHANGHAI, District

from core.actions.door import Moment
from core.errors import Refusal
from core.schedule_views import FiringLine, FiringNumber, ForTheClock, schedule_number
from core.scheduler import agenda, desk
from core.store import occurrences


def number(schedule: str, day: str, round_id: int = 0) -> FiringNumber:
    """A firing by its schedule and the day that this names."""
    return FiringNumber(schedule_number(schedule), date.fromisoformat(day).toordinal(), round_id)


REMINDER = number("report-reminder", "2013-06-26")
CHASE = number("report-chase", "2013-06-26")


def says(office: District, kind: str, firing: FiringNumber, text: str, at: Moment = NOON) -> FiringLine:
    """The office taps and replies; gives the firing as it stands then."""
    asked = office.act(desk.ask, office.tang, kind, firing, at)
    answer = ForTheClock(asked.prompt_id, kind, f"{firing.schedule}:{firing.day}:{firing.round}", text)
    return office.act(desk.take_answer, office.tang, answer, at).line


def refuses(office: District, kind: str, firing: FiringNumber, text: str, at: Moment = NOON) -> Refusal:
    """Why the office's word is not taken."""
    with pytest.raises(Refusal) as refused:
        says(office, kind, firing, text, at)
    return refused.value


def sees(office: District, at: Moment = NOON) -> list[tuple[str, str, str]]:
    """The agenda: when (on the district's clock), what, and how it stands."""
    found = office.act(agenda.agenda, office.tang, at)
    return [(f"{each.fire_at.astimezone(SHANGHAI):%m-%d %H:%M}", each.schedule, str(each.plan)) for each in found.lines]


def outcome(office: District, schedule: str, key: str) -> str | None:
    """What became of a firing."""
    found = office.act(occurrences.claimed, office.id, schedule, [key]).get(key)
    return None if found is None else found.outcome
