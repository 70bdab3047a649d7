"""After an outage: whoever was at work is owed the screen of their open sheet again.

Telegram keeps messages for a day but a tap for 150 seconds only: taps made meanwhile are lost, and nobody
is told by Telegram. The first transaction of a start decides, from what the last beat left, and owes the letters
under keys that name the outage, so that starting again adds nothing.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from core.actions.door import Moment, look
from core.actions.telling import tell_all
from core.errors import Refusal
from core.policy import Policy
from core.store import outages, people, rules, units
from core.store.engine import Db
from core.store.outages import StandingScreen
from core.store.units import DistrictView

TAPS_LIVE = timedelta(seconds=150)
"""How long Telegram keeps a tap; after a shorter silence none is lost."""


def owe_open_screens(db: Db, at: Moment) -> None:
    """Owe the screens after a silence in which taps may have been lost. Not in the quiet hours, nor after them."""
    for district in units.districts(db):
        policy = rules.policy_in_force(db, district.id)
        # A district without a policy has no rounds, and nothing stands in its chats.
        if policy is not None and not _is_quiet(district, policy, at):
            _owe(db, district, policy, at)


def _owe(db: Db, district: DistrictView, policy: Policy, at: Moment) -> None:
    silent_since = outages.alive_until(db, district.id)
    if silent_since is None or at.now - silent_since <= TAPS_LIVE:
        return
    active_since = at.now - timedelta(hours=policy.contact.active_hours)
    standing = outages.standing(db, district.id, active_since, at.now)
    letter = {"name": "screen_again", "since": silent_since.isoformat(), "until": at.now.isoformat()}
    key = f"outage:{district.id}:{silent_since.isoformat()}"
    tell_all(db, district.id, [each.reader for each in standing if _is_theirs(db, each, at)], key, letter, at)


def _is_theirs(db: Db, standing: StandingScreen, at: Moment) -> bool:
    telegram_id = standing.reader.telegram_id or 0
    actor = people.actors(db, [telegram_id], at.today).get(telegram_id)
    if actor is None:
        return False
    try:
        look(db, actor, standing.sheet_id, at)
    except Refusal:
        return False
    return True


def _is_quiet(district: DistrictView, policy: Policy, at: Moment) -> bool:
    return policy.contact.is_quiet(at.now.astimezone(ZoneInfo(district.timezone)).time())
