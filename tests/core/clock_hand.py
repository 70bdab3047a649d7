"""The clock's hand in tests: the shipped rules, a heartbeat, and what it owes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from district import GROUP, SHANGHAI, District, moment

from core.actions import rounds
from core.actions.door import Moment
from core.policy_schedules import Schedule
from core.rubric_files import SHIPPED
from core.scheduler import carry_out_due, fire_times
from core.store import outbox

RULES = rounds.rule_set(SHIPPED)
POLICY = RULES["township"].policy


def schedule(**given: list[Any]) -> Schedule:
    """A schedule of a duty at 09:00, of fields as the policy file's reader hands them over: numbers as decimals."""
    values = {"id": "s", "kind": "remind_report", "time": "09:00", "shift": "none", "catch_up": "all"}
    listed = {
        name: [Decimal(each) if isinstance(each, int) else each for each in value] for name, value in given.items()
    }
    return Schedule.model_validate(values | listed)


def fires(of: Schedule, after: str, until: str) -> list[str]:
    """When it fires, on Shanghai's clock."""
    found = fire_times(of, SHANGHAI, moment(after).now, moment(until).now)
    return [f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for each in found]


def ticks(district: District, at: Moment) -> None:
    """The heartbeat."""
    district.act(carry_out_due, RULES, SHANGHAI, at)


def owed(district: District, at: Moment) -> list[tuple[int, dict[str, Any]]]:
    """Everything owed at that moment: chat and view."""
    found = []
    while (parcel := district.act(outbox.next_pending, at.now)) is not None:
        assert district.act(outbox.take, parcel, at.now) is not None
        assert district.act(outbox.set_sent, parcel.id, 1)
        found.append((parcel.chat_id, json.loads(parcel.view)))
    return found


def posted(district: District, at: Moment) -> list[dict[str, Any]]:
    """What the group is owed at that moment."""
    return [view for chat, view in owed(district, at) if chat == GROUP]
